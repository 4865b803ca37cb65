"""What an office adds to a letter stands where it was put; the given words stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_letters import RECEIVED, every_letter, outcome_of, refusal_of, remedy_of, values_of

from gongkai_core.letters import LETTERS, Addition, Letter, check_additions, given_lines, render
from gongkai_core.letters.rendering import kinds_of_lines
from gongkai_core.refusals import Refused

PLAIN = st.text(st.characters(whitelist_categories=["Lo"], max_codepoint=0x9FFF), min_size=4, max_size=20)


def rendered(letter: Letter, names: tuple[str, ...], additions: tuple[Addition, ...] = ()):
    return render(
        letter.code, values_of(letter, names), received_on=RECEIVED, outcome=outcome_of(letter),
        remedy=remedy_of(letter), delivered_by="online", additions=additions,
    )  # fmt: skip


@settings(deadline=None)
@given(st.data())
def test_added_paragraphs_stand_where_they_were_put_and_nothing_else_changes(data: st.DataObject) -> None:
    letter = data.draw(st.sampled_from(list(LETTERS.values())))
    names = data.draw(st.sampled_from([letter.required, letter.printed]))
    text = list(given_lines(letter))
    free = [n for n in range(1, len(text) + 1) if (head := "".join(text[:n])).count("[[") == head.count("]]")]
    places = data.draw(st.lists(st.sampled_from(free), max_size=4))
    added = tuple(Addition(place, f"加{number}{data.draw(PLAIN)}") for number, place in enumerate(sorted(places)))
    check_additions(letter, added)
    plain, whole = rendered(letter, names), rendered(letter, names, added)
    texts = [row.text for row in added]
    assert [(row.kind, row.text) for row in whole.blocks if row.text not in texts] == [
        (row.kind, row.text) for row in plain.blocks
    ]
    assert [row.text for row in whole.blocks if row.text in texts] == texts
    # Between the given line it follows and the next one that is printed.
    for row in added:
        at = next(number for number, block in enumerate(whole.blocks) if block.text == row.text)
        before = [block for block in whole.blocks[:at] if block.text not in texts]
        plain_before = [block for block in plain.blocks if block.line <= row.after]
        assert [block.text for block in before] == [block.text for block in plain_before]


@every_letter
def test_the_lines_of_a_letter_are_its_template(letter: Letter) -> None:
    assert "\n".join(given_lines(letter)) == "\n".join(line for line in letter.template.split("\n") if line.strip())
    assert len(kinds_of_lines(letter)) == len(given_lines(letter))


def test_variables_are_filled_and_segments_fall_away() -> None:
    letter = LETTERS["L02"]
    added = (Addition(4, "登记号为{case_no}。[[另请联系{contact}]]"),)
    check_additions(letter, added)
    texts = [block.text for block in rendered(letter, letter.required, added).blocks]
    assert "登记号为〈case_no〉。" in texts
    texts = [block.text for block in rendered(letter, letter.printed, added).blocks]
    assert "登记号为〈case_no〉。另请联系〈contact〉" in texts


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("请联系{nobody}", "undeclared_variable"),
        ("{ 空格 }", "undeclared_variable"),
        ("{remedy}", "typed_remedy"),
        ("请联系{contact}", "optional_variable"),
        ("{case_no", "brackets"),
        ("[[{case_no}", "brackets"),
        ("", "addition"),
        ("一\n二", "addition"),
        ("长" * 501, "addition"),
    ],
)
def test_what_cannot_be_printed_is_refused(text: str, code: str) -> None:
    letter = LETTERS["L02"]
    found = refusal_of(check_additions, letter, [Addition(2, text)])
    assert found.code == code
    if code == "undeclared_variable":
        assert "{" in found.message


def test_an_optional_segment_is_not_torn_apart() -> None:
    letter = next(
        row
        for row in LETTERS.values()
        if "]]" not in row.template.partition("[[")[2].partition("\n")[0] and "[[" in row.template
    )
    place = next(n for n, line in enumerate(given_lines(letter), start=1) if line.count("[[") > line.count("]]"))
    assert refusal_of(check_additions, letter, [Addition(place, "一段")]).code == "inside_segment"


def test_places_and_number_are_bounded() -> None:
    letter = LETTERS["L02"]
    for place in (0, len(given_lines(letter)) + 1):
        with pytest.raises(Refused, match="没有第"):
            check_additions(letter, [Addition(place, "一段")])
    with pytest.raises(Refused, match="最多"):
        check_additions(letter, [Addition(1, "一段")] * 21)
