"""The column of 政府信息公开年报: reports stand in the ledger of the annual reports, not among the items.

That ledger lies above this app; the settings name how it is asked. Duties and obligations count its days as their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from gongkai.publishing.skeleton import REPORTS

DaysOut = Mapping[tuple[int, int], date]
"""(key of the organ, year in which it was owed) → the day on which its report came out."""


def reports_out(column_codes: Iterable[str], agencies: Collection[int]) -> DaysOut:
    """The reports of these organs, if their column is among these; nothing for columns of items."""
    if REPORTS not in column_codes:
        return {}
    found: DaysOut = import_string(settings.ANNUAL_REPORTS_OUT)(agencies)
    return found
