"""Drafting help (草拟): the year's figures in sentences an office would write.

Every number comes from the snapshot, or from the receipts kept in the report's basis; each is noted with the
cells it was taken from, so that the text can be checked against the tables. What no figure tells is left to a
person: the help writes no praise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gongkai_core.returns import Cell, form_of

Number = int | Decimal | None
DOCUMENTS = {
    "2014": "国办发〔2014〕32号",
    "2019": "国办公开办函〔2019〕60号",
    "2021": "国办公开办函〔2021〕30号",
}


def printed(value: Number) -> str:
    """A figure as every rendering prints it: no grouping, no trailing zeros; nothing for a blank cell."""
    if value is None:
        return ""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def money_unit(cell: Cell) -> str:
    """The unit a money cell is kept and printed in; where the form leaves a choice (万元|亿元), the first."""
    return cell.kept_unit


@dataclass
class Draft:
    """A text being drafted over the year's figures; `used` is [cells joined by +, as printed] per number."""

    figures: Mapping[str, Number]
    used: list[list[str]] = field(default_factory=list)

    def sum(self, *cells: str) -> int | Decimal:
        """The sum of cells, blank ones left out."""
        return sum((self.figures.get(cell) or 0 for cell in cells), 0)

    def known(self, *cells: str) -> bool:
        return all(self.figures.get(cell) is not None for cell in cells)

    def n(self, *cells: str) -> str:
        """Print the sum of cells and note it."""
        text = printed(self.sum(*cells))
        self.used.append(["+".join(cells), text])
        return text

    def list(self, *named: tuple[str, tuple[str, ...], str]) -> str:
        """甲3件、乙2件: of (name, cells, unit) those that are not zero."""
        return "、".join(f"{name}{self.n(*cells)}{unit}" for name, cells, unit in named if self.sum(*cells))

    def outside(self, source: str, text: str) -> str:
        """Print a figure of the basis and note it."""
        self.used.append([source, text])
        return text


@dataclass(frozen=True)
class Facts:
    """What the sentences need besides the figures."""

    organ: str
    year: int
    edition: str
    whole_region: bool
    basis: Mapping[str, Any]


Writer = Callable[[Draft, Facts], str]


def draft(number: str, figures: Mapping[str, Number], facts: Facts) -> tuple[str, list[list[str]]]:
    """The drafted text of a part and the numbers it uses; an empty text where only a person can write."""
    writer = WRITERS[facts.edition].get(number)
    page = Draft(figures)
    return (writer(page, facts), page.used) if writer else ("", [])


def _preamble(d: Draft, f: Facts) -> str:
    law = "第四十九条、第五十条" if f.edition != "2014" else "第三十一条、第三十二条"
    scope = "本级政府及其所属部门、乡镇（街道）的汇总数" if f.whole_region else "本机关的数"
    where = f"本报告可在本机关门户网站（{f.basis['domain']}）查阅、下载。" if f.basis.get("domain") else ""
    contact = f"（{f.basis['contact']}）" if f.basis.get("contact") else ""
    return (
        f"根据《中华人民共和国政府信息公开条例》{law}和{DOCUMENTS[f.edition]}文件的规定，编制本报告。"
        f"所列数据的统计期限为{f.year}年1月1日至{f.year}年12月31日，为{scope}。{where}"
        f"对本报告有疑问的，请与{f.organ}联系{contact}。"
    )


def _decisions(d: Draft) -> str:
    kinds = (("行政许可", "license"), ("行政处罚", "penalty"), ("行政强制", "coercion"))
    named = [(f"{name}决定", (f"t2.{kind}.decided",), "件") for name, kind in kinds]
    listed = d.list(*named)
    return f"全年作出{listed}。" if listed else ""


def _active_2021(d: Draft, f: Facts) -> str:
    made = ("t2.rule.made", "t2.normdoc.made")
    text = ""
    if d.known(*made):
        rules = f"规章{d.n('t2.rule.made')}件、" if d.sum("t2.rule.made") else ""
        documents = f"{rules}行政规范性文件{d.n('t2.normdoc.made')}件"
        text = f"{f.year}年，制发{documents}。" if d.sum(*made) else f"{f.year}年，没有制发规章和行政规范性文件。"
    text += _decisions(d)
    if d.sum("t2.fee.amount"):
        text += f"行政事业性收费金额{d.n('t2.fee.amount')}万元。"
    return text + _channels(d, f)


