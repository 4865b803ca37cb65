"""Compile a year's form from the ledgers (条例第五十条; forms.json)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from gongkai.agencies.ledger import Figure, Period, Scope
from gongkai.agencies.models import Agency
from gongkai.casework.models import FeeReceipt
from gongkai.registers.figures import figures as register_figures
from gongkai.statistics import crosschecks
from gongkai.statistics.former_figures import fees_yuan
from gongkai.statistics.former_figures import figures as former_figures
from gongkai.statistics.models import Correction, Explanation, Filing, FormerTable, Snapshot
from gongkai.statistics.numbers import Number, plain
from gongkai.statistics.periods import YEAR, period_of
from gongkai.statistics.rollups import counted_by_ledgers
from gongkai_core.returns import Form, Report, check, derive, form_for


@dataclass(frozen=True)
class Cell:
    """One cell of the compiled form."""

    id: str
    value: Number
    origin: str
    """computed (台账), filed (填报), mixed (部分单位由台账算出、部分单位填报), corrected (更正), derived (由他格相加) or
    blank (未填)."""
    records: Callable[[], QuerySet[Any]] | None = None
    filings: Callable[[], QuerySet[Filing]] | None = None
    """Of a mixed one, what the other organs filed."""
    parts: tuple[str, ...] = ()
    """Cells a derived one adds."""
    corrections: tuple[Correction, ...] = ()
    """What was corrected by hand: this cell itself, or for a region the same cell of its organs."""
    computed: Number = None
    """What the records give, before corrections."""
    former: Callable[[], QuerySet[Any]] | None = None
    """Rows of imported old ledgers that are counted too."""


@dataclass(frozen=True)
class Compilation:
    """A year's form, filled in; `cells` in the form's order."""

    form: Form
    period: Period
    scope: Scope
    cells: Mapping[str, Cell]
    explanations: Mapping[str, str] = field(default_factory=dict)
    code: str = YEAR
    """The period's code; only a year has a year before it, corrections and explanations."""

    @property
    def values(self) -> dict[str, Number]:
        return {cell_id: cell.value for cell_id, cell in self.cells.items()}

    @cached_property
    def previous(self) -> Snapshot | None:
        """Last year's frozen values in the same scope."""
        return frozen(self.scope, self.period.year - 1) if self.code == YEAR else None

    def as_signed(self, figures: Mapping[str, Number]) -> Compilation:
        """The same form with the figures as they stood when somebody signed them; what is behind them is today's."""
        cells = {cell.id: replace(cell, value=figures.get(cell.id)) for cell in self.cells.values()}
        return replace(self, cells=cells)

    @cached_property
    def report(self) -> Report:
        """All cross-checks (勾稽): the form's own equations, and what neighbours in time and place say."""
        declared = self.declared
        return replace(declared, findings=(*declared.findings, *crosschecks.findings(self)))

    @cached_property
    def declared(self) -> Report:
        """The form's equations, against last year's frozen values where there are any."""
        return check(
            self.form,
            self.values,
            prev=self.previous.figures if self.previous else None,
            ext=_outside(self.period, self.scope, self.previous),
            explained=frozenset(self.explanations),
        )


def frozen(scope: Scope, year: int) -> Snapshot | None:
    """The newest snapshot of a year, or None."""
    return Snapshot.objects.filter(agency=scope.agency, year=year, whole_region=scope.whole_region).first()


def compile_year(year: int, scope: Scope, *, cold: bool = False) -> Compilation:
    """Fill in the form of a year. InputError before 2014.

    `cold`: count every record anew instead of taking what was counted last and has not changed since (`rollups`).
    """
    return compile_period(year, YEAR, scope, cold=cold)


def compile_period(
    year: int, code: str, scope: Scope, drafted: Mapping[str, Number] | None = None, *, cold: bool = False
) -> Compilation:
    """Fill in the year's form for a period of it; `drafted` are figures typed but not yet filed. InputError before 2014."""
    form, period = form_for(year), period_of(year, code)
    if code == YEAR and (table := _former_table(year, scope)):
        return _as_printed(form, period, scope, table)
    known = form.by_id
    counted = {cell: one for cell, one in counted_by_ledgers(period, scope, cold=cold).items() if cell in known}
    former = {cell: one for cell, one in former_figures(period, scope).items() if cell in known and one.value}
    # Old rows count beside those of the ledger of this site, which knows each of their cells.
    counted |= {cell: replace(counted[cell], value=counted[cell].value + one.value) for cell, one in former.items()}
    filed = _filed(form, period, code, scope, counted)
    corrections = _corrections(year, period, scope) if code == YEAR else {}
    computed: dict[str, Number] = dict.fromkeys(form.cell_ids)
    computed |= {cell: figure.value for cell, figure in counted.items()}
    computed |= {cell: (computed[cell] or 0) + total for cell, (total, _) in filed.items()}
    if drafted is not None:
        computed |= {
            cell: drafted.get(cell) for cell in form.cell_ids if form.cell(cell).manual and cell not in counted
        }
    values = computed | {cell: _corrected(computed[cell], rows, scope) for cell, rows in corrections.items()}
    values = {cell: plain(value) for cell, value in derive(form, values).items()}
    parts = {cell: tuple(formula.cells()) for cell, formula in form.derived}
    cells = {
        cell_id: Cell(cell_id, values[cell_id], "derived", parts=parts[cell_id])
        if cell_id in parts
        else _cell(cell_id, values[cell_id], plain(computed[cell_id]), counted, filed, corrections)
        for cell_id in form.cell_ids
    }
    cells |= {cell: replace(cells[cell], former=one.records) for cell, one in former.items()}
    return Compilation(form, period, scope, cells, _explanations(year, scope) if code == YEAR else {}, code)


