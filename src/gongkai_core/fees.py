"""Information handling fee (信息处理费): 《政府信息公开信息处理费管理办法》, 条例第四十二条.

The regulation is 国办函〔2020〕109号. It has two tariffs, by case (按件) and by quantity (按量); a case is
charged under one of them, never both (第三条). Amounts are whole 元. The numbers of article 5 and later are
待核 (domain rules F-05 to F-11).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from gongkai_core.errors import InputError

IN_FORCE_FROM: Final = date(2021, 1, 1)
PAY_WITHIN_WORKDAYS: Final = 20  # 第六条: from the day after the notice was received
REGULATION: Final = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
PER_CASE_ARTICLE: Final = "第四条"
PER_PAGE_ARTICLE: Final = "第五条"

# A month of more than this is a slip of the finger, and would give a computation nobody can read.
MAX_QUANTITY: Final = 100_000

METHOD_LABELS: Final = {"per_case": "按件", "per_page": "按量"}


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One bracket of the computation: `first`–`last` units at `rate` 元 each."""

    first: int
    last: int
    unit: str
    rate: int
    article: str

    @property
    def quantity(self) -> int:
        """How many units fall into this bracket."""
        return self.last - self.first + 1

    @property
    def amount(self) -> int:
        """元 for this bracket."""
        return self.quantity * self.rate

    @property
    def label(self) -> str:
        """第 11–30 件 and the like."""
        span = str(self.first) if self.first == self.last else f"{self.first}–{self.last}"
        return f"第 {span} {self.unit}"


@dataclass(frozen=True, slots=True)
class Quote:
    """A fee with its computation, as the fee notice (收费通知书, L20) must state it."""

    method: str
    lines: tuple[FeeLine, ...]

    @property
    def method_label(self) -> str:
        """按件 or 按量."""
        return METHOD_LABELS[self.method]

    @property
    def total(self) -> int:
        """Total in 元."""
        return sum(line.amount for line in self.lines)

    @property
    def total_fen(self) -> int:
        """Total in 分, the unit the site stores."""
        return self.total * 100

    @property
    def detail(self) -> str:
        """The computation in one sentence, for the notice's 计算明细."""
        parts = [
            f"{line.label}{'不收费' if line.rate == 0 else f'共 {line.quantity} {line.unit}×{line.rate} 元'}"
            for line in self.lines
        ]
        return f"{'；'.join(parts) or '没有计费数量'}；合计 {self.total} 元"


def per_case_fee(nth: int) -> int:
    """元 for the nth case of one applicant, at one answering organ, in one calendar month (第四条).

    1–10 free, 11–30 at 100, then 100 more for each started ten: 31–40 at 200, 41–50 at 300, and so on.
    """
    nth = _whole(nth, "件数", least=1)
    if nth <= 10:
        return 0
    if nth <= 30:
        return 100
    return 100 * ((nth - 31) // 10 + 2)


def monthly_total(cases: int) -> int:
    """元 for a month's first `cases` cases of one applicant (第四条), by their legal days of receipt."""
    return quote(cases=cases).total


def per_page_fee(pages: int) -> int:
    """元 for the pages provided in one case (第五条): 30 free, to 100 at 10, to 200 at 20, above at 40.

    One side of A4 is one page; pages of different cases are not added up.
    """
    return quote(pages=pages).total


def quote(
    *, cases: int | None = None, nth: int | None = None, pages: int | None = None, on: date | None = None
) -> Quote:
    """Compute a fee, bracket by bracket.

    Give exactly one of `cases` (a month's cases of one applicant), `nth` (one case, the nth of its month)
    and `pages` (one case's pages). `on` is the day the fee is decided; before 2021-01-01 there was no such
    fee and InputError is raised, as it is for anything that is not a whole number within 0–100000.
    """
    if sum(value is not None for value in (cases, nth, pages)) != 1:
        raise InputError("按件和按量只能选一种：请给出件数或者页数之一（收费办法第三条）")
    if on is not None and on < IN_FORCE_FROM:
        raise InputError(f"{on} 不收信息处理费：收费办法自 2021-01-01 起施行")
    if pages is not None:
        return Quote("per_page", _brackets(_whole(pages, "页数"), _PAGE_BRACKETS, "页", PER_PAGE_ARTICLE))
    if nth is not None:
        rate = per_case_fee(nth)
        return Quote("per_case", (FeeLine(nth, nth, "件", rate, PER_CASE_ARTICLE),))
    assert cases is not None
    return Quote("per_case", _case_lines(_whole(cases, "件数")))


_PAGE_BRACKETS: Final = ((30, 0), (100, 10), (200, 20), (MAX_QUANTITY, 40))


def _case_lines(cases: int) -> tuple[FeeLine, ...]:
    lasts = [10, *range(30, cases + 20, 10)]
    return _brackets(cases, tuple((last, per_case_fee(last)) for last in lasts), "件", PER_CASE_ARTICLE)


def _brackets(quantity: int, brackets: tuple[tuple[int, int], ...], unit: str, article: str) -> tuple[FeeLine, ...]:
    lines = []
    first = 1
    for last, rate in brackets:
        if first > quantity:
            break
        lines.append(FeeLine(first, min(last, quantity), unit, rate, article))
        first = last + 1
    return tuple(lines)


def _whole(value: int, name: str, *, least: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= MAX_QUANTITY:
        raise InputError(f"{name}须为 {least} 到 {MAX_QUANTITY} 的整数：{value}")
    return value
