"""政府网站工作年度报表: every cell must be there, fit and be typed as what it is (国办函〔2018〕12号)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai_core.errors import InputError
from gongkai_core.website_return import (
    AT_MOST,
    CELLS,
    NO,
    NOTHING_WITHOUT,
    SECTIONS,
    YES,
    Value,
    check,
    completed,
    parse,
    printed,
    sections_to_prove,
)


def whole(**changed: Value) -> dict[str, Value]:
    """A return in which everything is zero or 是."""
    values: dict[str, Value] = {
        cell.id: Decimal(0) if cell.is_number else YES
        for cell in CELLS.values()
        if not cell.parts and not cell.optional
    }
    return values | {key.replace("__", "."): value for key, value in changed.items()}


def test_the_parts_are_those_of_the_notice_in_its_order():
    assert SECTIONS[1:] == (
        "信息发布",
        "专栏专题",
        "解读回应",
        "办事服务",
        "互动交流",
        "安全防护",
        "移动新媒体",
        "创新发展",
    )


def test_a_whole_return_has_nothing_amiss_and_zero_is_not_blank():
    assert check(whole()) == []
    for cell in CELLS.values():
        if not cell.parts and not cell.optional:
            found = check(whole() | {cell.id: None})
            assert [finding.rule for finding in found if finding.cells == (cell.id,)] == ["W-blank"], cell.id


def test_a_sum_is_added_only_when_every_part_is_there():
    values = whole(w__info__overview=Decimal(3), w__info__news=Decimal(4), w__info__catalogue=Decimal(5))
    assert completed(values)["w.info.total"] == 12
    assert completed(values | {"w.info.news": None})["w.info.total"] is None


def test_a_given_sum_that_differs_from_its_parts_is_asked_about():
    found = check(whole() | {"w.read.total": Decimal(9)})
    assert [(finding.rule, finding.level) for finding in found] == [("W-sum", "warning")]
    assert found[0].cells[0] == "w.read.total"


@pytest.mark.parametrize(("small", "large"), AT_MOST)
def test_no_part_is_more_than_its_whole(small: str, large: str):
    assert check(whole() | {small: Decimal(7), large: Decimal(7)} | _bases(small, large)) == []
    found = check(whole() | {small: Decimal(8), large: Decimal(7)} | _bases(small, large))
    assert [finding.cells for finding in found] == [(small, large)]


def _bases(*cells: str) -> dict[str, Value]:
    return {base: Decimal(9) for base, follows in NOTHING_WITHOUT if follows in cells}


@pytest.mark.parametrize(("base", "follows"), NOTHING_WITHOUT)
def test_nothing_comes_of_what_was_never_held(base: str, follows: str):
    found = check(whole() | {follows: Decimal(1)})
    assert (base, follows) in [finding.cells for finding in found if finding.level == "error"]


def test_without_new_media_their_cells_stay_empty():
    none = whole() | {"w.media.any": NO}
    empty = {cell.id: None for cell in CELLS.values() if cell.unless == "w.media.any"}
    assert check(none | empty) == []
    found = check(none | empty | {"w.weibo.posts": Decimal(5)})
    assert [finding.rule for finding in found] == ["W-choice"]


def test_a_jump_against_last_year_is_asked_about_and_a_small_one_is_not():
    before = whole(w__visits__total=Decimal(1000), w__topics__kept=Decimal(1))
    now = whole(w__visits__total=Decimal(6000), w__topics__kept=Decimal(9))
    assert [finding.cells for finding in check(now, before)] == [("w.visits.total",)]


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        ("w.visits.total", " 1，234,567 ", Decimal(1234567)),
        ("w.visits.total", "１２", Decimal(12)),
        ("w.visits.total", "", None),
        ("w.letters.days", "3.5", Decimal("3.5")),
        ("w.talk.smart", "否", "否"),
        ("w.weibo.name", "青禾发布", "青禾发布"),
    ],
)
def test_what_is_typed_is_read(cell: str, text: str, value: Value):
    assert parse(CELLS[cell], text) == value


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("w.visits.total", "-1"), ("w.visits.total", "1.5"), ("w.visits.total", "约三万"), ("w.visits.total", "NaN"),
        ("w.visits.total", "1e400"), ("w.visits.total", "9" * 30), ("w.visits.total", "Infinity"), ("w.letters.days", "1.25"),
        ("w.talk.smart", "大概"), ("w.weibo.name", "很" * 61),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_the_cells_name(cell: str, text: str):
    with pytest.raises(InputError) as refused:
        parse(CELLS[cell], text)
    assert CELLS[cell].label in refused.value.message


def test_evidence_is_wanted_where_a_person_filed_a_number():
    assert sections_to_prove(whole()) == []
    assert sections_to_prove(whole(w__visits__total=Decimal(1), w__info__catalogue=Decimal(5))) == ["访问量"]


def test_what_is_printed_keeps_blank_and_zero_apart():
    assert printed(CELLS["w.visits.total"], None) == ""
    assert printed(CELLS["w.visits.total"], Decimal(0)) == "0"
    assert printed(CELLS["w.visits.total"], Decimal(1000)) == "1000"
    assert printed(CELLS["w.letters.days"], Decimal("3.5")) == "3.5"
    assert printed(CELLS["w.talk.smart"], NO) == "□是　■否"
    assert printed(CELLS["w.new.search"], None) == "□"
