"""The demonstration county (演示县): what it promises holds, on whatever day it is laid out, and the checker sees faults."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.db import connection, models

from demonstration import YEARS, Demonstration, home, installed, lay_out, undone  # noqa: F401
from freezing import on_day
from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Agency, Installation, Role, User
from gongkai.casework.models import (
    Assistance,
    Case,
    CaseNote,
    ClockEvent,
    DuplicateJudgement,
    Material,
    RedactionMark,
    Redecision,
    Series,
)
from gongkai.casework.views.lists import row_of
from gongkai.design.lamp import lamp
from gongkai.operations.demonstration.returns import BREAKS
from gongkai.operations.invariants import (
    Invariant,
    approved_by_others,
    baked_as_published,
    chained,
    check_all,
    frozen,
    printed,
    replayed,
)
from gongkai.outbox.models import StationMessage
from gongkai.publishing.content import version_digest
from gongkai.publishing.hits import hits_of
from gongkai.publishing.models import Approval, GazetteEntry, Item, ItemVersion, Sample, WithdrawalKind
from gongkai.publishing.tasks import baked_name
from gongkai.statistics.compilation import compile_year
from gongkai.statistics.models import Snapshot
from gongkai.trail.models import Entry, Head
from gongkai_core.checks import Kind
from gongkai_core.outcomes import OUTCOMES
from gongkai_core.states import CASE, ITEM_VERSION
from installation import furnish, triggers_away

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.xdist_group("demonstration"),
    pytest.mark.skipif(os.environ.get("GONGKAI_PROFILE") == "fast", reason="builds a whole county"),
]
APPROVED, REPLAYED, CHAINED, PRINTED, FROZEN = range(5)


def all_but_pages(today: date) -> list[Invariant]:
    """What a fault in the rows may break. The pages, which take longest to look through, have tests of their own."""
    return [approved_by_others(), replayed(today), chained(), printed(), frozen()]


def lamps(today: date) -> set[str]:
    """The colours that a list of all cases shows."""
    rows = [row_of(case, today) for case in Case.objects.all()]
    return {lamp(row.days_left, row.due, today).colour for row in rows}


def broken(invariants: Iterator[Invariant]) -> dict[str, list[str]]:
    return {each.name: each.broken for each in invariants if each.broken}


# What is there ------------------------------------------------------------------------------------------------------


def test_every_invariant_holds_and_none_looks_at_nothing(demonstration: Demonstration) -> None:
    found = list(check_all(demonstration.today))
    assert broken(iter(found)) == {}
    assert all(each.checked for each in found), [(each.name, each.checked) for each in found]


def test_thirty_organs_each_with_people_who_cannot_approve_what_they_wrote(demonstration: Demonstration) -> None:
    assert Agency.objects.count() == 30
    for organ in Agency.objects.all():
        drafter = organ.appointments.get(role=Role.DRAFTER).user
        held = {str(post.role) for post in drafter.posts_on(demonstration.today)}
        assert not held & {Role.REVIEWER, Role.PUBLISHER, Role.SIGNATORY, Role.LEGAL_REVIEWER}


def test_every_outcome_state_and_lamp_is_alive(demonstration: Demonstration) -> None:
    assert set(Case.objects.exclude(counted_outcome="").values_list("counted_outcome", flat=True)) == set(OUTCOMES)
    assert set(Case.objects.values_list("state", flat=True)) == set(CASE.states)
    assert lamps(demonstration.today) == {"green", "yellow", "orange", "red", "off"}
    assert {"ontime", "extended", "overdue", "withdrawn"} == set(
        Case.objects.exclude(counted_timely="").values_list("counted_timely", flat=True)
    )


def test_a_newcomer_sees_what_stands_beside_the_plain_way(demonstration: Demonstration) -> None:
    today = demonstration.today
    assert Series.objects.filter(members__case__envelope_line__isnull=False).distinct().count() == 1
    answers = Assistance.objects.values_list("answered_on", flat=True)
    assert None in answers and any(answers)
    assert CaseNote.objects.exists() and StationMessage.objects.filter(title__contains="催办").exists()
    delayed = Case.objects.get(agreed_reply_on__gt=today)
    assert delayed.reply_by < today
    assert Material.objects.get().file and RedactionMark.objects.count() == 2
    assert DuplicateJudgement.objects.get().verdict == "repeat"
    anew = Redecision.objects.get()
    assert (anew.case.state, anew.replied_on) == ("processing", None)
    phones = User.objects.values_list("phone", flat=True)
    assert len(set(phones)) == len(phones) and all(phones)
    draft = ItemVersion.objects.get(title="关于拟给予临时救助人员的公示")
    assert {Kind.PRIVACY, Kind.WORDING} <= {group.hit.kind for group in hits_of(draft, today=today)}


def test_items_stand_in_every_state(demonstration: Demonstration) -> None:
    assert set(ItemVersion.objects.values_list("state", flat=True)) >= {
        "draft", "in_review", "in_signing", "returned", "published", "withdrawn",
    }  # fmt: skip
    assert set(ItemVersion.objects.values_list("state", flat=True)) <= set(ITEM_VERSION.states)
    today = demonstration.today
    waiting = ItemVersion.objects.filter(recheck_by__isnull=False)
    assert waiting.filter(recheck_by__lt=today).exists() and waiting.filter(recheck_by__gt=today).exists()
    assert ItemVersion.objects.filter(waits_for="disclosure_office").exists()
    assert set(Sample.objects.values_list("verdict", flat=True)) >= {"", "finding"}
    withdrawn = Item.objects.filter(state="withdrawn")
    assert set(withdrawn.values_list("withdrawal_kind", flat=True)) == set(WithdrawalKind.values)


def test_one_return_breaks_a_cross_check_this_year_and_last_years_hold(demonstration: Demonstration) -> None:
    year = demonstration.today.year
    failing = {
        organ.short_name
        for organ in Agency.objects.answering()
        if compile_year(year, Scope(organ, whole_region=False)).report.errors
    }
    assert failing == {BREAKS}
    government = Installation.objects.get().government
    scopes = [Scope(organ, whole_region=False) for organ in Agency.objects.answering()]
    for scope in [*scopes, Scope(government, whole_region=True)]:
        assert compile_year(year - 1, scope).report.errors == (), scope.agency
    assert Snapshot.objects.filter(year=year - 1, whole_region=True, agency=government).exists()


def test_the_reports_of_the_years_that_are_over_are_public(demonstration: Demonstration, client: Any) -> None:
    page = client.get("/reports/").content.decode()
    for year in range(demonstration.today.year - YEARS + 1, demonstration.today.year):
        assert f"{year}年" in page


# The same day and seed, other days ----------------------------------------------------------------------------------

_ASIDE = (
    *("_index", "_digest", "digest", "previous", "location", "size", "basis", "facts", "password", "payload", "key"),
    *("object_id", "series", "pages", "seed"),
)
"""Columns that depend on keys, ids or instants: what they say of the content is said by the other columns too."""
_AN_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""In an address."""


