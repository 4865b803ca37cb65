"""The statutory skeleton of the catalogue: the four parts (国办公开办函〔2019〕61号) and 条例第二十条、第二十一条.

Each column is also an entry of the catalogue, owed by some organs at some time: who and when are defaults that the
office changes on the entry's page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, LegalKind
from gongkai.agencies.models.agency import ANSWERS_APPLICATIONS
from gongkai.publishing.models.column import Column, Tab
from gongkai.publishing.models.entry import CatalogueEntry, Duty
from gongkai_core.disclosure import Frequency

INTERPRETATION = "A20_01_I"
"""Code of the column of interpretations (政策解读)."""
GUIDE = "GUIDE"
"""Code of the column of guides (政府信息公开指南)."""
REPORTS = "REPORT"
"""Code of the column of annual reports (政府信息公开年报), whose last day is the organ's own: `report_days`."""


def _county(agency: Agency) -> bool:
    return agency.legal_kind == LegalKind.GOVERNMENT and agency.parent_id is None


def _town(agency: Agency) -> bool:
    return agency.legal_kind == LegalKind.GOVERNMENT and agency.parent_id is not None


def _every(agency: Agency) -> bool:
    return agency.legal_kind in ANSWERS_APPLICATIONS


@dataclass(frozen=True)
class _Seed:
    code: str
    slug: str
    name: str
    article: str = ""
    tab: str = Tab.STATUTORY
    parent: str = ""
    owed_by: Callable[[Agency], bool] | None = _county
    """Who owes it unless the office says otherwise; None for a heading."""
    frequency: str = Frequency.YEARLY
    after: str = ""


_STANDING = {"frequency": Frequency.STANDING}
SKELETON = (
    _Seed(GUIDE, "guide", "政府信息公开指南", "条例第十二条第一、二款", Tab.GUIDE, owed_by=_every, **_STANDING),
    _Seed("SYSTEM", "systems", "政府信息公开制度", "条例第四条", Tab.SYSTEM, owed_by=None),
    _Seed(
        "SYS_OPEN", "rules-disclosure", "主动公开制度", "条例第十九条至第二十六条", Tab.SYSTEM, "SYSTEM", **_STANDING
    ),
    _Seed("SYS_REQUEST", "rules-requests", "依申请公开制度", "条例第四十五条", Tab.SYSTEM, "SYSTEM", **_STANDING),
    _Seed("SYS_REVIEW", "rules-review", "公开审查制度", "条例第十七条", Tab.SYSTEM, "SYSTEM", **_STANDING),
    _Seed("SYS_COORD", "rules-coordination", "发布协调制度", "条例第十一条", Tab.SYSTEM, "SYSTEM", **_STANDING),
    _Seed("SYS_ADJUST", "rules-adjustment", "动态调整制度", "条例第十八条", Tab.SYSTEM, "SYSTEM", **_STANDING),
    _Seed("SYS_REPORT", "rules-reports", "年度报告制度", "条例第四十九条、第五十条", Tab.SYSTEM, "SYSTEM", **_STANDING),
    _Seed(
        "SYS_ASSESS",
        "rules-assessment",
        "考核、社会评议和责任追究制度",
        "条例第四十六条",
        Tab.SYSTEM,
        "SYSTEM",
        **_STANDING,
    ),
    _Seed("A20_01", "policy-documents", "规章和规范性文件", "条例第二十条第（一）项", owed_by=_every),
    _Seed(INTERPRETATION, "policy-interpretation", "政策解读", "条例第二十条第（一）项", parent="A20_01"),
    _Seed("A20_02", "organs-and-functions", "机构职能", "条例第二十条第（二）项", owed_by=_every, **_STANDING),
    _Seed("A20_03", "plans", "规划信息", "条例第二十条第（三）项"),
    _Seed(
        "A20_04", "statistics", "统计信息", "条例第二十条第（四）项", frequency=Frequency.QUARTERLY, after="workdays:20"
    ),
    _Seed("A20_05", "licensing-and-services", "行政许可和其他对外管理服务", "条例第二十条第（五）项"),
    _Seed("A20_06", "penalties-and-coercion", "行政处罚、行政强制", "条例第二十条第（六）项"),
    # 预算 in the first half of the year, 决算 in the second (domain-spec §11.7 item 51).
    _Seed(
        "A20_07",
        "budgets-and-accounts",
        "财政预算、决算",
        "条例第二十条第（七）项",
        owed_by=_every,
        frequency=Frequency.HALF_YEARLY,
    ),
    _Seed("A20_08", "administrative-fees", "行政事业性收费", "条例第二十条第（八）项", **_STANDING),
    _Seed("A20_09", "government-procurement", "政府集中采购", "条例第二十条第（九）项"),
    _Seed("A20_10", "major-projects", "重大建设项目", "条例第二十条第（十）项"),
    _Seed("A20_11", "livelihood", "扶贫、教育、医疗、社会保障、就业", "条例第二十条第（十一）项"),
    _Seed("A20_12", "emergencies", "突发公共事件", "条例第二十条第（十二）项"),
    _Seed("A20_13", "inspections", "监督检查", "条例第二十条第（十三）项"),
    _Seed("A20_14", "civil-service-recruitment", "公务员招考录用", "条例第二十条第（十四）项"),
    _Seed("A20_15", "other-statutory", "其他法定主动公开内容", "条例第二十条第（十五）项"),
    _Seed("A21C_01", "municipal-construction", "市政建设", "条例第二十一条"),
    _Seed("A21C_02", "public-services", "公共服务", "条例第二十一条"),
    _Seed("A21C_03", "public-welfare", "公益事业", "条例第二十一条"),
    _Seed("A21C_04", "land-expropriation", "土地征收", "条例第二十一条"),
    _Seed("A21C_05", "housing-expropriation", "房屋征收", "条例第二十一条"),
    _Seed("A21C_06", "public-order", "治安管理", "条例第二十一条"),
    _Seed("A21C_07", "social-assistance", "社会救助", "条例第二十一条"),
    _Seed("A21T_01", "town-farm-policies", "农业农村政策落实", "条例第二十一条", owed_by=_town),
    _Seed("A21T_02", "town-irrigation", "农田水利工程建设运营", "条例第二十一条", owed_by=_town),
    _Seed("A21T_03", "town-land-contracts", "土地承包经营权流转", "条例第二十一条", owed_by=_town),
    _Seed("A21T_04", "town-homesteads", "宅基地使用情况审核", "条例第二十一条", owed_by=_town),
    _Seed("A21T_05", "town-land-expropriation", "土地征收（乡镇）", "条例第二十一条", owed_by=_town),
    _Seed("A21T_06", "town-housing-expropriation", "房屋征收（乡镇）", "条例第二十一条", owed_by=_town),
    _Seed("A21T_07", "town-levies", "筹资筹劳", "条例第二十一条", owed_by=_town),
    _Seed("A21T_08", "town-social-assistance", "社会救助（乡镇）", "条例第二十一条", owed_by=_town),
    _Seed(REPORTS, "annual-reports", "政府信息公开年报", "条例第四十九条、第五十条", Tab.REPORT, owed_by=_every),
)


