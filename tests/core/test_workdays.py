"""Working days: the notices 2016–2026, provisional years, what an office lays over, and the rank table."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock_oracle import OFF, WORK, works
from gongkai_core.workdays import Calendar, iso_date

CALENDAR = Calendar.default()
ANY_DAY = st.dates(date(1900, 1, 1), date(2200, 12, 31))
NEAR_DAY = st.dates(date(2014, 6, 1), date(2029, 6, 1))


def day(text):
    return date.fromisoformat(text)


def test_every_day_from_2010_to_2032_is_as_the_notices_say():
    first = date(2010, 1, 1)
    days = [first + timedelta(days=n) for n in range(23 * 366)]
    assert [d for d in days if CALENDAR.is_workday(d) != works(d)] == []
    assert all(CALENDAR.is_workday(d) for d in WORK)
    assert not any(CALENDAR.is_workday(d) for d in OFF)


@pytest.mark.parametrize(
    ("text", "worked"),
    [
        ("2018-12-29", True),  # a Saturday of 2018 that the notice of 2019 makes a working day
        ("2018-12-31", False),  # a Monday of 2018 that the notice of 2019 gives off
        ("2020-01-27", False),
        ("2020-02-01", False),  # 调休上班 of the first notice, cancelled by that of 2020-01-27
        ("2024-02-09", True),  # 除夕 2024 was not in the notice
        ("2025-01-28", False),  # 除夕 is statutory from 2025
        ("2021-02-20", True),
        ("2027-02-08", True),  # 春节 2027: not published, by weekends alone
    ],
)
def test_days_that_are_easily_got_wrong(text, worked):
    assert CALENDAR.is_workday(day(text)) is worked


@pytest.mark.parametrize(
    ("year", "published"), [(2015, False), (2016, True), (2026, True), (2027, False), (1990, False)]
)
def test_a_year_counts_as_published_when_its_notice_is_named(year, published):
    assert CALENDAR.published(year) is published


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2020-12-31", 20, "2021-01-29"),
        ("2018-09-28", 5, "2018-10-10"),
        ("2024-03-01", 5, "2024-03-08"),
        ("2019-09-30", 3, "2019-10-10"),
        ("2024-02-10", 1, "2024-02-18"),  # out of a holiday, onto a working Sunday
    ],
)
def test_nth_working_day(start, count, due):
    assert CALENDAR.add_workdays(day(start), count) == day(due)


def test_natural_days_roll_to_the_next_working_day():
    assert CALENDAR.add_natural_days(day("2024-08-03"), 60) == day("2024-10-08")
    assert CALENDAR.add_natural_days(day("2024-03-01"), 5) == day("2024-03-06")


@given(NEAR_DAY, st.integers(1, 300))
def test_adding_working_days_is_walking(start, count):
    walked, left = start, count
    while left:
        walked += timedelta(days=1)
        left -= works(walked)
    assert CALENDAR.add_workdays(start, count) == walked
    assert CALENDAR.workdays_between(start, walked) == count


@given(ANY_DAY, ANY_DAY)
def test_between_is_counting(one, other):
    after, up_to = min(one, other), min(max(one, other), min(one, other) + timedelta(days=400))
    days = [after + timedelta(days=n + 1) for n in range((up_to - after).days)]
    assert CALENDAR.workdays_between(after, up_to) == sum(map(works, days))
    assert CALENDAR.workdays_between(up_to, after) == -sum(map(works, days))


@given(ANY_DAY, st.integers(1, 20000))
def test_adding_and_counting_agree_far_from_the_table(start, count):
    due = CALENDAR.add_workdays(start, count)
    assert CALENDAR.is_workday(due)
    assert CALENDAR.workdays_between(start, due) == count


@given(ANY_DAY)
def test_next_workday(start):
    walked = start
    while not works(walked):
        walked += timedelta(days=1)
    assert CALENDAR.next_workday_on_or_after(start) == walked


@given(st.dates(), st.integers(1, 40))
def test_any_date_python_has(start, count):
    try:
        due = CALENDAR.add_workdays(start, count)
    except OverflowError:
        assert start.year == 9999
    else:
        assert due > start
        assert CALENDAR.rank(due) - CALENDAR.rank(start) == count
        assert CALENDAR.day_of_rank(CALENDAR.rank(due)) == due


@pytest.mark.parametrize("count", [0, -1])
def test_counts_start_at_one(count):
    with pytest.raises(ValueError, match="至少是 1"):
        CALENDAR.add_workdays(day("2024-03-01"), count)
    with pytest.raises(ValueError, match="至少是 1"):
        CALENDAR.add_natural_days(day("2024-03-01"), count)


def test_an_office_enters_next_year():
    entered = CALENDAR.with_year(2027, [day("2027-02-08")], [day("2027-02-14")], "国办发明电〔2026〕9号")
    assert entered.published(2027)
    assert not entered.is_workday(day("2027-02-08"))
    assert entered.is_workday(day("2027-02-14"))
    assert entered.years[2027].notices == ("国办发明电〔2026〕9号",)
    assert not CALENDAR.published(2027)
    assert CALENDAR.is_workday(day("2027-02-08"))


def test_a_notice_of_one_year_may_move_days_of_its_neighbours_only():
    entered = CALENDAR.with_year(2027, [day("2026-12-31")], [], "文号")
    assert not entered.is_workday(day("2026-12-31"))
    with pytest.raises(ValueError, match="2029-01-01 不在 2027 年"):
        CALENDAR.with_year(2027, [day("2029-01-01")], [], "文号")


def test_a_year_without_its_notice_is_refused():
    with pytest.raises(ValueError, match="文号"):
        CALENDAR.with_year(2027, [], [], " ")


def test_local_holidays_go_before_the_national_arrangement():
    local = CALENDAR.with_local([day("2021-04-14"), day("2021-04-25")], [day("2021-05-01")])
    assert not local.is_workday(day("2021-04-14"))  # 广西三月三
    assert not local.is_workday(day("2021-04-25"))  # a working Sunday of the notice
    assert local.is_workday(day("2021-05-01"))
    again = local.with_local(work_days=[day("2021-04-14")])
    assert again.is_workday(day("2021-04-14"))
    assert not again.is_workday(day("2021-04-25"))


def test_a_day_is_not_both_off_and_worked():
    with pytest.raises(ValueError, match="2021-04-14"):
        CALENDAR.with_local([day("2021-04-14")], [day("2021-04-14")])
    with pytest.raises(ValueError, match="2027-01-01"):
        CALENDAR.with_year(2027, [day("2027-01-01")], [day("2027-01-01")], "文号")


def test_version_is_a_digest_of_the_content():
    same = Calendar.from_json(
        {
            str(year): {
                "off_days": sorted(map(str, entry.off_days)),
                "work_days": sorted(map(str, entry.work_days)),
                "papers": list(entry.notices),
            }
            for year, entry in CALENDAR.years.items()
        }
    )
    assert same == CALENDAR
    assert same.version == CALENDAR.version
    others = [
        CALENDAR.with_local([day("2021-04-14")]),
        CALENDAR.with_local(work_days=[day("2021-04-14")]),
        CALENDAR.with_year(2027, [], [], "文号"),
        CALENDAR.with_year(2027, [], [], "另一文号"),
    ]
    assert len({calendar.version for calendar in [CALENDAR, *others]}) == 5


def test_calendars_do_not_change():
    with pytest.raises(AttributeError):
        CALENDAR.version = "x"
    with pytest.raises(TypeError):
        CALENDAR.years[2030] = None
    with pytest.raises(TypeError):
        CALENDAR.local[date(2021, 1, 1)] = True
    assert Calendar.default() is CALENDAR


def test_a_calendar_without_any_year_knows_weekends():
    bare = Calendar.from_json({})
    assert bare.add_workdays(day("2021-02-10"), 3) == day("2021-02-15")
    assert bare.add_workdays(day("2000-06-02"), 1) == day("2000-06-05")


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"21": {}},
        {"2027": []},
        {"2027": {"off_days": "2027-01-01"}},
        {"2027": {"off_days": ["2027-1-1"]}},
        {"2027": {"holidays": []}},
        {"2027": {"papers": [""]}},
        {"2027": {"papers": [3]}},
        {"2027": {"off_days": ["2027-01-01"], "work_days": ["2027-01-01"]}},
    ],
    ids=json.dumps,
)
def test_an_arrangement_that_is_none_is_refused(data):
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        Calendar.from_json(data)


@pytest.mark.parametrize(
    "text", ["20210301", "2021-W09-1", "2021-3-1", " 2021-03-01", "２０２１-03-01", "", None, 20210301]
)
def test_only_one_way_to_write_a_date(text):
    with pytest.raises(ValueError, match="不是日期"):
        iso_date(text)
    with pytest.raises(ValueError, match="没有这一天"):
        iso_date("2021-02-29")
