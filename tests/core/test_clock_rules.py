"""The numbered rules of the clock's contract, each by example. Test names begin with the rule's number."""

from __future__ import annotations

import pytest

from core.clock_cases import agency, clock, co_maker, codes, correction, event, pick, refused, third_party

NULL_DATES = {"reply_by": None, "reply_by_original": None, "longest_reply_by": None, "days_left": None}


def expect(result, **expected):
    assert pick(result, **expected) == expected


# 1 -----------------------------------------------------------------------------------------------------------


def test_01_the_day_of_receipt_is_not_counted():
    expect(clock(today="2021-03-01"), reply_by="2021-03-29", working_days_used=0, days_left=20)
    expect(clock(today="2021-03-02"), working_days_used=1, days_left=19)


def test_01_a_working_saturday_counts_and_a_holiday_does_not():
    # 2021-09-15: 09-18 (Saturday) and 09-26 (Sunday) are worked, 09-19 to 21 and 10-01 to 07 are off, 10-09 worked
    expect(clock(received_on="2021-09-15", today="2021-09-26"), working_days_used=7, reply_by="2021-10-19")


def test_01_an_event_may_fall_on_the_day_of_receipt():
    result = clock(third_party("2021-03-01", "2021-03-01"), today="2021-03-02")
    expect(result, state="waiting_third_party", working_days_used=0, third_party_answer_by={"a": "2021-03-22"})


# 2 -----------------------------------------------------------------------------------------------------------


def test_02_a_correction_in_time_and_returned_resets_the_clock():
    result = clock(
        event("extended", "2021-03-09"),
        correction("2021-03-10"),
        event("correction_received", "2021-03-15"),
        today="2021-03-16",
    )
    expect(
        result,
        correction_notice_by="2021-03-10",
        reply_by="2021-04-13",
        reply_by_original="2021-04-13",
        longest_reply_by="2021-05-12",
        working_days_used=1,
        state="running",
        warnings=[],
    )


def test_02_a_new_extension_is_possible_after_the_reset():
    result = clock(
        event("extended", "2021-03-09"),
        correction("2021-03-10"),
        event("correction_received", "2021-03-15"),
        event("extended", "2021-04-13"),
        today="2021-04-13",
    )
    expect(result, reply_by="2021-05-12", reply_by_original="2021-04-13", warnings=[])


def test_02_asked_after_the_7th_working_day_changes_nothing():
    result = clock(correction("2021-03-11"), event("correction_received", "2021-03-15"), today="2021-03-16")
    expect(result, reply_by="2021-03-29", working_days_used=11, state="running")
    assert codes(result) == ["late_correction_notice"]


def test_02_a_late_request_that_nobody_returns_abandons_nothing():
    expect(clock(correction("2021-03-11", "2021-03-12"), today="2021-03-20"), state="running", reply_by="2021-03-29")


def test_02_the_seven_days_run_on_through_a_stop():
    result = clock(third_party("2021-03-02", "2021-03-03"), correction("2021-03-11"), today="2021-03-11")
    assert codes(result) == ["late_correction_notice"]


def test_02_a_second_correction_only_warns():
    result = clock(
        correction("2021-03-03"),
        event("correction_received", "2021-03-05"),
        correction("2021-03-08"),
        event("correction_received", "2021-03-12"),
        today="2021-03-12",
    )
    expect(result, reply_by="2021-04-02", state="running", working_days_used=5)
    assert codes(result) == ["correction_only_once"]


def test_02_a_second_request_before_the_first_returned_takes_nothing_from_it():
    result = clock(
        correction("2021-03-03", "2021-03-12"),
        correction("2021-03-04", "2021-04-30"),
        event("correction_received", "2021-03-12"),
        today="2021-03-12",
    )
    expect(result, reply_by="2021-04-12", state="running")


