"""领导姓名与职务 against the local list: a name written with another sign beside its title, a title not the listed one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from gongkai_core.checks.hits import Kind, Severity
from gongkai_core.checks.lists import Lists
from gongkai_core.checks.page import Page
from gongkai_core.checks.rule import Phrase, Rule
from gongkai_core.checks.sounds import variants

_OFFICES = (
    "县委书记", "县委副书记", "市委书记", "市委副书记", "区委书记", "区委副书记", "党委书记", "党委副书记", "党组书记",
    "常务副县长", "常务副市长", "常务副区长", "副县长", "县长", "副市长", "市长", "副区长", "区长", "副镇长", "镇长",
    "副乡长", "乡长", "副局长", "局长", "副主任", "主任", "人大主任", "政协主席", "副主席", "主席", "副部长", "部长",
    "副科长", "科长", "副院长", "院长", "检察长", "副检察长", "书记", "副书记",
)  # fmt: skip
_CIVILITIES = re.compile(r"同志|[：:，,、 \u3000]")
_REACH = 16


def phrases(lists: Lists) -> Iterator[Phrase]:
    right_names = lists.leaders.keys()
    for name, titles in lists.leaders.items():
        for wrong in variants(name):
            if wrong not in right_names:
                yield Phrase(wrong, f"名录中是“{name}”（{titles[0]}）", holds=partial(_beside_title, titles=titles))
        for office in _OFFICES:
            if not any(_agree(office, title) for title in titles):
                suggestion = f"名录中{name}的职务是“{'、'.join(titles)}”"
                yield Phrase(f"{name}{office}", suggestion, holds=_title_ends)
                yield Phrase(f"{office}{name}", suggestion, holds=_title_begins)


def _agree(office: str, title: str) -> bool:
    """Whether one is the other said in full: 县长 and 青禾县县长, but not 县长 and 副县长."""
    longer, shorter = (title, office) if len(title) >= len(office) else (office, title)
    return longer.endswith(shorter) and not longer[: -len(shorter)].endswith("副")


def _beside_title(page: Page, start: int, end: int, *, titles: tuple[str, ...]) -> bool:
    """Another person may bear the name; with the title beside it, it is meant to be the listed one."""
    before, after = _CIVILITIES.sub("", page.before(start, _REACH)), page.text[end : end + _REACH]
    return any(before.endswith(title) or after.startswith(title) for title in titles)


def _title_ends(page: Page, start: int, end: int) -> bool:
    """Nothing goes on that would make it another title: 县长助理."""
    return not page.text.startswith(("助理", "办公室", "信箱"), end)


def _title_begins(page: Page, start: int, end: int) -> bool:
    """Nothing stands before that would make it another title: 副|县长, 原|县长."""
    return page.text[max(0, start - 1) : start] not in ("副", "原", "前", "总")


RULE = Rule(
    id="leader_names",
    name="领导姓名、职务",
    kind=Kind.NAME,
    severity=Severity.CLICK,
    article="本单位名录",
    phrases=phrases,
)