def content_digests() -> dict[str, str]:
    """A digest over the content of each table, rows in the order of their writing; ids and instants aside."""
    digests = {}
    for model in apps.get_models():
        if not model.__module__.startswith("gongkai."):
            continue
        names = [field.attname for field in model._meta.concrete_fields if _is_content(field)]
        rows = [
            [_AN_ID.sub("", str(getattr(row, name))) for name in names] for row in model._default_manager.order_by("pk")
        ]
        digests[model._meta.label] = hashlib.sha256(json.dumps([len(rows), rows]).encode()).hexdigest()
    return digests


def _is_content(field: models.Field[Any, Any]) -> bool:
    aside = (models.DateTimeField, models.UUIDField, models.AutoField, models.ForeignKey)
    return not isinstance(field, aside) and not field.name.endswith(_ASIDE) and field.name not in ("path", "id")


@contextmanager
def another_county(today: date, folder: Path, *, seed: int = 1) -> Iterator[None]:
    """A county of another day in place of the one that stands; that one is back afterwards."""
    furnish(folder)
    with undone(), installed(folder), triggers_away(connection):
        _empty()
        with on_day(today):
            lay_out(today, folder, seed=seed)
            yield


def _empty() -> None:
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            if not table.startswith("django_"):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
    Head.objects.create(pk=1, digest="0" * 64)


def test_the_same_day_and_seed_give_the_same_county(demonstration: Demonstration, tmp_path: Path) -> None:
    before = content_digests()
    with another_county(demonstration.today, tmp_path / "again"):
        assert content_digests() == before
    assert content_digests() == before, "the county that stood is back"


