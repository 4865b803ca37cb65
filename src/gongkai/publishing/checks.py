"""What every entry must satisfy before it is stored: by hand, by revision or by import."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.agencies.office_settings import Declared, declare
from gongkai.publishing.content import plain_text
from gongkai.publishing.marks import find_mark
from gongkai.publishing.models import Column, Openness
from gongkai_core.refusals import Refusal

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
NOT_OPEN = "条例第十三条至第十六条；国办发〔2016〕80号"


def entry_refusal(facts: Mapping[str, Any], body: str, *, today: date) -> Refusal | None:
    """Why this content may not be stored, or None. `body` is the sanitised text, `facts` the metadata given."""
    title, formed_on = facts["title"], facts.get("formed_on")
    to_be_open = facts.get("openness", Openness.OPEN) == Openness.OPEN
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
    if refusal := list_over(facts.get("shown_until"), today):
        return refusal
    if not to_be_open and not (facts.get("openness_reason") and facts.get("openness_article")):
        return Refusal("no_ground", "不主动公开的，须写明理由和依据的条款", NOT_OPEN)
    return find_mark(f"{title}\n{plain_text(body)}", to_be_open=to_be_open)


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
