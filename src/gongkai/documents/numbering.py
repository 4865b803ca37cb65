"""Take numbers from a series."""

from django.db import transaction

from gongkai.documents.models import Counter


@transaction.atomic
def take(series: str, count: int = 1) -> int:
    """Take `count` numbers from the series, inside the caller's transaction; returns the first of them."""
    Counter.objects.get_or_create(series=series)
    counter = Counter.objects.select_for_update().get(series=series)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return first
