"""The clock of the site: stored last days are the replay, and a new calendar moves what it must."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.agencies.calendar import calendar_changed, lay_over, office_calendar
from gongkai.agencies.models import CalendarRange, CalendarYear
from gongkai.casework import actions, clock
from gongkai.casework.models import Case
from gongkai.trail.models import Entry
from gongkai_core.workdays import Calendar

from .conftest import MONDAY, Maker, World, answer, application, refused

pytestmark = pytest.mark.django_db
RANGES = [("off", date(2026, 3, 9), date(2026, 3, 10)), ("work", date(2026, 3, 14), date(2026, 3, 14))]


def replays(today: date) -> None:
    """For every case on the calendar in force (closed ones keep theirs): its row is the replay of its events."""
    rows = Case.objects.filter(calendar_version=office_calendar().version)
    assert rows.count() >= Case.objects.open().count()
    for case in rows:
        expected = clock.projection(case, case.projected_on or today, office_calendar())
        assert {name: getattr(case, name) for name in clock.PROJECTION} == expected, case


@pytest.fixture
def many(world: World, processing: Maker, examining: Maker, scan: Any) -> World:
    """Open cases in every kind of wait, one unconfirmed letter, closed and withdrawn ones."""
    by = world.staff.handler
    processing()
    answer(processing(), world, "grant.provide", on=MONDAY)
    actions.withdraw(processing(), paper=scan, by=None, today=MONDAY)
    actions.receive(world.bureau, **application(channel="post_ordinary", by=world.staff.registrar))
    actions.ask_correction(
        examining(),
        items="一",
        guidance="二",
        return_by=date(2026, 3, 9),
        method="online",
        by=by,
        today=MONDAY,
        files=False,
    )
    for party, delivered in (("third_party", MONDAY), ("third_party", None), ("co_maker", MONDAY)):
        actions.ask(
            processing(), party, name="某单位", question="投标文件", method="in_person", by=by, today=MONDAY,
            delivered_on=delivered, files=False,
        )  # fmt: skip
    actions.ask(
        processing(), "agency", basis="条例第十一条", name="某局", question="投标文件", method="fax", by=by, today=MONDAY,
        files=False,
    )  # fmt: skip
    actions.notify_fee(
        processing(), tariff="per_page", pages=68, pay_method="财政专户", method="in_person", delivered_on=MONDAY, by=by,
        today=MONDAY, files=False,
    )  # fmt: skip
    extended = processing()
    actions.propose_extension(extended, reason="数量较多", by=by, today=MONDAY)
    actions.agree_extension(extended, by=world.staff.head, today=MONDAY)
    actions.extend(extended, method="online", by=by, today=MONDAY, files=False)
    return world


def test_every_last_day_is_its_replay(many: World) -> None:
    assert Case.objects.count() == 11
    replays(MONDAY)


def enter_calendar(world: World) -> Calendar:
    changed = lay_over(office_calendar(), 2026, "清政办〔2026〕1号", RANGES, local=True)
    year = CalendarYear.objects.create(year=2026, notice="清政办〔2026〕1号", local=True, entered_by=world.office)
    for kind, first, last in RANGES:
        CalendarRange.objects.create(calendar=year, kind=kind, first=first, last=last)
    calendar_changed()
    return changed


def test_a_new_calendar_is_previewed_then_recomputed_with_one_trail_row(many: World) -> None:
    changed = lay_over(office_calendar(), 2026, "清政办〔2026〕1号", RANGES, local=True)
    moves = clock.preview(changed, today=MONDAY)
    before = {case.pk: case.due_on for case in Case.objects.open()}
    assert moves and all(move.old == before[move.case.pk] and move.new != move.old for move in moves)
    printed = clock.printed_dates_affected(changed, today=MONDAY)
    assert {row.name for row in printed} == {"amend_by", "pay_by", "reply_by", "extended_by"}
    amend = next(row for row in printed if row.name == "amend_by")
    assert (amend.printed, amend.new, amend.label) == (date(2026, 3, 9), date(2026, 3, 11), "补正截止日")

    assert enter_calendar(many).version == changed.version
    assert clock.recompute(Case.objects.open(), today=MONDAY, by=many.office) == len(moves)
    after = {case.pk: case.due_on for case in Case.objects.open()}
    assert {pk: day for pk, day in after.items() if day != before[pk]} == {m.case.pk: m.new for m in moves}
    assert set(Case.objects.open().values_list("calendar_version", flat=True)) == {changed.version}
    entry = Entry.objects.get(verb="casework.recompute")
    assert (entry.facts["seen"], entry.facts["moved"]) == (9, len(moves))
    replays(MONDAY)
    closed = Case.objects.get(counted_outcome="grant.provide")
    assert closed.counted_timely == "ontime"  # what was counted stays


def test_an_open_question_moves_the_last_day_with_each_day(many: World) -> None:
    case = Case.objects.get(state="waiting_agency")
    days = [clock.due_now(case, MONDAY + timedelta(days=n)) for n in (0, 1, 2)]
    assert days == [case.due_on, date(2026, 3, 31), date(2026, 4, 1)]
    moved = clock.recompute(Case.objects.filter(pk=case.pk), today=MONDAY + timedelta(days=2))
    case.refresh_from_db()
    assert (moved, case.due_on) == (1, date(2026, 4, 1))


def test_a_delivery_learned_later_replaces_the_event_and_keeps_it(many: World) -> None:
    inquiry = Case.objects.get(open_ended=True, state="waiting_third_party").inquiries.get()
    actions.question_delivered(inquiry, on=date(2026, 3, 4), by=many.staff.handler, today=date(2026, 3, 4))
    events = inquiry.case.clock_events
    assert events.count() == 2 and events.in_force().count() == 1
    assert events.in_force().get().delivered_on == date(2026, 3, 4)
    replays(date(2026, 3, 4))


def test_overdue_is_told_and_never_kept(world: World, processing: Maker) -> None:
    case = processing()
    columns = {field.name for field in Case._meta.get_fields()}
    assert not {name for name in columns if "overdue" in name or "days_left" in name}
    assert clock.days_left(case.due_on, date(2026, 4, 1)) == -2
    assert clock.replay(case, date(2026, 4, 1)).overdue


def test_the_clock_refuses_what_cannot_be(world: World, processing: Maker) -> None:
    case = processing(on=date(2026, 3, 4))
    with refused("event_before_receipt"):
        clock.add(case, "withdrawn", by=None, today=date(2026, 3, 5), on=MONDAY)
    with refused("answer_without_question"):
        clock.add(case, "fee_paid", by=None, today=date(2026, 3, 5), on=date(2026, 3, 5))
    assert not case.clock_events.exists()


@pytest.mark.parametrize("channel", ["in_person", "post_signed", "post_ordinary", "online", "fax", "email"])
def test_the_day_of_receipt_by_channel(world: World, channel: str) -> None:
    """条例第三十一条, before and after registration."""
    submitted, signed, confirmed = MONDAY, date(2026, 3, 3), date(2026, 3, 4)
    case = actions.receive(
        world.bureau,
        **application(
            channel=channel, submitted_on=submitted, signed_on=signed, confirmed_on=confirmed, by=world.staff.registrar,
            today=confirmed,
        ),
    ).case  # fmt: skip
    case = actions.register(case, subject="通知书", by=world.staff.registrar, today=confirmed)
    assert case.received_on == {"in_person": submitted, "post_signed": signed}.get(channel, confirmed)


def test_a_change_over_many_cases_updates_them_in_groups(
    world: World, registered: Maker, django_assert_max_num_queries: Any
) -> None:
    for number in itertools.count():
        if number == 12:
            break
        registered(on=MONDAY + timedelta(days=number % 3))
    enter_calendar(world)
    with django_assert_max_num_queries(20):
        assert clock.recompute(Case.objects.open(), today=date(2026, 3, 5)) == 12
