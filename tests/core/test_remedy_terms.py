"""Replies in reviews and suits: by working days or by days, on the calendar as it is."""

from datetime import date

from gongkai_core.remedy_terms import lawsuit_defence, opinion_report, review_reply
from gongkai_core.workdays import Calendar

CALENDAR = Calendar.default()


def test_an_ordinary_review_has_ten_working_days() -> None:
    term = review_reply(date(2026, 5, 6), simplified=False, calendar=CALENDAR)
    assert term.last_day == date(2026, 5, 19)  # Saturday the 9th was worked
    assert "10 个工作日" in term.text and "第四十八条" in term.article


def test_the_simplified_procedure_has_five() -> None:
    term = review_reply(date(2026, 5, 6), simplified=True, calendar=CALENDAR)
    assert term.last_day == date(2026, 5, 12)
    assert "5 个工作日" in term.text and "第五十四条" in term.article


def test_the_spring_festival_is_no_working_day() -> None:
    term = review_reply(date(2026, 2, 12), simplified=True, calendar=CALENDAR)
    days = [CALENDAR.add_workdays(date(2026, 2, 12), number) for number in range(1, 6)]
    assert term.last_day == days[-1] and all(CALENDAR.is_workday(day) for day in days)


def test_before_2024_it_was_ten_days_that_end_on_a_working_day() -> None:
    term = review_reply(date(2023, 12, 20), simplified=True, calendar=CALENDAR)
    assert term.last_day == date(2024, 1, 2)  # ten days end on a Saturday before a holiday
    assert "2017" in term.article
    assert review_reply(date(2024, 1, 2), simplified=False, calendar=CALENDAR).last_day == date(2024, 1, 16)


def test_a_defence_has_fifteen_days_that_end_on_a_working_day() -> None:
    assert lawsuit_defence(date(2026, 5, 6), calendar=CALENDAR).last_day == date(2026, 5, 21)
    assert lawsuit_defence(date(2026, 9, 18), calendar=CALENDAR).last_day == date(2026, 10, 8)  # not in the holiday


def test_an_opinion_of_the_review_body_is_answered_in_sixty_days() -> None:
    assert opinion_report(date(2026, 3, 2), calendar=CALENDAR).last_day == date(2026, 5, 6)  # after Labour Day
