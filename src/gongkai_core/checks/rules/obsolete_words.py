"""Names that no longer hold (过时表述): organs reformed, laws repealed. 原国土资源局 is history and right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai_core.checks.hits import Kind, Severity
from gongkai_core.checks.lists import Lists
from gongkai_core.checks.page import Page
from gongkai_core.checks.rule import Phrase, Rule

_FORMER = re.compile(r"(?:原|时任|前|旧|撤销|更名|改为|曾用名|失效|废止|不再保留)[\u4e00-\u9fff（(《“]{0,9}$")
_ENDED = re.compile(r"[\u4e00-\u9fff《》“”（）()、]{0,16}?(?:同时|已经|已|予以)?(?:撤销|更名|废止|失效)")


def phrases(lists: Lists) -> Iterator[Phrase]:
    for wording, right in lists.obsolete.items():
        yield Phrase(wording, f"现为“{right}”" if right else "已不使用", holds=_is_said_of_today)


def _is_said_of_today(page: Page, start: int, end: int) -> bool:
    if _FORMER.search(page.before(start, 16)) or page.text.startswith("门", end):  # 环境保护部|门
        return False
    return _ENDED.match(page.text, end) is None


RULE = Rule(
    id="obsolete_words",
    name="过时表述",
    kind=Kind.WORDING,
    severity=Severity.CLICK,
    article="党和国家机构改革方案（2018年、2023年）；民法典第一千二百六十条",
    phrases=phrases,
)