CHANNELS = {
    "wechat": "政务微信",
    "weibo": "政务微博",
    "press": "报刊广播电视",
    "board": "公开栏、电子屏",
    "other": "其他方式",
}


def _channels(d: Draft, f: Facts) -> str:
    """Numbers that organs filed by months; they stand in no table."""
    filed = {name: int(count) for name, count in f.basis.get("channels", {}).items() if int(count)}
    listed = "、".join(f"{CHANNELS[name]}{d.outside(f'channels.{name}', str(n))}条" for name, n in filed.items())
    return f"按各单位月报，除政府网站外，通过{listed}发布信息。" if listed else ""


def _active_2019(d: Draft, f: Facts) -> str:
    text = ""
    if d.known("t2.normdoc.made", "t2.normdoc.public", "t2.normdoc.total"):
        text = (
            f"{f.year}年，新制作规范性文件{d.n('t2.normdoc.made')}件，新公开{d.n('t2.normdoc.public')}件，"
            f"年末对外公开总数{d.n('t2.normdoc.total')}件。"
        )
    text += _decisions(d)
    if d.sum("t2.procure.count"):
        text += (
            f"政府集中采购项目{d.n('t2.procure.count')}个，采购总金额{d.n('t2.procure.amount')}"
            f"{money_unit(form_of('2019').cell('t2.procure.amount'))}。"
        )
    return text + _channels(d, f)


def _group(group: str, edition: str) -> tuple[str, ...]:
    """The total cells of the rows that belong to a group of table three."""
    rows = (cell.id for cell in form_of(edition).cells if cell.id.endswith(".total"))
    return tuple(cell for cell in rows if cell == f"t3.{group}.total" or cell.startswith(f"t3.{group}_"))


