"""泄露处置: two persons, isolated at once, then not a trace: database file, log, files, pages, what was typed, backups."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import county as a_county
from gongkai.agencies.models import Role, Setting, WorkHandover, WorkHandoverLine
from gongkai.desk.models import KeptForm
from gongkai.documents import blobs
from gongkai.documents.models import Blob
from gongkai.operations import purging
from gongkai.operations.actions import handle_spill as acts
from gongkai.operations.invariants import approved_by_others, baked_as_published, chained, printed
from gongkai.operations.views.spills import report_data
from gongkai.outbox.models import Message, StationMessage
from gongkai.publishing import actions
from gongkai.publishing.models import Attachment, Column, Item, ItemVersion, Spill
from gongkai.publishing.skeleton import seed_columns
from gongkai.publishing.tasks import read_baked
from gongkai.publishing.vouched import Vouched
from gongkai.trail.chain import PURGE, verify
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused
from gongkai_core.review_chain import SIX

CANARY = "CANARY-7f3a9c 天池山坐标三一七"
TITLE = f"关于{CANARY}的通知"
BODY = f"<p>各单位：</p><p>{CANARY} 之一，请妥善保管。</p>"


@pytest.fixture
def county(transactional_db: None) -> a_county.County:
    seed_columns()
    return a_county.build()


@pytest.fixture
def office(county: a_county.County) -> Any:
    return county.person("县政府", Role.DISCLOSURE_OFFICE)


@pytest.fixture
def secretary(county: a_county.County) -> Any:
    return county.person("财政局", Role.SECRECY_REVIEWER)


def leaked(county: a_county.County) -> Item:
    """A public item, revised once, with remarks, a file, an autosave, a message and what the public reads."""
    today, organ = timezone.localdate(), county.organs["财政局"]
    drafter, reviewer, publisher = (
        county.person("财政局", role) for role in (Role.DRAFTER, Role.REVIEWER, Role.PUBLISHER)
    )
    column = Column.objects.get(code="A20_01")
    version = actions.draft(organ, title=TITLE, column=column, body=BODY, by=drafter, today=today, summary=CANARY)
    blob = blobs.store(CANARY.encode(), name=f"{CANARY}.txt", content_type="text/plain")
    Attachment.objects.create(version=version, name=f"{CANARY}.txt", blob=blob, brought_by=drafter)
    version = actions.edit(version, body=BODY, by=drafter, today=today)
    version = actions.submit(version, by=drafter, today=today)
    version = actions.return_(version, by=reviewer, today=today, remarks=f"{CANARY} 写错了")
    version = actions.submit(version, by=drafter, today=today)
    version = actions.approve_review(version, by=reviewer, today=today, vouched=Vouched(SIX, remarks=CANARY))
    item = actions.sign_and_publish(version, by=publisher, today=today).item
    actions.revise(item, by=drafter, today=today)
    row = KeptForm(person=drafter, page="/desk/publishing/new/", target="/desk/publishing/new/", reason="autosave")
    row.values = [("title", "另一稿"), ("body", f"<p>{CANARY} 之一，请妥善保管。</p>")]
    row.saved_at = row.expires_at = timezone.now() + timezone.timedelta(days=1)
    row.save()
    Message.objects.create(topic="test", key="k", payload={"text": TITLE}, done_at=timezone.now())
    StationMessage.objects.create(person=reviewer, key="k", title=TITLE)
    passed_on = WorkHandover.objects.create(person=publisher, successor=drafter, witness=reviewer, on=today)
    url = reverse("publishing:desk_item", args=[item.public_id])
    WorkHandoverLine.objects.create(handover=passed_on, position=1, kind="稿件", title=TITLE, url=url)
    return Item.objects.get(pk=item.pk)


def files_with(words: bytes, home: Path) -> list[str]:
    return [str(path.relative_to(home)) for path in home.rglob("*") if path.is_file() and words in path.read_bytes()]


def columns_with(words: str) -> list[str]:
    """Every text of every table that holds the words, escaped or not."""
    escaped, found = json.dumps(words)[1:-1], []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                text = " ".join(value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False) for value in row)  # fmt: skip
                if words in text or escaped in text:
                    found.append(table)
    return sorted(set(found))


def test_a_leak_is_isolated_by_one_and_purged_by_another(
    county: a_county.County, office: Any, secretary: Any, home: Path, client: Client
) -> None:
    today = timezone.localdate()
    item = leaked(county)
    page = item.get_absolute_url()
    assert CANARY in client.get(page).content.decode()
    backups = home / "backups"
    backups.mkdir()
    (backups / "gongkai-backup-20260101-000000.tar.gz").write_bytes(b"packed " + CANARY.encode())
    (home / "replaced-20260102-000000").mkdir()
    (home / "replaced-20260102-000000" / "gongkai.sqlite3").write_bytes(CANARY.encode())
    before = columns_with(CANARY)
    assert {"publishing_item", "publishing_itemversion", "documents_blob", "trail_entry", "outbox_message"} <= set(
        before
    )

    desk = Client()
    desk.force_login(secretary)
    answer = desk.post(reverse("operations:spills"), {"item": page, "sure": "on"})
    spill = Spill.objects.get()
    assert answer["Location"] == reverse("operations:spill", args=[spill.public_id])
    # Isolated: nothing is public, nothing under way, and the item exists for nobody.
    assert client.get(page).status_code == 404 and read_baked(item.public_id) is None
    assert not ItemVersion.objects.filter(item=item, state__in=("draft", "in_review", "published")).exists()
    drafter = Client()
    drafter.force_login(county.person("财政局", Role.DRAFTER))
    assert drafter.get(reverse("publishing:desk_item", args=[item.public_id])).status_code == 404
    assert CANARY not in drafter.get(reverse("publishing:desk_items")).content.decode()

    with pytest.raises(Refused, match="不能自己确认"):
        acts.purge_spill(spill, by=secretary, today=today)
    with pytest.raises(Refused, match="由政务公开办或者本单位的保密审查员"):
        acts.purge_spill(spill, by=county.person("财政局", Role.PUBLISHER), today=today)
    with pytest.raises(Refused, match="各一人"):
        acts.purge_spill(spill, by=_second_secretary(county), today=today)
    assert CANARY in Item.objects.get(pk=item.pk).title

    other = Client()
    other.force_login(office)
    text = other.post(
        reverse("operations:spill", args=[spill.public_id]), {"verb": "purge"}, follow=True
    ).content.decode()
    # What no program of ours may touch is said: PostgreSQL's archived log.
    left = [] if connection.vendor == "sqlite" else ["PostgreSQL 的预写日志归档由数据库管理员清除"]
    assert (left or ["没有再发现"])[0] in text and CANARY not in text
    assert columns_with(CANARY) == []
    assert files_with(CANARY.encode(), home) == []
    assert not KeptForm.objects.exists() and not list(backups.iterdir())
    spill.refresh_from_db()
    assert {row["how"] for row in spill.backups} == {"destroyed"} and len(spill.backups) == 2
    assert spill.residue == left
    # Digests, persons and times stay, and everything still holds together.
    assert {digest for _, digest in spill.evidence} >= {Blob.objects.get().digest}
    for invariant in (chained(), baked_as_published(), approved_by_others()):
        assert invariant.holds, invariant.broken
    item.refresh_from_db()
    assert item.index_no and item.title.startswith(purging.CLEARED)
    assert Entry.objects.filter(verb=PURGE).exists()
    with pytest.raises(FileNotFoundError):
        blobs.read(Blob.objects.get())
    data = report_data(spill)
    assert CANARY not in json.dumps(data, ensure_ascii=False) and data["backups"][0][2] == "已销毁"
    pdf = other.get(reverse("operations:spill-report", args=[spill.public_id]))
    assert pdf.content.startswith(b"%PDF-") and pdf["Content-Type"] == "application/pdf"
    acts.finish_spill(spill, by=office, today=today)


def test_the_printed_gazette_that_holds_it_is_destroyed_too(
    county: a_county.County, office: Any, secretary: Any
) -> None:
    """The words are packed in a PDF, where no search for them would find them."""
    today, item = timezone.localdate(), leaked(county)
    Setting.objects.create(key="publishing.gazette", value="办")
    editor, leader = ({"by": county.person("县政府", role), "today": today} for role in (Role.DRAFTER, Role.PUBLISHER))
    issue = actions.open_gazette_issue(county.government, year=2026, number=1, serial=1, cover_date=today, **editor)
    actions.add_to_gazette(issue, item, **editor)
    actions.write_gazette_text(issue, "大事记", "三月一日，开工。", **editor)
    issue = actions.approve_gazette(actions.submit_gazette(issue, **editor), secrecy_passed=True, **leader)
    printing = actions.issue_gazette(issue, **leader).printings.get()
    spill = acts.report_spill(item, by=office, today=today)
    assert blobs.read(printing.blob)
    spill = acts.purge_spill(spill, by=secretary, today=today)
    with pytest.raises(FileNotFoundError):
        blobs.read(printing.blob)
    assert ["文件", printing.blob.digest] in spill.evidence
    assert printed().holds, printed().broken
    reprinted = actions.reprint_gazette(issue, **leader).printings.last()
    assert reprinted.number == 2 and blobs.read(reprinted.blob).startswith(b"%PDF")


def _second_secretary(county: a_county.County) -> Any:
    from gongkai.agencies.actions import appoint
    from gongkai.agencies.models import User

    user = User.objects.create_user("second", "保密员乙", "correct horse")
    appoint(user, Role.SECRECY_REVIEWER, county.organs["财政局"], by=None, on=a_county.LONG_AGO)
    return user


def test_a_false_alarm_is_lifted_and_a_case_is_nobody_elses(
    county: a_county.County, office: Any, secretary: Any
) -> None:
    today, item = timezone.localdate(), leaked(county)
    spill = acts.report_spill(item, by=office, today=today)
    with pytest.raises(Refused, match="已经隔离"):
        acts.report_spill(item, by=secretary, today=today)
    address = reverse("operations:spill", args=[spill.public_id])
    for person in (county.person("教育局", Role.SECRECY_REVIEWER), county.person("财政局", Role.PUBLISHER)):
        stranger = Client()
        stranger.force_login(person)
        assert stranger.get(address).status_code == 404
    acts.lift_spill(spill, by=secretary, today=today)
    item.refresh_from_db()
    assert item.isolated_at is None and item.state == "withdrawn" and item.title == TITLE
    assert actions.can_revise(item, by=county.person("财政局", Role.DRAFTER), today=today) is None


def test_another_item_with_the_same_file_goes_with_it(county: a_county.County, office: Any, secretary: Any) -> None:
    today, item = timezone.localdate(), leaked(county)
    organ, drafter = county.organs["教育局"], county.person("教育局", Role.DRAFTER)
    column = Column.objects.get(code="A20_01")
    version = actions.draft(organ, title="转发附件", column=column, body="见附件。", by=drafter, today=today)
    twin = blobs.store(CANARY.encode(), name="附件.txt", content_type="text/plain")
    Attachment.objects.create(version=version, name="附件.txt", blob=twin, brought_by=drafter)
    spill = acts.report_spill(item, by=secretary, today=today)
    assert set(spill.items.all()) == {item, version.item}
    acts.purge_spill(spill, by=office, today=today)
    assert not Path(settings.STORAGES["default"]["OPTIONS"]["location"], twin.location).exists()


def test_a_backup_elsewhere_is_named_until_somebody_destroyed_it(
    county: a_county.County, office: Any, secretary: Any
) -> None:
    from gongkai.agencies.models import Installation
    from gongkai.trail.chain import record

    today, item = timezone.localdate(), leaked(county)
    with transaction.atomic():
        record("operations.backup", Installation.current(), by=None, file="gongkai-backup-20260303-010101.tar.gz")
    spill = acts.purge_spill(acts.report_spill(item, by=secretary, today=today), by=office, today=today)
    assert [row["how"] for row in spill.backups] == ["elsewhere"]
    with pytest.raises(Refused, match="没有这份"):
        acts.backup_destroyed(spill, file="another.tar.gz", by=office, today=today)
    acts.backup_destroyed(spill, file="gongkai-backup-20260303-010101.tar.gz", by=office, today=today)
    spill.refresh_from_db()
    assert spill.backups[0]["how"] == "destroyed_by_hand" and spill.backups[0]["by"] == office.name


def test_the_log_lets_nothing_through_but_the_purge(county: a_county.County) -> None:
    leaked(county)
    number = Entry.objects.order_by("id").values_list("pk", flat=True)[0]
    emptied: dict[str, Any] = {"facts": {}, "purged_at": timezone.now()}
    for changes in (
        {"facts": {}},
        {"purged_at": timezone.now()},
        {**emptied, "facts": {"a": 1}},
        {**emptied, "verb": "x"},
        {**emptied, "ground": "x"},
        {**emptied, "facts_digest": "0" * 64},
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Entry.objects.filter(pk=number).update(**changes)
    assert verify().holds
    # Emptied by somebody with the database's password, without a case: found.
    Entry.objects.filter(pk=number).update(**emptied)
    verdict = verify()
    assert not verdict.holds and verdict.broken_at == number and "没有泄露处置" in verdict.reason


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the raw file is SQLite's")
def test_the_raw_database_file_holds_no_trace(tmp_path: Path) -> None:
    """The settings of the real database: freed places are zeroed, the log is emptied."""
    from django.conf import settings as real

    command = str(real.DATABASES["default"]["OPTIONS"]["init_command"])
    path = tmp_path / "gongkai.sqlite3"
    words = CANARY.encode()
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for statement in filter(str.strip, command.split(";")):
            database.execute(statement)
        database.execute("CREATE TABLE version (id INTEGER PRIMARY KEY, title TEXT, body TEXT)")
        database.execute("CREATE INDEX version_title ON version (title)")
        for number in range(200):
            text = f"{CANARY} " * (number * 7 + 1)  # short rows and rows of many pages
            database.execute("INSERT INTO version (title, body) VALUES (?, ?)", (f"{CANARY}{number}", text))
        assert purging.holds(path, [words]) or purging.holds(path.with_name(f"{path.name}-wal"), [words])
        database.execute("UPDATE version SET title = 'x' || id, body = '（已清除）'")
        assert purging.holds(path.with_name(f"{path.name}-wal"), [words])
        assert database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
        for tail in ("", "-wal"):
            assert not purging.holds(path.with_name(path.name + tail), [words])
    shutil.rmtree(tmp_path)
