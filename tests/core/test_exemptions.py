"""The library of exemptions (§14–16), what each demands, and the day of the next look."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai_core.exemptions import EXEMPTIONS, exemption_refusal, reassess_on

REASON = "本文件是人事考察的内部工作流程，不对外产生影响，公开会妨碍考察。"
LAW = "《中华人民共和国统计法》第二十八条"


def test_the_library_is_that_of_the_regulation() -> None:
    assert list(EXEMPTIONS) == ["E14_1", "E14_2", "E14_3", "E15", "E16_1", "E16_2", "E16_3"]
    assert {code: one.strength for code, one in EXEMPTIONS.items() if one.strength == "may"}.keys() == {
        "E16_1",
        "E16_2",
        "E16_3",
    }


@pytest.mark.parametrize(
    ("code", "given", "refused"),
    [
        ("", {}, "no_exemption"),
        ("E99", {}, "no_exemption"),
        ("E14_1", {}, "secret_by_reference"),
        ("E14_3", {"reason": "影响稳定"}, "short_reason"),
        ("E14_3", {"reason": "一二三四五六七八九十一二三四五六七八九"}, "short_reason"),
        ("E14_3", {"basis": "  "}, "no_basis"),
        ("E14_3", {}, None),
        ("E14_2", {"basis": "有关规定"}, "no_law"),
        ("E14_2", {"basis": "《中华人民共和国统计法》"}, "no_law"),
        ("E14_2", {"basis": LAW}, None),
        ("E15", {}, "no_note"),
        ("E15", {"note": "某公司2026年3月2日书面不同意公开"}, None),
        ("E16_1", {"note": "没有"}, "no_note"),
        ("E16_2", {"note": "公开会妨碍坦率讨论，无公共利益需要"}, None),
        ("E16_3", {}, "no_note"),
    ],
)
def test_each_ground_demands_its_own(code: str, given: dict[str, str], refused: str | None) -> None:
    facts = {"reason": REASON, "basis": "条例第十六条第一款", "note": ""} | given
    refusal = exemption_refusal(code, **facts)
    assert (refusal and refusal.code) == refused
    if refusal:
        assert refusal.article


@pytest.mark.parametrize(
    ("last", "months", "due"),
    [
        (date(2026, 3, 2), 12, date(2027, 3, 2)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_the_next_look_is_months_later(last: date, months: int, due: date) -> None:
    assert reassess_on(last, months) == due
