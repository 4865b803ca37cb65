"""What every ledger above has in common: figures that open into their records, and tasks that wait for somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from gongkai.agencies.models import Agency


@dataclass(frozen=True)
class Period:
    """A closed range of legal days, most often a calendar year."""

    first: date
    last: date

    @classmethod
    def of_year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def year(self) -> int:
        return self.last.year


@dataclass(frozen=True)
class Scope:
    """Whose records count: 本级 (the organ alone) or 全域 (all that roll up to it on the period's last day)."""

    agency: Agency
    whole_region: bool

    @property
    def label(self) -> str:
        return "全域" if self.whole_region else "本级"

    def agencies(self, period: Period) -> QuerySet[Agency]:
        if not self.whole_region:
            return Agency.objects.filter(pk=self.agency.pk)
        return Agency.objects.within(self.agency).rolled_up(period.last)

    def keys(self, period: Period) -> list[int]:
        """The same by their keys: a count over many rows names its organs, a subquery would keep it off the indexes."""
        return list(self.agencies(period).values_list("pk", flat=True))

    def left_out(self, period: Period) -> QuerySet[Agency]:
        """Organs below that do not roll up, to be listed under the table (domain-spec §11.3 item 18)."""
        return Agency.objects.within(self.agency).existing(period.last).exclude(pk__in=self.agencies(period))


@dataclass(frozen=True)
class Figure:
    """One number of a table and the query for the records behind it.

    `records()` gives the very rows that were counted; each row's model has `as_record()`. A money figure is the
    sum over its rows, in the cell's unit.
    """

    value: int | Decimal
    records: Callable[[], QuerySet[Any]]
    covers: Callable[[], QuerySet[Agency]] | None = None
    """The organs for which a ledger knows a figure that others file; None when it knows all of the scope's.

    Whoever is covered is not counted by its filing as well.
    """


@dataclass(frozen=True)
class Record:
    """One row behind a figure, as a list shows it: never with personal data."""

    date: date
    title: str
    agency: str
    url: str
    amount: int | Decimal = 1
    """What the row adds to the figure (1, or an attendance, or an amount of money)."""


@dataclass(frozen=True)
class Task:
    """One thing that waits for a person."""

    kind: str
    """What to do, in the office's verb (审核、签发、答复…)."""
    title: str
    agency: Agency
    url: str
    since: date
    due: date | None = None
    days_left: int | None = None
    """Working days until `due`; negative when overdue, None without a legal day."""
    note: str = ""
