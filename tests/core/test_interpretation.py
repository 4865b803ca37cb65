"""Elements and copying of an interpretation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai_core.interpretation import ELEMENTS, OWN_SHARE, RUN, SHORT, copying, missing_elements

DOCUMENT = (
    "为规范临时救助工作，根据国务院有关规定，结合本县实际，制定本办法。\n"
    "第一条 临时救助对象包括家庭对象和个人对象，由乡镇人民政府受理。\n"
    "第二条 救助金额按照城乡最低生活保障标准的三至六倍确定，一年内不超过两次。"
)
EXPLAINED = (
    "一、为什么要出台这个办法？去年下半年起，好几个乡镇反映，突然遇到困难的家庭不知道该找谁。\n"
    "二、哪些人可以申请？家里突然出了事、收入一下子断了的，不管户口在哪里，都能到住的地方问一问。"
)
texts = st.text(alphabet="甲乙丙丁，。\n", max_size=80)


def test_each_element_is_seen_by_its_words_and_missed_without_them():
    said = {
        "背景依据": "文件出台的背景",
        "目标任务": "总体目标是",
        "主要内容": "主要内容有三个",
        "涉及范围": "适用范围是全县",
        "执行标准": "补贴标准为每人每月",
        "注意事项": "需要注意三点",
        "关键词诠释": "本办法所称困难",
        "惠民利民举措": "减免两项费用",
        "新旧政策差异": "与原办法相比",
    }
    assert said.keys() == ELEMENTS.keys()
    for name, words in said.items():
        assert name not in missing_elements(words), name
        assert name in missing_elements("今天天气晴朗。"), name
    assert missing_elements("\n".join(said.values())) == []


def test_a_copy_copies_and_an_explanation_does_not():
    assert copying(DOCUMENT, DOCUMENT).share == 1
    assert copying(DOCUMENT, DOCUMENT).own_paragraphs == 0
    own = copying(DOCUMENT, EXPLAINED)
    assert own.share < 0.1 and own.own_paragraphs == 2
    mixed = copying(DOCUMENT, f"{DOCUMENT}\n{EXPLAINED}")
    assert 0.3 < mixed.share < 0.8 and mixed.own_paragraphs == 2


def test_spaces_and_punctuation_hide_no_copy():
    spread = "\n".join("　".join(line).replace("，", "、") for line in DOCUMENT.split("\n"))
    assert copying(DOCUMENT, spread).share == 1


@given(texts, texts)
def test_the_share_is_that_of_all_common_runs(document, text):
    found = copying(document, text)
    assert 0 <= found.share <= 1
    bare = "".join(filter(str.isalnum, document))
    letters = copied = 0
    for line in text.splitlines():
        paragraph = "".join(filter(str.isalnum, line))
        if len(paragraph) < RUN:
            continue
        # Another way to the same number: the longest passage from each place that the document has.
        marked = set()
        for at in range(len(paragraph)):
            longest = 0
            while paragraph[at : at + longest + 1] in bare and at + longest < len(paragraph):
                longest += 1
            if longest >= RUN:
                marked |= set(range(at, at + longest))
        letters, copied = letters + len(paragraph), copied + len(marked)
    assert found.share == (copied / letters if letters else 0)


@given(texts.map(lambda text: f"{text}\n甲乙丙丁甲丙乙丁"))
def test_a_text_is_its_own_copy_and_nothing_of_another_alphabet(text):
    assert copying(text, text).share == 1
    assert copying("子丑寅卯辰巳午未申酉戌亥" * 3, text).share == 0
    assert copying("", text).own_paragraphs == sum(
        len([c for c in line if c.isalnum()]) >= SHORT for line in text.splitlines()
    )
    assert OWN_SHARE < 1


@pytest.mark.parametrize("size", [400_000])
def test_long_texts_are_compared_without_multiplying_their_lengths(size):
    """The product of these lengths would be 1.6 × 10¹¹ comparisons; the test would not end."""
    long = "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(size))
    assert copying(long, long).share == 1
    assert copying(long, long[::-1]).share < 0.01