def test_02_returned_on_the_last_day_is_in_time_and_a_day_off_moves_it():
    # 2021-03-20 is a Saturday: the last day is Monday 03-22
    asked = correction("2021-03-04", "2021-03-20")
    expect(clock(asked, today="2021-03-22"), state="waiting_correction")
    expect(clock(asked, today="2021-03-23"), state="abandoned_correction")
    in_time = clock(asked, event("correction_received", "2021-03-22"), today="2021-03-22")
    expect(in_time, state="running", reply_by="2021-04-20")


def test_02_not_returned_in_time_is_abandoned_even_if_it_comes_later():
    result = clock(
        correction("2021-03-04", "2021-03-19"), event("correction_received", "2021-03-22"), today="2021-04-01"
    )
    expect(result, state="abandoned_correction", overdue=False, working_days_used=3, warnings=[], **NULL_DATES)


# 3 -----------------------------------------------------------------------------------------------------------


def test_03_the_clock_stops_from_the_day_after_sending_to_the_day_of_the_answer():
    result = clock(agency("2021-03-10"), event("agency_answered", "2021-03-19", ref="c"), today="2021-03-22")
    expect(result, working_days_used=8, reply_by="2021-04-08", state="running", projected=False)


def test_03_silence_ends_with_the_15th_working_day_after_delivery():
    for ask, field, ref in ((third_party, "third_party_answer_by", "a"), (co_maker, "co_maker_answer_by", "b")):
        result = clock(ask("2021-03-10", "2021-03-12"), today="2021-04-06")
        expect(result, working_days_used=8, reply_by="2021-04-22", state="running", projected=False)
        assert result[field] == {ref: "2021-04-02"}


def test_03_an_answer_after_the_last_day_changes_nothing():
    silent = clock(third_party("2021-03-10", "2021-03-12"), today="2021-04-10")
    late = clock(
        third_party("2021-03-10", "2021-03-12"),
        event("third_party_answered", "2021-04-08", ref="a"),
        today="2021-04-10",
    )
    assert {**late, "explanation": None} == {**silent, "explanation": None}


def test_03_overlapping_stops_count_once():
    result = clock(
        third_party("2021-03-10", "2021-03-12"),
        agency("2021-03-15"),
        event("agency_answered", "2021-03-19", ref="c"),
        event("third_party_answered", "2021-03-17", ref="a"),
        today="2021-03-22",
    )
    expect(result, working_days_used=8, reply_by="2021-04-08")


def test_03_asked_on_or_after_the_day_the_reply_is_due_stops_nothing():
    for sent_on in ("2021-03-29", "2021-04-02"):
        result = clock(third_party(sent_on, sent_on), today="2021-04-02")
        expect(result, reply_by="2021-03-29", state="running", overdue=True, projected=False, working_days_used=24)
        assert codes(result) == ["asked_after_due"]
    asked_the_day_before = clock(agency("2021-03-26"), today="2021-03-29")
    expect(asked_the_day_before, state="waiting_agency", reply_by="2021-03-30", warnings=[])


# 4 -----------------------------------------------------------------------------------------------------------


def test_04_an_open_question_to_a_third_party_is_projected_to_its_last_day():
    result = clock(third_party("2021-03-10", "2021-03-12"), today="2021-03-15")
    expect(result, reply_by="2021-04-22", projected=True, state="waiting_third_party", longest_reply_by="2021-05-21")


def test_04_an_open_question_to_an_agency_is_projected_as_answered_today():
    expect(clock(agency("2021-03-10"), today="2021-03-15"), reply_by="2021-04-01", projected=True)
    expect(clock(agency("2021-03-10"), today="2021-03-16"), reply_by="2021-04-02", projected=True)


# 5 -----------------------------------------------------------------------------------------------------------


def test_05_an_extension_on_the_last_day_is_in_time():
    result = clock(event("extended", "2021-03-29"), today="2021-03-30")
    expect(result, reply_by="2021-04-26", reply_by_original="2021-03-29", longest_reply_by="2021-04-26")
    expect(result, working_days_used=21, overdue=False, warnings=[])