@pytest.mark.soak
@pytest.mark.parametrize(
    "today",
    [date(2027, 1, 1), date(2027, 2, 6), date(2027, 10, 1), date(2028, 2, 29)],
    ids=["the first of January", "new year's eve of the moon", "the national day", "a leap day on a Tuesday"],
)
def test_it_is_laid_out_alive_on_other_days_too(demonstration: Demonstration, tmp_path: Path, today: date) -> None:
    with another_county(today, tmp_path / "other", seed=2):
        assert broken(check_all(today)) == {}
        assert lamps(today) == {"green", "yellow", "orange", "red", "off"}
        assert set(Case.objects.exclude(counted_outcome="").values_list("counted_outcome", flat=True)) == set(OUTCOMES)
        assert set(Case.objects.values_list("state", flat=True)) == set(CASE.states)
        scopes = [Scope(organ, whole_region=False) for organ in Agency.objects.answering()]
        failing = {
            year: {scope.agency.short_name for scope in scopes if compile_year(year, scope).report.errors}
            for year in (today.year - 1, today.year)
        }
        assert failing == {today.year - 1: set(), today.year: {BREAKS}}


# The checker sees what is planted -----------------------------------------------------------------------------------


def published(*, in_batch: bool = False) -> ItemVersion:
    versions = ItemVersion.objects.filter(state="published", batch__isnull=not in_batch)
    return versions.select_related("item__agency", "batch", "column", "interprets").order_by("pk").first()


def approvals(version: ItemVersion, kind: str) -> Any:
    rows = Approval.objects.filter(kind=kind)
    return rows.filter(batch=version.batch) if version.batch else rows.filter(version=version)


