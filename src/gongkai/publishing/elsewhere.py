"""Columns that another ledger serves: 政府信息公开年报 stands in that of the annual reports, not among the items.

The ledger lies above this app and registers how to ask it; duties and obligations then count its days as their own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

DaysOut = Mapping[tuple[str, int, int], date]
"""(code of the column, key of the organ, year in which it was owed) → the day on which it came out."""
_LEDGERS: dict[str, Callable[[Collection[int]], Mapping[tuple[int, int], date]]] = {}


def serve(column_code: str, days: Callable[[Collection[int]], Mapping[tuple[int, int], date]]) -> None:
    """Register the ledger that serves a column: given keys of organs it answers (organ, year owed) → day."""
    _LEDGERS[column_code] = days


def days_out(column_codes: Iterable[str], agencies: Collection[int]) -> DaysOut:
    """What other ledgers have brought out in these columns of these organs; nothing for columns of items."""
    asked = {code for code in column_codes if code in _LEDGERS}
    return {(code, *key): day for code in asked for key, day in _LEDGERS[code](agencies).items()}
