"""预决算公开: who has published budget and final accounts, organ by organ, against the twenty days of 预算法第十四条."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.annualreport.models import BudgetApproval, BudgetKind
from gongkai.design.words import BEIJING
from gongkai.publishing.models import Duty, Item, NoMatterStatement
from gongkai.publishing.querysets import midnight

COLUMN = "A20_07"
"""The column of budgets and final accounts (条例第二十条第（七）项)."""
ACCOUNTS_WORD = "决算"
"""A title with this word is of final accounts; every other one of the column is of a budget."""


@dataclass(frozen=True)
class BudgetCell:
    """One organ's budget, or final accounts, of a year: approved, due, public on which days.

    `state` is published, late (published late), overdue, pending, stated (无此类事项) or unknown (no approval entered).
    Days are natural days: the law counts no others here.
    """

    state: str
    approved_on: date | None = None
    due_on: date | None = None
    item: Item | None = None
    public_on: date | None = None
    days: int = 0

    @property
    def words(self) -> str:
        return {
            "published": "已公开",
            "late": f"迟 {self.days} 天公开",
            "overdue": f"逾期 {self.days} 天未公开",
            "pending": f"待公开，剩 {self.days} 天" if self.days else "待公开，今日到期",
            "stated": "本年度无此类事项",
            "unknown": "未录批复日期",
        }[self.state]

    @property
    def colour(self) -> str:
        """Red or green beside the words, never instead of them."""
        reds, greens = ("overdue", "late"), ("published", "stated")
        return "red" if self.state in reds else "green" if self.state in greens else "grey"

    @property
    def is_public(self) -> bool:
        return self.state in ("published", "late", "stated")


@dataclass(frozen=True)
class BudgetRow:
    agency: Agency
    budget: BudgetCell
    accounts: BudgetCell

    def cell(self, kind: str) -> BudgetCell:
        return self.budget if kind == BudgetKind.BUDGET else self.accounts


def organs(within: Collection[int]) -> QuerySet[Agency]:
    """Those among some organs that owe budgets and final accounts."""
    owing = Duty.objects.filter(entry__column__code=COLUMN, entry__catalogue=None, until=None, agency__in=within)
    return Agency.objects.filter(pk__in=owing.values("agency")).order_by("position", "path")


def chart(year: int, within: Collection[int], *, today: date) -> list[BudgetRow]:
    """The wall chart of a year: every organ that owes them, in the office's order."""
    rows = list(organs(within))
    keys = [row.pk for row in rows]
    approved = {(each.agency_id, each.kind): each for each in BudgetApproval.objects.filter(year=year, agency__in=keys)}
    shown = _first_items(year, keys)
    stated = set(
        NoMatterStatement.objects.filter(
            entry__column__code=COLUMN, agency__in=keys, year=year, withdrawn_on=None
        ).values_list("agency", flat=True)
    )
    cells = {
        (key, kind): _cell(approved.get((key, kind)), shown.get((key, kind)), key in stated, today)
        for key in keys
        for kind in BudgetKind.values
    }
    return [BudgetRow(row, cells[row.pk, BudgetKind.BUDGET], cells[row.pk, BudgetKind.ACCOUNTS]) for row in rows]


def kind_of(title: str) -> str:
    """Whether an item of the column is a budget or final accounts."""
    return BudgetKind.ACCOUNTS if ACCOUNTS_WORD in title else BudgetKind.BUDGET


def _first_items(year: int, keys: Collection[int]) -> dict[tuple[int, str], Item]:
    """By organ and kind the first item of the year that is still public."""
    items = Item.objects.public().filter(
        column__code=COLUMN,
        agency__in=keys,
        first_published_at__gte=midnight(date(year, 1, 1)),
        first_published_at__lt=midnight(date(year + 1, 1, 1)),
    )
    found: dict[tuple[int, str], Item] = {}
    for item in items.only("agency", "title", "public_id", "first_published_at").order_by("first_published_at", "pk"):
        found.setdefault((item.agency_id, kind_of(item.title)), item)
    return found


def _cell(approval: BudgetApproval | None, item: Item | None, stated: bool, today: date) -> BudgetCell:
    approved_on, due = (approval.approved_on, approval.due_on) if approval else (None, None)
    if item is not None:
        day = item.first_published_at.astimezone(BEIJING).date()
        late = (day - due).days if due else 0
        return BudgetCell("late" if late > 0 else "published", approved_on, due, item, day, max(late, 0))
    if due is None:
        return BudgetCell("stated" if stated else "unknown")
    left = (due - today).days
    return BudgetCell("overdue" if left < 0 else "pending", approved_on, due, days=abs(left))


def tally(rows: Iterable[BudgetRow], kind: str) -> dict[str, int]:
    """How many organs stand where: total, public, of them late, overdue."""
    cells = [row.cell(kind) for row in rows]
    return {
        "total": len(cells),
        "public": sum(cell.is_public for cell in cells),
        "late": sum(cell.state == "late" for cell in cells),
        "overdue": sum(cell.state == "overdue" for cell in cells),
        "unknown": sum(cell.state == "unknown" for cell in cells),
    }


HEADS = ("单位", "类别", "批准（批复）日期", "公开期限", "公开日期", "状态", "条目")


def sheet_rows(rows: Iterable[BudgetRow]) -> list[list[object]]:
    """The chart for Excel: a line for each organ and kind."""
    return [
        [
            row.agency.name, label, cell.approved_on, cell.due_on, cell.public_on, cell.words,
            cell.item.title if cell.item else "",
        ]
        for row in rows
        for kind, label in BudgetKind.choices
        for cell in (row.cell(kind),)
    ]  # fmt: skip
