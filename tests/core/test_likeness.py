"""雷同: how alike two texts are."""

import pytest

from gongkai_core.likeness import containment, likeness

TEXT = "一是部分单位公开不够及时，集中在季末发布。二是政策解读形式单一，以文字为主。"


def test_last_years_sentence_with_this_years_number_is_the_same():
    assert likeness("全年收到申请48件，办结46件。", "全年收到申请30件，办结29件！") == 1.0


def test_other_words_have_little_in_common():
    assert likeness(TEXT, "申请补正比例偏高，登记后先电话沟通；基层人员变动频繁。") < 0.15


def test_it_falls_with_every_sentence_that_is_written_anew():
    one, other = TEXT.split("。")[0], TEXT.split("。")[1]
    assert 1.0 > likeness(TEXT, f"{one}。新的一句话写别的事情。") > likeness(TEXT, "新的一句话写别的事情。")
    assert likeness(TEXT, f"{other}。{one}。") > 0.95


def test_it_is_the_same_both_ways():
    assert likeness(TEXT, TEXT[:20]) == likeness(TEXT[:20], TEXT)


@pytest.mark.parametrize("nothing", ["", "1", "12，34。", "一"])
def test_a_text_that_says_nothing_is_like_no_other(nothing):
    assert likeness(nothing, nothing) == 0.0
    assert containment(nothing, TEXT) == 0.0


def test_a_part_of_a_text_is_wholly_in_it():
    assert containment("政策解读形式单一", TEXT) == 1.0
    assert containment("政策解读形式多样", TEXT) == pytest.approx(5 / 7)