def _explanations(year: int, scope: Scope) -> dict[str, str]:
    rows = Explanation.objects.filter(agency=scope.agency, whole_region=scope.whole_region, year=year)
    return dict(rows.values_list("cell", "text"))


def kept_elsewhere(form: Form, agency: Agency, period: Period) -> dict[str, int | Decimal]:
    """Cells of the form that organs file, but that a register or a 供数单 gives for this one, with their values."""
    known = register_figures(period, Scope(agency, whole_region=False))
    return {cell.id: known[cell.id].value for cell in form.cells if cell.manual and cell.id in known}


def _cell(
    cell_id: str,
    value: Number,
    computed: Number,
    counted: Mapping[str, Figure],
    filed: Mapping[str, tuple[Decimal, Callable[[], QuerySet[Filing]]]],
    corrections: Mapping[str, tuple[Correction, ...]],
) -> Cell:
    from_ledger = counted[cell_id].records if cell_id in counted else None
    from_filing = filed[cell_id][1] if cell_id in filed else None
    records, filings = from_ledger or from_filing, from_filing if from_ledger else None
    if rows := corrections.get(cell_id):
        return Cell(cell_id, value, "corrected", records, filings, corrections=rows, computed=computed)
    origin = "mixed" if filings else "computed" if from_ledger else "filed" if from_filing else "blank"
    return Cell(cell_id, value, origin, records, filings, computed=computed)


def _former_table(year: int, scope: Scope) -> FormerTable | None:
    return FormerTable.objects.filter(
        agency=scope.agency, whole_region=scope.whole_region, year=year, withdrawn=""
    ).first()


def _as_printed(form: Form, period: Period, scope: Scope, table: FormerTable) -> Compilation:
    """A former year of which only the printed tables are left: their figures as they stand, sums and blanks too."""
    records = lambda: FormerTable.objects.filter(pk=table.pk).select_related("agency")  # noqa: E731
    cells = {}
    for cell_id in form.cell_ids:
        value = table.values[cell_id]
        found = plain(Decimal(value) if isinstance(value, str) else value)
        cells[cell_id] = Cell(cell_id, found, "blank" if found is None else "filed", records, computed=found)
    reasons = {cell: f"照原件：{reason}" for cell, reason in table.as_printed.items()}
    return Compilation(form, period, scope, cells, reasons)


def _filed(
    form: Form, period: Period, code: str, scope: Scope, counted: Mapping[str, Figure]
) -> dict[str, tuple[Decimal, Callable[[], QuerySet[Filing]]]]:
    """Filed cells: the sum of the organs for which no ledger knows the figure, and their filings."""
    filable = [cell.id for cell in form.cells if cell.manual]
    rows = Filing.objects.filter(agency__in=scope.agencies(period), year=period.year, period=code, cell__in=filable)
    for cell in set(filable) & counted.keys():
        covers = counted[cell].covers
        rows = rows.exclude(Q(cell=cell, agency__in=covers()) if covers else Q(cell=cell))
    sums = rows.values("cell").annotate(total=Sum("value"), filings=Count("pk")).order_by("cell")
    return {row["cell"]: (row["total"], _filings_of(rows, row["cell"])) for row in sums}


def _filings_of(rows: QuerySet[Filing], cell: str) -> Callable[[], QuerySet[Filing]]:
    return lambda: rows.filter(cell=cell).select_related("agency", "filed_by")


def _corrections(year: int, period: Period, scope: Scope) -> dict[str, tuple[Correction, ...]]:
    """By cell, the correction of this very scope; a region without one takes over its organs' own."""
    rows = Correction.objects.filter(year=year).select_related("corrected_by", "agency").order_by("agency__path")
    found: dict[str, list[Correction]] = defaultdict(list)
    if scope.whole_region:
        for row in rows.filter(agency__in=scope.agencies(period), whole_region=False):
            found[row.cell].append(row)
    own = rows.filter(agency=scope.agency, whole_region=scope.whole_region)
    return {cell: tuple(below) for cell, below in found.items()} | {row.cell: (row,) for row in own}


def _corrected(computed: Number, rows: tuple[Correction, ...], scope: Scope) -> Number:
    """The corrected figure; what its organs corrected is added to a region's sum."""
    if rows[0].whole_region or not scope.whole_region:
        return rows[0].corrected
    return (computed or 0) + sum(row.shift for row in rows)


def _outside(period: Period, scope: Scope, previous: Snapshot | None) -> dict[str, Number]:
    """Figures the equations use that stand in no cell (`ext`)."""
    receipts = FeeReceipt.objects.filter(agency__in=scope.agencies(period), paid_on__range=(period.first, period.last))
    fen = receipts.aggregate(total=Sum("amount_fen"))["total"] or 0
    outside: dict[str, Number] = {"info_fee_amount": Decimal(fen) / 100 + fees_yuan(period, scope)}
    if previous and previous.edition == "2014":
        last = previous.figures
        outside["carried_in"] = int(last.get("t14.3_1") or 0) - int(last.get("t14.3_2") or 0)
    return outside
