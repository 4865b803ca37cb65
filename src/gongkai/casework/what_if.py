"""今天……会怎样: the last days that an act of today would give, from the core's replay of events not yet written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.calendar import office_calendar
from gongkai.casework import clock, rules
from gongkai.casework.models import Case, ClockEvent, EventType
from gongkai_core.clock import Result
from gongkai_core.clock.facts import PAYMENT_WORKDAYS
from gongkai_core.refusals import Refused
from gongkai_core.states.cases import CASE

NEW = "试算"
"""The reference of a question that is not asked."""
_RULES = {
    "ask_third_party": ("RPY-02", "TP-01"),
    "ask_co_maker": ("RPY-02", "CO-01"),
    "ask_agency": ("RPY-02",),
    "ask_correction": ("AMD-01", "AMD-02"),
    "extend": ("RPY-03",),
    "notify_fee": ("FEE-01",),
}
"""Lines of the computation that say why, by event."""


@dataclass(frozen=True)
class WhatIf:
    """One act that could be done today: what would have to happen, until when an answer would be due, why."""

    label: str
    supposed: str
    reply_by: date | None
    moved: int
    """Working days by which the last day would move."""
    lines: tuple[tuple[str, str], ...]
    """(what the computation says, its article)."""


Supposed = tuple[str, list[ClockEvent], date]
"""What is supposed in words, the events it makes, and the day from which it is looked at."""


def what_if(case: Case, today: date) -> list[WhatIf]:
    """Every act of the table that moves the last day, tried on today; acts that would move nothing say so."""
    if not case.received_on or case.finished or case.abandoned_on:
        return []
    now = clock.replay(case, today)
    if now.reply_by is None:
        return []
    possible = CASE.events(case.state)
    tried = ((event, suppose(case, today)) for event, suppose in _SUPPOSED.items() if event in possible)
    return [found for event, supposed in tried if (found := _try(case, event, supposed, now, today))]


def _try(case: Case, event: str, supposed: Supposed, now: Result, today: date) -> WhatIf | None:
    words, events, seen_from = supposed
    try:
        result = clock.replay(case, seen_from, events=[*clock.running(case), *events])
    except Refused:
        return None  # such an event has no place in this history
    assert now.reply_by
    moved = office_calendar().workdays_between(now.reply_by, result.reply_by) if result.reply_by else 0
    return WhatIf(f"今天{_LABELS[event]}", words, result.reply_by, moved, tuple(_why(event, result, today)))


def _why(event: str, result: Result, today: date) -> Iterator[tuple[str, str]]:
    for warning in result.warnings:
        if (
            today.isoformat() in warning["message"]
            or f"{today.year}年{today.month}月{today.day}日" in warning["message"]
        ):
            yield warning["message"], warning["article"] or ""
    for line in result.explanation:
        if line["rule"] in _RULES[event] and line["to"] >= today.isoformat():
            yield line["text"], line["article"]


def _event(case: Case, kind: str, **days: date | str) -> ClockEvent:
    return ClockEvent(case=case, type=kind, redecision=clock.redecision_of(case), **days)


def _question(kind: str, answerer: str) -> Callable[[Case, date], Supposed]:
    def suppose(case: Case, today: date) -> Supposed:
        event = _event(case, kind, ref=NEW, sent_on=today, delivered_on=today)
        return f"今天送达，{answerer}在期限最后一日答复", [event], today

    return suppose


def _agency(case: Case, today: date) -> Supposed:
    """An organ's answer has no last day: five working days are supposed, as for ordinary help."""
    back = office_calendar().add_workdays(today, rules.ASSIST_WITHIN.value())
    asked = _event(case, EventType.AGENCY_CONSULTED, ref=NEW, sent_on=today)
    answered = _event(case, EventType.AGENCY_ANSWERED, ref=NEW, on=back)
    return f"今天发出，{back.month} 月 {back.day} 日收到意见（没有法定期限）", [asked, answered], back


def _correction(case: Case, today: date) -> Supposed:
    back = office_calendar().add_workdays(today, rules.CORRECTION_WORKDAYS.value())
    asked = _event(case, EventType.CORRECTION_ASKED, on=today, return_by=back)
    returned = _event(case, EventType.CORRECTION_RECEIVED, on=back)
    return f"今天发出，申请人在 {back.month} 月 {back.day} 日补正", [asked, returned], back


def _extension(case: Case, today: date) -> Supposed:
    return "负责人已同意，今天告知申请人", [_event(case, EventType.EXTENDED, notice_sent_on=today)], today


def _fee(case: Case, today: date) -> Supposed:
    last = office_calendar().add_workdays(today, PAYMENT_WORKDAYS)
    told = _event(case, EventType.FEE_NOTIFIED, delivered_on=today)
    paid = _event(case, EventType.FEE_PAID, on=last)
    return f"今天送达，申请人在最后一日（{last.month} 月 {last.day} 日）缴费", [told, paid], last


_SUPPOSED: dict[str, Callable[[Case, date], Supposed]] = {
    "ask_third_party": _question(EventType.THIRD_PARTY_ASKED, "第三方"),
    "ask_co_maker": _question(EventType.CO_MAKER_ASKED, "共同制作机关"),
    "ask_agency": _agency,
    "ask_correction": _correction,
    "extend": _extension,
    "notify_fee": _fee,
}
_LABELS = {
    "ask_third_party": "征求第三方意见",
    "ask_co_maker": "征求共同制作机关意见",
    "ask_agency": "征求其他机关意见",
    "ask_correction": "要求补正",
    "extend": "告知延期",
    "notify_fee": "送达收费通知",
}