def outcome_groups(edition: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The kinds of outcome of table three with the total cells that make them up."""
    names = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
    return tuple((name, _group(f"r3_{at}", edition)) for at, name in enumerate(names, 1))


def _applications(d: Draft, f: Facts) -> str:
    if not d.known("t3.r1.total", "t3.r2.total", "t3.r3_7.total", "t3.r4.total"):
        return ""
    if not d.sum("t3.r1.total", "t3.r2.total"):
        text = "全年没有收到政府信息公开申请，也没有上年结转的申请。"
    else:
        kinds = d.list(*((name, cells, "件") for name, cells in outcome_groups(f.edition)))
        how = f"其中{kinds}，" if kinds else ""
        text = (
            f"全年新收政府信息公开申请{d.n('t3.r1.total')}件，上年结转{d.n('t3.r2.total')}件；"
            f"办结{d.n('t3.r3_7.total')}件，{how}结转下年度继续办理{d.n('t3.r4.total')}件。"
        )
    return text + _disputes(d)


def _disputes(d: Draft) -> str:
    suits = ("t4.suit_direct.total", "t4.suit_after.total")
    if not d.known("t4.review.total", *suits):
        return ""
    if not d.sum("t4.review.total", *suits):
        return "没有因政府信息公开被申请行政复议、提起行政诉讼。"
    return f"因政府信息公开被申请行政复议{d.n('t4.review.total')}件，被提起行政诉讼{d.n(*suits)}件。"


def _management_2021(d: Draft, f: Facts) -> str:
    if not d.known("t2.normdoc.repealed", "t2.normdoc.valid"):
        return ""
    return (
        f"本年废止行政规范性文件{d.n('t2.normdoc.repealed')}件，截至{f.year}年12月31日现行有效"
        f"{d.n('t2.normdoc.valid')}件。"
    )


def _fee(d: Draft, f: Facts) -> str:
    fee = f.basis.get("fee") or {"count": 0, "yuan": "0"}
    unpaid = d.sum("t3.r3_6_2.total")
    if not fee["count"] and not unpaid:
        return "本年度未收取信息处理费。"
    count, yuan = d.outside("fee.count", str(fee["count"])), d.outside("fee.yuan", printed(Decimal(fee["yuan"])))
    told = f"本年度收取信息处理费{count}件，合计{yuan}元。"
    if unpaid:
        told += f"申请人逾期未缴费、不再处理其申请的{d.n('t3.r3_6_2.total')}件。"
    return told


def _overview_2014(d: Draft, f: Facts) -> str:
    text = d.list(
        ("召开政府信息公开工作会议", ("t14.9_1",), "次"),
        ("举办培训班", ("t14.9_2",), "次"),
        ("接受培训", ("t14.9_3",), "人次"),
    )
    staff = d.list(("专职人员", ("t14.8_3_1",), "人"), ("兼职人员", ("t14.8_3_2",), "人"))
    return (f"{f.year}年，{text}。" if text else "") + (f"从事政府信息公开工作的有{staff}。" if staff else "")


def _active_2014(d: Draft, f: Facts) -> str:
    if not d.known("t14.1_1"):
        return ""
    names = ("政府公报", "政府网站", "政务微博", "政务微信", "其他方式")
    channels = d.list(*((name, (f"t14.1_2_{at}",), "条") for at, name in enumerate(names, 1)))
    documents = f"，其中规范性文件{d.n('t14.1_1_a')}条" if d.sum("t14.1_1_a") else ""
    text = f"{f.year}年，主动公开政府信息{d.n('t14.1_1')}条{documents}。"
    return text + (f"按渠道计，{channels}。" if channels else "")


def _responses_2014(d: Draft, f: Facts) -> str:
    listed = d.list(
        ("参加或者举办新闻发布会", ("t14.2_2_1",), "次"),
        ("政府网站在线访谈", ("t14.2_2_2",), "次"),
        ("发布政策解读稿件", ("t14.2_2_3",), "篇"),
        ("微博微信回应事件", ("t14.2_2_4",), "次"),
        ("其他方式回应事件", ("t14.2_2_5",), "次"),
    )
    topics = f"回应公众关注的热点或者重大舆情{d.n('t14.2_1')}次。" if d.sum("t14.2_1") else ""
    return topics + (f"全年{listed}。" if listed else "")


def _applications_2014(d: Draft, f: Facts) -> str:
    if not d.known("t14.3_1", "t14.3_2"):
        return ""
    if not d.sum("t14.3_1", "t14.3_2"):
        return "全年没有收到政府信息公开申请。"
    ways = d.list(
        ("当面申请", ("t14.3_1_1",), "件"),
        ("传真申请", ("t14.3_1_2",), "件"),
        ("网络申请", ("t14.3_1_3",), "件"),
        ("信函申请", ("t14.3_1_4",), "件"),
    )
    by = f"其中{ways}。" if ways else ""
    return f"全年收到政府信息公开申请{d.n('t14.3_1')}件，办结{d.n('t14.3_2')}件。{by}"


def _costs_2014(d: Draft, f: Facts) -> str:
    if not d.known("t14.7"):
        return ""
    if not d.sum("t14.7"):
        return "全年没有收取依申请公开政府信息的费用。"
    return f"全年依申请公开信息收取费用{d.n('t14.7')}万元。"


def _disputes_2014(d: Draft, f: Facts) -> str:
    if not d.known("t14.4", "t14.5"):
        return ""
    if not d.sum("t14.4", "t14.5"):
        return "全年没有因政府信息公开被申请行政复议、提起行政诉讼。"
    return f"全年因政府信息公开被申请行政复议{d.n('t14.4')}件，被提起行政诉讼{d.n('t14.5')}件。"


def _other_2014(d: Draft, f: Facts) -> str:
    return f"全年收到有关政府信息公开的举报投诉{d.n('t14.6')}件。" if d.sum("t14.6") else "无。"


_SIX: Mapping[str, Writer] = {"0": _preamble, "1.2": _applications, "6": _fee}
WRITERS: Mapping[str, Mapping[str, Writer]] = {
    "2014": {
        "0": _preamble,
        "1": _overview_2014,
        "2": _active_2014,
        "3": _responses_2014,
        "4": _applications_2014,
        "5": _costs_2014,
        "6": _disputes_2014,
        "8": _other_2014,
    },
    "2019": {**_SIX, "1.1": _active_2019},
    "2021": {**_SIX, "1.1": _active_2021, "1.3": _management_2021},
}