def test_05_a_late_extension_changes_nothing():
    result = clock(event("extended", "2021-03-30"), today="2021-03-30")
    expect(result, reply_by="2021-03-29", longest_reply_by="2021-03-29", overdue=True)
    assert codes(result) == ["late_extension"]


def test_05_stops_are_counted_when_the_extension_is_judged():
    stopped = (agency("2021-03-10"), event("agency_answered", "2021-03-12", ref="c"))
    expect(clock(*stopped, event("extended", "2021-03-31"), today="2021-03-31"), reply_by="2021-04-28", warnings=[])
    assert codes(clock(*stopped, event("extended", "2021-04-01"), today="2021-04-01")) == ["late_extension"]


def test_05_only_one_extension():
    result = clock(event("extended", "2021-03-10"), event("extended", "2021-04-26"), today="2021-04-26")
    expect(result, reply_by="2021-04-26")
    assert codes(result) == ["second_extension"]


def test_05_fifteen_days_under_492():
    result = clock(event("extended", "2021-03-10"), law="492", today="2021-03-10")
    expect(result, reply_by_original="2021-03-22", reply_by="2021-04-13", longest_reply_by="2021-04-13")


def test_05_longest_is_what_an_extension_would_give_until_the_reply_is_overdue():
    expect(clock(today="2021-03-29"), longest_reply_by="2021-04-26", overdue=False, days_left=0)
    expect(clock(today="2021-03-30"), longest_reply_by="2021-03-29", overdue=True, days_left=-1)


# 6 -----------------------------------------------------------------------------------------------------------


def test_06_a_fee_paid_in_time_starts_the_clock_anew():
    # delivered 03-10: 20 working days after are 04-08
    notified = event("fee_notified", "2021-03-10")
    expect(clock(notified, today="2021-04-08"), state="waiting_fee", fee_pay_by="2021-04-08", **NULL_DATES)
    paid = clock(notified, event("fee_paid", "2021-04-08"), today="2021-04-09")
    expect(paid, state="running", reply_by="2021-05-08", working_days_used=1, fee_pay_by="2021-04-08")


def test_06_not_paid_in_time_is_abandoned_even_if_it_comes_later():
    notified = event("fee_notified", "2021-03-10")
    for events in ((notified,), (notified, event("fee_paid", "2021-04-09"))):
        result = clock(*events, today="2021-04-20")
        expect(result, state="abandoned_fee", overdue=False, working_days_used=7, **NULL_DATES)


@pytest.mark.parametrize(
    "case",
    [
        {"received_on": "2020-12-01", "today": "2021-02-01", "on": "2020-12-31"},
        {"received_on": "2021-03-01", "today": "2021-03-10", "on": "2021-03-02", "law": "492"},
    ],
)
def test_06_no_fee_before_2021_nor_under_492(case):
    refused("fee_not_in_force", event("fee_notified", case.pop("on")), **case)


def test_06_a_fee_notice_of_the_first_day_is_in_force():
    result = clock(event("fee_notified", "2021-01-01"), received_on="2020-12-28", today="2021-01-04")
    expect(result, state="waiting_fee", fee_pay_by="2021-01-29")


# 7 -----------------------------------------------------------------------------------------------------------


def test_07_only_the_time_for_third_parties_is_not_counted_under_492():
    result = clock(
        third_party("2021-03-10", "2021-03-12"),
        event("third_party_answered", "2021-04-30", ref="a"),
        law="492",
        today="2021-05-06",
    )
    # 7 used by 03-10; 8 more from 05-06, 05-08 being a working Saturday
    expect(result, reply_by="2021-05-14", third_party_answer_by={"a": None}, working_days_used=8)
    expect(result, correction_notice_by=None, law="492")


