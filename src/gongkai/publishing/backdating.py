"""Documents entered long after their day (补登旧文件): allowed with a reason, and listed for the supervisor.

The day of publication is never typed. What can be typed is 成文日期, so a date that doesn't fit the day of drafting or
the year in the 文号 must explain itself.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.db.models import QuerySet

from gongkai.agencies.models import Role, User
from gongkai.agencies.office_settings import Declared, declare
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.design.words import BEIJING
from gongkai.publishing.models import ItemVersion, WithdrawalKind
from gongkai.publishing.models.version import EVER_PUBLIC
from gongkai_core.refusals import Refusal

ARTICLE = "条例第二十六条；国办秘函〔2019〕19号（不得伪造发稿日期）"
DAYS = declare(Declared("publishing.backdated_days", "成文日期早于拟稿日几天以上，送审时须说明原因", 30, ARTICLE))
_YEAR = re.compile(r"[〔\[（(]\s*(\d{4})\s*[〕\]）)]")


def backdating(docno: str, formed_on: date | None, *, drafted_on: date, after: int | None = None) -> str:
    """In words, why a document counts as entered late; empty when it doesn't.

    `after` is the office's number of days, for callers with many rows.
    """
    if formed_on is None:
        return ""
    if formed_on < drafted_on - timedelta(days=DAYS.value() if after is None else after):
        return f"成文日期 {formed_on} 早于拟稿日 {(drafted_on - formed_on).days} 天"
    year = _YEAR.search(docno)
    if year and int(year[1]) != formed_on.year:
        return f"文号的年份 {year[1]} 与成文日期 {formed_on} 不符"
    return ""


def version_backdating(version: ItemVersion, *, today: date) -> str:
    """The same for a version; a revision of a public document keeps its day without explaining it again."""
    item = version.item
    if item.first_published_at and (item.formed_on, item.docno) == (version.formed_on, version.docno):
        return ""
    drafted_on = version.created_at.astimezone(BEIJING).date()
    return backdating(version.docno, version.formed_on, drafted_on=min(drafted_on, today))


def reason_refusal(found: str, reason: str) -> Refusal | None:
    """The refusal for a document entered late without a reason."""
    return Refusal("backdated", f"{found}，请填写补登说明", ARTICLE) if found and not reason.strip() else None


def may_see_list(user: User, *, on: date) -> bool:
    """The supervisor and the disclosure office (条例第四十七条)."""
    return user.holds(Role.SUPERVISOR, on=on) or is_disclosure_office(user, on=on)


def backdated_versions(user: User, *, on: date) -> QuerySet[ItemVersion]:
    """Every organ's: what was public for the supervisor, what was sent for review for the office."""
    found = ItemVersion.objects.exclude(backdated_reason="").filter(round__gte=1)
    if not is_disclosure_office(user, on=on):
        found = found.filter(state__in=EVER_PUBLIC).exclude(item__withdrawal_kind=WithdrawalKind.SILENT)
    return found.select_related("item__agency", "author")
