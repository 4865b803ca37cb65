"""办理备注: written once, sealed, for those who work on the case alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from freezing import on_day
from gongkai.casework import actions
from gongkai.casework.models import CaseNote
from gongkai.trail.models import Entry

from .conftest import MONDAY, Maker, World, application, refused
from .over_http import case_page, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WORDS = "已与档案室联系，欧阳若水来过两次"


def test_a_note_is_seen_by_colleagues_and_by_nobody_else(world: World) -> None:
    received = actions.receive(world.bureau, **application())
    case = actions.register(received.case, subject="通知书", by=world.staff.registrar, today=MONDAY)
    address = f"{case.get_absolute_url()}note/"
    with on_day(MONDAY):
        assert signed_in(world.staff.registrar).post(address, {"words": WORDS}).status_code == 302
        assert signed_in(world.foreign).post(address, {"words": WORDS}).status_code == 404
        status = Client().post("/apply/status/", {"number": case.number, "code": received.query_code}).content.decode()
        empty = signed_in(world.staff.registrar).post(address, {"words": " "})
    assert WORDS in case_page(world.staff.lawyer, case, MONDAY) and WORDS not in status
    assert empty.status_code == 422 and "请填写办理备注" in empty.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM casework_casenote")
        assert all(WORDS not in row[0] for row in cursor.fetchall())
    assert not [entry for entry in Entry.objects.all() if WORDS in str(entry.facts)]
    with refused("needs_role"):
        actions.write_note(case, words=WORDS, by=world.staff.statistician, today=MONDAY)


def test_the_database_refuses_to_change_a_note_and_lets_it_be_emptied_once(world: World, registered: Maker) -> None:
    note = actions.write_note(registered(), words=WORDS, by=world.staff.registrar, today=MONDAY)
    notes = CaseNote.objects.filter(pk=note.pk)
    for change in ({"words": "改"}, {"written_by": world.office}, {"words": ""}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            notes.update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        note.delete()
    notes.update(words="", purged_at=timezone.now())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        notes.update(words="", purged_at=timezone.now())


def test_an_archived_case_takes_no_more(world: World, processing: Maker, scan: object) -> None:
    case = actions.withdraw(processing(), paper=scan, by=world.staff.handler, today=MONDAY)
    case = actions.archive(case, by=world.staff.handler, today=date(2026, 3, 3))
    with refused("wrong_state"):
        actions.write_note(case, words="再记一笔", by=world.staff.handler, today=date(2026, 3, 3))