def seed_columns() -> list[Column]:
    """Create the statutory columns and their entries that don't exist yet; what the office changed stays. Returns all."""
    there = {column.code: column for column in Column.objects.filter(code__in=[seed.code for seed in SKELETON])}
    for children in (False, True):  # a parent first
        missing = [
            Column(
                code=seed.code,
                slug=seed.slug,
                name=seed.name,
                article=seed.article,
                tab=seed.tab,
                parent=there.get(seed.parent),
                position=position * 10,
            )
            for position, seed in enumerate(SKELETON, start=1)
            if seed.code not in there and bool(seed.parent) == children
        ]
        there |= {column.code: column for column in Column.objects.bulk_create(missing)}
    _seed_entries(there)
    return [there[seed.code] for seed in SKELETON]


def _seed_entries(columns: Mapping[str, Column]) -> None:
    """One entry of the catalogue for each column that an organ owes something in."""
    had = set(CatalogueEntry.objects.filter(catalogue=None).values_list("column", flat=True))
    CatalogueEntry.objects.bulk_create(
        CatalogueEntry(
            column=columns[seed.code],
            position=position * 10,
            matter=seed.name,
            ground=seed.article,
            frequency=seed.frequency,
            after=seed.after,
            town=seed.owed_by is not _county,
        )
        for position, seed in enumerate(SKELETON, start=1)
        if seed.owed_by and columns[seed.code].pk not in had
    )


@transaction.atomic
def seed_duties(on: date) -> int:
    """Give each organ the statutory duties that it has never had, from a day on. Returns how many.

    A duty that the office took from an organ is not given back.
    """
    owed_by = {seed.code: seed.owed_by for seed in SKELETON if seed.owed_by}
    entries = CatalogueEntry.objects.filter(catalogue=None, retired_on=None, column__code__in=owed_by)
    organs = list(Agency.objects.existing(on))
    had = set(Duty.objects.filter(entry__catalogue=None).values_list("entry", "agency"))
    new = [
        Duty(entry=entry, agency=organ, since=on)
        for entry in entries.select_related("column")
        for organ in organs
        if owed_by[entry.column.code](organ) and (entry.pk, organ.pk) not in had
    ]
    Duty.objects.bulk_create(new, batch_size=500)
    return len(new)
