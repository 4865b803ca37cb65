"""How a figure is written: the database's 12.0000 is 12."""

from __future__ import annotations

from decimal import Decimal


def plain(value: int | Decimal | None) -> int | Decimal | None:
    """Whole numbers as int, so that 12.0000 prints as 12 and 100 not as 1E+2; others without trailing zeros."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    return value
