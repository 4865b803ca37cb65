"""What an applicant sees of a case: its way in plain words, its last day, the papers sent to them. Nobody is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.casework import clock
from gongkai.casework.models import Case, CaseFile, ClockEvent, FileKind, Notice
from gongkai.design.words import long_day
from gongkai_core import clock as core_clock
from gongkai_core.clock.redecision import ARTICLE as REDECISION_ARTICLE
from gongkai_core.letters import LETTERS
from gongkai_core.refusals import Refused

NOT_COUNTED = "等候答复的时间不计入答复期限。"
STOPS = "条例第三十二条、第三十三条第三款"
WORDS: dict[str, tuple[str, str, str]] = {
    "correction_asked": ("要求补正", "", "条例第三十条"),
    "correction_received": ("收到补正", "答复期限自次一工作日重新计算。", "条例第三十条"),
    "third_party_asked": ("征求第三方意见", NOT_COUNTED, STOPS),
    "third_party_answered": ("第三方已答复", "", STOPS),
    "co_maker_asked": ("征求共同制作机关意见", NOT_COUNTED, "条例第三十四条、第三十三条第三款"),
    "co_maker_answered": ("共同制作机关已答复", "", "条例第三十四条"),
    "agency_consulted": ("征求其他机关意见", NOT_COUNTED, "条例第三十三条第三款"),
    "agency_answered": ("其他机关已答复", "", "条例第三十三条第三款"),
    "extended": ("延长答复期限", "", "条例第三十三条第二款"),
    "fee_notified": ("通知缴纳信息处理费", "自收到通知次日起 20 个工作日内缴纳。", "条例第四十二条"),
    "fee_paid": ("已缴费", "答复期限自次一工作日重新计算。", "条例第四十二条"),
    "withdrawn": ("已撤回申请", "", ""),
}
"""Event → what was done, what it means, its article. The reply is told from its paper, not from the event."""
NOW = {
    "received": "等待登记",
    "waiting_correction": "等您补正",
    "waiting_reason": "等您说明理由",
    "waiting_fee": "等您缴费",
    "waiting_third_party": "办理中，等第三方意见",
    "waiting_co_maker": "办理中，等共同制作机关意见",
    "waiting_agency": "办理中，等其他机关意见",
    "delivering": "已作出答复，等待送达",
    "abandoned": "逾期未补正或者未缴费，视为放弃申请",
    "closed": "已答复",
    "archived": "已答复",
    "withdrawn": "已撤回",
}
"""Where a case stands, for its applicant; the office's own stages are all 办理中."""


Placed = tuple[tuple[date, int], dict[str, Any]]
"""An act with its day and its place among those of one day."""


@dataclass(frozen=True)
class Deadline:
    words: str
    day: date
    article: str
    note: str = ""


def now(case: Case) -> str:
    if case.state == "archived" and not case.decisions.filter(active=True).exists():
        return NOW["withdrawn"]
    return NOW.get(case.state, "办理中")


def deadline(case: Case, today: date) -> Deadline | None:
    """The last day of what is owed now, by the applicant or by the organ; None when nothing is."""
    if case.finished or case.state == "abandoned":
        return None
    if case.state == "waiting_correction" and case.due_on:
        return Deadline("请补正，不晚于", case.due_on, "条例第三十条", "逾期没有正当理由的，视为放弃申请")
    if case.state == "waiting_fee" and case.due_on:
        return Deadline("请缴费，不晚于", case.due_on, "国办函〔2020〕109号", "逾期视为放弃申请")
    try:
        result = clock.replay(case, today)
    except Refused:
        return None  # an ordinary letter that is not confirmed yet has no last day
    if result.reply_by is None:
        return None
    note = "按被征求方在期限内答复推算" if result.projected else ""
    lawful = clock.lawful_day(case, result.reply_by)
    if lawful and lawful > result.reply_by and today <= lawful:
        return Deadline("延迟答复，不晚于", lawful, "条例第三十五条", "见延迟答复告知书")
    if result.overdue:
        note = "已超过期限，可以向受理机关询问，也可以投诉、申请行政复议或者起诉（条例第五十一条）"
    return Deadline("答复，不晚于", result.reply_by, _reply_article(case), note)


def _reply_article(case: Case) -> str:
    if case.redecided:
        return REDECISION_ARTICLE
    days = core_clock.facts.REPLY_WORKDAYS["492" if case.law == "492" else "711"]
    article = "2007年条例第二十四条" if case.law == "492" else "条例第三十三条"
    return f"{article}：{days} 个工作日，不含补正、征求意见的时间"


