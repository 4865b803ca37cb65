"""By when information must be public, and how time limits are read: rules PUB-01, PUB-02 and CAT-01."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai_core.disclosure import (
    GENERAL,
    Frequency,
    Kind,
    Term,
    deadline_rules,
    frequency_words,
    occasions,
    parse_rules,
    parse_term,
    rule_for,
    timeliness,
)
from gongkai_core.disclosure.deadlines import CONFIDENCE
from gongkai_core.disclosure.occasions import period_words
from gongkai_core.workdays import Calendar

CALENDAR = Calendar.default()
DAYS = st.dates(date(2017, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("信息形成或者变更之日起20个工作日内", "workdays:20"),
        ("自信息形成（变更）之日起 20\n个工作日内予以公开；法律、法规另有规定的，从其规定", "workdays:20"),
        ("形成之日起二十个工作日", "workdays:20"),
        ("作出决定之日起７个工作日内", "workdays:7"),
        ("十五个工作日内", "workdays:15"),
        ("批准后20日内", "days:20"),
        ("财政部门批复后20天内公开", "days:20"),
        ("收到后24小时内", "days:1"),
        ("48小时内", "days:2"),
        ("每年结束后3个月内", "months:3"),
        ("实时公开", "realtime"),
        ("即时公示", "realtime"),
        ("当日", "realtime"),
        ("及时公开", "promptly"),
        ("长期公开", "promptly"),
        ("按规定时限公开", "promptly"),
        ("每季度公开一次", "promptly"),
        ("制定后7个工作日内；公示期不少于5个工作日", "workdays:7"),
        ("行政处罚7个工作日内，其他20个工作日内", "workdays:7"),
        ("公示时间不少于7个工作日，及时公开", "promptly"),
        ("30日内或者20个工作日内", "workdays:20"),
    ],
)
def test_a_limit_is_read_as_it_is_written(text, code):
    term = parse_term(text)
    assert term is not None
    assert term.code == code
    assert Term.from_code(code) == term


@pytest.mark.parametrize("text", ["", "详见附件", "另行通知", "0个工作日", "公示不少于5日", "第20条"])
def test_what_states_no_limit_is_not_guessed(text):
    assert parse_term(text) is None


@given(st.sampled_from([Kind.WORKDAYS, Kind.DAYS, Kind.MONTHS]), st.integers(1, 99))
def test_words_of_a_term_are_read_back(kind, count):
    assert parse_term(f"之日起{Term(kind, count).words}内") == Term(kind, count)


def test_a_count_where_there_is_none_and_none_where_there_is_one():
    for kind, count in ((Kind.REALTIME, 1), (Kind.WORKDAYS, 0)):
        with pytest.raises(ValueError, match="公开时限的数不对"):
            Term(kind, count)


def test_frequency():
    words = {"每月10日前": "monthly", "按季度": "quarterly", "每半年": "half_yearly", "每年": "yearly", "7个工作日": ""}
    assert {text: frequency_words(text) for text in words} == words


def test_known_last_days():
    workdays = Term(Kind.WORKDAYS, 20)
    # The same days as the clock's vectors D01 and D02: the spring festival of 2020 and October 2021.
    assert workdays.due(date(2020, 1, 20), CALENDAR) == date(2020, 2, 25)
    assert workdays.due(date(2021, 9, 15), CALENDAR) == date(2021, 10, 19)
    assert Term(Kind.PROMPTLY).due(date(2021, 9, 15), CALENDAR) == date(2021, 10, 19)
    # 20 days after 10 September 2026 is 30 September; after 12 September it would be 2 October, a holiday.
    assert Term(Kind.DAYS, 20).due(date(2026, 9, 10), CALENDAR) == date(2026, 9, 30)
    assert Term(Kind.DAYS, 20).due(date(2026, 9, 12), CALENDAR) == date(2026, 10, 8)
    assert Term(Kind.MONTHS, 1).due(date(2026, 1, 31), CALENDAR) == date(2026, 2, 28)
    assert Term(Kind.REALTIME).due(date(2026, 10, 1), CALENDAR) == date(2026, 10, 1)


@given(DAYS, st.integers(1, 60))
def test_a_term_in_workdays_holds_that_many(start, count):
    due = Term(Kind.WORKDAYS, count).due(start, CALENDAR)
    days = (start + timedelta(days=n) for n in range(1, (due - start).days + 1))
    assert sum(map(CALENDAR.is_workday, days)) == count
    assert CALENDAR.is_workday(due)


@pytest.mark.parametrize(
    ("column", "title", "rule"),
    [
        ("A20_01", "关于防汛工作的通知", "general"),
        ("A20_07", "2026年部门预算", "budget"),
        ("A20_05", "行政许可决定书", "licence"),
        ("A20_05", "办事指南", "general"),
        ("A20_06", "行政处罚决定第1号", "penalty"),
        ("A20_06", "行政强制执行情况", "enforcement"),
        ("A20_13", "双随机抽查结果", "enforcement"),
        ("A20_09", "中标公告", "procurement-result"),
        ("A20_12", "暴雨红色预警", "emergency"),
        ("A20_12", "防汛应急预案", "general"),
        ("A21T_05", "征收土地公告", "expropriation"),
    ],
)
def test_special_periods_come_first(column, title, rule):
    assert rule_for(column, title).id == rule


def test_a_withdrawn_penalty_has_three_working_days():
    rule = rule_for("A20_06", "行政处罚决定第1号", event="withdraw")
    # 行政处罚法第八十五条: its 三日 are working days. Thursday 30 April 2026 is followed by the holiday of May.
    assert rule.term.due(date(2026, 4, 30), CALENDAR) == CALENDAR.add_workdays(date(2026, 4, 30), 3)
    assert rule.term == Term(Kind.WORKDAYS, 3)
    with pytest.raises(LookupError):
        rule_for("A20_01", "通知", event="withdraw")


def test_every_row_of_the_table_has_its_article_and_confidence():
    rules = deadline_rules()
    assert len({rule.id for rule in rules}) == len(rules) >= 8
    for rule in (*rules, GENERAL):
        assert rule.article and rule.starts and rule.confidence in CONFIDENCE, rule.id
    certain = {rule.id for rule in rules if rule.confidence == "确"}
    assert certain == {"budget", "penalty-withdrawn"}


def test_a_countys_own_rows_go_before_the_table():
    own = parse_rules("A20_06/罚款、警告/5个工作日/某县办法第三条；A20_03//10日/某县办法第四条")
    assert rule_for("A20_06", "罚款决定", own=own).term == Term(Kind.WORKDAYS, 5)
    assert rule_for("A20_06", "行政处罚决定", own=own).id == "penalty"
    assert rule_for("A20_03", "规划", own=own).article == "某县办法第四条"
    assert parse_rules("") == ()
    for wrong in ("A20_06/罚款/五个", "A20_06/罚款/很快/某条", "罚款/A20_06/5日/某条"):
        with pytest.raises(ValueError, match="第 1 行"):
            parse_rules(wrong)


@given(DAYS, st.integers(-40, 60), st.integers(-40, 60))
def test_timeliness_is_told_from_three_days(due, shown, now):
    today = due + timedelta(days=now)
    shown_on = due + timedelta(days=shown)
    done = timeliness(due, shown_on, today=today, calendar=CALENDAR)
    assert done.state == ("late" if shown > 0 else "ontime")
    assert done.days == (CALENDAR.workdays_between(due, shown_on) if shown > 0 else 0) >= 0
    pending = timeliness(due, None, today=today, calendar=CALENDAR)
    assert pending.state == ("pending_overdue" if now > 0 else "pending")
    assert (pending.days >= 0) == (now <= 0) or pending.days == 0
    # What is public in time on the last day is what is not overdue on it.
    assert (timeliness(due, today, today=today, calendar=CALENDAR).state == "ontime") == (pending.state == "pending")


def test_timeliness_in_words():
    friday, saturday, monday = date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 9)
    say = {
        "按期公开": timeliness(friday, friday, today=monday, calendar=CALENDAR),
        "逾期不足 1 个工作日公开": timeliness(friday, saturday, today=monday, calendar=CALENDAR),
        "逾期 1 个工作日公开": timeliness(friday, monday, today=monday, calendar=CALENDAR),
        "已超期，未公开": timeliness(friday, None, today=saturday, calendar=CALENDAR),
        "已超期 1 个工作日，未公开": timeliness(friday, None, today=monday, calendar=CALENDAR),
        "剩 1 个工作日": timeliness(monday, None, today=friday, calendar=CALENDAR),
    }
    assert {words: found.words for words, found in say.items()} == {words: words for words in say}


@given(st.sampled_from(list(Frequency)), st.integers(2017, 2025), st.sampled_from([None, "workdays:20", "workdays:7", "days:20"]))  # fmt: skip
def test_occasions_cover_a_year_once(frequency, year, code):
    after = Term.from_code(code) if code else None
    found = occasions(frequency, year=year, calendar=CALENDAR, after=after)
    assert found == occasions(frequency, year=year, calendar=CALENDAR, after=after)
    assert len({each.period for each in found}) == len(found)
    assert len(found) == {"standing": 1, "yearly": 1, "half_yearly": 2, "quarterly": 4, "monthly": 12}[frequency]
    for each in found:
        assert each.year == year and each.opens_on <= each.due_on <= each.closes_on
    for one, following in pairwise(found):
        assert following.opens_on == one.closes_on + timedelta(days=1)
        assert one.due_on < following.due_on
    first = date(year, 1, 1)
    if after is None or frequency == Frequency.STANDING:
        assert found[0].opens_on == first and found[-1].closes_on == date(year, 12, 31)
    else:
        assert found[-1].opens_on == date(year + 1, 1, 1)


def test_quarterly_statistics_are_due_after_the_quarter():
    third = occasions(Frequency.QUARTERLY, year=2025, calendar=CALENDAR, after=Term(Kind.WORKDAYS, 20))[2]
    assert (third.period, third.opens_on, third.closes_on) == ("2025Q3", date(2025, 10, 1), date(2025, 12, 31))
    assert third.due_on == CALENDAR.add_workdays(date(2025, 9, 30), 20)


@given(st.sampled_from(list(Frequency)), DAYS)
def test_a_new_duty_leaves_time(frequency, since):
    for each in occasions(frequency, year=since.year, calendar=CALENDAR, since=since):
        if each.opens_on < since:
            assert each.due_on >= CALENDAR.add_workdays(since, 20)
        assert each.closes_on >= since


def test_periods_in_words():
    said = {"2026": "2026年", "2026H1": "2026年上半年", "2026H2": "2026年下半年", "2026Q3": "2026年第三季度"}
    said["2026-07"] = "2026年7月"
    assert {period: period_words(period) for period in said} == said
