"""What every entry must satisfy before it is stored: by hand, by revision or by import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.publishing.content import plain_text
from gongkai.publishing.marks import find_mark
from gongkai.publishing.models import Openness
from gongkai_core.refusals import Refusal

CATALOGUE = "条例第十二条第三款"
DOCUMENT = "党政机关公文处理工作条例第九条"
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
    if not to_be_open and not (facts.get("openness_reason") and facts.get("openness_article")):
        return Refusal("no_ground", "不主动公开的，须写明理由和依据的条款", NOT_OPEN)
    return find_mark(f"{title}\n{plain_text(body)}", to_be_open=to_be_open)


def unfinished(facts: Mapping[str, Any], body: str) -> bool:
    """Whether something is missing that may be missing in a draft but not in what is sent for review."""
    return not facts["title"].strip() or not plain_text(body).strip()
