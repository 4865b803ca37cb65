"""What can be told of an interpretation (政策解读) from its text: elements that are missing, passages that are copied.

The elements are those that counties' rules name (domain-spec INT-04); an interpretation that only copies its document
explains nothing (INT-07).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

ELEMENTS: dict[str, re.Pattern[str]] = {
    name: re.compile(cues)
    for name, cues in {
        "背景依据": r"背景|依据|根据|为什么(?:要)?(?:出台|制定|修订)|出台的?(?:原因|必要)|起草(?:过程|说明)|由来",
        "目标任务": r"目标|任务|目的|旨在|为了(?!解)",
        "主要内容": r"(?:主要|核心|重点)(?:内容|举措|措施|条款)|内容(?:包括|有)|(?:共|分为?)[^。；\n]{0,6}(?:章|条|部分|个方面)|明确了|规定了",
        "涉及范围": r"(?:适用|涉及|实施|覆盖|保障|补贴|享受)的?(?:范围|对象|人群|主体)|哪些人|适用于|什么人",
        "执行标准": r"(?:执行|补贴|补助|奖励|收费|认定|保障|办理)的?标准|标准(?:为|是|提高|调整)|每(?:人|户|亩|月|年|件)[^。；\n]{0,12}元",
        "注意事项": r"注意|须知|提醒|特别说明|咨询(?:电话|方式)|拨打",
        "关键词诠释": r"(?:是指|所称|关键词|名词解释|术语|什么是|何谓|怎么理解|如何理解|的含义)",
        "惠民利民举措": r"惠民|利民|便民|惠企|减免|补贴|奖补|优惠|给群众|群众(?:可以|能)|企业(?:可以|能)|实惠|红利|方便群众",
        "新旧政策差异": r"(?:新旧|与(?:原|旧|以往|过去|之前)|相比|较(?:原|以往|上一)|原(?:办法|规定|政策|文件)|修订(?:的|了)|调整(?:的|了)|变化|区别|新增)",
    }.items()
}
TOO_MANY_MISSING = 3
"""From this number on the office is warned."""

RUN = 8
"""A passage counts as copied when so many characters in a row stand in the document."""
SHORT = 20
"""A shorter paragraph (a heading, a date) neither copies nor explains."""
OWN_SHARE = 0.3
"""A paragraph of which less is copied is the writer's own."""


def missing_elements(text: str) -> list[str]:
    """The elements of which the text gives no sign, in the order of the rule."""
    return [name for name, cues in ELEMENTS.items() if not cues.search(text)]


@dataclass(frozen=True, slots=True)
class Copying:
    """How far an interpretation repeats its document."""

    share: float
    """Of its letters and figures, those that stand in a passage copied from the document: 0 to 1."""
    own_paragraphs: int
    """Paragraphs of some length that are for the greater part the writer's own."""


def copying(document: str, text: str) -> Copying:
    """Compare an interpretation with its document. Time and memory grow with the length of both, not their product.

    Spaces and punctuation don't count; passages are looked for within paragraphs (lines).
    """
    original = _bare(document)
    runs = {original[at : at + RUN] for at in range(len(original) - RUN + 1)}
    letters = copied = own = 0
    for paragraph in _paragraphs(text):
        covered = _covered(paragraph, runs)
        letters += len(paragraph)
        copied += covered
        own += len(paragraph) >= SHORT and covered < OWN_SHARE * len(paragraph)
    return Copying(copied / letters if letters else 0.0, own)


def _paragraphs(text: str) -> Iterator[str]:
    """Each line's letters; those too short to hold a run say nothing."""
    for line in text.splitlines():
        if len(bare := _bare(line)) >= RUN:
            yield bare


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _covered(paragraph: str, runs: set[str]) -> int:
    """How many of the paragraph's characters stand in a run that the document has too."""
    covered = reached = 0
    for at in range(len(paragraph) - RUN + 1):
        if paragraph[at : at + RUN] in runs:
            covered += at + RUN - max(at, reached)
            reached = at + RUN
    return covered
