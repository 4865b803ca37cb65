"""The 政府信息公开 page's frame: four tabs, 依申请公开, and the tree in statutory order (国办公开办函〔2019〕61号)."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.design.frames import Entry, Link
from gongkai.publishing.derivation import summary_of
from gongkai.publishing.gazette import gazette_is_on
from gongkai.publishing.models import Column, Item, NoMatterStatement, Tab
from gongkai.publishing.validity import standing_validity, validity_words

APPLICATIONS, REPORTS = "/apply/", "/reports/"
"""Where applications (依申请公开) and annual reports are; their apps stand above this one and are only linked to."""
DUE = "此类信息自形成或者变更之日起二十个工作日内在此公开（条例第二十六条）。"


def column_url(column: Column) -> str:
    return reverse("publishing:column", args=[column.slug])


def tabs() -> list[Link]:
    """The four fixed parts and, apart, the entrance for applications."""
    columns = Column.objects.filter(tab__in=[Tab.GUIDE, Tab.SYSTEM], parent=None).order_by("-position")
    urls = {column.tab: column_url(column) for column in columns}
    urls |= {Tab.STATUTORY: reverse("publishing:disclosure"), Tab.REPORT: REPORTS}
    links = [Link(tab.label, urls[tab], key=tab.value) for tab in Tab if tab in urls]
    return [*links, Link("依申请公开", APPLICATIONS, key="application")]


def tree(tab: str = Tab.STATUTORY) -> list[Link]:
    """The columns of a part as a tree; an empty one says so instead of leading to nothing.

    条例第二十条 stands first, what 第二十一条 adds for the county and for towns in groups of its own.
    """
    columns = list(Column.objects.filter(tab=tab).order_by("position", "pk"))
    below: dict[int | None, list[Column]] = {}
    for column in columns:
        below.setdefault(column.parent_id, []).append(column)

    def link(column: Column) -> Link:
        return Link(
            column.name,
            column_url(column),
            key=column.slug,
            note="" if column.public_count or (column.pk in below and tab == Tab.SYSTEM) else EMPTY_NOTE,
            children=tuple(link(child) for child in below.get(column.pk, [])),
        )

    top = below.get(None, [])
    if tab != Tab.STATUTORY:
        return [link(column) for column in top]
    groups = {name: [column for column in top if column.code.startswith(prefix)] for name, prefix in _GROUPS.items()}
    grouped = {column.pk for columns in groups.values() for column in columns}
    return [
        *(link(column) for column in top if column.pk not in grouped),
        *(Link(name, children=tuple(map(link, columns))) for name, columns in groups.items() if columns),
        *_other_ways(),
    ]


EMPTY_NOTE = "暂无，见更新说明"
_GROUPS = {"县级（第二十一条）": "A21C_", "乡镇（第二十一条）": "A21T_"}


def _other_ways() -> list[Link]:
    gazette = [Link("政府公报", reverse("publishing:gazette"), key="gazette")] if gazette_is_on() else []
    return [
        Link("基层政务公开标准目录", reverse("publishing:fields"), key="fields"),
        Link("按主题分类", reverse("publishing:topics"), key="topics"),
        Link("按体裁分类", reverse("publishing:genres"), key="genres"),
        *gazette,
        Link("失效文件清单", reverse("publishing:invalid"), key="invalid"),
        Link("单位专栏", reverse("publishing:agencies"), key="agencies"),
    ]


def organ_tree(agency: Agency, today: date) -> list[Link]:
    """An organ's own 政府信息公开 (单位专栏): the columns it answers for, each with something or with its 更新说明."""
    duties = agency.duties.filter(until=None, entry__catalogue=None).select_related("entry__column")
    stated = set(statements(today).filter(agency=agency).values_list("entry", flat=True))
    links = [
        Link(
            duty.entry.column.name,
            reverse("publishing:agency_column", args=[agency.public_id, duty.entry.column.slug]),
            key=duty.entry.column.slug,
            note="" if duty.items else "本年度无此类事项" if duty.entry_id in stated else EMPTY_NOTE,
        )
        for duty in duties.order_by("entry__column__position")
    ]
    standard = Link("标准目录", reverse("publishing:agency_catalogue", args=[agency.public_id]), key="standard")
    return [
        Link(agency.name, reverse("publishing:agency", args=[agency.public_id]), key="all"),
        *links,
        standard,
        Link("单位专栏", reverse("publishing:agencies"), key="agencies"),
    ]


def statements(today: date) -> QuerySet[NoMatterStatement]:
    """本年度无此类事项, as far as it is in force on the day: it expires with its year."""
    found = NoMatterStatement.objects.filter(year=today.year, withdrawn_on=None, made_on__lte=today)
    return found.select_related("agency").order_by("agency__position", "agency__path")


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
