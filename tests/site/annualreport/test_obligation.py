"""The annual report is an obligation of the catalogue, served by its own publication (条例第四十九条)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from county import LONG_AGO
from freezing import on_day
from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Role
from gongkai.publishing.actions import adjust_entry
from gongkai.publishing.models import CatalogueEntry, Duty, Obligation
from gongkai.publishing.obligations import generate, nightly, standing_of
from gongkai.publishing.skeleton import REPORTS, seed_columns, seed_duties
from gongkai_core.refusals import Refused

NEW_YEAR = date(2026, 1, 5)


@pytest.fixture
def duties(county: Any) -> Any:
    seed_columns()
    seed_duties(LONG_AGO)
    generate(NEW_YEAR)
    return county


def owed(organ: Any) -> Obligation:
    return Obligation.objects.with_statements().get(entry__column__code=REPORTS, agency=organ, year=2026)


@pytest.mark.parametrize(
    ("organ", "due"),
    [("财政局", date(2026, 1, 31)), ("县政府", date(2026, 3, 31)), ("河口镇", date(2026, 1, 31))],
)
def test_each_organ_owes_last_years_report_by_its_own_day(duties: Any, organ: str, due: date) -> None:
    obligation = owed(duties.organs[organ])
    assert (obligation.period, obligation.due_on) == ("2026", due)
    calendar = office_calendar()
    assert standing_of(obligation, today=due, calendar=calendar).state == "pending"
    assert standing_of(obligation, today=due + timedelta(days=1), calendar=calendar).state == "overdue"


def test_its_publication_serves_it(duties: Any, finance: Any, education: Any) -> None:
    report = finance.published(2025)
    day = report.published_at.date()
    obligation = owed(finance.agency)
    assert (obligation.items, obligation.served_on) == (1, day)
    duty = Duty.objects.get(entry__column__code=REPORTS, agency=finance.agency)
    assert (duty.items, duty.last_on) == (1, day)
    assert owed(education.agency).served_on is None
    nightly(day)  # counted anew, it is the same
    assert (owed(finance.agency).items, owed(finance.agency).served_on) == (1, day)


def test_a_report_published_before_the_duties_were_known_serves_them(county: Any, finance: Any) -> None:
    report = finance.published(2025)
    seed_columns()
    seed_duties(LONG_AGO)
    generate(NEW_YEAR)
    assert owed(finance.agency).served_on == report.published_at.date()


def test_an_organ_that_owes_it_after_its_day_is_not_behind(county: Any) -> None:
    seed_columns()
    with on_day(date(2026, 6, 1)):
        seed_duties(date(2026, 6, 1))
        generate(date(2026, 6, 1))
    assert not Obligation.objects.filter(entry__column__code=REPORTS, year=2026).exists()


def test_its_day_is_the_laws(duties: Any) -> None:
    entry = CatalogueEntry.objects.get(column__code=REPORTS)
    office = duties.person("县政府", Role.DISCLOSURE_OFFICE)
    with pytest.raises(Refused, match="第四十九条"):
        adjust_entry(entry, column=entry.column, frequency="monthly", after=None, by=office, today=NEW_YEAR)