@pytest.mark.parametrize("ask", [co_maker, agency])
def test_07_other_questions_stop_nothing_under_492(ask):
    result = clock(ask("2021-03-10"), law="492", today="2021-03-12")
    expect(result, state="running", projected=False, reply_by="2021-03-22", working_days_used=9)
    assert codes(result) == ["not_excluded_under_492"]


# 8 -----------------------------------------------------------------------------------------------------------

DAYS = {"submitted_on": "2021-03-01", "signed_on": "2021-03-02", "confirmed_on": "2021-03-03"}


@pytest.mark.parametrize("law", ["711", "492"])
@pytest.mark.parametrize(
    ("channel", "received_on"),
    [
        ("in_person", "2021-03-01"),
        ("post_signed", "2021-03-02"),
        ("post_ordinary", "2021-03-03"),
        ("online", "2021-03-03"),
        ("fax", "2021-03-03"),
        ("email", "2021-03-03"),
    ],
)
def test_08_receipt_by_channel(law, channel, received_on):
    result = clock(received_on=None, channel=channel, law=law, **DAYS)
    expect(result, received_on=received_on, warnings=[])


@pytest.mark.parametrize("channel", ["online", "fax", "email"])
def test_08_submission_stands_in_for_a_missing_confirmation(channel):
    result = clock(received_on=None, channel=channel, submitted_on="2021-03-01")
    expect(result, received_on="2021-03-01", reply_by="2021-03-29")
    assert codes(result) == ["receipt_not_confirmed"]


def test_08_a_given_day_of_receipt_wins():
    result = clock(received_on="2021-03-08", channel="online", submitted_on="2021-03-01")
    expect(result, received_on="2021-03-08", warnings=[])


# 9 -----------------------------------------------------------------------------------------------------------


def test_09_waiting_for_a_correction_there_are_no_dates():
    result = clock(correction("2021-03-04"), today="2021-03-20")
    expect(result, state="waiting_correction", overdue=False, working_days_used=3, **NULL_DATES)


def test_09_withdrawn():
    result = clock(event("withdrawn", "2021-03-10"), today="2021-06-30")
    expect(result, state="withdrawn", overdue=False, working_days_used=7, projected=False, **NULL_DATES)
    # it is not overdue even where the reply was
    expect(clock(event("withdrawn", "2021-05-10"), today="2021-06-30"), overdue=False, **NULL_DATES)


def test_09_withdrawn_while_waiting_stays_frozen_at_the_request():
    result = clock(correction("2021-03-04"), event("withdrawn", "2021-03-10"), today="2021-06-30")
    expect(result, state="withdrawn", working_days_used=3)


def test_09_replied_in_time():
    result = clock(event("replied", "2021-03-25"), today="2021-06-30")
    expect(result, state="replied", overdue=False, working_days_used=18, days_left=2, reply_by="2021-03-29")
    expect(result, longest_reply_by="2021-04-26")


def test_09_replied_late():
    result = clock(event("replied", "2021-03-31"), today="2021-06-30")
    expect(result, state="replied", overdue=True, working_days_used=22, days_left=-2, longest_reply_by="2021-03-29")


def test_09_a_reply_ends_open_questions():
    result = clock(
        third_party("2021-03-10", "2021-03-12"),
        agency("2021-03-10"),
        event("replied", "2021-03-19"),
        today="2021-06-30",
    )
    expect(result, state="replied", projected=False, working_days_used=7, reply_by="2021-04-08", overdue=False)
    expect(result, days_left=13)


def test_09_a_delayed_reply_is_no_event():
    refused("unknown_event", {"type": "delayed", "on": "2021-03-10"})


# 10 ----------------------------------------------------------------------------------------------------------


def test_10_used_counts_today_and_is_not_capped():
    expect(clock(today="2021-03-27"), working_days_used=19, days_left=1)
    expect(clock(today="2021-03-29"), working_days_used=20, days_left=0, state="running", overdue=False)
    expect(clock(today="2021-04-02"), working_days_used=24, days_left=-4, state="running", overdue=True)
    # a weekend after a last day on Friday is late by no working day
    result = clock(received_on="2021-03-05", today="2021-04-05")
    expect(result, reply_by="2021-04-02", overdue=True, days_left=0)


