"""The trail: one chain, written in the act's transaction, guarded by the database."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from gongkai.trail.chain import act as describe
from gongkai.trail.chain import record, record_many, verify
from gongkai.trail.models import Entry, Head

pytestmark = pytest.mark.django_db


def write(count: int) -> list[Entry]:
    return record_many([describe("test.act", None, by=None, ground="条例第三条", n=n) for n in range(count)])


def unguarded(statement: str) -> None:
    """Change the table as somebody with the database's password would, triggers taken away first."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER trail_entry_no_update")
            cursor.execute("DROP TRIGGER trail_entry_no_delete")
        else:
            cursor.execute("DROP TRIGGER trail_entry_refuse ON trail_entry")
        cursor.execute(statement)


def test_a_chain_holds_and_every_entry_names_the_one_before():
    entries = write(3)
    assert [entry.previous for entry in entries[1:]] == [entry.digest for entry in entries[:-1]]
    verdict = verify()
    assert verdict.holds
    assert verdict.length == Entry.objects.count() == Head.objects.get().length


@pytest.mark.parametrize("statement", ["UPDATE trail_entry SET verb = 'x'", "DELETE FROM trail_entry"])
def test_the_database_refuses_to_change_or_delete(statement):
    write(2)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert verify().holds


@pytest.mark.parametrize(
    ("tampering", "reason"),
    [
        ("UPDATE trail_entry SET verb = 'other' WHERE id = {second}", "内容与摘要不符"),
        ("UPDATE trail_entry SET legal_day = '2020-01-02' WHERE id = {second}", "内容与摘要不符"),
        ("DELETE FROM trail_entry WHERE id = {second}", "不相连"),
        ("DELETE FROM trail_entry WHERE id = {last}", "链头不符"),
        ("UPDATE trail_entry SET previous = digest WHERE id = {second}", "不相连"),
    ],
)
def test_tampering_is_found_and_located(tampering, reason):
    entries = write(4)
    unguarded(tampering.format(second=entries[1].pk, last=entries[-1].pk))
    verdict = verify()
    assert not verdict.holds
    assert reason in verdict.reason
    with pytest.raises(CommandError, match="不通过"):
        call_command("verify_trail")


def test_it_is_written_only_inside_a_transaction(monkeypatch):
    class Outside:
        in_atomic_block = False

    monkeypatch.setattr("gongkai.trail.chain.transaction.get_connection", Outside)
    with pytest.raises(RuntimeError):
        record("test.act", None, by=None)


def test_an_act_that_fails_leaves_no_entry():
    before = Entry.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("test.act", None, by=None)
        _ = 1 / 0
    assert Entry.objects.count() == before
    assert verify().holds


def test_an_act_entered_afterwards_tells_its_own_day_and_no_hour():
    now, earlier = record("test.act", None, by=None), record("test.act", None, by=None, today=date(2026, 3, 2))
    assert now.when == now.at
    assert now.legal_day == timezone.localdate(now.at)
    assert earlier.when == date(2026, 3, 2)
    assert verify().holds
