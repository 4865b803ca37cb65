"""Take numbers from a series."""

from django.db import transaction
from django.db.models import F

from gongkai.documents.models import Counter


@transaction.atomic(savepoint=False)
def take(series: str, count: int = 1) -> int:
    """Take `count` numbers from the series, inside the caller's transaction; returns the first of them.

    Counting up holds the row until the transaction ends, so that a number that is given back leaves no gap.
    """
    counter = Counter.objects.filter(series=series)
    if not counter.update(last=F("last") + count):
        Counter.objects.get_or_create(series=series)
        counter.update(last=F("last") + count)
    return int(counter.values_list("last", flat=True).get()) - count + 1