# 11 ----------------------------------------------------------------------------------------------------------


def test_11_the_state_names_the_first_of_several_waits():
    asked = [agency("2021-03-02"), co_maker("2021-03-02"), third_party("2021-03-02")]
    asked += [correction("2021-03-02"), event("fee_notified", "2021-03-02")]
    states = [clock(*asked[:count], today="2021-03-03")["state"] for count in range(1, 6)]
    assert states == ["waiting_agency", "waiting_co_maker", "waiting_third_party", "waiting_correction", "waiting_fee"]


def test_11_on_its_last_day_a_wait_is_still_a_wait():
    asked = third_party("2021-03-10", "2021-03-12")
    expect(clock(asked, today="2021-04-02"), state="waiting_third_party", projected=True)
    expect(clock(asked, today="2021-04-03"), state="running", projected=False)


# 12 ----------------------------------------------------------------------------------------------------------


def test_12_without_today_nothing_is_said_about_lateness():
    result = clock(event("extended", "2021-03-10"))
    expect(result, days_left=None, working_days_used=None, overdue=None, state="running", reply_by="2021-04-26")
    expect(clock(event("replied", "2021-04-10")), state="replied", overdue=None, days_left=None)


def test_12_without_today_the_state_is_that_after_the_last_event():
    asked = third_party("2021-03-10", "2021-03-12")
    expect(clock(asked), state="waiting_third_party", projected=True, reply_by="2021-04-22")
    expect(clock(asked, event("extended", "2021-04-06")), state="running", projected=False)
    expect(clock(correction("2021-03-04", "2021-03-10")), state="waiting_correction")
    later = (correction("2021-03-04", "2021-03-10"), event("correction_received", "2021-03-11"))
    expect(clock(*later), state="abandoned_correction")


def test_12_events_after_today_are_left_out():
    result = clock(event("extended", "2021-03-10"), event("replied", "2021-03-12"), today="2021-03-10")
    expect(result, state="running", reply_by="2021-04-26")
    assert codes(result) == ["future_event"]


def test_12_a_missing_law_means_auto():
    for law in ({}, {"law": "auto"}):
        expect(clock(received_on="2019-05-14", **law), law="492", reply_by="2019-06-04")
        expect(clock(received_on="2019-05-15", **law), law="711", reply_by="2019-06-13")


def test_12_auto_goes_by_the_derived_day_of_receipt():
    result = clock(received_on=None, channel="online", submitted_on="2019-05-14", confirmed_on="2019-05-15")
    expect(result, law="711")


# 13 ----------------------------------------------------------------------------------------------------------

ASKED = third_party("2021-03-10", "2021-03-12")


