from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Agency, Role, User
from gongkai.statistics.compilation import frozen, kept_elsewhere
from gongkai.statistics.models import Filing, FilingSheet
from gongkai.statistics.numbers import Number
from gongkai.statistics.periods import YEAR
from gongkai.statistics.permissions import may_file
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.returns import form_for


def can_file(agency: Agency, year: int, *, by: User, today: date) -> Refusal | None:
    if refusal := may_file(agency, by=by, today=today):
        return refusal
    if frozen(Scope(agency, whole_region=False), year):
        return Refusal("frozen", f"{year} 年度的数已冻结，更正须写理由", "条例第五十条")
    if FilingSheet.objects.filter(agency=agency, year=year, period=YEAR).exists():
        return Refusal("has_sheet", f"{year} 年度已经发起填报，请在填报表里填", "条例第五十条")
    return None


@transaction.atomic
def file(
    agency: Agency, year: int, values: Mapping[str, Decimal | int | None], *, by: User, today: date, evidence: str = ""
) -> list[Filing]:
    """File figures that no ledger knows; None takes a figure back (blank is not zero). Raises Refused."""
    if refusal := can_file(agency, year, by=by, today=today):
        raise Refused(refusal)
    form = form_for(year)
    elsewhere = kept_elsewhere(form, agency, Period.of_year(year))
    for cell in values:
        if not form.cell(cell).manual:
            raise Refused(Refusal("computed", f"“{form.cell(cell).label}”由台账算出，不填报", form.doc))
        if cell in elsewhere:
            words = f"“{form.cell(cell).label}”已由本单位的台账或者供数单给出，不再填报；有误的，在那里改登"
            raise Refused(Refusal("kept_elsewhere", words, form.doc))
    on_behalf = not by.holds(Role.STATISTICIAN, agency, on=today)
    rows = write_filings(agency, year, YEAR, values, by=by, evidence=evidence, on_behalf=on_behalf)
    record(
        "statistics.file", agency, by=by, today=today, ground="条例第四十九条、第五十条", year=year, on_behalf=on_behalf,
        values={cell: value if value is None else str(value) for cell, value in values.items()},
    )  # fmt: skip
    return rows


def write_filings(
    agency: Agency, year: int, period: str, values: Mapping[str, Number], *, by: User, evidence: str, on_behalf: bool
) -> list[Filing]:
    """Write an organ's filed figures of a period in the caller's transaction; None takes one back."""
    blank = [cell for cell, value in values.items() if value is None]
    Filing.objects.filter(agency=agency, year=year, period=period, cell__in=blank).delete()
    facts = {"evidence": evidence, "filed_by": by, "on_behalf": on_behalf}
    return [
        Filing.objects.update_or_create(
            agency=agency, year=year, period=period, cell=cell, defaults={**facts, "value": value}
        )[0]
        for cell, value in values.items()
        if value is not None
    ]
