"""What every entry must satisfy before it is stored: by hand, by revision or by import."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.agencies.office_settings import Declared, declare
from gongkai.publishing.content import plain_text
from gongkai.publishing.models import Column, Openness, Origin
from gongkai_core.closing_notes import ARTICLE as NOTE
from gongkai_core.closing_notes import closing_note, contradicts
from gongkai_core.exemptions import ATTRIBUTE, exemption_refusal
from gongkai_core.marks import find_mark
from gongkai_core.refusals import Refusal
from gongkai_core.responsibility import ARTICLE as ORIGIN

CATALOGUE = "条例第十二条第三款"
DOCUMENT = "党政机关公文处理工作条例第九条"
NAME_LIST = "条例第六条、第十五条；公示类信息到期撤下"
NAME_LISTS = declare(
    Declared(
        "publishing.name_lists",
        "名单类栏目（编码，用顿号分开）：须填公示截止日，到期自动撤下",
        "A21C_07",
        "条例第十五条（救助、公示、双随机名单）",
        parse=str.strip,
    )
)
NOT_OPEN = ATTRIBUTE
NOTE_MISMATCH = "note_mismatch"
EARLIEST, LATEST = 1900, 2999


def entry_refusal(facts: Mapping[str, Any], body: str, *, today: date) -> Refusal | None:
    """Why this content may not be stored, or None. `body` is the sanitised text, `facts` the metadata given."""
    title, formed_on = facts["title"], facts.get("formed_on")
    if not title.strip():
        return Refusal("no_title", "标题没有填写", CATALOGUE)
    if len(title) > 200:
        return Refusal("long_title", f"标题有 {len(title)} 字，最多 200 字", CATALOGUE)
    if formed_on and formed_on > today:
        return Refusal("future_date", f"成文日期 {formed_on} 在今天之后", DOCUMENT)
    if facts.get("docno") and not formed_on:
        return Refusal("undated", "有发文字号的公文须填成文日期", DOCUMENT)
    if facts.get("normative_kind") and not (facts.get("docno") and formed_on):
        return Refusal("normative_undated", "规章、规范性文件须填发文字号和成文日期", DOCUMENT)
    if refusal := _far_refusal(facts):
        return refusal
    if refusal := list_over(facts.get("shown_until"), today):
        return refusal
    text = f"{title}\n{plain_text(body)}"
    return _ground_refusal(facts) or find_mark(text, to_be_open=False) or note_refusal(facts, text)


def _far_refusal(facts: Mapping[str, Any]) -> Refusal | None:
    """A day that no document has: 9999-12-31 is what other systems write for “without end”."""
    for name, words in (("formed_on", "成文日期"), ("valid_until", "有效期至"), ("shown_until", "公示截止日")):
        day = facts.get(name)
        if day and not EARLIEST <= day.year <= LATEST:
            return Refusal("far_day", f"{words} {day} 不是可能的日期；没有期限的请空着", DOCUMENT)
    return None


def _ground_refusal(facts: Mapping[str, Any]) -> Refusal | None:
    """What is missing in the ground of a document that is not proactively open; who else made it, in the origin."""
    openness, exemption = facts.get("openness", Openness.OPEN), facts.get("exemption", "")
    reason, article = facts.get("openness_reason", ""), facts.get("openness_article", "")
    if openness == Openness.CLOSED or (exemption and openness == Openness.ON_REQUEST):
        if refusal := exemption_refusal(exemption, reason=reason, basis=article, note=facts.get("openness_note", "")):
            return refusal
    elif openness != Openness.OPEN and not (reason and article):
        return Refusal("no_ground", "不主动公开的，须写明理由和依据的条款", NOT_OPEN)
    if facts.get("origin") == Origin.ORGANS and not facts.get("origin_organ"):
        return Refusal("no_maker", "从其他行政机关获取的，须写明制作或者最初获取的机关", ORIGIN)
    return None


def note_refusal(facts: Mapping[str, Any], text: str) -> Refusal | None:
    """A note under the text (此件公开发布…) that says another attribute, unless the author has confirmed it."""
    note, openness = closing_note(text), facts.get("openness", Openness.OPEN)
    if note is None or not contradicts(note, openness) or facts.get("confirmed_note") == note.words:
        return None
    message = f"文末附注“{note.words}”与公开属性“{Openness(openness).label}”不一致，没有保存：请核对；确属无误的，勾选“附注已核对”"
    return Refusal(NOTE_MISMATCH, message, NOTE)


def is_name_list(column: Column) -> bool:
    """Whether the office counts a column among the lists of persons (domain-spec §11.2 item 14)."""
    return column.code in re.split(r"[、，,\s]+", str(NAME_LISTS.value()))


def list_over(shown_until: date | None, today: date) -> Refusal | None:
    """A list whose last day has passed is not made public any more."""
    if shown_until and shown_until < today:
        return Refusal("list_over", f"公示截止日 {shown_until} 已过，须改期后再送", NAME_LIST)
    return None


def endless_list() -> Refusal:
    """What a list of persons is told that doesn't say until when it is shown."""
    return Refusal("no_end", "名单类栏目须填公示截止日，到期自动撤下", NAME_LIST)


def unfinished(facts: Mapping[str, Any], body: str) -> bool:
    """Whether something is missing that may be missing in a draft but not in what is sent for review."""
    return not facts["title"].strip() or not plain_text(body).strip()