@pytest.mark.parametrize(
    ("code", "events", "case"),
    [
        ("unknown_event", [{"type": "delayed", "on": "2021-03-10"}], {}),
        ("unknown_event", [{"on": "2021-03-10"}], {}),
        ("unknown_event", ["replied"], {}),
        ("unknown_law", [], {"law": "710"}),
        ("unknown_law", [], {"law": 711}),
        ("unknown_law", [], {"law": None}),
        ("unknown_law", [], {"law": ["711"]}),
        ("unknown_field", [], {"remark": "x"}),
        ("unknown_field", [event("replied", "2021-03-10", ref="a")], {}),
        ("unknown_field", [{"type": "replied", "date": "2021-03-10"}], {}),
        ("missing_ref", [{"type": "third_party_asked", "sent_on": "2021-03-10"}], {}),
        ("missing_ref", [agency("2021-03-10", ref="")], {}),
        ("reused_ref", [ASKED, third_party("2021-03-11")], {}),
        ("reused_ref", [ASKED, agency("2021-03-11", ref="a")], {}),
        ("answer_without_question", [event("third_party_answered", "2021-03-11", ref="a")], {}),
        ("answer_without_question", [ASKED, event("third_party_answered", "2021-03-09", ref="a")], {}),
        ("answer_without_question", [ASKED, event("agency_answered", "2021-03-11", ref="a")], {}),
        ("answer_without_question", [event("correction_received", "2021-03-11")], {}),
        ("answer_without_question", [correction("2021-03-04"), event("correction_received", "2021-03-03")], {}),
        ("answer_without_question", [event("fee_paid", "2021-03-11")], {}),
        ("answered_twice", [ASKED, *[event("third_party_answered", "2021-03-11", ref="a")] * 2], {}),
        ("answered_twice", [correction("2021-03-04"), *[event("correction_received", "2021-03-05")] * 2], {}),
        ("answered_twice", [event("fee_notified", "2021-03-04"), *[event("fee_paid", "2021-03-05")] * 2], {}),
        ("dates_out_of_order", [third_party("2021-03-10", "2021-03-09")], {}),
        ("dates_out_of_order", [correction("2021-03-04", "2021-03-03")], {}),
        ("event_before_receipt", [event("extended", "2021-02-26")], {}),
        ("event_after_end", [event("replied", "2021-03-10"), event("extended", "2021-03-11")], {}),
        ("event_after_end", [event("withdrawn", "2021-03-10"), event("replied", "2021-03-10")], {}),
        ("event_after_end", [event("replied", "2021-03-10"), event("replied", "2021-03-10")], {}),
        ("today_before_receipt", [], {"today": "2021-02-28"}),
        ("bad_date", [], {"today": "20210301"}),
        ("bad_date", [], {"received_on": "2021-W09-1"}),
        ("bad_date", [], {"submitted_on": "2021-02-30"}),
        ("bad_date", [event("replied", "2021/03/10")], {}),
        ("bad_date", [event("replied", ["2021-03-10"])], {}),
        ("bad_date", [third_party("2021-03-10", "soon")], {}),
        ("bad_date", [], {"received_on": "9999-12-31", "law": "711"}),
    ],
)
def test_13_what_is_refused(code, events, case):
    refused(code, *events, **case)


def test_13_a_missing_delivery_is_allowed_and_leaves_no_last_day():
    result = clock(third_party("2021-03-10"), co_maker("2021-03-10"), today="2021-05-10")
    expect(result, third_party_answer_by={"a": None}, co_maker_answer_by={"b": None}, state="waiting_third_party")
    null = {"type": "third_party_asked", "ref": "a", "sent_on": "2021-03-10", "delivered_on": None}
    expect(clock(null, today="2021-05-10"), third_party_answer_by={"a": None})


# 14 ----------------------------------------------------------------------------------------------------------


def test_14_a_date_in_an_unpublished_year_is_provisional():
    result = clock(received_on="2026-12-15", today="2026-12-15")
    expect(result, provisional=True, reply_by="2027-01-12")
    assert codes(result) == ["provisional_calendar"]
    expect(clock(received_on="2015-12-31", today="2026-12-15"), provisional=True)


def test_14_published_years_are_not():
    expect(clock(received_on="2016-01-01"), provisional=False, warnings=[])
    expect(clock(received_on="2026-11-02"), provisional=False, longest_reply_by="2026-12-28")


# 15 ----------------------------------------------------------------------------------------------------------


def test_15_an_extension_of_the_last_day_comes_before_a_question_of_that_day():
    result = clock(agency("2021-03-29"), event("extended", "2021-03-29"), today="2021-03-30")
    expect(result, state="waiting_agency", warnings=[])


def test_15_a_request_comes_before_its_own_answer():
    result = clock(event("correction_received", "2021-03-04"), correction("2021-03-04"), today="2021-03-04")
    expect(result, state="running", reply_by="2021-04-01", working_days_used=0)
    answered = clock(event("agency_answered", "2021-03-04", ref="c"), agency("2021-03-04"), today="2021-03-05")
    expect(answered, reply_by="2021-03-29", working_days_used=4)
    paid = clock(event("fee_paid", "2021-03-04"), event("fee_notified", "2021-03-04"), today="2021-03-04")
    expect(paid, state="running", reply_by="2021-04-01")


