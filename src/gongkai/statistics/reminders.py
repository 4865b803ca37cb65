"""What organs are reminded of by itself, each working day: sheets that are due, and those that are overdue."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.office_settings import Declared, declare, whole
from gongkai.design.words import month_day
from gongkai.outbox import station
from gongkai.statistics import messages
from gongkai.statistics.models import FilingSheet, SheetState

BATCH = 500
REMIND_FROM = declare(
    Declared("statistics.remind_from", "填报到期前几个工作日起提醒", 3, "本单位规定", parse=whole(1, 60))
)


def nightly(today: date) -> int:
    """Remind from some working days before the day on, and each working day after it; nothing on a day off.

    Nothing is said twice on one day. Returns how many messages are new.
    """
    calendar = office_calendar()
    if not calendar.is_workday(today):
        return 0
    until = calendar.add_workdays(today, REMIND_FROM.value())
    owed = FilingSheet.objects.owed().filter(due_on__lte=until).select_related("agency").order_by("pk")
    told, after = 0, 0
    while some := list(owed.filter(pk__gt=after)[:BATCH]):
        words = {sheet.pk: _words(sheet, today) for sheet in some}
        told += station.tell(messages.lines(some, f"due:{today}", words, today))
        after = some[-1].pk
    return told


def _words(sheet: FilingSheet, today: date) -> str:
    left = office_calendar().workdays_between(today, sheet.due_on)
    what = {SheetState.SIGNING: "待签字盖章", SheetState.RETURNED: "退回后还没有重新上报"}.get(
        SheetState(sheet.state), "还没有上报"
    )
    if left < 0:
        return f"已逾期 {-left} 个工作日：{sheet}{what}"
    term = f"剩 {left} 个工作日" if left else "今日到期" if sheet.due_on == today else "今天是最后一个工作日"
    return f"{term}（{month_day(sheet.due_on)}到期）：{sheet}{what}"
