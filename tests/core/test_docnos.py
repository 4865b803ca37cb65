"""Document numbers and notes: read, mended, and a series without unexplained gaps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai_core.closing_notes import closing_note, contradicts
from gongkai_core.docnos import Docno, continuity, parse, suggestion


@given(st.integers(1949, 2099), st.integers(1, 99999))
def test_a_number_is_read_back_as_it_was_written(year: int, serial: int) -> None:
    docno = Docno("青政办发", year, serial)
    assert parse(str(docno)) == docno
    assert suggestion(str(docno)) == ""


@pytest.mark.parametrize(
    "text", ["青政发[2026]7号", "青政发（2026）第07号", "青政发【2026】007 号", "青政发 〔2026〕7号"]
)
def test_other_brackets_and_zeros_are_mended(text: str) -> None:
    assert suggestion(text) == "青政发〔2026〕7号"


@pytest.mark.parametrize("text", ["", "第12号令", "2026年第3号公告", "青政发〔2026〕0号", "〔2026〕7号"])
def test_what_is_no_number_of_a_series_is_left_alone(text: str) -> None:
    assert parse(text) is None
    assert suggestion(text) == ""


def test_every_number_of_a_series_has_its_place() -> None:
    def number(serial: int) -> Docno:
        return Docno("青政发", 2026, serial)

    known = [
        (number(1), "published", "a"),
        (number(2), "secret", "b"),
        (number(4), "closed", "c"),
        (number(6), "under_way", "d"),
        (number(6), "published", "e"),
    ]
    lines = continuity(known, {number(3): "取号后未印发", number(7): "作废"})
    assert [line.standing for line in lines] == [
        "published", "secret", "explained", "closed", "gap", "published", "explained",
    ]  # fmt: skip
    assert [line.docno.serial for line in lines if line.doubled] == [6]
    assert continuity([], {}) == []


@given(st.sets(st.integers(1, 60), min_size=1))
def test_gaps_are_exactly_what_is_missing_below_the_highest(serials: set[int]) -> None:
    lines = continuity([(Docno("青财", 2026, n), "published", str(n)) for n in serials], {})
    assert {line.docno.serial for line in lines if line.standing == "gap"} == set(range(1, max(serials))) - serials


def test_two_series_are_not_mixed() -> None:
    with pytest.raises(ValueError, match="several series"):
        continuity([(Docno("青财", 2026, 1), "published", "a"), (Docno("青财", 2025, 1), "published", "b")], {})


@pytest.mark.parametrize(
    ("line", "openness"),
    [
        ("（此件公开发布）", "open"),
        ("(此件主动公开)", "open"),
        ("此件不公开", "closed"),
        ("（此件不予公开）。", "closed"),
        ("（此件依申请公开）", "on_request"),
    ],
)
def test_a_note_states_an_attribute(line: str, openness: str) -> None:
    note = closing_note(f"各单位：\n一、按时报送。\n　　{line}\n")
    assert note is not None
    assert note.openness == openness
    assert not contradicts(note, openness)
    assert contradicts(note, "open" if openness != "open" else "closed")


def test_words_in_a_sentence_are_no_note() -> None:
    assert closing_note("本通知规定，文件标注此件公开发布的，应当及时公开。") is None
    assert not contradicts(None, "open")
