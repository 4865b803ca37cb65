"""What a paper of the registers says before anybody edits it: taken from the row, its cases, their clocks and answers.

A draft is a proposal to a person. Nothing is claimed here that the records do not say: whether the answer was right is
proposed only where it was given in time, and the rest stays free.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from gongkai.agencies.models import User
from gongkai.casework import clock, notices, volume
from gongkai.casework.models import (
    Advice,
    Case,
    Complaint,
    CorrectionResult,
    Decision,
    Law,
    Lawsuit,
    Notice,
    RecordCorrection,
    RegisterPaper,
    RegisterRow,
    ReviewCase,
    belongs_to,
)
from gongkai.casework.terms import correction_term
from gongkai_core.letters import FIRST_DAY, LETTERS, chinese_date
from gongkai_core.outcomes import article_text
from gongkai_core.refusals import Refusal

_GIVEN = frozenset({"organ", "title", "docno", "signed_on", "received_on", "remedy"})
"""Variables that nobody types: organ, title, number, days and remedy are the system's."""
DAYS = frozenset({"by"})
POWERS = "一般授权：代为提交答复或者答辩和证据、参加审理、签收文书"


def editable(letter: str) -> tuple[str, ...]:
    """The variables of a letter that its drafter may change, in the letter's order."""
    return tuple(name for name in LETTERS[letter].printed if name not in _GIVEN)


def unready(row: RegisterRow, letter: str) -> Refusal | None:
    """Why this letter cannot be drafted for this row yet."""
    if isinstance(row, ReviewCase | Lawsuit) and row.cases.filter(law=Law.OLD).exists():
        return Refusal(
            "old_law",
            "2019年5月15日前收到的申请不用模板生成文书，请登记提交答复的日期并存原件扫描",
            "条例（2019年修订）第五十六条",
        )
    if isinstance(row, Complaint) and not row.assigned_to_id:
        return Refusal("not_assigned", "先登记转办的机关和期限，再起草转办函")
    if isinstance(row, RecordCorrection):
        if letter == "L22" and row.result != CorrectionResult.HANDED_ON:
            return Refusal("not_handed_on", "审核结果是转送有权更正的机关的，才起草移送函", "条例第四十一条")
        if row.result in ("", CorrectionResult.WITHDRAWN):
            return Refusal("not_examined", "先登记审核结果，再起草更正告知书", "条例第四十一条")
    return None


def law_day(row: RegisterRow) -> date | None:
    """The day by which a letter knows that the 条例 of 2019 applies; None where no application is behind it."""
    if isinstance(row, ReviewCase | Lawsuit):
        return min((case.received_on for case in row.cases.all() if case.received_on), default=None)
    return row.received_on if row.received_on >= FIRST_DAY else None


def organ_name(row: RegisterRow) -> str:
    """In whose name the paper is: who answered the application, else the organ (domain-spec §11.4 item 34)."""
    if isinstance(row, Complaint):
        return row.received_at.name
    if isinstance(row, ReviewCase | Lawsuit) and (case := row.cases.select_related("agency").order_by("pk").first()):
        return notices.answering_organ(case)
    return row.agency.name


def personal_values(row: RegisterRow) -> dict[str, Any]:
    """What must not stand in the text of a transfer letter (domain-spec §11.6 item 40)."""
    if isinstance(row, RecordCorrection):
        return notices.applicant_values(row.applicant)
    if isinstance(row, Complaint):
        contact = [row.contact]
        return {"name": [row.complainant], "phone": contact, "address": contact, "email": contact}
    return {}


def prefill(row: RegisterRow, letter: str, *, by: User, today: date, advice: Advice | None = None) -> dict[str, Any]:
    """The draft's variables, as text."""
    if isinstance(row, ReviewCase | Lawsuit):
        values = _of_dispute(row, letter, by=by, today=today, advice=advice)
    elif isinstance(row, Complaint):
        values = _of_complaint(row)
    else:
        values = _of_correction(row, letter)
    return {name: str(values.get(name, "")) for name in editable(letter)}