def test_15_a_returned_correction_comes_before_an_extension_of_that_day():
    result = clock(
        event("extended", "2021-03-15"),
        correction("2021-03-04"),
        event("correction_received", "2021-03-15"),
        today="2021-03-15",
    )
    expect(result, reply_by="2021-05-12", reply_by_original="2021-04-13")


def test_15_a_fee_notice_of_the_day_of_reply_comes_before_it():
    result = clock(event("replied", "2021-03-10"), event("fee_notified", "2021-03-10"), today="2021-03-12")
    expect(result, state="replied", fee_pay_by="2021-04-08", overdue=False, **NULL_DATES)


# 16 ----------------------------------------------------------------------------------------------------------


def test_16_a_stop_still_open_goes_on_through_a_reset():
    result = clock(
        third_party("2021-03-03", "2021-03-04"),
        correction("2021-03-05"),
        event("correction_received", "2021-03-10"),
        event("third_party_answered", "2021-03-12", ref="a"),
        today="2021-03-15",
    )
    # counted from 03-10; 03-11 and 03-12 still stopped
    expect(result, working_days_used=1, reply_by="2021-04-12", state="running")


def test_16_stops_that_ended_before_the_reset_count_for_nothing():
    result = clock(
        third_party("2021-03-03", "2021-03-04"),
        event("third_party_answered", "2021-03-09", ref="a"),
        correction("2021-03-10"),
        event("correction_received", "2021-03-15"),
        today="2021-03-15",
    )
    expect(result, reply_by="2021-04-13", working_days_used=0)


def test_16_a_paid_fee_takes_back_an_extension_and_allows_another():
    events = [event("extended", "2021-03-09"), event("fee_notified", "2021-03-10"), event("fee_paid", "2021-03-15")]
    expect(clock(*events, today="2021-03-15"), reply_by="2021-04-13", reply_by_original="2021-04-13")
    again = clock(*events, event("extended", "2021-03-16"), today="2021-03-16")
    expect(again, reply_by="2021-05-12", reply_by_original="2021-04-13", warnings=[])


# 17 ----------------------------------------------------------------------------------------------------------


def test_17_a_fee_notice_after_the_last_day_changes_nothing():
    result = clock(event("fee_notified", "2021-03-30"), today="2021-03-31")
    expect(result, state="running", overdue=True, reply_by="2021-03-29", fee_pay_by=None)
    assert codes(result) == ["asked_after_due"]
    expect(clock(event("fee_notified", "2021-03-29"), today="2021-03-31"), state="waiting_fee", warnings=[])


def test_17_a_second_fee_notice_changes_nothing():
    result = clock(event("fee_notified", "2021-03-10"), event("fee_notified", "2021-03-12"), today="2021-03-15")
    expect(result, fee_pay_by="2021-04-08", working_days_used=7)
    assert codes(result) == ["fee_only_once"]


# 18 ----------------------------------------------------------------------------------------------------------


def test_18_a_correction_changes_nothing_under_492():
    events = [correction("2021-03-04", "2021-03-08"), event("correction_received", "2021-03-15")]
    for count in (1, 2):
        result = clock(*events[:count], law="492", today="2021-03-16")
        expect(result, state="running", reply_by="2021-03-22", working_days_used=11, warnings=[])


# 19 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "law"),
    [
        (agency("2021-03-10"), "711"),
        (third_party("2021-03-10"), "711"),
        (co_maker("2021-03-10"), "711"),
        (third_party("2021-03-10", "2021-03-12"), "492"),
    ],
)
def test_19_a_question_without_a_last_day(question, law):
    due = {"711": "2021-06-02", "492": "2021-05-26"}[law]
    expect(clock(question, law=law, today="2021-05-14"), projected=True, reply_by=due)
    expect(clock(question, law=law), projected=True, reply_by=None)


