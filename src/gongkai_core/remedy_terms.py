"""Terms after an answer: the organ's reply in a review, its defence in a suit, its report on what it was advised.

Each is told from the day the papers came in and the calendar; nothing here is kept, so a changed calendar moves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from gongkai_core.workdays import Calendar

REVIEW_LAW_2023_FROM: Final = date(2024, 1, 1)
ORDINARY_WORKDAYS: Final = 10
SIMPLIFIED_WORKDAYS: Final = 5
OLD_REVIEW_DAYS: Final = 10
DEFENCE_DAYS: Final = 15
OPINION_DAYS: Final = 60


@dataclass(frozen=True, slots=True)
class Term:
    """A last day, how it was reckoned in one sentence, and by which article."""

    last_day: date
    text: str
    article: str


def review_reply(received_on: date, *, simplified: bool, calendar: Calendar) -> Term:
    """The reply (答复书) with its evidence to the review body, from the day the copy of the application came in.

    Since 2024 ten working days, five in the simplified procedure (行政复议法2023 第四十八条、第五十四条; working days by
    第八十八条第二款). Before, ten days that end on a working day (2017 第二十三条), and no simplified procedure.
    """
    if received_on < REVIEW_LAW_2023_FROM:
        last = calendar.add_natural_days(received_on, OLD_REVIEW_DAYS)
        return Term(last, f"收到次日起 {OLD_REVIEW_DAYS} 日", "行政复议法（2017）第二十三条")
    count = SIMPLIFIED_WORKDAYS if simplified else ORDINARY_WORKDAYS
    kind, article = ("简易程序", "第五十四条") if simplified else ("普通程序", "第四十八条")
    text = f"{kind}，收到次日起 {count} 个工作日"
    return Term(calendar.add_workdays(received_on, count), text, f"行政复议法{article}、第八十八条")


def lawsuit_defence(received_on: date, *, calendar: Calendar) -> Term:
    """The defence (答辩状) with evidence and rules relied upon, from the day the copy of the complaint came in.

    Fifteen days, ending on a working day (行政诉讼法第六十七条; 民事诉讼法第八十五条 by 行政诉讼法第一百零一条).
    """
    last = calendar.add_natural_days(received_on, DEFENCE_DAYS)
    return Term(last, f"收到次日起 {DEFENCE_DAYS} 日，证据一并提交", "行政诉讼法第六十七条")


def opinion_report(received_on: date, *, calendar: Calendar) -> Term:
    """The report on what was put right after a 行政复议意见书: sixty days (行政复议法2023 第七十六条)."""
    last = calendar.add_natural_days(received_on, OPINION_DAYS)
    return Term(last, f"收到次日起 {OPINION_DAYS} 日", "行政复议法第七十六条")
