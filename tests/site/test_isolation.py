"""What the fixtures promise: a test that commits leaves the next one a database as the migrations made it."""

import pytest
from django.db import DatabaseError, transaction

from gongkai.trail.chain import record, verify
from gongkai.trail.models import Entry


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_committed_rows_do_not_reach_the_next_test(turn: int) -> None:
    assert Entry.objects.count() == 0
    with transaction.atomic():
        record("test.act", None, by=None, turn=turn)
    assert verify().holds


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_again_after_the_tables_were_emptied() -> None:
    with transaction.atomic():
        record("test.act", None, by=None)
    with pytest.raises(DatabaseError, match="append-only"):
        Entry.objects.all().delete()
