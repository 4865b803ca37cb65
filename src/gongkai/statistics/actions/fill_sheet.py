from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.statistics import sheets
from gongkai.statistics.models import FilingSheet
from gongkai.statistics.numbers import Number, to_json
from gongkai.statistics.procedure import advance, allow, note, refusal
from gongkai_core.refusals import Refusal
from gongkai_core.returns import form_for


def can_fill_sheet(sheet: FilingSheet, *, by: User, today: date) -> Refusal | None:
    return refusal(sheet, "fill", by=by, today=today)


@transaction.atomic
def fill_sheet(
    sheet: FilingSheet, values: Mapping[str, Number], *, evidence: str = "", remarks: str = "", by: User, today: date
) -> FilingSheet:
    """Keep what was typed; None leaves a cell blank, which is not zero. Nothing is filed yet. Raises Refused."""
    sheet = locked(sheet)
    allow(can_fill_sheet(sheet, by=by, today=today))
    put_figures(sheet, values, evidence=evidence, remarks=remarks, by=by)
    sheet.zero = False
    ground = advance(sheet, "fill")
    sheet.save()
    note("fill_sheet", sheet, by=by, today=today, ground=ground, values=sheet.values)
    return sheet


def can_zero_report(sheet: FilingSheet, *, by: User, today: date) -> Refusal | None:
    """零报告 (domain-spec §11.8 item 52): only over blanks and zeros, so that no figure is wiped out by one click."""
    if refused := can_fill_sheet(sheet, by=by, today=today):
        return refused
    if any(sheet.filled.values()):
        return Refusal("not_zero", "已经填了不是 0 的数，不能作零报告；填错的请改成 0", "条例第五十条")
    return None


@transaction.atomic
def zero_report(sheet: FilingSheet, *, by: User, today: date) -> FilingSheet:
    """Put 0 into every cell asked for, in one click. Raises Refused."""
    sheet = locked(sheet)
    allow(can_zero_report(sheet, by=by, today=today))
    zeros: dict[str, Number] = {cell.id: 0 for cell in sheets.cells_of(sheet)}
    put_figures(sheet, zeros, evidence=sheet.evidence, remarks=sheet.remarks, by=by)
    sheet.zero = True
    ground = advance(sheet, "fill")
    sheet.save()
    note("zero_report", sheet, by=by, today=today, ground=ground)
    return sheet


def put_figures(sheet: FilingSheet, values: Mapping[str, Number], *, evidence: str, remarks: str, by: User) -> None:
    """Write figures into a sheet that is held, and count what the cross-checks say. Raises Refused for a foreign cell."""
    form, asked = form_for(sheet.year), {cell.id for cell in sheets.cells_of(sheet)}
    for cell in values:
        if cell not in asked:
            allow(Refusal("computed", f"“{form.cell(cell).label}”不由{sheet.agency.short_name}填报", form.doc))
    sheet.values = to_json({cell: value for cell, value in values.items() if value is not None})
    sheet.evidence, sheet.remarks, sheet.filled_by = evidence.strip(), remarks.strip(), by
    sheet.version += 1
    compilation = sheets.compiled(sheet)
    report = sheets.judged(sheet, compilation)
    sheet.errors, sheet.warnings = len(report.errors), len(report.warnings)
    return compilation
