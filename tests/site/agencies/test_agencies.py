"""Organs, people and posts."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from county import LONG_AGO, build, credit_code
from gongkai.agencies.actions import appoint, establish
from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Agency, Appointment, LegalKind, ReportingLine, ReportsTo, Role, User
from gongkai.agencies.permissions import needs_role, visible_agencies
from gongkai.trail.chain import verify
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def county():
    return build()


def test_an_organ_with_a_wrong_credit_code_is_refused(county):
    code = credit_code(77)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    with pytest.raises(Refused, match="校验位"):
        establish(
            by=None, on=TODAY, parent=county.government, name="青禾县样例局", short_name="样例局", code=wrong,
            document_prefix="青样", legal_kind=LegalKind.DEPARTMENT,
        )  # fmt: skip
    assert not Agency.objects.filter(short_name="样例局").exists()


def test_there_is_one_root(county):
    with pytest.raises(Refused, match="本级政府已建"):
        establish(
            by=None, on=TODAY, parent=None, name="邻县人民政府", short_name="邻县", code=credit_code(78),
            document_prefix="邻", legal_kind=LegalKind.GOVERNMENT,
        )  # fmt: skip


def test_the_subtree_is_a_prefix_of_the_path(county):
    within = Agency.objects.within(county.government)
    assert set(within) == set(county.organs.values())
    assert list(Agency.objects.within(county.organs["财政局"])) == [county.organs["财政局"]]


def test_only_organs_that_report_to_the_county_are_rolled_up(county):
    scope = Scope(county.government, whole_region=True)
    period = Period.of_year(2025)
    assert county.organs["税务局"] not in scope.agencies(period)
    assert county.organs["财政局"] in scope.agencies(period)
    assert list(scope.left_out(period)) == [county.organs["税务局"]]


def test_the_roll_up_is_that_of_the_years_last_day(county):
    tax = county.organs["税务局"]
    ReportingLine.objects.filter(agency=tax).update(valid_to=date(2025, 6, 30))
    ReportingLine.objects.create(agency=tax, reports_to=ReportsTo.COUNTY, valid_from=date(2025, 7, 1))
    scope = Scope(county.government, whole_region=True)
    assert tax in scope.agencies(Period.of_year(2025))
    assert tax not in scope.agencies(Period.of_year(2024))


def test_a_post_has_dates(county):
    clerk = county.person("财政局", Role.DRAFTER)
    Appointment.objects.filter(user=clerk).update(valid_to=date(2026, 1, 31))
    fresh = User.objects.get(pk=clerk.pk)
    assert fresh.holds(Role.DRAFTER, county.organs["财政局"], on=date(2026, 1, 31))
    assert not fresh.holds(Role.DRAFTER, county.organs["财政局"], on=date(2026, 2, 1))


def test_a_refusal_names_who_does_it(county):
    clerk = county.person("财政局", Role.DRAFTER)
    refusal = needs_role(clerk, Role.PUBLISHER, county.organs["财政局"], on=TODAY)
    assert refusal is not None
    assert "财政局的签发人" in refusal.message
    assert needs_role(clerk, Role.DRAFTER, county.organs["财政局"], on=TODAY) is None
    assert needs_role(clerk, Role.DRAFTER, county.organs["教育局"], on=TODAY) is not None


def test_a_clerk_sees_the_own_organ_and_the_office_sees_all(county):
    clerk = county.person("财政局", Role.DRAFTER)
    office = county.person("县政府", Role.DISCLOSURE_OFFICE)
    assert list(visible_agencies(clerk, on=TODAY)) == [county.organs["财政局"]]
    assert visible_agencies(office, on=TODAY).count() == Agency.objects.count()


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN),
        (Role.AUDIT_ADMIN, Role.SECURITY_ADMIN),
        (Role.SECURITY_ADMIN, Role.HANDLER),
        (Role.HANDLER, Role.SYSTEM_ADMIN),
    ],
)
def test_the_three_administrators_exclude_each_other_and_business(county, held, wanted):
    person = county.person("县政府", held)
    with pytest.raises(Refused, match="不能"):
        appoint(person, wanted, county.government, by=None, on=TODAY)
    assert [post.role for post in Appointment.objects.filter(user=person)] == [held]


def test_the_database_itself_keeps_the_administrators_apart(county):
    person = county.person("县政府", Role.SYSTEM_ADMIN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(user=person, agency=county.government, role=Role.AUDIT_ADMIN, valid_from=LONG_AGO)


def test_every_act_is_in_the_trail(county):
    before = Entry.objects.count()
    county.person("财政局", Role.DRAFTER)
    assert Entry.objects.count() == before + 1
    assert Entry.objects.order_by("-id").first().verb == "agencies.appoint"
    assert verify().holds
