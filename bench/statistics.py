"""One year's report of a county with ten years of records: cold, beside one GROUP BY per table, and warm.

1,000,000 cases and 10,000,000 items, written by SQL (BENCH_ITEMS and BENCH_CASES make less of them). Cold counts every
record of the year anew; the peer is one hand-written GROUP BY for each table that a form counts from. Both give the same
numbers, which is looked at first. Warm adds up what is kept organ by organ, also after an act, and equals cold each time.
`python -m bench.statistics OUT` measures one database.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from bench import Row
from bench._databases import ENGINES, make, measured, server, start

ITEMS = int(os.environ.get("BENCH_ITEMS", "10000000"))
CASES = int(os.environ.get("BENCH_CASES", "1000000"))
YEARS = (2017, 2020, 2023)
"""One of each form."""
FIRST, TEN_YEARS = 2016, 3652
ROUNDS = 5
GOAL_COLD, GOAL_RATIO, GOAL_WARM_MS = 3.0, 1.2, 50


def run() -> list[Row]:
    rows: list[Row] = []
    for engine in ENGINES:
        with server(engine) as url:
            found = measured("statistics", f"{engine.lower()}-{ITEMS}-{CASES}", url)
        for year, times in found.items():
            cold, peer, warm = (median(times[name]) for name in ("cold", "peer", "warm"))
            size = f"{ITEMS:,} items, {CASES:,} cases, form of {year}"
            goal = f"≤{GOAL_COLD:.0f} s" if engine == "SQLite" else f"≤{GOAL_RATIO} × the peer"
            rows.append(
                {"name": f"{engine}: {year} cold", "ours": cold, "peer": peer, "ratio": peer / cold, "unit": "s",
                 "note": f"{size}; ours is {cold / peer:.2f} × the peer, one GROUP BY per table; equal first; goal {goal}"}
            )  # fmt: skip
            rows.append(
                {"name": f"{engine}: {year} warm", "ours": warm * 1000, "peer": cold * 1000, "ratio": cold / warm,
                 "unit": "ms", "note": f"{size}; from rollups, equal to cold; {times['after'][0] * 1000:.0f} ms after an "
                 f"act; whole recount {times['recount'][0]:.1f} s; goal ≤{GOAL_WARM_MS} ms"}
            )  # fmt: skip
    return rows


# The county ----------------------------------------------------------------------------------------------------------


def fill() -> None:
    """Items with their channels, applicants with their cases, reviews and suits, spread evenly over ten years."""
    from django.db import connection, transaction

    from bench._million import POSTGRESQL, SQLITE, _found

    words = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    _found()
    with without_other_indexes(), unchecked(), transaction.atomic(), connection.cursor() as cursor:
        _items(cursor, words)
        _cases(cursor, words)
    with connection.cursor() as cursor:
        # An office's PostgreSQL is vacuumed all the time; without it no index is read alone.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


class without_other_indexes:  # noqa: N801
    """Indexes that no figure uses are not made: filling them would take most of the time, and they change nothing here."""

    def __enter__(self) -> None:
        from django.db import connection

        from gongkai.casework.models import Applicant, Case
        from gongkai.publishing.models import Item, ItemVersion

        with connection.schema_editor() as editor:
            for model in (Item, ItemVersion, Case, Applicant):
                for index in model._meta.indexes:
                    if index.name not in COUNTING:
                        editor.remove_index(model, index)

    def __exit__(self, *_: object) -> None:
        pass


COUNTING = {
    "item_counted", "item_agency_normative", "case_counted", "itemversion_withdrawn", "applicant_kind", "case_agency_received",
}  # fmt: skip


class unchecked:  # noqa: N801
    """Foreign keys are right by arithmetic; looking up millions of them takes longer than all the rest."""

    def __enter__(self) -> None:
        self._say("PRAGMA foreign_keys = OFF", "SET session_replication_role = replica")

    def __exit__(self, *_: object) -> None:
        self._say("PRAGMA foreign_keys = ON", "SET session_replication_role = DEFAULT")

    @staticmethod
    def _say(sqlite: str, postgresql: str) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(sqlite if connection.vendor == "sqlite" else postgresql)


def _moment(words: Any, size: int) -> str:
    """The instant of the nth of so many things in ten years."""
    from datetime import UTC, datetime

    first = int(datetime(FIRST, 1, 1, tzinfo=UTC).timestamp())
    return str(words.second(f"{first} + CAST(n AS bigint) * {TEN_YEARS * 86400} / {size + 1}"))


def _items(cursor: Any, words: Any) -> None:
    from dataclasses import replace

    from bench._million import _insert, _nth
    from gongkai.agencies.models import Agency, User
    from gongkai.publishing.models import Column, Item, ItemVersion, Publication

    words = replace(words, instant=_moment(words, ITEMS))
    agencies = list(Agency.objects.order_by("pk").values_list("pk", flat=True))
    columns = list(Column.objects.order_by("pk").values_list("pk", flat=True))
    user = User.objects.order_by("pk").values_list("pk", flat=True)[0]
    agency = _nth(f"n % {len(agencies)}", agencies)
    gone = "n % 500 = 3"
    facts = {
        "title": "'关于第' || n || '号事项的通知'", "column_id": _nth(f"(n / 7) % {len(columns)}", columns),
        "docno": "CASE WHEN n % 50 = 11 THEN '青政发〔' || n || '〕1号' ELSE '' END", "formed_on": words.day,
        "normative_kind": "CASE WHEN n % 50 = 11 THEN 'normdoc' ELSE '' END",
        "interprets_id": "CASE WHEN n % 50 = 12 THEN n - 1 END",
    }  # fmt: skip
    _insert(cursor, words, ITEMS, Item, facts | {
        "id": "n", "public_id": words.uuid(1), "agency_id": agency, "state": f"CASE WHEN {gone} THEN 'withdrawn' ELSE 'published' END",
        "index_no": "'青/' || n", "created_by_id": str(user), "created_at": words.instant, "column_serial": "n",
        "first_published_at": words.instant, "published_at": words.instant, "published_version_id": "n",
        "withdrawn_at": f"CASE WHEN {gone} THEN {words.instant} END",
        "withdrawal_kind": f"CASE WHEN {gone} THEN 'open' ELSE '' END", "withdrawal_reason": f"CASE WHEN {gone} THEN '失效' ELSE '' END",
        "validity": "CASE WHEN n % 250 = 11 THEN 'repealed' ELSE 'in_force' END",
        "ended_on": f"CASE WHEN n % 250 = 11 THEN {words.day} END",
    })  # fmt: skip
    _insert(cursor, words, ITEMS, ItemVersion, facts | {
        "id": "n", "public_id": words.uuid(2), "item_id": "n", "digest": words.hex64, "author_id": str(user),
        "body": "''", "state": "'withdrawn'", "created_at": words.instant, "published_at": words.instant,
        "withdrawn_at": words.instant, "chain": "'{}'", "round": "1", "position": "2", "sign_at": "1",
        "secrecy_by_id": str(user + 1), "signed_by_id": str(user + 2), "secrecy_passed_at": words.instant, "approved_digest": words.hex64,
    }, where=gone)  # fmt: skip
    for channel, where in (("website", "n > 0"), ("wechat", "n % 10 = 1"), ("weibo", "n % 20 = 1")):
        _insert(cursor, words, ITEMS, Publication, {
            "item_id": "n", "agency_id": agency, "channel": f"'{channel}'", "published_on": words.day,
        }, where=where)  # fmt: skip


def _cases(cursor: Any, words: Any) -> None:
    from dataclasses import replace

    from bench._million import _case, _insert, _nth
    from gongkai.agencies.models import Agency
    from gongkai.casework.models import Applicant, Case, Delivery, Lawsuit, Notice, ReviewCase

    words = replace(words, instant=_moment(words, CASES))
    agencies = list(Agency.objects.order_by("pk").values_list("pk", flat=True))
    agency = _nth(f"n % {len(agencies)}", agencies)
    later = _moment(words, CASES).replace("CAST(n AS bigint)", f"(CAST(n AS bigint) + {max(1, CASES // 365)})")
    closed = f"n <= {CASES} - {CASES // 200}"
    kinds = {place: f"'{kind}'" for place, kind in enumerate(("business", "legal", "ngo", "research", "other"))}
    outcomes = dict(enumerate(_known_outcomes()))
    _insert(cursor, words, CASES, Applicant, {
        "id": "n", "public_id": words.uuid(9), "kind": _case("n % 40", kinds, "'natural_person'"), "name_index": words.hex64,
    })  # fmt: skip
    _insert(cursor, words, CASES, Case, {
        "id": "n", "public_id": words.uuid(3), "agency_id": agency, "number": "'青〔' || n || '〕号'", "channel":
        _case("n % 10", {0: "'in_person'", 1: "'fax'", 2: "'post_signed'"}, "'online'"),
        "submission_digest": words.hex64, "query_digest": words.hex64, "submitted_at": words.instant, "submitted_on": words.day,
        "received_on": words.day, "law": "'711'", "applicant_id": "n", "state": f"CASE WHEN {closed} THEN 'archived' ELSE 'processing' END",
        "due_on": f"CASE WHEN {closed} THEN NULL ELSE {words.day} END", "reply_by": words.day,
        "counted_on": f"CASE WHEN {closed} THEN date({later}) END",
        "counted_year": f"CASE WHEN {closed} THEN 2020 END", "counted_outcome": f"CASE WHEN {closed} THEN {_case('n % 11', outcomes, chr(39) + 'grant.provide' + chr(39))} ELSE '' END",
        "counted_timely": f"CASE WHEN {closed} THEN CASE WHEN n % 9 = 0 THEN 'extended' ELSE 'ontime' END ELSE '' END",
        "created_at": words.instant,
    })  # fmt: skip
    _insert(cursor, words, CASES, Notice, {
        "id": "n", "public_id": words.uuid(4), "case_id": "n", "letter": "'L02'", "created_at": words.instant,
    }, where="n % 20 = 5")  # fmt: skip
    _insert(cursor, words, CASES, Delivery, {
        "public_id": words.uuid(10), "notice_id": "n", "method": "'post'", "sent_on": words.day, "recorded_by_id": "1",
    }, where="n % 20 = 5")  # fmt: skip
    for model, place, body in ((ReviewCase, 7, "review_body"), (Lawsuit, 9, "court")):
        _insert(cursor, words, CASES, model, {
            "public_id": words.uuid(11 + place), "agency_id": agency, "docket": "'案' || (n / 3)", body: "'江州市'",
            "filed_on": words.day, "outcome": f"CASE WHEN {closed} THEN 'upheld' ELSE '' END",
            "closed_on": f"CASE WHEN {closed} THEN date({later}) END", "created_at": words.instant,
        }, where=f"n % 100 = {place}")  # fmt: skip


def _known_outcomes() -> list[str]:
    from gongkai_core.outcomes import OUTCOMES

    return [f"'{code}'" for code in OUTCOMES if not OUTCOMES[code].cells_by_ground][:5]


# The peer: one GROUP BY for each table -------------------------------------------------------------------------------


def grouped(year: int) -> dict[str, Any]:
    """The same numbers by hand-written SQL: what the database itself needs to read and count these rows once.

    The organs are named, as a program that asks for a region's would name them: the indexes begin with them.
    """
    from django.db import connection

    from gongkai.agencies.models import Agency

    organs = f"agency_id IN ({', '.join(map(str, Agency.objects.values_list('pk', flat=True)))})"
    first, after = f"{year}-01-01", f"{year + 1}-01-01"
    # Instants are kept in UTC; a year of Beijing begins eight hours earlier.
    since, until = f"{year - 1}-12-31 16:00:00", f"{year}-12-31 16:00:00"
    if connection.vendor == "postgresql":
        since, until = f"{since}+00", f"{until}+00"
    statements = {
        "cases": (
            "SELECT a.kind, c.counted_outcome, c.counted_ground, COUNT(*) FROM casework_case c"
            " JOIN casework_applicant a ON a.id = c.applicant_id WHERE c.{organs} AND c.counted_on >= %s AND c.counted_on < %s"
            " GROUP BY 1, 2, 3", (first, after),
        ),
        "flow": (
            "SELECT a.kind, c.channel, c.counted_timely, c.received_on >= %s, c.counted_on < %s, COUNT(*)"
            " FROM casework_case c JOIN casework_applicant a ON a.id = c.applicant_id"
            " WHERE c.{organs} AND c.received_on < %s AND (c.counted_on IS NULL OR c.counted_on >= %s) GROUP BY 1, 2, 3, 4, 5",
            (first, after, after, first),
        ),
        "reviews": ("SELECT outcome, COUNT(DISTINCT docket) FROM casework_reviewcase WHERE {organs} AND filed_on < %s AND"
                    " (closed_on IS NULL OR closed_on >= %s) GROUP BY 1", (after, first)),
        "suits": ("SELECT prior_review, outcome, COUNT(DISTINCT docket) FROM casework_lawsuit WHERE {organs} AND filed_on < %s AND"
                  " (closed_on IS NULL OR closed_on >= %s) GROUP BY 1, 2", (after, first)),
        "documents": (
            "SELECT normative_kind, formed_on >= %s, first_published_at >= %s, ended_on IS NULL, COUNT(*) FROM"
            " publishing_item WHERE {organs} AND normative_kind <> '' AND formed_on < %s GROUP BY 1, 2, 3, 4", (first, since, after),
        ),
    }  # fmt: skip
    if year < 2019:
        statements |= {
            "items": (
                "SELECT normative_kind <> '', interprets_id IS NOT NULL, column_id = (SELECT id FROM publishing_column WHERE"
                " code = 'A20_01_I'), COUNT(*) FROM publishing_item WHERE {organs} AND first_published_at >= %s AND first_published_at < %s"
                " GROUP BY 1, 2, 3", (since, until),
            ),
            "channels": ("SELECT channel, COUNT(*) FROM publishing_publication WHERE {organs} AND published_on >= %s AND"
                         " published_on < %s GROUP BY 1", (first, after)),
            "corrections": ("SELECT n.letter, COUNT(DISTINCT n.case_id) FROM casework_notice n JOIN casework_delivery d ON"
                            " d.notice_id = n.id WHERE n.letter = 'L02' AND d.sent_on >= %s AND d.sent_on < %s GROUP BY 1", (first, after)),
        }  # fmt: skip
    found = {}
    with connection.cursor() as cursor:
        for name, (statement, given) in statements.items():
            cursor.execute(statement.replace("{organs}", organs), given)
            found[name] = cursor.fetchall()
    return found


def compare(year: int, values: dict[str, Any]) -> None:
    """What both counted is equal, as far as the peer's groups tell a cell by themselves."""
    groups = grouped(year)
    received = sum(row[-1] for row in groups["flow"] if row[3])
    closed = sum(row[-1] for row in groups["cases"])
    if year < 2019:
        assert values["t14.3_1"] == received, (values["t14.3_1"], received)
        assert values["t14.3_2"] == closed, (values["t14.3_2"], closed)
        assert values["t14.1_1"] == sum(row[-1] for row in groups["items"])
        channels = dict(groups["channels"])
        assert [values[f"t14.1_2_{n}"] or 0 for n in (2, 3, 4)] == [
            channels[name] for name in ("website", "weibo", "wechat")
        ]
        assert values["t14.3_3_7"] == groups["corrections"][0][-1]
        return
    assert values["t3.r1.total"] == received, (values["t3.r1.total"], received)
    assert values["t3.r3_7.total"] == closed, (values["t3.r3_7.total"], closed)
    for kind in ("natural_person", "business", "legal"):
        assert values[f"t3.r3_7.{kind}"] == sum(row[-1] for row in groups["cases"] if row[0] == kind)
    assert values["t2.normdoc.made"] == sum(row[-1] for row in groups["documents"] if row[1] and row[0] == "normdoc")


