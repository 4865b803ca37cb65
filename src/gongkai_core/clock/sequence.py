"""Putting the events of a case in order, and refusing those that cannot be."""

from __future__ import annotations

from datetime import date
from operator import attrgetter

from gongkai_core.clock.errors import ClockError
from gongkai_core.clock.facts import ANSWER_TO, EVENT_NAMES, FEE_FROM, ORDER, QUESTION_OF, Case, Event

PLACE = attrgetter("on", "order", "type", "ref")
ENDS = frozenset({"withdrawn", "replied"})
UNREFERENCED_ANSWERS = frozenset({"correction_received", "fee_paid"})


def in_order(case: Case) -> tuple[list[Event], list[Event]]:
    """Return the events of a case in the order in which they take effect, and those after `today`.

    Each answer is given its request. The order in which events were given plays no part. Raises `ClockError`.
    """
    for event in case.events:
        event.order = ORDER[event.type]
        event.request = None
    events = list(case.events)
    _sort(events)
    future = []
    if case.today is not None and events and events[-1].on > case.today:
        future = [event for event in events if event.on > case.today]
        events = events[: -len(future)]
    if events and events[0].on < case.received_on:
        raise ClockError(
            "event_before_receipt",
            f"{events[0].on} 的{EVENT_NAMES[events[0].type]}早于收到日 {case.received_on}",
        )
    if _pair(events):
        _sort(events)
    _check_fees(case, events)
    _check_end(events)
    return events, future


def _sort(events: list[Event]) -> None:
    # Two corrections of one day differ only in their return; two questions of one ref are refused anyway.
    if sum(event.return_by is not None for event in events) > 1:
        events.sort(key=_return_by)
    events.sort(key=PLACE)


def _return_by(event: Event) -> date:
    return event.return_by or date.min


def _pair(events: list[Event]) -> bool:
    """Give each answer its request; say whether one came on the day of its request and so moves behind it."""
    questions: dict[str, Event] = {}
    requests: dict[str, list[Event]] = {}
    answers = []
    for event in events:
        if event.type in QUESTION_OF:
            if event.ref in questions:
                raise ClockError("reused_ref", f"编号 {event.ref} 用于一次以上的征求意见")
            questions[event.ref] = event
        elif event.type in ANSWER_TO:
            answers.append(event)
        elif event.type in ("correction_asked", "fee_notified"):
            requests.setdefault(event.type, []).append(event)
    moved = False
    answered: set[Event] = set()
    for answer in answers:
        if answer.type in UNREFERENCED_ANSWERS:
            request = _first_unanswered(answer, requests.get(ANSWER_TO[answer.type], []), answered)
        else:
            request = _question(answer, questions, answered)
        answered.add(request)
        answer.request = request
        if request.on == answer.on:
            answer.order = request.order + 1
            moved = True
    return moved


def _question(answer: Event, questions: dict[str, Event], answered: set[Event]) -> Event:
    question = questions.get(answer.ref)
    if question is None or question.type != ANSWER_TO[answer.type] or question.on > answer.on:
        raise ClockError(
            "answer_without_question",
            f"{answer.on} 的{EVENT_NAMES[answer.type]}（{answer.ref}）之前没有发出过征求意见",
        )
    if question in answered:
        raise ClockError("answered_twice", f"{EVENT_NAMES[answer.type]}（{answer.ref}）登记了一次以上")
    return question


def _first_unanswered(answer: Event, requests: list[Event], answered: set[Event]) -> Event:
    earlier = [request for request in requests if request.on <= answer.on]
    for request in earlier:
        if request not in answered:
            return request
    if earlier:
        raise ClockError("answered_twice", f"{answer.on} 的{EVENT_NAMES[answer.type]}之前已经登记过")
    name = EVENT_NAMES[ANSWER_TO[answer.type]]
    raise ClockError("answer_without_question", f"{answer.on} 的{EVENT_NAMES[answer.type]}之前没有{name}")


def _check_fees(case: Case, events: list[Event]) -> None:
    for event in events:
        if event.type == "fee_notified" and (case.law == "492" or event.on < FEE_FROM):
            raise ClockError(
                "fee_not_in_force",
                f"{event.on} 的收费通知没有依据：信息处理费自 {FEE_FROM} 起、依现行条例收取",
                "国办函〔2020〕109号；条例第四十二条",
            )


def _check_end(events: list[Event]) -> None:
    for place, event in enumerate(events[:-1]):
        if event.type in ENDS:
            later = events[place + 1]
            raise ClockError(
                "event_after_end",
                f"{later.on} 的{EVENT_NAMES[later.type]}在{EVENT_NAMES[event.type]}（{event.on}）之后",
            )
