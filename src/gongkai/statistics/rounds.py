"""Which organs a round asks, which stay outside, and who is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Agency, LegalKind, ReportingLine, ReportsTo
from gongkai.statistics.models import OWED, FilingRound, FilingSheet, OrganGroup

KINDS = {
    OrganGroup.GOVERNMENT: Q(legal_kind=LegalKind.GOVERNMENT, parent=None),
    OrganGroup.DEPARTMENT: Q(legal_kind=LegalKind.DEPARTMENT),
    OrganGroup.TOWN: Q(legal_kind=LegalKind.GOVERNMENT, parent__isnull=False) | Q(legal_kind=LegalKind.SUBDISTRICT),
    OrganGroup.OTHER: Q(legal_kind__in=[LegalKind.DISPATCHED_OFFICE, LegalKind.AUTHORISED_ORG]),
}


def organs_asked(government: Agency, groups: Iterable[str], period: Period) -> QuerySet[Agency]:
    """The organs of these kinds that roll up to the county on the period's last day (domain-spec §11.3 items 17 to 19)."""
    wanted = Q(pk__in=[])
    for group in groups:
        wanted |= KINDS[OrganGroup(group)]
    rolled_up = Scope(government, whole_region=True).agencies(period).answering().existing(period.last)
    return rolled_up.filter(wanted).order_by("path")


@dataclass(frozen=True)
class Outside:
    """Organs that file nothing here, under the reason why."""

    why: str
    names: list[str]


def outside(government: Agency, period: Period) -> list[Outside]:
    """垂管, party bodies, public institutions and 村居: they stay outside the county's figures and are named."""
    scope = Scope(government, whole_region=True)
    inside = scope.agencies(period).answering().values("pk")
    rows = list(Agency.objects.within(government).existing(period.last).exclude(pk__in=inside))
    lines = ReportingLine.objects.filter(agency__in=[row.pk for row in rows], valid_from__lte=period.last).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=period.last)
    )
    superior = {line.agency_id for line in lines if line.reports_to == ReportsTo.SUPERIOR}
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(_why(row, superior), []).append(row.name)
    return [Outside(why, names) for why, names in groups.items()]


def _why(agency: Agency, superior: set[int]) -> str:
    if agency.legal_kind == LegalKind.VILLAGE:
        return "村（居）民委员会，不是行政机关"
    if agency.pk in superior or agency.legal_kind == LegalKind.VERTICAL:
        return "垂直管理，按其系统报送"
    if agency.legal_kind == LegalKind.PARTY_BODY:
        return "党委机构，不适用条例"
    if agency.legal_kind == LegalKind.PUBLIC_INSTITUTION:
        return "公共企事业单位，按主管部门的规定公开"
    return "不向本县报送"


def days_left(sheet: FilingSheet, today: date) -> int | None:
    """Working days until it is to be sent up, negative when overdue; None for one that is sent up."""
    return office_calendar().workdays_between(today, sheet.due_on) if sheet.state in OWED else None


def days_late(sheet: FilingSheet, today: date) -> int:
    """By how many working days it came, or has not yet come, after the round's day; 0 for one in time."""
    came = sheet.first_filed_on or today
    due = sheet.round.due_on
    return office_calendar().workdays_between(due, came) if came > due else 0


def rounds_of(government: Agency) -> QuerySet[FilingRound]:
    return FilingRound.objects.filter(agency=government).order_by("-pk")
