from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import User
from gongkai.statistics.compilation import Compilation, compile_year
from gongkai.statistics.models import Correction
from gongkai.statistics.permissions import may_change
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第五十条"


def can_correct(compilation: Compilation, cell: str, *, by: User, today: date) -> Refusal | None:
    """Only a computed figure is corrected: a filed one is filed again, a sum follows its parts."""
    if refusal := may_change(compilation.scope, by=by, today=today):
        return refusal
    found = compilation.cells[cell]
    if found.origin == "derived":
        return Refusal("derived", "这一格由他格相加，请更正相加的格", GROUND)
    if found.origin == "filed" or compilation.form.cell(cell).manual:
        return Refusal("filed", "这一格是填报的数，请重新填报", GROUND)
    return None


@transaction.atomic
def correct(
    year: int, scope: Scope, cell: str, value: Decimal | int, *, reason: str, by: User, today: date, evidence: str = ""
) -> Correction:
    """Correct a computed figure by hand; the computed one is kept beside it. Raises Refused."""
    compilation = compile_year(year, scope)
    if refusal := can_correct(compilation, cell, by=by, today=today):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused(Refusal("no_reason", "更正须写明理由", GROUND))
    found = compilation.cells[cell]
    before = Correction.objects.filter(
        agency=scope.agency, whole_region=scope.whole_region, year=year, cell=cell
    ).first()
    computed = before.computed if before else found.value or 0
    row, _ = Correction.objects.update_or_create(
        agency=scope.agency,
        whole_region=scope.whole_region,
        year=year,
        cell=cell,
        defaults={
            "computed": computed,
            "corrected": value,
            "reason": reason.strip(),
            "evidence": evidence,
            "corrected_by": by,
        },
    )
    record(
        "statistics.correct", scope.agency, by=by, today=today, ground=GROUND, year=year, cell=cell, computed=str(computed),
        corrected=str(value), whole_region=scope.whole_region, reason=row.reason,
    )  # fmt: skip
    return row


@transaction.atomic
def withdraw_correction(row: Correction, *, by: User, today: date) -> None:
    """Go back to the computed figure. Raises Refused."""
    scope = Scope(row.agency, row.whole_region)
    if refusal := may_change(scope, by=by, today=today):
        raise Refused(refusal)
    record(
        "statistics.withdraw_correction", row.agency, by=by, today=today, ground=GROUND, year=row.year, cell=row.cell
    )
    row.delete()
