from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from gongkai.agencies.models import Agency, Installation, Role, User
from gongkai.agencies.permissions import is_disclosure_office, locked
from gongkai.outbox import station
from gongkai.statistics.messages import people_of
from gongkai.statistics.models import FilingRound, FilingSheet, OrganGroup
from gongkai.statistics.numbers import to_json
from gongkai.statistics.periods import period_of
from gongkai.statistics.procedure import allow
from gongkai.statistics.rounds import organs_asked
from gongkai.statistics.sheets import asked, filed_before
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal
from gongkai_core.returns import form_for

GROUND = "条例第三条、第四十七条、第四十九条"


def can_open_round(*, by: User, today: date, year: int | None = None) -> Refusal | None:
    """The disclosure office opens rounds; the form of 2014 is imported and computed, never filed (domain-spec §11.8 item 57)."""
    if not is_disclosure_office(by, on=today) or Installation.current() is None:
        return Refusal("needs_role", "填报由政务公开办发起", GROUND)
    if year is not None and form_for(year).edition == "2014":
        return Refusal("old_form", "2018 年度以前的统计表不再填报，只由导入的台账计算", "国办发〔2014〕32号")
    return None


@transaction.atomic
def open_round(*, year: int, period: str, groups: Collection[str], due_on: date, by: User, today: date) -> FilingRound:
    """Open a period to organs of some kinds: each gets its sheet and a message. Raises Refused, InputError."""
    allow(can_open_round(by=by, today=today, year=year))
    installation = Installation.current()
    assert installation
    government = locked(installation.government)
    days = period_of(year, period)
    if due_on < today:
        allow(Refusal("past", "报送期限不能早于今天", GROUND))
    if due_on < days.last:
        allow(Refusal("too_early", f"统计期到 {days.last} 才过完，报送期限不能更早", GROUND))
    known = [group for group in OrganGroup.values if group in groups]
    wanted = _without_sheet(organs_asked(government, known, days), year, period)
    if not wanted:
        allow(Refusal("nobody", "没有可以填报的单位：所选单位这一期都已有填报表，或者没有这类单位", GROUND))
    row = FilingRound.objects.create(
        agency=government, year=year, period=period, groups=known, due_on=due_on, opened_by=by, opened_on=today
    )
    _hand_out(row, wanted, today)
    record(
        "statistics.open_round", row, by=by, today=today, ground=GROUND, year=year, period=period, groups=known,
        due_on=due_on, organs=len(wanted),
    )  # fmt: skip
    return row


def can_enrol(row: FilingRound, *, by: User, today: date) -> Refusal | None:
    if refusal := can_open_round(by=by, today=today):
        return refusal
    if not not_enrolled(row):
        return Refusal("nobody", "这些类别的单位都已列入", GROUND)
    return None


def not_enrolled(row: FilingRound) -> list[Agency]:
    """Organs of the round's kinds that have no sheet for its period: set up, or brought under the county, since."""
    return _without_sheet(organs_asked(row.agency, row.groups, row.days), row.year, row.period)


@transaction.atomic
def enrol(row: FilingRound, *, by: User, today: date) -> int:
    """Add organs that came later. Returns how many. Raises Refused."""
    row = locked(row)
    allow(can_enrol(row, by=by, today=today))
    wanted = not_enrolled(row)
    _hand_out(row, wanted, today)
    record("statistics.enrol", row, by=by, today=today, ground=GROUND, organs=[str(one.public_id) for one in wanted])
    return len(wanted)


def _without_sheet(organs: QuerySet[Agency], year: int, period: str) -> list[Agency]:
    there = FilingSheet.objects.filter(year=year, period=period).values("agency")
    return list(organs.exclude(pk__in=there))


def _hand_out(row: FilingRound, organs: list[Agency], today: date) -> None:
    form = form_for(row.year)
    for organ in organs:
        cells = {cell.id for cell in asked(form, organ)}
        known = {cell: value for cell, value in filed_before(organ, row.year, row.period).items() if cell in cells}
        FilingSheet.objects.create(
            round=row, agency=organ, year=row.year, period=row.period, due_on=row.due_on, values=to_json(known)
        )
    sheets = list(row.sheets.filter(agency__in=organs).select_related("agency"))
    people = people_of([sheet.agency_id for sheet in sheets], Role.STATISTICIAN, today)
    station.tell(
        station.Line(
            person.pk, f"sheet:{sheet.public_id}:open", f"请填报{sheet.label}统计数，{row.due_on:%m月%d日}前报送",
            sheet.get_absolute_url(),
        )
        for sheet in sheets
        for person in people[sheet.agency_id]
    )  # fmt: skip
