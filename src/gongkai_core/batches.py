"""Many rows in portions, for whoever asks a database about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def batches(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The rows in their order, at most `size` at once."""
    return (rows[start : start + size] for start in range(0, len(rows), size))
