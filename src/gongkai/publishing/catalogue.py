"""The 政府信息公开 page's frame: four tabs, 依申请公开, and the tree in statutory order (国办公开办函〔2019〕61号)."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from gongkai.design.frames import Entry, Link
from gongkai.publishing.derivation import summary_of
from gongkai.publishing.gazette import gazette_is_on
from gongkai.publishing.models import Column, Item, Tab
from gongkai.publishing.validity import standing_validity, validity_words

APPLICATIONS, REPORTS = "/apply/", "/reports/"
"""Where applications (依申请公开) and annual reports are; their apps stand above this one and are only linked to."""
DUE = "此类信息自形成或者变更之日起二十个工作日内在此公开（条例第二十六条）。"


def column_url(column: Column) -> str:
    return reverse("publishing:column", args=[column.slug])


def tabs() -> list[Link]:
    """The four fixed parts and, apart, the entrance for applications."""
    columns = Column.objects.filter(tab__in=[Tab.GUIDE, Tab.SYSTEM]).order_by("-position")
    urls = {column.tab: column_url(column) for column in columns}
    urls |= {Tab.STATUTORY: reverse("publishing:disclosure"), Tab.REPORT: REPORTS}
    links = [Link(tab.label, urls[tab], key=tab.value) for tab in Tab if tab in urls]
    return [*links, Link("依申请公开", APPLICATIONS, key="application")]


def tree() -> list[Link]:
    """The statutory columns as a tree; an empty one says so instead of leading to nothing."""
    columns = list(Column.objects.filter(tab=Tab.STATUTORY).order_by("position", "pk"))
    below: dict[int | None, list[Column]] = {}
    for column in columns:
        below.setdefault(column.parent_id, []).append(column)

    def link(column: Column) -> Link:
        return Link(
            column.name,
            column_url(column),
            key=column.slug,
            note="" if column.public_count else "暂无，见更新说明",
            children=tuple(link(child) for child in below.get(column.pk, [])),
        )

    agencies = Link("单位专栏", reverse("publishing:agencies"), key="agencies")
    gazette = [Link("政府公报", reverse("publishing:gazette"), key="gazette")] if gazette_is_on() else []
    invalid = Link("失效文件清单", reverse("publishing:invalid"), key="invalid")
    return [*(link(column) for column in below.get(None, [])), invalid, *gazette, agencies]


def entry(item: Item) -> Entry:
    """An item as a row of a public list, with the card of its index facts."""
    on = timezone.localdate()
    facts = [("索引号", item.index_no), ("主题分类", item.get_topic_display()), ("发布机构", item.agency.name)]
    if item.published_version:
        facts.append(("内容概述", summary_of(item, item.published_version.body)))
    if item.ended_on or item.valid_until:
        facts.append(("有效性", validity_words(item, on)))
    return Entry(
        title=item.title,
        url=item.get_absolute_url(),
        day=item.published_at,
        number=item.docno,
        made_on=item.formed_on,
        validity=str(standing_validity(item, on).label) if item.docno else "",
        facts=tuple(facts),
    )