def test_19_a_question_whose_last_day_has_passed_is_not_projected():
    result = clock(third_party("2021-03-10", "2021-03-12"), event("extended", "2021-04-08"))
    expect(result, projected=False, reply_by="2021-05-21")


# 20 ----------------------------------------------------------------------------------------------------------


def test_20_days_left_counts_stopped_days_and_used_does_not():
    expect(clock(third_party("2021-03-10", "2021-03-12"), today="2021-03-15"), working_days_used=7, days_left=27)


# 21: every code is covered by the tests above; here, that nothing else is ever said.


def test_21_warnings_have_a_code_a_message_and_an_article():
    result = clock(correction("2021-03-11"), event("extended", "2021-04-30"), today="2021-05-08")
    assert codes(result) == ["late_correction_notice", "late_extension"]
    assert all(set(warning) == {"code", "message", "article"} for warning in result["warnings"])


# 22 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        event("third_party_answered", "2021-04-12", ref="z"),
        event("correction_asked", "2021-04-12"),
        event("extended", "2021-04-12", ref="x"),
        event("third_party_asked", "2021-04-12"),
        event("fee_paid", "2021-04-12"),
        third_party("2021-04-12", "2021-04-01"),
    ],
)
def test_22_events_after_today_are_left_out_before_the_rest_is_checked(wrong):
    assert codes(clock(wrong, today="2021-03-10")) == ["future_event"]
    assert codes(clock(event("replied", "2021-03-09"), wrong, today="2021-03-10")) == ["future_event"]


@pytest.mark.parametrize("end", ["withdrawn", "replied"])
def test_22_both_ends_end_the_case(end):
    refused("event_after_end", event(end, "2021-03-10"), agency("2021-03-11"))
    clock(event(end, "2021-03-10"), agency("2021-03-10"))


@pytest.mark.parametrize(
    ("code", "events", "case"),
    [
        ("missing_field", [{"type": "correction_asked", "on": "2021-03-04"}], {}),
        ("missing_field", [{"type": "correction_asked", "on": "2021-03-04"}], {"law": "492"}),
        ("missing_field", [{"type": "correction_asked", "on": "2021-03-04", "return_by": None}], {}),
        ("missing_field", [{"type": "extended"}], {}),
        ("missing_field", [{"type": "agency_consulted", "ref": "c", "sent_on": None}], {}),
        ("no_receipt", [], {"received_on": None}),
        ("no_receipt", [], {"received_on": None, "channel": "pigeon", "submitted_on": "2021-03-01"}),
        ("no_receipt", [], {"received_on": None, "channel": "in_person", "confirmed_on": "2021-03-01"}),
        ("no_receipt", [], {"received_on": None, "channel": "post_signed", "submitted_on": "2021-03-01"}),
        ("no_receipt", [], {"received_on": None, "channel": "post_ordinary", "submitted_on": "2021-03-01"}),
        ("no_receipt", [], {"received_on": None, "channel": "online", "signed_on": "2021-03-01"}),
    ],
)
def test_22_what_is_missing(code, events, case):
    refused(code, *events, **case)


# 23 ----------------------------------------------------------------------------------------------------------


def test_23_today_does_not_make_a_result_provisional():
    expect(clock(event("replied", "2026-03-10"), received_on="2026-03-02", today="2027-03-01"), provisional=False)
    expect(clock(received_on="2026-03-02", today="2027-03-01"), provisional=False, overdue=True)


def test_23_the_dates_of_the_events_used_do():
    asked = correction("2026-11-03", "2027-01-15")
    expect(clock(asked, received_on="2026-11-02", today="2026-11-04"), provisional=True)
    left_out = event("extended", "2027-01-15")
    expect(clock(left_out, received_on="2026-11-02", today="2026-11-04"), provisional=False)
