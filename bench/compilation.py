"""Compile a year's form of 41,105 items from the ledger, beside one SQL GROUP BY for the same counts."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from bench import CACHE, Row, keep, site

ITEMS, YEAR, ROUNDS = 41_105, 2017, 5
HOME = CACHE / "compilation"
CHANNELS = {"weibo": 749, "wechat": 941, "other": 4_809}


def run() -> list[Row]:
    """Return the row; the counts of both sides are compared before anything is timed."""
    if site("compilation"):
        _make_data()
        keep("compilation")
    from gongkai.agencies.ledger import Scope
    from gongkai.agencies.models import Installation
    from gongkai.statistics.compilation import compile_year

    installation = Installation.current()
    assert installation is not None
    scope = Scope(installation.government, whole_region=True)
    plain = sqlite3.connect(HOME / "gongkai.sqlite3")
    compiled, grouped = compile_year(YEAR, scope).values, _grouped(plain)
    assert compiled["t14.1_1"] == ITEMS == grouped["website"]
    assert [compiled[f"t14.1_2_{n}"] for n in (3, 4, 5)] == [grouped[channel] for channel in CHANNELS]
    ours, peer = [], []
    for _ in range(ROUNDS):
        ours.append(_seconds(lambda: compile_year(YEAR, scope)))
        peer.append(_seconds(lambda: _grouped(plain)))
    note = f"{ITEMS:,} items, all 58 cells; peer: one GROUP BY over their channels; equal first; goal ≤1 s"
    ratio = median(b / a for a, b in zip(ours, peer, strict=True))
    return [
        {"name": "statistics: compile a year", "ours": median(ours), "peer": median(peer), "ratio": ratio,
         "unit": "s", "note": note}
    ]  # fmt: skip


def _seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _grouped(database: sqlite3.Connection) -> dict[str, int]:
    query = (
        "SELECT channel, COUNT(DISTINCT item_id) FROM publishing_publication "
        "WHERE published_on BETWEEN ? AND ? GROUP BY channel"
    )
    return dict(database.execute(query, (f"{YEAR}-01-01", f"{YEAR}-12-31")).fetchall())


def _make_data() -> None:
    """One government and its items, written by SQL, once."""
    from django.db import connection

    _found()
    with connection.cursor() as cursor:
        columns = {row[1]: row for row in cursor.execute("PRAGMA table_info(publishing_item)").fetchall()}
        agency, column, user = (
            cursor.execute(f"SELECT MIN(id) FROM {table}").fetchone()[0]
            for table in ("agencies_agency", "publishing_column", "agencies_user")
        )
        at = f"{YEAR}-06-01 04:00:00"
        values: dict[str, str] = {
            "id": "n", "public_id": "printf('%032x', n)", "title": "'信息第' || n || '期'", "agency_id": str(agency),
            "column_id": str(column), "created_by_id": str(user), "state": "'withdrawn'", "openness": "'open'",
            "item_class": "'ordinary'", "validity": "'in_force'", "first_published_at": f"'{at}'",
            "published_at": f"'{at}'", "created_at": f"'{at}'", "withdrawn_at": f"'{YEAR + 1}-06-01 04:00:00'",
            "withdrawal_kind": "'open'", "withdrawal_reason": "'测量用'", "row_version": "1",
        }  # fmt: skip
        for name, (_, _, kind, required, _, _) in columns.items():
            if name not in values and required:
                values[name] = "0" if kind.startswith(("int", "bool", "smallint")) else "''"
        series = f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {ITEMS}) "
        cursor.execute(
            f"INSERT INTO publishing_item ({', '.join(f'{chr(34)}{name}{chr(34)}' for name in values)}) "
            f"{series} SELECT {', '.join(values.values())} FROM s"
        )
        for channel, count in {"website": ITEMS, **CHANNELS}.items():
            cursor.execute(
                "INSERT INTO publishing_publication (item_id, agency_id, channel, published_on) "
                f"SELECT id, agency_id, '{channel}', '{YEAR}-06-01' FROM publishing_item WHERE id <= {count}"
            )
        cursor.execute("ANALYZE")


def _found() -> None:
    from datetime import date

    from django.conf import settings

    from gongkai.agencies.actions import establish
    from gongkai.agencies.models import Installation, LegalKind, User
    from gongkai.documents.cipher import make_keys
    from gongkai.publishing.skeleton import seed_columns
    from gongkai_core.identity import valid_credit_code

    make_keys(settings.KEY_FILE)
    body = "11990100000000001"
    code = next(body + sign for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY" if valid_credit_code(body + sign))
    government = establish(
        by=None, on=date(2010, 1, 1), parent=None, name="青禾县人民政府", short_name="县政府", code=code,
        document_prefix="青政", legal_kind=LegalKind.GOVERNMENT,
    )  # fmt: skip
    User.objects.create_user("bench", "测量")
    seed_columns()
    Installation.objects.create(government=government)
