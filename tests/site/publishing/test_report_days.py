"""By which day each kind of organ publishes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Role
from gongkai.publishing.report_days import TOWN_DAY, due_on


@pytest.mark.parametrize(
    ("organ", "region", "year", "due"),
    [
        ("财政局", False, 2025, date(2026, 1, 31)),
        ("县政府", True, 2025, date(2026, 3, 31)),
        ("县政府", False, 2025, date(2026, 3, 31)),
        ("河口镇", False, 2025, date(2026, 1, 31)),
        ("财政局", False, 2018, date(2019, 3, 31)),
        ("财政局", False, 2019, date(2020, 1, 31)),
    ],
)
def test_last_day(county: Any, organ: str, region: bool, year: int, due: date) -> None:
    assert due_on(Scope(county.organs[organ], region), year)[0] == due


def test_a_town_follows_the_offices_setting(county: Any) -> None:
    TOWN_DAY.change("02-28", by=county.person("县政府", Role.DISCLOSURE_OFFICE))
    assert due_on(Scope(county.organs["河口镇"], False), 2025)[0] == date(2026, 2, 28)
    for wrong in ("02-29", "13-01", "xx"):
        with pytest.raises(ValueError, match=r"month|day|isoformat"):
            TOWN_DAY.change(wrong, by=county.person("县政府", Role.DISCLOSURE_OFFICE))
