"""A county with very many items, written by SQL: the data of bench/publishing.py.

What matters to the speed of a page is there: organs, columns, items of all states with their versions, approvals,
channels and entries of the trail. What does not is left at its default, so a column added tomorrow needs nothing here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

ORGANS = 100
LAST_SECOND, STEP = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp()), 600
"""One item every ten minutes makes a million in nineteen years."""
RARE = "罕见"
"""A word in the title of one item in 20,000."""
UNDER_WAY = {0: "draft", 1: "in_review", 2: "in_signing", 3: "withdrawn"}
"""Of every 500 items, those that are not public."""


@dataclass(frozen=True)
class Words:
    """How one database says what both must do."""

    series: Callable[[int], str]
    uuid: Callable[[int], str]
    second: Callable[[str], str]
    """An instant from its second since 1970."""
    hex64: str
    instant: str = ""
    """The instant of the nth item."""

    @property
    def day(self) -> str:
        return f"date({self.instant})"

    def ending(self, size: int) -> Words:
        """The same with the last of `size` items on the last day."""
        return replace(self, instant=self.second(f"{LAST_SECOND - size * STEP} + n * {STEP}"))


SQLITE = Words(
    lambda size: f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {size})",
    lambda kind: f"printf('0190%08x7{kind:03x}80000000%08x', n, n)",
    lambda second: f"datetime({second}, 'unixepoch')",
    "printf('%064x', n)",
)
POSTGRESQL = Words(
    lambda size: f"WITH s(n) AS (SELECT generate_series(1, {size}))",
    lambda kind: f"('0190' || lpad(to_hex(n), 8, '0') || '7{kind:03x}80000000' || lpad(to_hex(n), 8, '0'))::uuid",
    lambda second: f"to_timestamp({second})",
    "lpad(to_hex(n), 64, '0')",
)


def fill(size: int) -> None:
    """Write the county into an empty, migrated database."""
    from django.db import connection, transaction

    words = (SQLITE if connection.vendor == "sqlite" else POSTGRESQL).ending(size)
    with transaction.atomic():
        _found()
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # Foreign keys are right by arithmetic; looking up millions of them takes longer than all the rest.
                cursor.execute("SET LOCAL session_replication_role = replica")
            _write(cursor, words, size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _found() -> None:
    """Organs, people with posts, columns: by the real actions, there are few of them."""
    from django.conf import settings

    from gongkai.agencies.actions import appoint, establish
    from gongkai.agencies.models import Installation, LegalKind, User
    from gongkai.documents.cipher import make_keys
    from gongkai.publishing.skeleton import seed_columns
    from gongkai_core.identity import valid_credit_code

    make_keys(settings.KEY_FILE)
    long_ago, root = date(2000, 1, 1), None
    for number in range(1, ORGANS + 1):
        body = f"11990100{number:09d}"
        code = next(body + sign for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY" if valid_credit_code(body + sign))
        name = "青禾县人民政府" if root is None else f"青禾县第{number}局"
        organ = establish(
            by=None, on=long_ago, parent=root, name=name, short_name=name, code=code, document_prefix=f"青{number}",
            legal_kind=LegalKind.DEPARTMENT if root else LegalKind.GOVERNMENT,
        )  # fmt: skip
        root = root or organ
        for role in ("drafter", "reviewer", "publisher") if number < 3 else ("drafter",):
            appoint(User.objects.create_user(f"{role}-{number}", f"{name}{role}"), role, organ, by=None, on=long_ago)
    office = User.objects.create_user("office", "公开办")
    assert root is not None
    appoint(office, "disclosure_office", root, by=None, on=long_ago)
    seed_columns()
    Installation.objects.create(government=root)


def _write(cursor: Any, words: Words, size: int) -> None:
    from gongkai.agencies.models import Agency, User
    from gongkai.publishing.models import Approval, Column, Item, ItemVersion, Publication, Tab
    from gongkai.trail.models import Entry
    from gongkai_core.review_chain import DEFAULTS

    agencies = list(Agency.objects.order_by("pk").values_list("pk", flat=True))
    columns = list(Column.objects.filter(tab=Tab.STATUTORY).order_by("pk").values_list("pk", flat=True))
    drafter, reviewer, publisher = (User.objects.get(username=f"{role}-2").pk for role in _ROLES)
    state = _case("n % 500", {number: f"'{word}'" for number, word in UNDER_WAY.items()}, "'published'")
    ever = f"n % 500 NOT IN {_never()}"
    facts = {
        "title": f"'关于第' || n || '号事项的通知' || CASE WHEN n % 20000 = 7 THEN '{RARE}' ELSE '' END",
        "column_id": _nth(f"n % {len(columns)}", columns),
        "docno": "'青政发〔' || (2006 + n / 52560) || '〕' || n || '号'",
        "formed_on": words.day,
        # One in fifty is a normative document, another one explains it.
        "normative_kind": "CASE WHEN n % 50 = 11 THEN 'normdoc' ELSE '' END",
        "interprets_id": "CASE WHEN n % 50 = 12 THEN n - 1 END",
    }
    chain = DEFAULTS["ordinary"]
    frozen = json.dumps(chain.to_data(), ensure_ascii=False).replace("'", "''")
    roles = [step.role for step in chain.steps]
    withdrawn = f"CASE WHEN {state} = 'withdrawn' THEN"
    _insert(cursor, words, size, Item, facts | {
        "id": "n", "public_id": words.uuid(1), "agency_id": _nth(f"(n / {len(columns)}) % {ORGANS}", agencies),
        "state": state, "index_no": f"CASE WHEN {ever} THEN '青/' || n ELSE '' END", "created_by_id": str(drafter),
        "created_at": words.instant, "column_serial": f"CASE WHEN {ever} THEN n / {len(columns)} + 1 END",
        "first_published_at": f"CASE WHEN {ever} THEN {words.instant} END",
        "published_at": f"CASE WHEN {ever} THEN {words.instant} END",
        "published_version_id": f"CASE WHEN {ever} THEN n END",
        "withdrawn_at": f"{withdrawn} {words.instant} END",
        "withdrawal_kind": f"{withdrawn} 'open' ELSE '' END", "withdrawal_reason": f"{withdrawn} '失效' ELSE '' END",
    })  # fmt: skip
    approved = f"CASE WHEN {ever} THEN"
    _insert(cursor, words, size, ItemVersion, facts | {
        "id": "n", "public_id": words.uuid(2), "item_id": "n", "digest": words.hex64, "author_id": str(drafter),
        "body": "'<p>' || n || '</p>' || '<p>各有关单位要按时办理，并把办理情况报送县政府办公室。</p><p>一、二、三。</p>'",
        "state": state, "round": "1", "created_at": words.instant, "submitted_at": words.instant,
        "chain": _case(state, {"draft": "'{}'"}, f"'{frozen}'"), "sign_at": str(chain.sign_at),
        "position": _case(state, {"draft": "0", "in_review": "0", "in_signing": str(chain.sign_at)}, str(len(roles))),
        "waits_for": _case(state, {"in_review": f"'{roles[0]}'", "in_signing": "'publisher'"}, "''"),
        "secrecy_by_id": f"{approved} {reviewer} END", "signed_by_id": f"{approved} {publisher} END",
        "secrecy_passed_at": f"{approved} {words.instant} END", "published_at": f"{approved} {words.instant} END",
        "approved_digest": f"{approved} {words.hex64} ELSE '' END", "withdrawn_at": f"{withdrawn} {words.instant} END",
    })  # fmt: skip
    for place, (kind, person) in enumerate((("review", reviewer), ("sign", publisher))):
        _insert(cursor, words, size, Approval, {
            "version_id": "n", "round": "1", "step": str(place), "kind": f"'{kind}'", "digest": words.hex64,
            "reviewer_id": str(person), "author_id": str(drafter), "at": words.instant,
            "secrecy_passed": "TRUE",
        }, where=ever)  # fmt: skip
    _insert(cursor, words, size, Publication, {
        "item_id": "n", "agency_id": _nth(f"(n / {len(columns)}) % {ORGANS}", agencies), "channel": "'website'",
        "published_on": words.day,
    }, where=ever)  # fmt: skip
    public_id = _dashed(words.uuid(1)) if words.uuid is SQLITE.uuid else words.uuid(1)
    _insert(cursor, words, size, Entry, {
        "at": words.instant, "actor_id": str(publisher), "verb": "'publishing.sign_and_publish'",
        "object_type": "'publishing.item'", "object_id": f"CAST({public_id} AS varchar(64))", "facts": "'{}'",
        "previous": words.hex64, "digest": f"'x' || substr({words.hex64}, 2)",
    })  # fmt: skip
    cursor.execute(
        "UPDATE publishing_column SET"
        " last_serial = COALESCE((SELECT MAX(column_serial) FROM publishing_item i WHERE i.column_id = publishing_column.id), 0),"
        " public_count = (SELECT COUNT(*) FROM publishing_item i WHERE i.column_id = publishing_column.id AND i.state = 'published')"
    )
    _go_on_from(cursor, [Item, ItemVersion])


_ROLES = ("drafter", "reviewer", "publisher")


def _never() -> str:
    return "(" + ", ".join(str(n) for n, state in UNDER_WAY.items() if state != "withdrawn") + ")"


def _case(of: str, values: Mapping[Any, str], otherwise: str) -> str:
    """SQL's CASE; the keys are Python's numbers or words."""
    return f"CASE {of} {' '.join(f'WHEN {key!r} THEN {value}' for key, value in values.items())} ELSE {otherwise} END"


def _nth(place: str, keys: list[int]) -> str:
    """The key at a place."""
    return _case(place, {number: str(key) for number, key in enumerate(keys)}, "NULL")


def _dashed(digits: str) -> str:
    parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    return " || '-' || ".join(f"substr({digits}, {start}, {length})" for start, length in parts)


def _insert(cursor: Any, words: Words, size: int, model: Any, given: dict[str, str], where: str = "n > 0") -> None:
    """Insert a row for each number, with what is given and every other column at its default."""
    fields = model._meta.local_concrete_fields
    values = {field.column: _typed(field, given.get(field.attname) or _default(field, words)) for field in fields}
    values = {name: value for name, value in values.items() if value}
    names = ", ".join(f'"{name}"' for name in values)
    cursor.execute(
        f'INSERT INTO "{model._meta.db_table}" ({names}) {words.series(size)} '
        f"SELECT {', '.join(values.values())} FROM s WHERE {where}"
    )


def _typed(field: Any, value: str) -> str:
    """PostgreSQL takes a bare literal for anything and an expression for what it is."""
    from django.db import connection

    return f"CAST({value} AS jsonb)" if value and field.db_type(connection) == "jsonb" else value


def _default(field: Any, words: Words) -> str:
    if field.primary_key or field.null:
        return ""
    if field.get_internal_type() in ("DateField", "DateTimeField"):
        return words.day if field.get_internal_type() == "DateField" else words.instant
    default = field.get_default() if field.has_default() else ("" if field.empty_strings_allowed else 0)
    if isinstance(default, bool):
        return str(default).upper()
    if isinstance(default, (int, float)):
        return str(default)
    if isinstance(default, (dict, list)):
        return "'{}'" if isinstance(default, dict) else "'[]'"
    return f"'{getattr(default, 'value', default)}'"


def _go_on_from(cursor: Any, models: list[Any]) -> None:
    """Keys were given by hand: the next ones follow them."""
    from django.core.management.color import no_style
    from django.db import connection

    for statement in connection.ops.sequence_reset_sql(no_style(), models):
        cursor.execute(statement)
