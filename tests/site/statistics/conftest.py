"""People and helpers for figures."""

from __future__ import annotations

import pytest

from county import County, build


@pytest.fixture
def county(db) -> County:
    return build()
