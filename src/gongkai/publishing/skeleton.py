"""The statutory skeleton of the catalogue: the four parts (国办公开办函〔2019〕61号) and 条例第二十条、第二十一条."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.publishing.models.column import Column, Tab

INTERPRETATION = "A20_01_I"
"""Code of the column of interpretations (政策解读)."""


@dataclass(frozen=True)
class _Seed:
    code: str
    slug: str
    name: str
    article: str = ""
    tab: str = Tab.STATUTORY
    parent: str = ""


SKELETON = (
    _Seed("GUIDE", "guide", "政府信息公开指南", "条例第十二条第一、二款", Tab.GUIDE),
    _Seed("SYSTEM", "systems", "政府信息公开制度", "条例第四条", Tab.SYSTEM),
    _Seed("A20_01", "policy-documents", "规章和规范性文件", "条例第二十条第（一）项"),
    _Seed(INTERPRETATION, "policy-interpretation", "政策解读", "条例第二十条第（一）项", parent="A20_01"),
    _Seed("A20_02", "organs-and-functions", "机构职能", "条例第二十条第（二）项"),
    _Seed("A20_03", "plans", "规划信息", "条例第二十条第（三）项"),
    _Seed("A20_04", "statistics", "统计信息", "条例第二十条第（四）项"),
    _Seed("A20_05", "licensing-and-services", "行政许可和其他对外管理服务", "条例第二十条第（五）项"),
    _Seed("A20_06", "penalties-and-coercion", "行政处罚、行政强制", "条例第二十条第（六）项"),
    _Seed("A20_07", "budgets-and-accounts", "财政预算、决算", "条例第二十条第（七）项"),
    _Seed("A20_08", "administrative-fees", "行政事业性收费", "条例第二十条第（八）项"),
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
    _Seed("REPORT", "annual-reports", "政府信息公开年报", "条例第四十九条、第五十条", Tab.REPORT),
)


def seed_columns() -> list[Column]:
    """Create the statutory columns that don't exist yet; names already changed by the office stay. Returns all."""
    columns: dict[str, Column] = {}
    for position, seed in enumerate(SKELETON, start=1):
        columns[seed.code], _ = Column.objects.get_or_create(
            code=seed.code,
            defaults={
                "slug": seed.slug,
                "name": seed.name,
                "article": seed.article,
                "tab": seed.tab,
                "parent": columns.get(seed.parent),
                "position": position * 10,
            },
        )
    return list(columns.values())
