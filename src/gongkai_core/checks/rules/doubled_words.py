"""重复字词: a word that stands twice (进行进行), a particle that stands twice (的的)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai_core.checks.hits import Found, Kind, Severity
from gongkai_core.checks.page import Page
from gongkai_core.checks.rule import Rule

# A back-reference to at most eight signs: a bounded number of steps at each place.
_WORD = re.compile(r"([\u4e00-\u9fff]{2,8})\1")
_PARTICLE = re.compile(
    r"的的(?!确)|了了(?![之然事])|(?<!是)是是(?!非)|和和(?!气|美|睦)|与与|及及|被被|将将|于于|由由|并并(?!不)|在在(?!处)|或或"
)
# Verbs that are doubled in good Chinese, and what isn't a word said twice.
_MAY_BE_DOUBLED = frozenset(
    [
        *(
            "研究",
            "商量",
            "讨论",
            "学习",
            "了解",
            "考虑",
            "认识",
            "参观",
            "休息",
            "打扫",
            "活动",
            "体验",
            "感受",
            "关心",
        ),
        *(
            "照顾",
            "介绍",
            "清理",
            "整理",
            "交流",
            "锻炼",
            "熟悉",
            "检查",
            "形色",
            "许多",
            "一个",
            "各个",
            "某某",
            "轰轰",
        ),
    ]
)
_OF_A_GOVERNMENT = ("信息", "网站", "公报", "采购")
"""What begins with 政府 itself: 县人民政府 + 政府信息公开指南."""
_NUMERALS = frozenset("一二三四五六七八九十百千万零两")


def look(page: Page) -> Iterator[Found]:
    for doubled in _WORD.finditer(page.text):
        word = doubled.group(1)
        if word in _MAY_BE_DOUBLED or len(set(word)) == 1 or _NUMERALS & set(word):
            continue
        if word == "政府" and page.text.startswith(_OF_A_GOVERNMENT, doubled.end()):
            continue
        yield Found(*doubled.span(), f"“{word}”写了两遍")
    for particle in _PARTICLE.finditer(page.text):
        yield Found(*particle.span(), f"“{particle.group()[0]}”写了两遍")


RULE = Rule(id="doubled_words", name="重复字词", kind=Kind.WORDING, severity=Severity.CLICK, article="", look=look)
