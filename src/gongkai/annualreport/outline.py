"""Which parts a report has, by edition: 30号 (2021 on), 60号 (2019, 2020), 492号条例第三十二条 (2014 to 2018)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Part:
    """One headed part: its prose, then its table, then its charts.

    `prose` is False where the part is its table (30号: 不宜泛化) or only holds blocks. `level` 1 is a part (一、), 2 a block inside it (（一））, 0 the preamble without heading. `required` says that
    it can't stay empty; `hint` tells the writer what the rule wants there, and its source.
    """

    number: str
    heading: str
    level: int
    hint: str = ""
    required: bool = False
    prose: bool = True
    table: str = ""
    charts: tuple[str, ...] = ()


_PREAMBLE: Final = Part(
    "0", "", 0, "写明编制依据、统计期限、查阅网址和联系方式（国办公开办函〔2021〕30号）。", required=True
)
_BLOCKS: Final = (
    Part("1.1", "主动公开", 2, "写本年主动公开了什么、怎样公开；数以统计表为准。", required=True),
    Part(
        "1.2",
        "依申请公开",
        2,
        "写本年收到、办结、结转的情况和办理中的主要做法。",
        required=True,
        charts=("outcomes", "applicants", "received"),
    ),
    Part("1.3", "政府信息管理", 2, "写规范性文件清理、信息发布审查、目录和制度的动态调整等情况。", required=True),
    Part("1.4", "平台建设", 2, "写政府信息公开平台（网站专栏、公报、查阅场所等）的建设和维护情况。", required=True),
    Part(
        "1.5",
        "监督保障",
        2,
        "写机构人员、教育培训和监督情况；各级政府还须写工作考核、社会评议、责任追究结果（条例第五十条第（四）项）。",
        required=True,
    ),
)
_SIX_PARTS: Final = (
    _PREAMBLE,
    Part("1", "总体情况", 1, prose=False),
    *_BLOCKS,
    Part("2", "主动公开政府信息情况", 1, prose=False, table="t2"),
    Part("3", "收到和处理政府信息公开申请情况", 1, prose=False, table="t3"),
    Part("4", "政府信息公开行政复议、行政诉讼情况", 1, prose=False, table="t4"),
    Part(
        "5",
        "存在的主要问题及改进情况",
        1,
        "写两个以上的具体问题和改进措施，并交代上年所列问题的改进情况；不得与上年雷同（国办公开办函〔2021〕30号）。",
        required=True,
    ),
    Part(
        "6",
        "其他需要报告的事项",
        1,
        "写收取信息处理费的情况；没有收取的也要写明（国办函〔2020〕109号）。",
        required=True,
    ),
)
_OF_2014: Final = (
    Part("0", "", 0, "写明编制依据、统计期限、查阅网址和联系方式。", required=True),
    Part("1", "概述", 1, "写组织领导、制度建设、会议培训和经费保障的总体情况。", required=True),
    Part("2", "主动公开政府信息的情况", 1, "写主动公开的数量、渠道和主要类别。", required=True, charts=("channels",)),
    Part("3", "回应解读情况", 1, "写新闻发布会、在线访谈、政策解读和热点回应的情况。", required=True),
    Part(
        "4",
        "依申请公开政府信息和不予公开政府信息的情况",
        1,
        "写申请的数量、方式和答复结果。",
        required=True,
        charts=("requests", "answers"),
    ),
    Part("5", "政府信息公开的收费及减免情况", 1, "写收取和减免检索、复制、邮寄等成本费用的情况。", required=True),
    Part("6", "因政府信息公开申请行政复议、提起行政诉讼的情况", 1, "写复议、诉讼的数量和结果。", required=True),
    Part("7", "政府信息公开工作存在的主要问题及改进情况", 1, "写主要问题和改进措施。", required=True),
    Part("8", "其他需要报告的事项", 1, "没有的写“无”。", required=True),
    Part("9", "政府信息公开情况统计表", 1, prose=False, table="t14"),
)
OUTLINES: Final[Mapping[str, tuple[Part, ...]]] = MappingProxyType(
    {"2014": _OF_2014, "2019": _SIX_PARTS, "2021": _SIX_PARTS}
)
_NUMERALS: Final = "一二三四五六七八九十"
PROBLEMS: Final[Mapping[str, str]] = MappingProxyType({"2014": "7", "2019": "5", "2021": "5"})
"""Where each edition tells its problems, to be set beside next year's improvements."""


def parts(edition: str) -> tuple[Part, ...]:
    """The outline of an edition; KeyError for one that isn't."""
    return OUTLINES[edition]


def printed_heading(part: Part) -> str:
    """一、总体情况, （一）主动公开; nothing for the preamble."""
    if part.level == 0:
        return ""
    numeral = _NUMERALS[int(part.number.rpartition(".")[2]) - 1]
    return f"（{numeral}）{part.heading}" if part.level == 2 else f"{numeral}、{part.heading}"
