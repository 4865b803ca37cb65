"""What a 部门供数单 can ask for: each figure with its cell or its metric, its unit, and whose it is (metrics.md, forms.json).

Figures that a register of ours counts (查阅点、人员、经费、会议、培训…) are not here: a cell has one source.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

ONE = Decimal(1)
COUNT = {word: {word: ONE} for word in ("件", "项", "个", "次", "人次", "人", "%")}
WAN = {"万元": ONE, "亿元": Decimal(10_000), "元": Decimal("0.0001")}
"""Units in which money may be given, and what each is in the first."""


@dataclass(frozen=True)
class SupplyKind:
    """One figure that may be asked for."""

    code: str
    """Its cell id where it has one, else its metric id."""
    label: str
    group: str
    units: dict[str, Decimal]
    """Units in which it may be given and what one of each is in the first, the cell's."""
    whole_region: bool = False
    """Whether one office knows it for the whole region, or each organ its own."""
    stock: bool = False
    """A standing number: a year's is that of a sheet that ends with it, not the sum of its months."""
    signed: bool = False
    """Whether it may fall below zero (本年增/减)."""
    is_cell: bool = False
    supplier: str = ""
    """Which office has it as a rule."""

    @property
    def unit(self) -> str:
        return next(iter(self.units))

    @property
    def whole(self) -> bool:
        """Whether only whole numbers make sense."""
        return self.unit not in ("%", "万元")


def _decided() -> list[SupplyKind]:
    group = "行政许可、处罚、强制（由作出决定的单位报送）"
    kinds = (
        ("license", "行政许可"),
        ("othersvc", "其他对外管理服务事项"),
        ("penalty", "行政处罚"),
        ("coercion", "行政强制"),
    )
    decided = [
        SupplyKind(
            f"t2.{code}.decided", f"{label}处理决定数量", group, COUNT["件"], is_cell=True, supplier="作出决定的单位"
        )
        for code, label in kinds
    ]
    lists = [
        row
        for code, label in kinds
        for row in (
            SupplyKind(
                f"t2.{code}.prev", f"{label}上一年项目数量", "权责清单", COUNT["项"], stock=True, is_cell=True,
                supplier="实施单位",
            ),
            SupplyKind(
                f"t2.{code}.delta", f"{label}本年增/减", "权责清单", COUNT["项"], signed=True, is_cell=True,
                supplier="实施单位",
            ),
        )
    ]  # fmt: skip
    return decided + lists


def _of_finance() -> list[SupplyKind]:
    fee, bought = "行政事业性收费", "政府集中采购"
    whole = {"whole_region": True, "is_cell": True, "supplier": "财政局"}
    return [
        SupplyKind("t2.fee.amount", "行政事业性收费本年收费金额", fee, WAN, **whole),
        SupplyKind("t2.fee.prev", "行政事业性收费上一年项目数量", fee, COUNT["项"], stock=True, **whole),
        SupplyKind("t2.fee.delta", "行政事业性收费本年增/减", fee, COUNT["项"], signed=True, **whole),
        SupplyKind("t2.procure.count", "政府集中采购项目数量", bought, COUNT["项"], **whole),
        SupplyKind("t2.procure.amount", "政府集中采购总金额", bought, WAN, **whole),
    ]


def _metrics() -> list[SupplyKind]:
    rows = (
        # code, label, group, unit, supplier, stock
        ("power.added", "新增权力事项", "权力事项调整", "项", "编办", False),
        ("power.cancelled", "取消权力事项", "权力事项调整", "项", "编办", False),
        ("power.merged", "合并权力事项", "权力事项调整", "项", "编办", False),
        ("power.delegated", "赋予下级的权限", "权力事项调整", "项", "编办", False),
        ("service.items", "政务服务事项数", "政务服务", "项", "政务服务局", True),
        ("service.items_online", "可在线办理的政务服务事项数", "政务服务", "项", "政务服务局", True),
        ("service.novisit", "不见面审批（服务）事项数", "政务服务", "项", "政务服务局", True),
        ("service.handled", "政务服务办件量", "政务服务", "件", "政务服务局", False),
        ("service.online_rate", "政务服务事项网上可办率", "政务服务", "%", "政务服务局", True),
        ("policy.online", "可线上兑现的惠企政策", "惠企政策", "项", "政务服务局", True),
        ("hotline.received", "12345 热线受理", "12345 热线", "件", "热线管理单位", False),
        ("hotline.answered", "12345 热线办结", "12345 热线", "件", "热线管理单位", False),
        ("hotline.rate", "12345 热线办结率", "12345 热线", "%", "热线管理单位", False),
        ("hotline.satisfaction", "12345 热线满意率", "12345 热线", "%", "热线管理单位", False),
        ("petition.visits", "信访接待来访", "信访", "人次", "信访局", False),
        ("petition.cases", "来信来访案件", "信访", "件", "信访局", False),
        ("proposal.npc", "办理人大代表建议", "建议提案", "件", "政府督查室", False),
        ("proposal.cppcc", "办理政协提案", "建议提案", "件", "政府督查室", False),
        ("proposal.npc.satisfaction", "人大代表建议满意率", "建议提案", "%", "政府督查室", False),
        ("proposal.cppcc.satisfaction", "政协提案满意率", "建议提案", "%", "政府督查室", False),
        ("proposal.rate", "建议提案办结率", "建议提案", "%", "政府督查室", False),
        ("egov.seals", "采集的电子印章和数字证书", "电子印章", "个", "政务数据局", True),
        ("newmedia.accounts", "政务新媒体账号", "政务新媒体", "个", "网信办", True),
        ("newmedia.followers", "政务新媒体关注人数", "政务新媒体", "人", "网信办", True),
        ("org.duty", "责任追究", "考核、评议、追责", "次", "纪委监委、政府督查室", False),
    )
    return [
        SupplyKind(code, label, group, COUNT[unit], whole_region=True, stock=stock or unit == "%", supplier=supplier)
        for code, label, group, unit, supplier, stock in rows
    ]


def _of_organs() -> list[SupplyKind]:
    return [
        SupplyKind(
            "t14.8_1", "政府信息公开工作专门机构数", "机构", COUNT["个"], stock=True, is_cell=True, supplier="各单位"
        )
    ]


KINDS: tuple[SupplyKind, ...] = (*_decided(), *_of_finance(), *_metrics(), *_of_organs())
BY_CODE = MappingProxyType({kind.code: kind for kind in KINDS})


def grouped() -> list[tuple[str, list[SupplyKind]]]:
    """The figures by group, in the order of the list."""
    groups: dict[str, list[SupplyKind]] = {}
    for kind in KINDS:
        groups.setdefault(kind.group, []).append(kind)
    return list(groups.items())
