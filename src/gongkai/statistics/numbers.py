"""How a figure is written: the database's 12.0000 is 12, and JSON keeps a decimal as text."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

Number = int | Decimal | None


def plain(value: Number) -> Number:
    """Whole numbers as int, so that 12.0000 prints as 12 and 100 not as 1E+2; others without trailing zeros."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    return value


def to_json(values: Mapping[str, Number]) -> dict[str, int | str | None]:
    """Figures as JSON keeps them exactly: a decimal as text, null for a blank cell."""
    return {cell: str(value) if isinstance(value, Decimal) else value for cell, value in values.items()}


def from_json(values: Mapping[str, int | str | None]) -> dict[str, Number]:
    """The figures that `to_json` wrote."""
    return {cell: Decimal(value) if isinstance(value, str) else value for cell, value in values.items()}