# One database --------------------------------------------------------------------------------------------------------


def one(output: Path) -> None:
    started = time.monotonic()
    start()
    make(fill)
    print(f"  {ITEMS:,} items and {CASES:,} cases ready after {time.monotonic() - started:.0f} s", flush=True)
    output.write_text(json.dumps({str(year): measure(year) for year in YEARS}))


def measure(year: int) -> dict[str, list[float]]:
    from gongkai.agencies.ledger import Scope
    from gongkai.agencies.models import Installation
    from gongkai.statistics.compilation import compile_year
    from gongkai.statistics.rollups import recount

    installation = Installation.current()
    assert installation is not None
    scope = Scope(installation.government, whole_region=True)
    cold = compile_year(year, scope, cold=True).values
    compare(year, cold)
    times: dict[str, list[float]] = {"recount": [_seconds(lambda: recount(year))]}
    for _ in range(ROUNDS):
        times.setdefault("cold", []).append(_seconds(lambda: compile_year(year, scope, cold=True)))
        times.setdefault("peer", []).append(_seconds(lambda: grouped(year)))
        times.setdefault("warm", []).append(_seconds(lambda: compile_year(year, scope)))
    assert compile_year(year, scope).values == cold, "warm differs from cold"
    _act()
    times["after"] = [_seconds(lambda: compile_year(year, scope))]
    assert compile_year(year, scope).values == compile_year(year, scope, cold=True).values, "warm differs after an act"
    for name, seconds in times.items():
        print(f"  {year} {name:<10}{median(seconds) * 1000:12.1f} ms", flush=True)
    return times


def _act() -> None:
    """Something happens in one organ, so that its counts are no longer known to be right."""
    from datetime import date

    from django.db import transaction

    from gongkai.publishing.models import Item
    from gongkai.trail.chain import record

    with transaction.atomic():
        record("publishing.set_review_day", Item.objects.order_by("pk")[0], by=None, today=date(2026, 1, 5))


def _seconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    one(Path(sys.argv[1]))
