"""A second clock, slow and simple, to check the first against: it walks a case day by day.

Written from the contract alone, in another manner than `gongkai_core.clock`, of which it imports nothing. It
keeps the list of the days that counted; every date is read off that list. `judge` returns the codes of all
errors that a case has, and, when it has none, the result without the words.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

ENTRIES = json.loads((Path(__file__).parents[2] / "src/gongkai_core/data/cn-workdays.json").read_text(encoding="utf-8"))
OFF = {date.fromisoformat(day) for entry in ENTRIES.values() for day in entry["off_days"]}
WORK = {date.fromisoformat(day) for entry in ENTRIES.values() for day in entry["work_days"]}
PUBLISHED = {int(year) for year, entry in ENTRIES.items() if entry["papers"]}
DAY = timedelta(days=1)

MAIN_DATE = {
    "third_party_asked": "sent_on",
    "co_maker_asked": "sent_on",
    "agency_consulted": "sent_on",
    "extended": "notice_sent_on",
    "fee_notified": "delivered_on",
}
OTHER_FIELDS = {
    "correction_asked": {"return_by"},
    "third_party_asked": {"ref", "delivered_on"},
    "third_party_answered": {"ref"},
    "co_maker_asked": {"ref", "delivered_on"},
    "co_maker_answered": {"ref"},
    "agency_consulted": {"ref"},
    "agency_answered": {"ref"},
}
OF_ONE_DAY = (
    ("correction_received", "fee_paid"),
    ("third_party_answered", "co_maker_answered", "agency_answered"),
    ("extended",),
    ("correction_asked",),
    ("third_party_asked", "co_maker_asked", "agency_consulted"),
    ("fee_notified",),
    ("withdrawn",),
    ("replied",),
)
TYPES = [name for names in OF_ONE_DAY for name in names]
ASKS = {
    "third_party_answered": "third_party_asked",
    "co_maker_answered": "co_maker_asked",
    "agency_answered": "agency_consulted",
    "correction_received": "correction_asked",
    "fee_paid": "fee_notified",
}


def works(day):
    if day in WORK:
        return True
    return day not in OFF and day.weekday() < 5


def nth_workday_after(day, count):
    while count:
        day += DAY
        count -= works(day)
    return day


def first_workday_from(day):
    while not works(day):
        day += DAY
    return day


def as_date(value):
    """Return the date, None for nothing, or the word "bad"."""
    if value is None:
        return None
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return "bad"
    try:
        return date(*map(int, value.split("-")))
    except ValueError:
        return "bad"


def receipt(case):
    """Return (day of receipt or None, stands in for a confirmation)."""
    if case.get("received_on") is not None:
        return as_date(case["received_on"]), False
    channel = case.get("channel")
    if channel == "in_person":
        return as_date(case.get("submitted_on")), False
    if channel == "post_signed":
        return as_date(case.get("signed_on")), False
    if channel == "post_ordinary":
        return as_date(case.get("confirmed_on")), False
    if channel in ("online", "fax", "email"):
        if case.get("confirmed_on") is not None:
            return as_date(case["confirmed_on"]), False
        return as_date(case.get("submitted_on")), True
    return None, False


def judge(case):
    """Return (set of error codes, result or None)."""
    errors = set()
    known = {"id", "received_on", "channel", "submitted_on", "signed_on", "confirmed_on", "law", "today", "events"}
    if set(case) - known:
        errors.add("unknown_field")
    if any(as_date(case.get(name)) == "bad" for name in known if name.endswith("_on") or name == "today"):
        errors.add("bad_date")
    if case.get("law", "auto") not in ("auto", "711", "492"):
        errors.add("unknown_law")
    received, stands_in = receipt(case)
    today = as_date(case.get("today"))
    if received is None:
        errors.add("no_receipt")
    if errors:
        return errors, None
    if today is not None and today < received:
        return {"today_before_receipt"}, None
    law = case.get("law", "auto")
    if law == "auto":
        law = "492" if received < date(2019, 5, 15) else "711"
    events, future = [], []
    for event in case.get("events") or []:
        if event.get("type") not in TYPES:
            errors.add("unknown_event")
            continue
        on = as_date(event.get(MAIN_DATE.get(event["type"], "on")))
        if on not in (None, "bad") and today is not None and on > today:
            future.append(event)
            continue
        errors |= faults_of(event, on)
        events.append({**event, "day": on})
    if errors:
        return errors, None
    events = by_day(events)
    errors = faults_together(events, received, law)
    if errors:
        return errors, None
    return set(), Walk(case, received, stands_in, law, today, events, len(future)).result()


def faults_of(event, on):
    faults = set()
    main = MAIN_DATE.get(event["type"], "on")
    if set(event) - {"type", main} - OTHER_FIELDS.get(event["type"], set()):
        faults.add("unknown_field")
    if on is None:
        faults.add("missing_field")
    if "bad" in (on, as_date(event.get("delivered_on")), as_date(event.get("return_by"))):
        faults.add("bad_date")
    if "ref" in OTHER_FIELDS.get(event["type"], ()) and not (isinstance(event.get("ref"), str) and event["ref"]):
        faults.add("missing_ref")
    if event["type"] == "correction_asked" and event.get("return_by") is None:
        faults.add("missing_field")
    if not faults:
        for name in ("delivered_on", "return_by"):
            if event.get(name) is not None and as_date(event[name]) < on:
                faults.add("dates_out_of_order")
    return faults


def by_day(events):
    """Return the events day by day; in a day by the contract's order, an answer right behind its own request."""
    ordered = []
    unanswered = Counter()  # requests without a ref of earlier days that nothing has answered
    for day in sorted({event["day"] for event in events}):
        todays = sorted(
            (event for event in events if event["day"] == day),
            key=lambda e: (
                next(place for place, names in enumerate(OF_ONE_DAY) if e["type"] in names),
                e["type"],
                e.get("ref", ""),
                e.get("return_by") or "",
                e.get("delivered_on") or "",
            ),
        )
        for answer in [event for event in todays if event["type"] in ASKS]:
            question = ASKS[answer["type"]]
            if question in ("correction_asked", "fee_notified"):
                if unanswered[question]:
                    unanswered[question] -= 1
                    continue
                own = [e for e in todays if e["type"] == question]
                own = [e for e in own if not e.get("taken")] or own[-1:]
            else:
                own = [e for e in todays if e["type"] == question and e.get("ref") == answer.get("ref")]
            if own:
                own[0]["taken"] = True
                todays.remove(answer)
                todays.insert(todays.index(own[0]) + 1, answer)
        for name in ("correction_asked", "fee_notified"):
            unanswered[name] += sum(e["type"] == name and not e.get("taken") for e in todays)
        ordered += todays
    return ordered


