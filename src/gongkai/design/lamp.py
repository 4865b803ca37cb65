"""灯: how near a last day is, in a colour and always in words (portal-ux §5.8)."""

from dataclasses import dataclass
from datetime import date

from gongkai.design.words import month_day

YELLOW_FROM = 5  # working days left; more is green
ORANGE_FROM = 2


@dataclass(frozen=True)
class Lamp:
    """``colour`` is green, yellow, orange, red or off; ``words`` say the same without colour."""

    colour: str
    words: str


def lamp(days_left: int | None, due: date | None, today: date | None = None) -> Lamp:
    """The lamp of a last day.

    In: working days left after today (negative = overdue by so many; ``None`` = the time does not run), the
    last day, and today where known. Days left alone cannot tell "today" from "last Friday" on a weekend, so
    ``today`` decides when it is given; it also adds the year when the last day lies in another one.
    """
    if days_left is None:
        return Lamp("off", "期限未起算或已停止")
    if days_left < 0:
        return Lamp("red", f"已超期 {-days_left} 个工作日")
    if today is not None and due is not None and today > due:
        return Lamp("red", f"已超期（{_due(due, today)}）")
    if days_left == 0 and (today is None or due is None or due == today):
        return Lamp("orange", "今日到期")
    until = f"（{_due(due, today)}）" if due else ""
    words = f"剩 {days_left} 个工作日{until}"
    if days_left <= ORANGE_FROM:
        return Lamp("orange", words)
    return Lamp("yellow" if days_left <= YELLOW_FROM else "green", words)


def _due(due: date, today: date | None) -> str:
    year = f"{due.year} 年 " if today is not None and today.year != due.year else ""
    return f"{year}{month_day(due)}到期"
