"""Index numbers by rule, with the patterns in use."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai_core.index_numbers import IndexNumber, IndexParts, IndexRule
from gongkai_core.refusals import Refused

PADDED = IndexRule()
SIX = IndexRule("{code}/{year}-{serial:06d}")
BARE = IndexRule("{code}/{year}-{serial}")
MONTHLY = IndexRule("{code}/{year}{month}-{serial:05d}", reset="month")
CATALOGUED = IndexRule("{code}/{catalogue}/{year}-{serial:04d}")


@pytest.mark.parametrize(
    ("rule", "text", "code", "on", "serial"),
    [
        (PADDED, "000014349/2017-00110", "000014349", date(2017, 3, 1), 110),
        (PADDED, "114403006955506492/2021-00426", "114403006955506492", date(2021, 3, 1), 426),
        (PADDED, "11441700007280420Y/2021-00050", "11441700007280420Y", date(2021, 3, 1), 50),
        (SIX, "6107280000/2024-001005", "6107280000", date(2024, 3, 1), 1005),
        (BARE, "shg58/2021-402", "shg58", date(2021, 3, 1), 402),
        (MONTHLY, "11341702486344515H/202110-00013", "11341702486344515H", date(2021, 10, 9), 13),
        (CATALOGUED, "61072800-A/A2001/2026-0007", "61072800-A", date(2026, 1, 1), 7),
    ],
)
def test_patterns_in_use(rule: IndexRule, text: str, code: str, on: date, serial: int) -> None:
    catalogue = "A2001" if rule is CATALOGUED else None
    assert rule.format(IndexParts(code, on, catalogue or ""), serial) == text
    assert rule.check(text) is None
    month = on.month if rule is MONTHLY else None
    assert rule.parse(text) == IndexNumber(code, on.year, month, catalogue, serial)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "000014349/2017-0110",  # too narrow
        "000014349/2017-000110",  # padded beyond the width
        "000014349/2017-00000",  # serials begin at 1
        "000014349/1817-00001",
        "000014349-2017-00110",
        "000014349/2017-00110 ",
        "机关/2017-00110",
        "０００014349/2017-00110",
    ],
)
def test_what_is_no_number_of_the_rule(text: str) -> None:
    refusal = PADDED.check(text)
    assert refusal is not None and refusal.code == "bad_index_number"
    assert PADDED.pattern in refusal.message and refusal.article == "条例第十二条第三款"


def test_month_must_be_a_month() -> None:
    assert MONTHLY.check("shg58/202113-00001") is not None
    assert MONTHLY.check("shg58/202112-00001") is None


def test_a_wrong_credit_code_is_told() -> None:
    refusal = PADDED.check("11441700007280420X/2021-00050")
    assert refusal is not None and refusal.code == "bad_credit_code"


def test_a_serial_that_outgrows_its_width_stays_readable() -> None:
    text = PADDED.format(IndexParts("shg58", date(2021, 1, 1)), 100_000)
    assert text == "shg58/2021-100000"
    assert PADDED.parse(text).serial == 100_000


def test_serials_begin_anew_with_their_counter() -> None:
    march, april, next_year = (IndexParts("a", day, "x") for day in (
        date(2026, 3, 31), date(2026, 4, 1), date(2027, 4, 1)
    ))  # fmt: skip
    never = IndexRule("{code}-{serial}", reset="never")
    assert PADDED.counter_key(march) == PADDED.counter_key(april) == "a/2026"
    assert PADDED.counter_key(next_year) == "a/2027"
    assert MONTHLY.counter_key(march) == "a/202603" != MONTHLY.counter_key(april)
    assert never.counter_key(march) == never.counter_key(next_year) == "a"
    assert CATALOGUED.counter_key(march) == "a/x/2026"
    assert CATALOGUED.counter_key(IndexParts("a", march.on, "y")) == "a/y/2026"


@pytest.mark.parametrize("rule", [PADDED, SIX, BARE, MONTHLY, CATALOGUED], ids=lambda rule: rule.pattern)
def test_numbers_of_different_counters_never_meet(rule: IndexRule) -> None:
    seen: dict[str, tuple[str, int]] = {}
    for code in ("a", "a1", "1"):
        for catalogue in ("x", "x1"):
            for on in (date(2026, 1, 1), date(2026, 11, 1), date(2027, 1, 1)):
                parts = IndexParts(code, on, catalogue)
                for serial in (1, 11, 99_999, 100_001):
                    source = rule.counter_key(parts), serial
                    assert seen.setdefault(rule.format(parts, serial), source) == source


@pytest.mark.parametrize(
    ("pattern", "reset", "word"),
    [
        ("{code}/{year}", "year", "流水号"),
        ("{year}-{serial}", "year", "机关代码"),
        ("{code}/{serial}", "year", "年"),
        ("{code}/{year}-{serial}", "month", "月"),
        ("{code}/{year}-{serial}", "weekly", "归零方式"),
        ("{code}/{unit}-{serial}", "never", "unit"),
        ("{code}/{code}-{serial}", "never", "两次"),
        ("{code}号{serial}", "never", "各部分之间"),
        ("{code}/{serial:5}", "never", "各部分之间"),
        ("{code}/{year:04d}-{serial}", "year", "补零"),
        ("{code}{year}{serial}", "year", "分隔符"),
    ],
)
def test_bad_rules_say_what_is_wrong(pattern: str, reset: str, word: str) -> None:
    with pytest.raises(Refused) as refused:
        IndexRule(pattern, reset)
    assert refused.value.refusal.code == "bad_rule"
    assert word in refused.value.refusal.message


@pytest.mark.parametrize(
    ("parts", "serial"),
    [
        (IndexParts("a", date(2026, 1, 1), "x"), 0),
        (IndexParts("", date(2026, 1, 1), "x"), 1),
        (IndexParts("机关", date(2026, 1, 1), "x"), 1),
        (IndexParts("a", date(2026, 1, 1)), 1),
    ],
)
def test_a_number_is_not_made_of_nonsense(parts: IndexParts, serial: int) -> None:
    with pytest.raises(ValueError, match="："):
        CATALOGUED.format(parts, serial)
