"""Versions compared by words: nothing of either text is lost, and a reader meets words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai_core.comparison import Change, Line, compare_texts, compare_words, counted

TEXTS = st.text(alphabet="公开政府信息二十个工作日，。2026年4月 ab\n", max_size=120)


def shown(line: Line) -> str:
    marks = {Change.SAME: "{}", Change.OUT: "[-{}-]", Change.IN: "[+{}+]"}
    return "".join(marks[piece.change].format(piece.text) for piece in line.pieces)


def side(lines: list[Line], hidden: Change) -> list[str]:
    texts = ["".join(piece.text for piece in line.pieces if piece.change is not hidden) for line in lines]
    return [text for text in texts if text]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_the_comparison(old: str, new: str) -> None:
    lines = compare_texts(old, new)
    for text, hidden in ((old, Change.IN), (new, Change.OUT)):
        assert side(lines, hidden) == [part.strip() for part in text.split("\n") if part.strip()]


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(line.same for line in compare_texts(text, text))
    assert counted(compare_texts(text, text)) == (0, 0)


def test_a_figure_and_a_date_change_as_a_whole() -> None:
    old = "补助标准为每户1500元，自2026年4月1日起执行。"
    new = "补助标准为每户1800元，自2026年5月1日起执行。"
    assert shown(Line(compare_words(old, new))) == (
        "补助标准为每户[-1500元-][+1800元+]，自2026年[-4月-][+5月+]1日起执行。"
    )


def test_a_changed_word_is_not_broken_into_crumbs() -> None:
    (line,) = compare_texts("由县财政局负责解释。", "由县审计局负责解释。")
    assert shown(line) == "由县[-财政-][+审计+]局负责解释。"
    (line,) = compare_texts("应当及时公开办理结果。", "可以按时公布办理结果。")
    assert "时" not in [piece.text for piece in line.pieces if piece.change is Change.SAME]


def test_a_paragraph_put_in_or_taken_out_leaves_the_others_alone() -> None:
    old = "一、总则\n二、范围\n三、附则"
    lines = compare_texts(old, "一、总则\n二、范围和依据\n四、公示期满以后的处理办法另行规定\n三、附则")
    assert [line.same for line in lines] == [True, False, False, True]
    assert shown(lines[1]) == "二、范围[+和依据+]"
    assert counted(lines) == (2, 0)
    assert [shown(line) for line in compare_texts(old, "一、总则\n三、附则")] == [
        "一、总则",
        "[-二、范围-]",
        "三、附则",
    ]
