"""内部期限: days inside the lawful one by which registration, examination, draft and signature should be done.

They bind nobody outside and stop nothing. All but the first are counted back from the last day of the answer, so that
resets, stops and extensions move them with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.office_settings import Declared
from gongkai.casework import clock, rules
from gongkai.casework.models import Case
from gongkai_core.clock.facts import REPLY_WORKDAYS
from gongkai_core.states.cases import IN_DRAFT, WAITING
from gongkai_core.workdays import Calendar


@dataclass(frozen=True)
class Stage:
    """One step with a day of its own: its office word, its setting, the states in which it is still to be done."""

    name: str
    label: str
    within: Declared
    states: tuple[str, ...]
    counted_from: Callable[[Case], date | None]
    """The last day from which it is counted back; of a registration the day of receipt, counted forward."""


def _last_day(case: Case) -> date | None:
    return clock.lawful_day(case, case.reply_by)


STAGES = (
    Stage("register", "登记", rules.REGISTER_WITHIN, ("received",), lambda case: case.submitted_on),
    # An extension lengthens no examination.
    Stage(
        "examine", "审查", rules.EXAMINE_WITHIN, ("registered", "examining", "waiting_reason"),
        lambda case: case.reply_by_original,
    ),
    Stage("draft", "拟办", rules.DRAFT_WITHIN, ("processing", *WAITING, "drafting"), _last_day),
    Stage("sign", "签发", rules.SIGN_WITHIN, IN_DRAFT[1:], _last_day),
)  # fmt: skip


@dataclass(frozen=True)
class InternalDeadline:
    label: str
    day: date
    state: str
    """done, now or ahead."""
    days_left: int | None
    """Working days left of the one that is due now; negative when it has passed."""

    @property
    def words(self) -> str:
        late = "，已过" if self.days_left is not None and self.days_left < 0 else ""
        return f"内部期限：{self.label} {self.day.month} 月 {self.day.day} 日{late}"


def internal_deadlines(case: Case, today: date) -> list[InternalDeadline]:
    """The four days of a case in their order; those without a basis now (while a correction is awaited) are left out."""
    calendar = office_calendar()
    now = next((place for place, stage in enumerate(STAGES) if case.state in stage.states), None)
    if now is None:
        return []
    rows = []
    for place, stage in enumerate(STAGES):
        day = _day(stage, case, calendar)
        if day is None or (case.redecided and stage.name in ("register", "examine")):
            continue
        state = "done" if place < now else "now" if place == now else "ahead"
        left = calendar.workdays_between(today, day) if state == "now" else None
        rows.append(InternalDeadline(stage.label, day, state, left))
    return rows


def internal_deadline(case: Case, today: date) -> InternalDeadline | None:
    """The one that is due now, for queues: told from the stored last days, without a replay."""
    return next((row for row in internal_deadlines(case, today) if row.state == "now"), None)


def _day(stage: Stage, case: Case, calendar: Calendar) -> date | None:
    basis: date | None = stage.counted_from(case)
    within: Any = stage.within.value()
    if basis is None:
        return None
    if stage.name == "register":
        return calendar.add_workdays(basis, within)
    before = max(0, REPLY_WORKDAYS["492" if case.law == "492" else "711"] - within)
    return calendar.day_of_rank(calendar.rank(basis) - before)
