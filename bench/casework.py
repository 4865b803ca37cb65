"""A calendar changes while 100,000 applications are open: every last day anew, in one run with one row in the trail.

The peer replays and saves one case after another, as acts on single cases do. Both give the same days, which is looked
at first. `python -m bench.casework OUT` measures one database.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bench import Row
from bench._databases import ENGINES, make, measured, server, start

CASES = 100_000
ORGANS = 20
TODAY = date(2026, 11, 27)
NEW_YEAR = [("off", date(2026, 12, 30), date(2027, 1, 3), "元旦")]
LONGER = [("off", date(2026, 12, 28), date(2027, 1, 5), "元旦")]
ROUNDS = 4
ALONE = 500
GOAL_SECONDS = 10


def run() -> list[Row]:
    rows: list[Row] = []
    for engine in ENGINES:
        with server(engine) as url:
            found = measured("casework", engine.lower(), url)
        ours, peer = found["together"], found["alone"]
        rows.append(
            {
                "name": f"{engine}: calendar change",
                "ours": median(ours),
                "peer": peer,
                "ratio": peer / median(ours),
                "unit": "s",
                "note": f"{CASES:,} open cases, {found['moved']:,} moved, one row in the trail; peer: case by case, told "
                f"from {ALONE}; equal first; goal ≤{GOAL_SECONDS} s; {min(ours):.1f}–{max(ours):.1f} in {ROUNDS} turns",
            }
        )
    return rows


def fill() -> None:
    """Applications of the last month in every state that a calendar touches, with their events."""
    from django.db import connection

    organs = organs_of(ORGANS)
    for first in range(0, CASES, 5_000):
        _write(range(first, first + 5_000), organs)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def organs_of(count: int) -> list[Any]:
    """A government with its bureaus and the disclosure office's person, in a new installation."""
    from django.conf import settings
    from django.db import transaction

    from gongkai.agencies.actions import appoint, establish
    from gongkai.agencies.models import Installation, LegalKind, User
    from gongkai.documents.cipher import make_keys
    from gongkai_core.identity import valid_credit_code

    make_keys(settings.KEY_FILE)
    long_ago, organs = date(2000, 1, 1), []
    with transaction.atomic():
        for number in range(count):
            body = f"11990200{number:09d}"
            code = next(body + sign for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY" if valid_credit_code(body + sign))
            name = f"青禾县第{number}局" if organs else "青禾县人民政府"
            organs.append(
                establish(
                    by=None, on=long_ago, parent=organs[0] if organs else None, name=name, short_name=name, code=code,
                    document_prefix=f"青{number}", legal_kind=LegalKind.DEPARTMENT if organs else LegalKind.GOVERNMENT,
                )
            )  # fmt: skip
        Installation.objects.create(government=organs[0])
        office = User.objects.create_user("office", "公开办")
        appoint(office, "disclosure_office", organs[0], by=None, on=long_ago)
    return organs


def _write(numbers: range, organs: list[Any]) -> None:
    from django.utils import timezone

    from gongkai.casework.models import Applicant, Case, ClockEvent

    applicants = Applicant.objects.bulk_create(Applicant(kind="natural_person", name_index=f"{n}") for n in numbers)
    cases = Case.objects.bulk_create(
        Case(
            agency=organs[n % ORGANS], number=f"青〔2026〕{n}号", channel="online", submission_digest=f"s{n}",
            query_digest=f"q{n}", submitted_at=timezone.now(), submitted_on=_received(n), confirmed_on=_received(n),
            received_on=_received(n), law="711", applicant=applicant, info_desc="", provide_form="paper",
            provide_route="post", state="waiting_third_party" if n % 10 == 0 else "processing", due_on=TODAY,
            reply_by=TODAY,
        )
        for n, applicant in zip(numbers, applicants, strict=True)
    )  # fmt: skip
    events = [
        ClockEvent(case=case, type="third_party_asked", ref="1", sent_on=TODAY, delivered_on=TODAY)
        for case in cases[::10]
    ]
    events += [
        ClockEvent(case=case, type="extended", notice_sent_on=case.received_on + timedelta(days=1))
        for case in cases[5::10]
    ]
    ClockEvent.objects.bulk_create(events)


def _received(number: int) -> date:
    return TODAY - timedelta(days=1 + number % 25)


def one(output: Path) -> None:
    start()
    make(fill)
    from django.core.cache import cache
    from django.db import transaction

    from gongkai.agencies.calendar import office_calendar
    from gongkai.agencies.models import User
    from gongkai.casework import clock
    from gongkai.casework.models import Case
    from gongkai.desk.actions import enter_calendar
    from gongkai.trail.models import Entry

    office = User.objects.get(username="office")
    together, moved = [], 0
    for turn in range(ROUNDS + 1):  # the first only warms up
        ranges = LONGER if turn % 2 else NEW_YEAR
        rows = Entry.objects.filter(verb="casework.recompute").count()
        begun = time.perf_counter()
        enter_calendar(by=office, today=TODAY, year=2027, notice=f"放假安排{turn}", ranges=ranges, local=True)
        together.append(time.perf_counter() - begun)
        assert Entry.objects.filter(verb="casework.recompute").count() == rows + 1, "more than one row in the trail"
        moved = Entry.objects.filter(verb="casework.recompute").latest("pk").facts["moved"]
    cache.clear()
    sample = list(Case.objects.order_by("pk")[:: CASES // ALONE])
    for case in sample:
        kept = [getattr(case, name) for name in clock.PROJECTION]
        clock.project(case, TODAY, calendar=office_calendar())
        assert kept == [getattr(case, name) for name in clock.PROJECTION], f"the days of {case.number} differ"
    with transaction.atomic():
        begun = time.perf_counter()
        for case in Case.objects.order_by("pk")[:: CASES // ALONE]:
            clock.project(case, TODAY)
            case.save()
        alone = (time.perf_counter() - begun) * CASES / len(sample)
    output.write_text(json.dumps({"together": together[1:], "alone": alone, "moved": moved}))


if __name__ == "__main__":
    one(Path(sys.argv[1]))
