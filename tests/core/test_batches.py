"""Portions of many rows: all of them, in their order, none too large."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai_core.batches import batches
from gongkai_core.passages import unspaced


@given(rows=st.lists(st.integers()), size=st.integers(1, 9))
def test_all_rows_come_in_their_order_and_never_too_many(rows: list[int], size: int) -> None:
    portions = list(batches(rows, size))
    assert [row for portion in portions for row in portion] == rows
    assert all(1 <= len(portion) <= size for portion in portions)


def test_names_are_compared_without_blanks() -> None:
    assert unspaced(" 政府 信息\n公\u3000开\t") == "政府信息公开"
