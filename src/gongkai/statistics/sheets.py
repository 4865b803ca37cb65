"""What a sheet asks, what it says, and the cross-checks of it."""

from __future__ import annotations

from dataclasses import replace

from gongkai.agencies.models import Agency, Installation
from gongkai.statistics.compilation import Compilation, compile_period, kept_elsewhere
from gongkai.statistics.models import Filing, FilingSheet, SheetState
from gongkai.statistics.numbers import Number, plain
from gongkai.statistics.periods import period_of
from gongkai_core.returns import Cell, Form, Report, form_for

BLANK = frozenset({"R19-blank", "R21-blank"})
DRAFTED = (SheetState.OPEN, SheetState.RETURNED)


def asked(form: Form, agency: Agency) -> tuple[Cell, ...]:
    """The cells an organ is asked for: what no ledger knows; what another office supplies, of the government alone."""
    installation = Installation.current()
    supplied = installation is not None and installation.government_id == agency.pk
    return tuple(cell for cell in form.cells if cell.manual == "filing" or (cell.manual and supplied))


def cells_of(sheet: FilingSheet) -> tuple[Cell, ...]:
    """The cells this sheet asks for: not those that a register or a 供数单 of the organ gives already."""
    form = form_for(sheet.year)
    elsewhere = kept_elsewhere(form, sheet.agency, period_of(sheet.year, sheet.period))
    return tuple(cell for cell in asked(form, sheet.agency) if cell.id not in elsewhere)


def blank_cells(sheet: FilingSheet) -> list[Cell]:
    """The cells asked for that are not filled in; zero is filled in."""
    filled = sheet.filled
    return [cell for cell in cells_of(sheet) if filled.get(cell.id) is None]


def compiled(sheet: FilingSheet) -> Compilation:
    """The organ's form with the sheet's figures: as typed while it is written, as signed from then on."""
    compilation = compile_period(sheet.year, sheet.period, sheet.scope, drafted=sheet.filled)
    return compilation if sheet.state in DRAFTED else compilation.as_signed(sheet.as_signed)


def judged(sheet: FilingSheet, compilation: Compilation) -> Report:
    """The cross-checks of a sheet, without blanks in cells that this organ isn't asked for: they are others' to supply."""
    mine = {cell.id for cell in cells_of(sheet)}
    report = compilation.report
    by_id = compilation.form.by_id
    kept = [
        finding
        for finding in report.findings
        if not (finding.rule in BLANK and by_id[finding.cells[0]].manual and finding.cells[0] not in mine)
    ]
    return replace(report, findings=tuple(kept))


def moved_since(sheet: FilingSheet) -> list[tuple[Cell, Number, Number]]:
    """Cells whose ledger says another figure today than when the sheet was signed: cell, as signed, today."""
    if sheet.state in DRAFTED:
        return []
    today = compile_period(sheet.year, sheet.period, sheet.scope, drafted=sheet.filled)
    signed = sheet.as_signed
    pairs = ((cell, signed.get(cell.id), today.cells[cell.id].value) for cell in today.form.cells)
    return [(cell, then, now) for cell, then, now in pairs if then != now]


def filed_before(agency: Agency, year: int, code: str) -> dict[str, Number]:
    """What the organ has filed for the period already, before a round was opened."""
    rows = Filing.objects.filter(agency=agency, year=year, period=code)
    return {row.cell: plain(row.value) for row in rows}