# Reviews and suits ---------------------------------------------------------------------------------------------------


def _of_dispute(
    row: ReviewCase | Lawsuit, letter: str, *, by: User, today: date, advice: Advice | None
) -> dict[str, Any]:
    agency = row.agency
    values: dict[str, Any] = {
        "addressee": row.review_body if isinstance(row, ReviewCase) else row.court,
        "dispute_no": row.docket,
        "claimant": row.claimant,
        "contact": "，".join(part for part in (agency.address, agency.phone) if part),
        "address": agency.address,
        "legal_representative": agency.head,
        "representative": agency.head,
        "submitter": by.name,
        "powers": POWERS,
    }
    if isinstance(row, ReviewCase):
        values["review_docno"] = row.notice_number or f"{row.docket}行政复议案件的答复通知"
    if advice:
        values["advice_docno"] = f"{advice.name}（{advice.number}）"
    cases = list(row.cases.select_related("agency", "applicant").order_by("pk"))
    if letter in ("L34", "L36"):
        values |= _defence(row, cases, today)
    if letter in ("L34", "L35"):
        values |= _evidence(row, cases, letter, by=by, today=today)
    return values


def _defence(row: ReviewCase | Lawsuit, cases: list[Case], today: date) -> dict[str, str]:
    answers = [(case, _answer(case)) for case in cases]
    named = "、".join(_named(case, decision) for case, decision in answers)
    in_time = bool(answers) and all(
        decision and case.counted_timely not in ("overdue", "") for case, decision in answers
    )
    return {
        "decision_docno": named,
        "facts": _numbered(facts(case, today) for case in cases),
        "grounds": _numbered(_grounds(case, decision) for case, decision in answers),
        "opinion": _opinion(row, named) if in_time else "",
    }


def _opinion(row: ReviewCase | Lawsuit, named: str) -> str:
    """The request that an answer given in time supports (行政复议法第六十八条; 行政诉讼法第六十九条)."""
    if isinstance(row, ReviewCase):
        return f"本机关作出的{named}认定事实清楚，证据确凿，适用依据正确，程序合法，内容适当，请依法予以维持。"
    return f"本机关作出的{named}证据确凿，适用法律、法规正确，符合法定程序，请依法判决驳回原告的诉讼请求。"


def _numbered(texts: Iterable[str]) -> str:
    """One text as it is; several with numbers before them."""
    found = [text for text in texts if text]
    if len(found) < 2:
        return "".join(found)
    return "\n".join(f"第{number}件：{text}" for number, text in enumerate(found, 1))


def _answer(case: Case) -> Decision | None:
    return case.decisions.exclude(signed_on=None).order_by("-active", "-pk").first()


def _letter_of(decision: Decision) -> Notice | None:
    return decision.notices.filter(voided_on=None).first()


def _named(case: Case, decision: Decision | None) -> str:
    notice = _letter_of(decision) if decision else None
    if notice is None:
        return f"未答复其政府信息公开申请（登记号：{case.number}）"
    return f"{notice.number}《{notice.name}》"


def facts(case: Case, today: date) -> str:
    """办理经过: one sentence per dated step, oldest first; with the last day that the clock gives."""
    steps: list[tuple[date, str]] = []
    if case.received_on:
        way = notices.CHANNEL_WORDS[case.channel]
        words = f"收到申请人通过{way}提交的政府信息公开申请（登记号：{case.number}），申请公开“{case.info_desc}”"
        steps.append((case.received_on, words))
    steps += [(event.day, "收到申请人补正的申请") for event in _corrections(case) if event.day]
    for inquiry in case.inquiries.exclude(party="applicant"):
        if inquiry.asked_with and inquiry.letter:
            steps.append((inquiry.sent_on, _sent(inquiry.letter)))
        if inquiry.answered_on:
            steps.append((inquiry.answered_on, f"收到{inquiry.get_party_display()}的意见"))
    for notice in case.notices.filter(voided_on=None).prefetch_related("deliveries"):
        if notice.sent_on:
            steps.append((notice.sent_on, _sent(notice)))
    steps += [(anew.received_on, f"收到{anew.source}，重新办理") for anew in case.redecisions.all()]
    told = [f"{chinese_date(on)}，本机关{words}。" for on, words in sorted(steps, key=lambda step: step[0])]
    last = clock.lawful_day(case, clock.replay(case, today).reply_by) if case.received_on else None
    if last:
        told.append(f"依法计算的答复期限为{chinese_date(last)}。")
    return "".join(told)


