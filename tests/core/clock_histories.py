"""Random histories of cases, as nasty as offices are: every event type, crowded days, overlaps, late and
forgotten answers, both laws, every channel, missing and odd days of today, and faults of every kind."""

from __future__ import annotations

from datetime import date, timedelta

from core.clock_oracle import in_words, judge, nth_workday_after
from gongkai_core.clock import ClockError, compute

GAPS = (0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 7, 9, 12, 16, 21, 30, 45)
# First and last day of receipt: ordinary years, the change of law, the start of fees, provisional years.
ERAS = (
    (date(2021, 1, 4), date(2026, 9, 30)),
    (date(2021, 1, 4), date(2026, 9, 30)),
    (date(2021, 1, 4), date(2026, 9, 30)),
    (date(2016, 1, 1), date(2019, 5, 14)),
    (date(2019, 4, 1), date(2019, 6, 30)),
    (date(2020, 11, 1), date(2021, 2, 28)),
    (date(2015, 10, 1), date(2016, 1, 31)),
    (date(2026, 10, 1), date(2027, 12, 31)),
    (date(1999, 1, 1), date(2040, 12, 31)),
)
STEPS = (
    *["correction_asked"] * 4,
    *["correction_received"] * 4,
    *["third_party_asked"] * 4,
    *["co_maker_asked"] * 2,
    *["agency_consulted"] * 2,
    *["answer"] * 8,
    *["extended"] * 3,
    *["fee_notified"] * 2,
    *["fee_paid"] * 3,
)
ANSWERS = {
    "third_party_asked": "third_party_answered",
    "co_maker_asked": "co_maker_answered",
    "agency_consulted": "agency_answered",
}


def history(rng, faults=0.12):
    """Return a random case; a share of `faults` is damaged in some way (and may still be sound)."""
    first, last = rng.choice(ERAS)
    received = first + timedelta(days=rng.randint(0, (last - first).days))
    case = {"id": rng.randint(1, 10**6), **received_by(rng, received)}
    law = rng.choice((None, None, "auto", "711", "711", "711", "492"))
    if law:
        case["law"] = law
    events = happenings(rng, received)
    latest = max([day_of(event) for event in events], default=received)
    case["events"] = events
    today = rng.random()
    if today < 0.35:
        case["today"] = str(latest + timedelta(days=rng.choice(GAPS)))
    elif today < 0.5:
        case["today"] = str(latest + timedelta(days=rng.randint(0, 90)))
    elif today < 0.75:
        case["today"] = str(received + timedelta(days=rng.randint(0, (latest - received).days + 3)))
    elif today < 0.8:
        case["today"] = None
    if rng.random() < faults:
        damage(rng, case, received)
    rng.shuffle(case["events"])
    return case


def received_by(rng, received):
    day = str(received)
    channel = rng.choice((None, None, None, "in_person", "post_signed", "post_ordinary", "online", "fax", "email"))
    if channel is None:
        return {"received_on": day}
    facts = {"channel": channel}
    earlier = str(received - timedelta(days=rng.randint(0, 5)))
    if channel == "in_person":
        facts["submitted_on"] = day
    elif channel == "post_signed":
        facts |= {"submitted_on": earlier, "signed_on": day}
    elif channel == "post_ordinary" or rng.random() < 0.5:
        facts |= {"submitted_on": earlier, "confirmed_on": day}
    else:
        facts["submitted_on"] = day
    if rng.random() < 0.1:
        facts["received_on"] = day
    return facts


