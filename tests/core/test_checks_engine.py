"""The engine: white list first, longest match, masks, and phrases found as a naive loop finds them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai_core.checks import Checker, Kind, Lists, Material, read_block, titles
from gongkai_core.checks.phrases import PhraseTable, Spans, longest_first
from gongkai_core.passages import Passage

SIGNS = st.text(alphabet="甲乙丙丁𠀀\n a", min_size=0, max_size=2100)
WORDS = st.sets(st.text(alphabet="甲乙丙丁𠀀", min_size=2, max_size=5), max_size=30)


def naive(phrases: set[str], text: str) -> list[tuple[int, str]]:
    """Every place of every phrase, by looking for each at each place."""
    found = [(start, phrase) for phrase in phrases for start in range(len(text)) if text.startswith(phrase, start)]
    return sorted(found, key=lambda one: (one[0], -len(one[1])))


@given(WORDS, SIGNS)
def test_phrases_are_found_as_a_naive_loop_finds_them(phrases: set[str], text: str) -> None:
    assert PhraseTable(phrases).occurrences(text) == naive(phrases, text)


def test_phrases_stand_over_the_seams_of_stretches() -> None:
    table = PhraseTable(["甲乙丙"])
    for length in range(1020, 1030):
        assert table.occurrences("丁" * length + "甲乙丙") == [(length, "甲乙丙")]
    assert table.occurrences("") == table.occurrences("甲") == []


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda span: (span[0], span[0] + span[1]))),
    st.tuples(st.integers(0, 30), st.integers(1, 8)),
)
def test_spans_cover_what_one_of_them_holds(spans: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    start, end = asked[0], asked[0] + asked[1]
    assert Spans(spans).cover(start, end) == any(first <= start and end <= last for first, last in spans)


def found(text: str, **lists: object) -> list[str]:
    hits = Checker(Lists(**lists)).check_text(text)  # type: ignore[arg-type]
    return [hit.found for hit in hits]


def test_the_longest_counts_and_none_overlaps() -> None:
    forbidden = {"共产": "", "共产主义者": "", "主义": "", "者同盟": ""}
    assert found("共产主义者同盟", forbidden=forbidden) == ["共产主义者"]
    assert longest_first([(0, "甲乙"), (0, "甲"), (1, "乙丙"), (2, "丙")]) == [(0, "甲乙"), (2, "丙")]


def test_the_white_list_comes_first() -> None:
    forbidden = {"陆家": ""}
    assert found("陆家嘴和陆家", forbidden=forbidden, white=frozenset({"陆家嘴"})) == ["陆家"]
    # A wording that reaches beyond the white one is another wording.
    assert found("陆家嘴", forbidden={"陆家嘴": ""}, white=frozenset({"陆家"})) == ["陆家嘴"]
    assert found("热线13800138000", white=frozenset({"13800138000"})) == []
    assert found("机密★", white=frozenset({"机密★"})) == ["机密★"]


def test_personal_data_are_shown_masked_even_as_a_neighbour() -> None:
    text = "张三110101199003077571，13807971234，做好的的"
    hits = Checker(Lists()).check_text(text)
    assert [hit.shown for hit in hits] == ["1" + "*" * 16 + "1", "138****1234", "的的"]
    for hit in hits:
        told = str(hit.as_json())
        assert "110101199003077571" not in told
        assert "13807971234" not in told
        assert hit.found == text[hit.start : hit.end]


def test_of_two_readings_of_a_number_one_counts() -> None:
    """A card's number may hold what reads like a telephone, an identity number may satisfy Luhn."""
    hits = Checker(Lists()).check_text("6228 4804 0256 4890 018\n13807971234 110101199003077571")
    assert [hit.rule for hit in hits] == ["bank_card", "phone", "identity_card"]


def test_hits_tell_where_they_stand() -> None:
    passages = [Passage("13807971234"), Passage("张三13807971235", where="隐藏工作表“名单”")]
    hits = Checker(Lists()).check(Material(passages))
    assert [(hit.where, hit.start, hit.kind) for hit in hits] == [
        ("正文", 0, Kind.PRIVACY),
        ("隐藏工作表“名单”", 2, Kind.PRIVACY),
    ]


def test_a_pasted_block_is_read_and_its_wrong_lines_are_told() -> None:
    entries, problems = read_block("# 说明\n错词\t对词\n另一个→\n\n三个字 => 三字\n甲\n错词\t对\n同样\t同样\n")
    assert entries == {"错词": "对词", "另一个": "", "三个字": "三字"}
    assert [(problem.number, problem.message) for problem in problems] == [
        (6, "至少 2 个字"),
        (7, "与上面的一行重复"),
        (8, "改成的与原来的相同"),
    ]
    entries, problems = read_block("陈立新\t县委副书记、县长\n王海燕", right_side="职务")
    assert titles(entries["陈立新"]) == ("县委副书记", "县长")
    assert [problem.number for problem in problems] == [2]