def acts(case: Case, today: date) -> list[dict[str, Any]]:
    """The thread from submission to delivery, oldest first, then where it stands and what comes next."""
    rows = sorted(_done(case, today), key=lambda row: row[0])
    thread = [act for _, act in rows]
    if case.finished:
        return thread
    thread.append({"at": "", "words": now(case), "state": "now"})
    if last := deadline(case, today):
        waits_for_applicant = case.state in ("waiting_correction", "waiting_fee")
        words = "继续办理" if waits_for_applicant else f"答复（不晚于 {long_day(last.day)}）"
        thread.append({"at": "", "words": words, "state": "next"})
    return thread


def _done(case: Case, today: date) -> Iterator[Placed]:
    channel = case.get_channel_display()
    submitted = {"at": case.submitted_at, "words": "已提交", "note": f"{channel}，登记号 {case.number}"}
    yield (case.submitted_on, 0), submitted
    if case.registered_on:
        note = f"收到之日为 {long_day(case.received_on)}" if case.received_on else ""
        yield _row(case.registered_on, "已登记", note, "条例第三十一条", place=1)
    answered = set(case.clock_events.in_force().filter(type__endswith="_answered").values_list("ref", flat=True))
    for event in case.clock_events.in_force():
        if event.type in WORDS and event.day and event.day <= today:
            yield _of_event(case, event, answered)
    for anew in case.redecisions.filter(reopened_on__lte=today):
        yield _row(anew.reopened_on, "重新办理", "原答复不再有效，本机关重新作出答复。", REDECISION_ARTICLE, place=5)
    if case.agreed_reply_on:
        told = case.notices.filter(letter="L21", voided_on=None).last()
        note = f"延迟答复至 {long_day(case.agreed_reply_on)}，见延迟答复告知书。"
        yield _row((told and told.sent_on) or case.submitted_on, "延迟答复", note, "条例第三十五条", place=2)
    for notice in sent_notices(case, today):
        if notice.decision_id:
            yield from _of_answer(notice, today)


def _of_event(case: Case, event: ClockEvent, answered: set[str]) -> Placed:
    words, note, article = WORDS[event.type]
    if event.type == "correction_asked" and event.return_by:
        note = f"请不晚于 {long_day(event.return_by)} 补正，见补正告知书。"
    if event.type == "extended":
        until = case.extensions.filter(notice__isnull=False).values_list("reply_by", flat=True).last()
        note = f"延至 {long_day(until)}，见延长答复期限告知书。" if until else ""
    at, act = _row(event.day or case.submitted_on, words, note, article, place=2)
    if event.ref and event.type.endswith(("_asked", "_consulted")) and event.ref not in answered and not case.finished:
        act["state"] = "stop"
    return at, act


def _of_answer(notice: Notice, today: date) -> Iterator[Placed]:
    deliveries = [row for row in notice.deliveries.all() if row.sent_on <= today]
    first = min(deliveries, key=lambda row: row.sent_on)
    yield _row(first.sent_on, "已答复", f"{notice.name} {notice.number}，{first.get_method_display()}", "", place=3)
    arrived = [row.delivered_on for row in deliveries if row.delivered_on and row.delivered_on <= today]
    if arrived:
        yield _row(min(arrived), "已送达", "对答复不服的，复议、诉讼期限自收到之日起算，见答复末尾。", "", place=4)


def _row(day: date, words: str, note: str, article: str, *, place: int) -> Placed:
    return (day, place), {"at": day, "words": words, "note": note, "article": article}


def sent_notices(case: Case, today: date) -> list[Notice]:
    """The papers addressed to the applicant that have left the house; those to others are never among them."""
    rows = case.notices.filter(voided_on=None).prefetch_related("deliveries").select_related("docx", "pdf", "scan")
    return [
        row for row in rows if LETTERS[row.letter].addressee == "applicant" and row.sent_on and row.sent_on <= today
    ]


def provided_files(case: Case, today: date) -> list[CaseFile]:
    """The information that was given, once the answer that gives it has left."""
    answers = [notice for notice in sent_notices(case, today) if notice.decision and notice.decision.discloses]
    return list(case.files.filter(kind=FileKind.PROVIDED).select_related("blob")) if answers else []