def happenings(rng, received):
    """Return events that mostly make sense, in the order in which they happen."""
    events, open_ = [], []
    corrections = fees = 0
    day = received
    for _ in range(rng.choice((0, 1, 2, 2, 3, 3, 4, 4, 5, 6, 8, 12))):
        day += timedelta(days=rng.choice(GAPS))
        step = rng.choice(STEPS)
        if step == "correction_asked":
            corrections += 1
            events.append({"type": step, "on": day, "return_by": day + timedelta(days=rng.choice(GAPS))})
        elif step == "correction_received" and corrections:
            corrections -= 1
            events.append({"type": step, "on": day})
        elif step in ANSWERS:
            events.append(question(rng, step, day, f"q{len(events)}"))
            open_.append(events[-1])
        elif step == "answer" and open_:
            asked = open_.pop(rng.randrange(len(open_)))
            events.append({"type": ANSWERS[asked["type"]], "ref": asked["ref"], "on": answer_day(rng, asked, day)})
        elif step == "extended":
            events.append({"type": step, "notice_sent_on": day})
        elif step == "fee_notified" and (day.year > 2020 or rng.random() < 0.05):
            fees += 1
            events.append({"type": step, "delivered_on": day})
        elif step == "fee_paid" and fees:
            fees -= 1
            events.append({"type": step, "on": day})
    if rng.random() < 0.4:
        day = max([day, *(main_day(event) for event in events)]) + timedelta(days=rng.choice(GAPS))
        events.append({"type": rng.choice(("replied", "replied", "withdrawn")), "on": day})
    return [{key: str(value) for key, value in event.items()} for event in events]


def question(rng, kind, day, ref):
    asked = {"type": kind, "ref": ref, "sent_on": day}
    if kind != "agency_consulted" and rng.random() < 0.8:
        asked["delivered_on"] = day + timedelta(days=rng.choice((0, 0, 1, 2, 3, 7)))
    return asked


def answer_day(rng, asked, day):
    """Return the day of an answer: any day, or one close to the last day."""
    if "delivered_on" in asked and rng.random() < 0.3:
        last = nth_workday_after(asked["delivered_on"], 15)
        return max(last + timedelta(days=rng.choice((-1, 0, 0, 1, 2))), asked["sent_on"])
    return day


def main_day(event):
    return event.get("sent_on") or event.get("notice_sent_on") or event.get("on") or event["delivered_on"]


def day_of(event):
    return date.fromisoformat(main_day(event))


def damage(rng, case, received):
    """Break one thing."""
    events = case["events"]
    event = rng.choice(events) if events else {}
    kind = rng.randrange(16)
    if kind == 0:
        case["law"] = rng.choice(("711号", "", 711, None))
    elif kind == 1:
        case["remarks"] = "x"
    elif kind == 2:
        case.pop("received_on", None)
        case.pop(rng.choice(("confirmed_on", "submitted_on", "signed_on", "channel")), None)
    elif kind == 3:
        case["today"] = str(received - timedelta(days=rng.randint(0, 3)))
    elif kind == 4:
        case["today"] = rng.choice(("2021-02-30", "20210301", "2021-W09-1", "", 20210301, "2021-3-1"))
    elif kind == 5 and event:
        event["type"] = rng.choice(("delayed", "", None, "replied "))
    elif kind == 6 and event:
        event["note"] = "x"
    elif kind == 7 and event:
        event.pop(rng.choice(list(event)))
    elif kind == 8 and event:
        event[rng.choice([*event, "on"])] = rng.choice(("2021-13-01", "２０２１-03-01", 5, " 2021-03-01"))
    elif kind == 9 and event:
        events.append(dict(event))
    elif kind == 10 and event:
        name = rng.choice([name for name in event if name not in ("type", "ref")])
        moved = date.fromisoformat(event[name]) + timedelta(days=rng.randint(-40, 40))
        event[name] = str(moved)
    elif kind == 11 and event:
        event["ref"] = rng.choice(("q0", "q1", "q2"))
    elif kind == 12 and event:
        events.remove(event)
    elif kind == 13:
        events.append({"type": rng.choice(("replied", "withdrawn")), "on": str(received + timedelta(days=9))})
    elif kind == 14:
        events.append({"type": rng.choice(("correction_received", "fee_paid")), "on": str(received)})
    elif kind == 15:
        events.append({"type": "fee_notified", "delivered_on": str(received)})


def compare(case):
    """Return what the clock and the oracle differ in: nothing, one hopes."""
    errors, expected = judge(case)
    try:
        got = compute(case)
    except ClockError as error:
        return {} if error.code in errors else {"error": (error.code, sorted(errors))}
    if errors:
        return {"error": (None, sorted(errors))}
    got = {**got, "warnings": sorted(warning["code"] for warning in got["warnings"])}
    del got["explanation"]
    expected = in_words(expected)
    return {key: (got.get(key), expected.get(key)) for key in got | expected if got.get(key) != expected.get(key)}