def faults_together(events, received, law):
    faults = set()
    asked, answered = {}, set()
    requests, returns = Counter(), Counter()
    ended = False
    for event in events:
        kind = event["type"]
        if event["day"] < received:
            faults.add("event_before_receipt")
        if ended:
            faults.add("event_after_end")
        if kind in ("withdrawn", "replied"):
            ended = True
        if kind in ("correction_asked", "fee_notified"):
            requests[kind] += 1
            if kind == "fee_notified" and (law == "492" or event["day"].year < 2021):
                faults.add("fee_not_in_force")
        elif kind in ("correction_received", "fee_paid"):
            question = ASKS[kind]
            if requests[question] == 0:
                faults.add("answer_without_question")
            elif returns[question] == requests[question]:
                faults.add("answered_twice")
            else:
                returns[question] += 1
        elif kind in ASKS:
            if asked.get(event["ref"]) != ASKS[kind]:
                faults.add("answer_without_question")
            elif event["ref"] in answered:
                faults.add("answered_twice")
            answered.add(event["ref"])
        elif "ref" in event:
            if event["ref"] in asked:
                faults.add("reused_ref")
            asked[event["ref"]] = kind
    return faults


class Walk:
    """One case, day after day."""

    def __init__(self, case, received, stands_in, law, today, events, future):
        self.case, self.received, self.law, self.today = case, received, law, today
        self.events = events
        self.warned = ["receipt_not_confirmed"] * stands_in + ["future_event"] * future
        self.step = 20 if law == "711" else 15
        self.limit = self.step
        self.counted = []  # the days counted since the clock (last) started
        self.started = received
        self.out = []  # questions that stop the clock: dict(kind, ref, sent, last, closed)
        self.last_days = {"third_party_asked": {}, "co_maker_asked": {}, "agency_consulted": {}}
        self.window = nth_workday_after(received, 7) if law == "711" else None
        self.waits = {}  # "fee"/"correction" -> last day, while waited for
        self.corrections = []  # what became of each correction request: True when it was waited for
        self.fees = []
        self.corrections_back = self.fees_back = 0
        self.fee_by = self.correction_by = None
        self.extensions = 0
        self.extended = False
        self.given_up = None
        self.over = None

    def due_reached(self):
        """Return the day the reply was due, when that day has come."""
        return self.counted[self.limit - 1] if len(self.counted) >= self.limit else None

    def one_day(self, day):
        for name in ("fee", "correction"):
            if self.given_up is None and name in self.waits and self.waits[name] < day:
                self.given_up = name
        if self.given_up is None and not self.waits and works(day) and day > self.started:
            out = any(q["sent"] < day and (q["closed"] is None or day <= q["closed"]) for q in self.out)
            if not out:
                self.counted.append(day)
        for event in self.events:
            if event["day"] == day:
                getattr(self, "on_" + event["type"])(day, event)
        for q in self.out:
            if q["closed"] is None and q["last"] is not None and q["last"] <= day:
                q["closed"] = q["last"]

    def asked(self, day, event):
        last = None
        if event["type"] != "agency_consulted" and self.law == "711" and event.get("delivered_on"):
            last = nth_workday_after(as_date(event["delivered_on"]), 15)
        self.last_days[event["type"]][event["ref"]] = last
        if self.given_up:
            return
        if self.law == "492" and event["type"] != "third_party_asked":
            self.warned.append("not_excluded_under_492")
        elif not self.waits and self.due_reached():
            self.warned.append("asked_after_due")
        else:
            self.out.append({"kind": event["type"], "ref": event["ref"], "sent": day, "last": last, "closed": None})

    on_third_party_asked = on_co_maker_asked = on_agency_consulted = asked

    def answered(self, day, event):
        for q in self.out:
            if q["ref"] == event["ref"] and q["closed"] is None:
                q["closed"] = day

    on_third_party_answered = on_co_maker_answered = on_agency_answered = answered

    def on_extended(self, day, event):
        if self.given_up:
            return
        self.extensions += 1
        due = self.due_reached()
        if self.extensions > 1:
            self.warned.append("second_extension")
        elif not self.waits and due and due < day:
            self.warned.append("late_extension")
        else:
            self.extended = True
            self.limit = 2 * self.step

    def on_correction_asked(self, day, event):
        if self.law == "492" or self.given_up:
            self.corrections.append(False)
            return
        counts = not self.corrections and day <= self.window
        if self.corrections:
            self.warned.append("correction_only_once")
        elif day > self.window:
            self.warned.append("late_correction_notice")
        self.corrections.append(counts)
        if counts:
            self.correction_by = self.waits["correction"] = first_workday_from(as_date(event["return_by"]))

    def on_correction_received(self, day, event):
        counts = self.corrections[self.corrections_back]
        self.corrections_back += 1
        if counts and not self.given_up:
            self.start_again(day, "correction")

    def on_fee_notified(self, day, event):
        if self.given_up:
            self.fees.append(False)
            return
        due = self.due_reached()
        late = not self.waits and due is not None and due < day
        if self.fees:
            self.warned.append("fee_only_once")
        elif late:
            self.warned.append("asked_after_due")
        counts = not self.fees and not late
        self.fees.append(counts)
        if counts:
            self.fee_by = self.waits["fee"] = nth_workday_after(day, 20)

    def on_fee_paid(self, day, event):
        counts = self.fees[self.fees_back]
        self.fees_back += 1
        if counts and not self.given_up:
            self.start_again(day, "fee")

    def start_again(self, day, name):
        del self.waits[name]
        self.started, self.counted = day, []
        self.limit, self.extended, self.extensions = self.step, False, 0

    def on_withdrawn(self, day, event):
        if not self.given_up:
            self.over = "withdrawn"

    def on_replied(self, day, event):
        if not self.given_up:
            self.over = "replied"

    def result(self):
        seen_from = self.today or max([event["day"] for event in self.events], default=self.received)
        day = self.received
        while True:
            self.one_day(day)
            if self.over or day == seen_from:
                break
            day += DAY
        used = len(self.counted)
        open_ = [] if self.over or self.given_up else [q for q in self.out if self.still_out(q, day)]
        state = self.state(open_)
        dates = self.dates(day, open_)
        due = dates["reply_by"]
        left = None
        if due is not None and self.today is not None:
            left, walk = 0, min(due, day)
            while walk < max(due, day):
                walk += DAY
                left += works(walk) * (1 if due > day else -1)
        result = {
            "id": self.case.get("id"),
            "law": self.law,
            "received_on": self.received,
            "correction_notice_by": self.window,
            **dates,
            "third_party_answer_by": self.last_days["third_party_asked"],
            "co_maker_answer_by": self.last_days["co_maker_asked"],
            "fee_pay_by": self.fee_by,
            "working_days_used": used if self.today else None,
            "days_left": left,
            "state": state,
            "overdue": (due is not None and day > due) if self.today else None,
            "projected": bool(open_),
        }
        result["provisional"] = self.provisional(result)
        result["warnings"] = sorted(self.warned + ["provisional_calendar"] * result["provisional"])
        return result

    def still_out(self, q, day):
        # On its last day a question that nobody answered is still a wait.
        answered = any(
            e["day"] <= day and e["type"] in ASKS and e.get("ref") == q["ref"] and e["day"] <= (q["last"] or e["day"])
            for e in self.events
        )
        return not answered and (q["last"] is None or day <= q["last"])

    def state(self, open_):
        if self.given_up:
            return "abandoned_" + self.given_up
        if self.over:
            return self.over
        for name in ("fee", "correction"):
            if name in self.waits:
                return "waiting_" + name
        for kind, name in (
            ("third_party_asked", "third_party"),
            ("co_maker_asked", "co_maker"),
            ("agency_consulted", "agency"),
        ):
            if any(q["kind"] == kind for q in open_):
                return "waiting_" + name
        return "running"

    def dates(self, day, open_):
        """Walk on from `day`, with open questions answered as late as the contract supposes."""
        names = ("reply_by", "reply_by_original", "longest_reply_by")
        unknowable = self.today is None and any(q["last"] is None for q in open_)
        if self.waits or self.given_up or self.over == "withdrawn" or unknowable:
            return dict.fromkeys(names)
        overdue = len(self.counted) >= self.limit and self.counted[self.limit - 1] < day
        counted, ahead = list(self.counted), day
        while len(counted) < 2 * self.step:
            ahead += DAY
            held = any(q["last"] is not None and ahead <= q["last"] for q in open_)
            if works(ahead) and not held:
                counted.append(ahead)
        due, original = counted[self.limit - 1], counted[self.step - 1]
        longest = due if overdue or self.extended else counted[2 * self.step - 1]
        return dict(zip(names, (due, original, longest), strict=True))

    def provisional(self, result):
        days = [value for value in result.values() if isinstance(value, date)]
        days += [*result["third_party_answer_by"].values(), *result["co_maker_answer_by"].values()]
        days += [as_date(event.get(name)) for event in self.events for name in ("delivered_on", "return_by")]
        days += [event["day"] for event in self.events] + [self.correction_by]
        return any(day is not None and day.year not in PUBLISHED for day in days)


def in_words(value):
    """Return a result of `judge` with its dates written as in JSON."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: in_words(item) for key, item in value.items()}
    return value
