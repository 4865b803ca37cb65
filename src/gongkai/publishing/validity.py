"""Whether a document holds on a day, and its history (有效性、修改沿革).

What was declared is on the item (`validity`, `ended_on`), each declaration is a `ValidityChange`. That the last day of
validity has passed is told from the day alone: nobody has to declare it, and no task can be late with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.agencies.office_settings import Declared, declare
from gongkai.design.words import day
from gongkai.publishing.models import Item, Validity, ValidityChange, WithdrawalKind

ENDED = (Validity.EXPIRED, Validity.REPEALED)
REVIEW_TERM = declare(
    Declared(
        "publishing.review_months",
        "规范性文件自成文起满几个月评估一次（没有另定复核日期的）",
        24,
        "各地行政规范性文件管理办法",
    )
)
REVIEW_NOTICE = declare(
    Declared("publishing.review_notice_days", "复核日期、有效期届满前几天提醒", 60, REVIEW_TERM.source)
)


def ends_on(item: Item) -> date | None:
    """The first day on which the document no longer holds, declared or by its own term; None while none is known."""
    endless = item.valid_until in (None, date.max)  # of older data: date.max has no day after it
    term = None if endless else item.valid_until + timedelta(days=1)
    return min((end for end in (item.ended_on, term) if end), default=None)


def standing_validity(item: Item, on: date) -> Validity:
    """有效、已修改、失效 or 废止 on a day."""
    end = ends_on(item)
    if end and end <= on:
        return Validity(item.validity) if end == item.ended_on else Validity.EXPIRED
    return Validity.IN_FORCE if item.ended_on else Validity(item.validity)


def validity_words(item: Item, on: date) -> str:
    """The same with its day: since when it ended, when it is going to, until when it holds."""
    standing = standing_validity(item, on)
    if standing in ENDED:
        return f"{standing.label}（{day(ends_on(item))}）"
    if item.ended_on:
        return f"{standing.label}（自 {day(item.ended_on)} 起{item.get_validity_display()}）"
    return f"{standing.label}（有效期至 {day(item.valid_until)}）" if item.valid_until else str(standing.label)


@dataclass(frozen=True)
class HistoryLine:
    """One line of 修改沿革."""

    day: date | None
    words: str
    document: Item | None = None
    authority: str = ""
    remarks: str = ""
    by: str = ""


def named(document: Item | None) -> Item | None:
    """The document that may still be named in public: none that was silently withdrawn."""
    return None if document and document.withdrawal_kind == WithdrawalKind.SILENT else document


WORDS = {
    Validity.AMENDED: "修改",
    Validity.EXPIRED: "失效",
    Validity.REPEALED: "废止",
    Validity.IN_FORCE: "更正登记：恢复有效",
}


def history(item: Item, changes: Iterable[ValidityChange], on: date) -> list[HistoryLine]:
    """The lines in order of their days, and the end of the term once it has passed."""
    lines = [
        HistoryLine(
            change.since,
            WORDS[Validity(change.validity)],
            None if change.document and change.document.isolated_at else change.document,
            change.authority,
            change.remarks,
            change.by.name,
        )
        for change in changes
    ]
    end = ends_on(item)
    if end and end <= on and end != item.ended_on:
        lines.append(HistoryLine(ends_on(item), "失效", authority="有效期届满"))
    return lines


def months_before(on: date, months: int) -> date:
    """The same day `months` earlier, or the month's last."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(on.day, last))


def review_due(item: Item) -> date | None:
    """When a document in force is to be looked at again: the day that was set, else by the office's term."""
    if item.review_by or not item.formed_on:
        return item.review_by
    return months_before(item.formed_on, -int(REVIEW_TERM.value()))