def _corrections(case: Case) -> Iterable[Any]:
    return case.clock_events.in_force().filter(type="correction_received")


def _sent(notice: Notice) -> str:
    number = f"（{notice.number}）" if notice.number else ""
    arrived = [row.delivered_on for row in notice.deliveries.all() if row.delivered_on]
    until = f"，{chinese_date(min(arrived))}送达" if arrived else ""
    return f"发出《{notice.name}》{number}{until}"


def _grounds(case: Case, decision: Decision | None) -> str:
    if decision is None:
        return ""
    articles = "、".join(_in_full(article_text(article)) for article in decision.rule.articles)
    parts = [f"办理结果为“{decision.get_outcome_display()}”，依据{articles}。", _closed(decision.reason)]
    searched = decision.facts.get("search_scope")
    if searched:
        keywords = decision.facts.get("keywords", "")
        parts.append(f"检索范围：{searched}；检索关键词：{keywords}；核查单位：{decision.facts.get('units', '')}。")
    return "".join(parts)


def _in_full(article: str) -> str:
    """As papers cite it: the whole name of the regulation (domain-spec §2.3)."""
    return article.replace("条例", "《中华人民共和国政府信息公开条例》", 1) if article.startswith("条例") else article


def _closed(sentence: str) -> str:
    return sentence if not sentence or sentence.endswith(("。", "！", "？")) else f"{sentence}。"


def _evidence(row: ReviewCase | Lawsuit, cases: list[Case], letter: str, *, by: User, today: date) -> dict[str, str]:
    """Lines and pages of the evidence; a reply takes the pages of the list that stands beside it."""
    lines, pages = volume.evidence_list(cases, by=by, today=today) if cases else ([], 0)
    beside = RegisterPaper.objects.filter(**belongs_to(row), letter="L35", voided_on=None).exists()
    if letter == "L34":
        return {"evidence_pages": str(pages) if pages or beside else ""}
    return {"items": "\n".join(lines)}


# Complaints and corrections ------------------------------------------------------------------------------------------


def _of_complaint(row: Complaint) -> dict[str, Any]:
    assert row.assigned_to is not None  # `unready` has been asked
    return {
        "addressee": row.assigned_to.name,
        "matter": f"关于{row.agency.name}的举报投诉（{row.number}）",
        "pages": 1,
        "by": row.feedback_due_on.isoformat() if row.feedback_due_on else "",
        "contact": row.received_at.phone,
    }


_RESULTS = {
    CorrectionResult.CORRECTED: "本机关予以更正，更正为“{wanted}”",
    CorrectionResult.UNTRUE: "本机关不予更正",
    CorrectionResult.HANDED_ON: "有权更正的机关为{organ}，本机关已将您（贵单位）的要求转送该机关",
    CorrectionResult.POINTED: "请您（贵单位）向有权更正的{organ}（联系方式：{contact}）提出",
}


def _of_correction(row: RecordCorrection, letter: str) -> dict[str, Any]:
    if letter == "L22":
        return {
            "addressee": row.right_organ,
            "matter": f"要求更正政府信息（{row.number}）的",
            "pages": 1,
            "by": correction_term(row).last_day.isoformat(),
            "contact": row.agency.phone,
        }
    result = _RESULTS[CorrectionResult(row.result)]
    return {
        "addressee": row.applicant.name,
        "record": row.record,
        "finding": row.finding.rstrip("。"),
        "result": result.format(wanted=row.wanted, organ=row.right_organ, contact=row.right_contact),
    }
