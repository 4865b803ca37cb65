"""The office's calendar: the core's, with what the office entered laid over it."""

from datetime import date

import pytest

from county import build
from gongkai.agencies.calendar import calendar_changed, office_calendar
from gongkai.agencies.models import CalendarRange, CalendarYear, Role
from gongkai_core.workdays import Calendar

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    calendar_changed()
    yield
    calendar_changed()


def enter(person, year, kind, first, last, *, local=False):
    row, _ = CalendarYear.objects.get_or_create(
        year=year, local=local, defaults={"notice": "国办发明电〔2026〕9号", "entered_by": person}
    )
    CalendarRange.objects.create(calendar=row, kind=kind, first=first, last=last)
    calendar_changed()


def test_without_entries_it_is_the_cores():
    assert office_calendar() == Calendar.default()
    assert not office_calendar().published(2027)


def test_an_entered_year_counts_and_is_published():
    person = build().person("县政府", Role.DISCLOSURE_OFFICE)
    enter(person, 2027, "off", date(2027, 1, 1), date(2027, 1, 4))
    enter(person, 2027, "work", date(2027, 1, 9), date(2027, 1, 9))
    calendar = office_calendar()
    assert calendar.published(2027)
    assert not calendar.is_workday(date(2027, 1, 4))
    assert calendar.is_workday(date(2027, 1, 9))


def test_a_local_holiday_goes_before_the_national_arrangement():
    person = build().person("县政府", Role.DISCLOSURE_OFFICE)
    day = date(2026, 4, 20)
    assert office_calendar().is_workday(day)
    enter(person, 2026, "off", day, day, local=True)
    assert not office_calendar().is_workday(day)
    assert office_calendar().published(2026)
