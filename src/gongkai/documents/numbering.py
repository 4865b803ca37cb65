"""Take numbers from a series."""

from django.db import connection, transaction

from gongkai.documents.models import Counter


@transaction.atomic(savepoint=False)
def take(series: str, count: int = 1) -> int:
    """Take `count` numbers from the series, inside the caller's transaction; returns the first of them.

    Counting up holds the row until the transaction ends, so that a number that is given back leaves no gap.
    """
    counted = _count_up(series, count)
    if counted is None:
        Counter.objects.get_or_create(series=series)
        counted = _count_up(series, count)
    assert counted is not None
    return counted - count + 1


def _count_up(series: str, count: int) -> int | None:
    """The last number after counting up; None when the series is new. One statement that both databases speak."""
    table = connection.ops.quote_name(Counter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET last = last + %s WHERE series = %s RETURNING last", [count, series])  # noqa: S608
        row = cursor.fetchone()
    return int(row[0]) if row else None
