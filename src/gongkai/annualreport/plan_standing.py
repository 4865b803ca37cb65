"""Where an entry of the annual work calendar stands: told from its days, what is done and today, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai_core.workdays import Calendar


@dataclass(frozen=True)
class PlanStanding:
    """done, done_late, late, open (begun, not due) or ahead (not begun); `days` are working days."""

    state: str
    days: int = 0
    """Late by so many, or left until the last day."""

    @property
    def words(self) -> str:
        if self.state == "done":
            return "完成"
        if self.state == "ahead":
            return "未到开始日期"
        if self.state == "open":
            return f"进行中，剩 {self.days} 个工作日" if self.days else "进行中，今日到期"
        counted = f" {self.days} 个工作日" if self.days else ""
        return f"迟{counted}完成" if self.state == "done_late" else f"逾期{counted}"

    @property
    def is_done(self) -> bool:
        return self.state in ("done", "done_late")


def standing(
    first: date, due: date, *, done: bool, done_on: date | None, today: date, calendar: Calendar
) -> PlanStanding:
    """Tell it; lateness is counted in working days after the last day."""
    if done or done_on:
        late = bool(done_on and done_on > due)
        return (
            PlanStanding("done_late", calendar.workdays_between(due, done_on))
            if late and done_on
            else PlanStanding("done")
        )
    if today > due:
        return PlanStanding("late", calendar.workdays_between(due, today))
    if today < first:
        return PlanStanding("ahead")
    return PlanStanding("open", calendar.workdays_between(today, due))
