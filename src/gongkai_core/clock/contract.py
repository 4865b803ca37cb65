"""The contract of `gongkai clock` in JSON: reading a case, writing a result."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

from gongkai_core.clock.errors import ClockError
from gongkai_core.clock.facts import EVENT_NAMES, LAW_711_FROM, Case, Event, Law, Result
from gongkai_core.workdays import iso_date

RECEIPT_ARTICLE = "条例第三十一条"

CASE_FIELDS: Final = frozenset(
    {
        "id",
        "received_on",
        "channel",
        "submitted_on",
        "signed_on",
        "confirmed_on",
        "law",
        "today",
        "events",
    }
)
# The day of receipt by channel (条例第三十一条), under both laws.
RECEIPT_FIELD: Final = {
    "in_person": "submitted_on",
    "post_signed": "signed_on",
    "post_ordinary": "confirmed_on",
    "online": "confirmed_on",
    "fax": "confirmed_on",
    "email": "confirmed_on",
}
CONFIRMABLE: Final = frozenset({"online", "fax", "email"})
RECEIPT_FIELDS: Final = ("submitted_on", "signed_on", "confirmed_on")


class Shape(NamedTuple):
    """What an event of one type is made of."""

    on: str
    fields: frozenset[str]
    has_ref: bool


def _shape(on: str, *more: str) -> Shape:
    return Shape(on, frozenset({"type", on, *more}), "ref" in more)


SHAPES: Final[dict[str, Shape]] = {
    "correction_asked": _shape("on", "return_by"),
    "correction_received": _shape("on"),
    "third_party_asked": _shape("sent_on", "ref", "delivered_on"),
    "third_party_answered": _shape("on", "ref"),
    "co_maker_asked": _shape("sent_on", "ref", "delivered_on"),
    "co_maker_answered": _shape("on", "ref"),
    "agency_consulted": _shape("sent_on", "ref"),
    "agency_answered": _shape("on", "ref"),
    "extended": _shape("notice_sent_on"),
    "fee_notified": _shape("delivered_on"),
    "fee_paid": _shape("on"),
    "withdrawn": _shape("on"),
    "replied": _shape("on"),
}

_known_date = lru_cache(maxsize=65536)(iso_date)


@lru_cache(maxsize=65536)
def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def read_case(data: object) -> Case:
    """Return the case that a JSON object describes, or raise `ClockError`.

    An event after `today` is read no further than its day: it will be left out, whatever else it says.
    """
    if not isinstance(data, dict):
        raise ClockError("missing_field", "不是一件申请：应为 JSON 对象")
    if not data.keys() <= CASE_FIELDS:
        raise ClockError("unknown_field", f"申请中有未知的字段：{_first(data.keys() - CASE_FIELDS)}")
    received_on, confirmed = _receipt(data)
    law = _law(data.get("law", "auto"), received_on)
    today = _date(data, "today")
    if today is not None and today < received_on:
        raise ClockError("today_before_receipt", f"“今天”{today} 早于收到日 {received_on}", RECEIPT_ARTICLE)
    events = data.get("events")
    events = [] if events is None else _events(events, today)
    return Case(received_on, law, events, today, data.get("id"), confirmed)


def result_json(result: Result) -> dict[str, Any]:
    """Return a result as the contract prints it, in the order of the contract."""
    return {
        "id": result.id,
        "law": result.law,
        "received_on": _iso(result.received_on),
        "correction_notice_by": _iso(result.correction_notice_by),
        "reply_by": _iso(result.reply_by),
        "reply_by_original": _iso(result.reply_by_original),
        "longest_reply_by": _iso(result.longest_reply_by),
        "third_party_answer_by": {ref: _iso(day) for ref, day in result.third_party_answer_by.items()},
        "co_maker_answer_by": {ref: _iso(day) for ref, day in result.co_maker_answer_by.items()},
        "fee_pay_by": _iso(result.fee_pay_by),
        "working_days_used": result.working_days_used,
        "days_left": result.days_left,
        "state": result.state,
        "overdue": result.overdue,
        "warnings": result.warnings,
        "projected": result.projected,
        "provisional": result.provisional,
        "explanation": result.explanation,
    }


def _receipt(data: dict[str, Any]) -> tuple[date, bool]:
    """Return the legal day of receipt and whether it rests on a confirmation where one is needed."""
    days: dict[str, date | None] = {name: _date(data, name) for name in RECEIPT_FIELDS if name in data}
    given = _date(data, "received_on")
    if given is not None:
        return given, True
    channel = data.get("channel")
    name = RECEIPT_FIELD.get(channel) if isinstance(channel, str) else None
    if name is None:
        problem = "没有收到日，也没有收到的渠道" if channel is None else f"未知的收到渠道：{channel!r}"
        raise ClockError("no_receipt", problem, RECEIPT_ARTICLE)
    received_on = days.get(name)
    if received_on is not None:
        return received_on, True
    submitted_on = days.get("submitted_on")
    if channel in CONFIRMABLE and submitted_on is not None:
        return submitted_on, False
    raise ClockError("no_receipt", f"渠道 {channel} 须有 {name}，才能确定收到日", RECEIPT_ARTICLE)


def _law(law: object, received_on: date) -> Law:
    if law == "auto":
        return "711" if received_on >= LAW_711_FROM else "492"
    if law == "711":
        return "711"
    if law == "492":
        return "492"
    raise ClockError("unknown_law", f"未知的条例：{law!r}（可用：auto、711、492）")


def _events(events: object, today: date | None) -> list[Event]:
    if not isinstance(events, list):
        raise ClockError("unknown_event", "events 应为事件的列表")
    try:
        return [_event(event, today) for event in events]
    except ClockError:
        # The refusal may not depend on the order in which events are given.
        raise min(_refusals(events, today), key=lambda error: (error.code, error.message)) from None


def _refusals(events: list[object], today: date | None) -> list[ClockError]:
    refusals = []
    for event in events:
        try:
            _event(event, today)
        except ClockError as error:
            refusals.append(error)
    return refusals


def _event(data: object, today: date | None) -> Event:
    if not isinstance(data, dict):
        raise ClockError("unknown_event", f"事件应为 JSON 对象：{data!r}")
    kind = data.get("type")
    if not isinstance(kind, str) or kind not in SHAPES:
        raise ClockError("unknown_event", f"未知的事件：{kind!r}")
    shape = SHAPES[kind]
    on = _date(data, shape.on)
    if on is not None and today is not None and on > today:
        return Event(kind, on)
    if not data.keys() <= shape.fields:
        raise ClockError("unknown_field", f"{EVENT_NAMES[kind]}中有未知的字段：{_first(data.keys() - shape.fields)}")
    if on is None:
        raise ClockError("missing_field", f"{EVENT_NAMES[kind]}缺少日期 {shape.on}")
    event = Event(kind, on)
    if shape.has_ref:
        event.ref = _ref(data, event)
        if "delivered_on" in data:
            event.delivered_on = _not_before(event, "delivered_on", _date(data, "delivered_on"))
    elif kind == "correction_asked":
        event.return_by = _not_before(event, "return_by", _date(data, "return_by"))
        if event.return_by is None:
            raise ClockError("missing_field", f"{on} 的补正告知缺少补正期限 return_by", "条例第三十条")
    return event


def _ref(data: dict[str, Any], event: Event) -> str:
    ref = data.get("ref")
    if isinstance(ref, str) and ref:
        return ref
    raise ClockError("missing_ref", f"{event.on} 的{EVENT_NAMES[event.type]}缺少编号 ref（应为不空的字符串）")


def _not_before(event: Event, name: str, day: date | None) -> date | None:
    if day is not None and day < event.on:
        raise ClockError("dates_out_of_order", f"{event.on} 的{EVENT_NAMES[event.type]}：{name} {day} 早于发出之日")
    return day


def _date(data: dict[str, Any], name: str) -> date | None:
    text = data.get(name)
    if text is None:
        return None
    try:
        return _known_date(text)
    except (TypeError, ValueError):
        raise ClockError("bad_date", f"{name} 不是日期（应为 YYYY-MM-DD）：{text!r}") from None


def _first(names: set[str]) -> str:
    return min(map(str, names))