@contextmanager
def unchecked(table: str, constraint: str) -> Iterator[None]:
    """The table without one of its constraints, which would not let the fault in at all."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
            yield
        else:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            try:
                yield
            finally:
                cursor.execute("PRAGMA ignore_check_constraints = OFF")


def _no_review() -> None:
    approvals(published(), "review").delete()


def _no_signature_of_a_batch() -> None:
    approvals(published(in_batch=True), "sign").delete()


def _review_of_another_version() -> None:
    approvals(published(), "review").update(digest="0" * 64)


def _signed_by_the_author() -> None:
    version = published()
    with unchecked("publishing_itemversion", "itemversion_approved_by_others"):
        ItemVersion.objects.filter(pk=version.pk).update(author=approvals(version, "sign").get().reviewer)


def _without_secrecy_review() -> None:
    with unchecked("publishing_approval", "approval_of_secrecy_says_so"):
        approvals(published(), "review").update(secrecy_passed=False)


def _text_changed() -> None:
    ItemVersion.objects.filter(pk=published().pk).update(body="<p>改过的正文。</p>")


def _text_and_digest_changed(*, in_batch: bool = False) -> None:
    version = published(in_batch=in_batch)
    version.body = "<p>改过的正文。</p>"
    digest = version_digest(version, version.item.agency)
    ItemVersion.objects.filter(pk=version.pk).update(body=version.body, digest=digest, approved_digest=digest)


def _text_and_digest_changed_in_a_batch() -> None:
    _text_and_digest_changed(in_batch=True)


def _title_changed_on_the_item_alone() -> None:
    Item.objects.filter(pk=published().item_id).update(title="改过的标题")


def _a_day_moved_by_hand() -> None:
    case = Case.objects.filter(state="processing").first()
    Case.objects.filter(pk=case.pk).update(reply_by=case.reply_by + timedelta(days=1))


def _a_closed_day_moved_by_hand() -> None:
    case = Case.objects.filter(state="closed", reply_by_original__isnull=False).first()
    Case.objects.filter(pk=case.pk).update(reply_by_original=case.reply_by_original + timedelta(days=1))


def _an_event_taken_away() -> None:
    with triggers_away(connection):
        ClockEvent.objects.filter(case__counted_timely="extended", type="extended").delete()


def _a_deadline_taken_away() -> None:
    with unchecked("casework_case", "case_open_has_deadline"):
        case = Case.objects.filter(state="processing").first()
        Case.objects.filter(pk=case.pk).update(due_on=None)


def _entry_changed() -> None:
    with triggers_away(connection):
        entry = Entry.objects.order_by("pk")[10]
        Entry.objects.filter(pk=entry.pk).update(ground="改过的依据")


def _entry_deleted() -> None:
    with triggers_away(connection):
        Entry.objects.filter(pk=Entry.objects.order_by("pk")[10].pk).delete()


def _last_entry_deleted() -> None:
    with triggers_away(connection):
        Entry.objects.filter(pk=Entry.objects.order_by("-pk")[0].pk).delete()


def _all_entries_deleted() -> None:
    with triggers_away(connection):
        Entry.objects.all().delete()


def _snapshot_changed() -> None:
    snapshot = Snapshot.objects.order_by("pk").first()
    snapshot.values["t3.r1.natural_person"] = 9999
    Snapshot.objects.filter(pk=snapshot.pk).update(values=snapshot.values)


def _gazette_changed() -> None:
    GazetteEntry.objects.filter(issue__state="issued", kind="text").update(body="<p>换过的</p>")


FAULTS: list[tuple[Callable[[], None], int, str]] = [
    (_no_review, APPROVED, "没有审核"),
    (_no_signature_of_a_batch, APPROVED, "没有签发"),
    (_review_of_another_version, APPROVED, "审核针对的不是这一版"),
    (_signed_by_the_author, APPROVED, "签发是拟稿人自己作出的"),
    (_without_secrecy_review, APPROVED, "没有保密审查"),
    (_text_changed, APPROVED, "公开的内容与摘要不符"),
    (_text_and_digest_changed, APPROVED, "针对的不是这一版"),
    (_text_and_digest_changed_in_a_batch, APPROVED, "针对的不是这一版"),
    (_title_changed_on_the_item_alone, APPROVED, "与公开的那一版不符"),
    (_a_day_moved_by_hand, REPLAYED, "reply_by 与重算不同"),
    (_a_closed_day_moved_by_hand, REPLAYED, "reply_by_original 与重算不同"),
    (_an_event_taken_away, REPLAYED, "与重算不同"),
    (_a_deadline_taken_away, REPLAYED, "due_on 与重算不同"),
    (_entry_changed, CHAINED, "内容与摘要不符"),
    (_entry_deleted, CHAINED, "与上一条不相连"),
    (_last_entry_deleted, CHAINED, "末尾与链头不符"),
    (_all_entries_deleted, CHAINED, "末尾与链头不符"),
    (_gazette_changed, PRINTED, "内容与批准的不符"),
    (_snapshot_changed, FROZEN, "数与摘要不符"),
]


@pytest.mark.parametrize(("plant", "invariant", "words"), FAULTS, ids=[plant.__name__ for plant, _, _ in FAULTS])
def test_the_checker_reports_a_planted_fault(
    demonstration: Demonstration, plant: Callable[[], None], invariant: int, words: str
) -> None:
    plant()
    found = all_but_pages(demonstration.today)
    assert any(words in line for line in found[invariant].broken), found[invariant].broken
    assert [number for number, each in enumerate(found) if not each.holds] == [invariant]


@contextmanager
def page_replaced(item: Item, content: bytes | None, *, gone: bool = False) -> Iterator[None]:
    """One baked page overwritten, or with None taken away, for the length of the block."""
    path = Path(storages["baked"].path(baked_name(item.public_id, gone=gone)))
    before = path.read_bytes() if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.unlink(missing_ok=True) if content is None else path.write_bytes(content)
        yield
    finally:
        path.unlink(missing_ok=True) if before is None else path.write_bytes(before)


@pytest.mark.parametrize(
    ("state", "kind", "gone", "content", "words"),
    [
        ("published", "", False, None, "页面与内容不符"),
        ("published", "", False, b"<p>tampered</p>", "页面与内容不符"),
        ("published", "", True, b"<p>left over</p>", "却有页面"),
        ("withdrawn", "open", True, b"<p>tampered</p>", "页面与内容不符"),
        ("withdrawn", "open", True, None, "页面与内容不符"),
        ("withdrawn", "open", False, b"<p>left over</p>", "却有页面"),
        ("withdrawn", "silent", False, b"<p>left over</p>", "却有页面"),
        ("withdrawn", "silent", True, b"<p>left over</p>", "却有页面"),
        ("draft", "", False, b"<p>leaked</p>", "却有页面"),
    ],
)
def test_the_checker_reports_a_page_that_is_not_what_it_must_be(
    demonstration: Demonstration, state: str, kind: str, gone: bool, content: bytes | None, words: str
) -> None:
    item = Item.objects.filter(state=state, withdrawal_kind=kind).order_by("pk").first()
    with page_replaced(item, content, gone=gone):
        lines = baked_as_published().broken
    assert len(lines) == 1
    assert words in lines[0]
