"""Outcomes (办理结果) of an application: article, letter, cell of the annual table, remedy and guards.

The 25 rows are `data/decisions.json`; rows are retired, never edited, so a case keeps the row it was closed
with. Sources: 条例第十四条至第四十二条, 国办公开办函〔2019〕60号, 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from gongkai_core.errors import InputError

EDITIONS: Final = ("2014", "2019", "2021")

# 救济 periods by the date a letter is signed (成文日期): 行政诉讼法 2015-05-01, 行政复议法 2024-01-01.
_REMEDY_PERIODS: Final = (
    (date(2015, 4, 30), "before_2015_05"),
    (date(2023, 12, 31), "before_2024"),
    (date.max, "from_2024"),
)

# The old 条例 named trade secrets and privacy apart; the ground decides the single cell of the 2014 form.
GROUNDS: Final[Mapping[str, str]] = MappingProxyType(
    {"trade_secret": "商业秘密", "privacy": "个人隐私", "other": "其他合法权益"}
)


@dataclass(frozen=True, slots=True)
class Guard:
    """守卫: what must be on file before a decision may be signed.

    `confidence` is 确 (checked against the text), 可 (practice) or 疑 (待核).
    """

    id: str
    text: str
    article: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One 办理结果.

    `articles` are short references (see `article_text`); `cells` gives per edition the cell ids of the 2014
    form or the row ids of table 3; `remedy` gives per period choice, review_first, legal_review, none, or
    None where the outcome did not exist then; `remedy_parts` is filled where one letter carries two clauses.
    """

    code: str
    label: str
    articles: tuple[str, ...]
    letters: tuple[str, ...]
    cells: Mapping[str, tuple[str, ...]]
    cells_by_ground: Mapping[str, str]
    remedy: Mapping[str, str | None]
    remedy_parts: Mapping[str, str]
    grounds_required: bool
    guards: tuple[str, ...]
    confidence: str
    note: str


def outcome(code: str) -> Outcome:
    """Return the outcome with this code; InputError if there is none."""
    found = OUTCOMES.get(code)
    if found is None:
        raise InputError(f"没有这种办理结果：{code}")
    return found


def guard(guard_id: str) -> Guard:
    """Return the guard with this id ("G1" … "G21"); InputError if there is none."""
    found = GUARDS.get(guard_id)
    if found is None:
        raise InputError(f"没有这个守卫：{guard_id}")
    return found


def cell_for(code: str, edition: str, ground: str | None = None) -> str | None:
    """Return where a case with this outcome is counted, or None where the edition doesn't count it.

    2014 gives a cell id ("t14.3_3_2"), 2019 and 2021 the row of table 3 ("r3_1"). In the 2014 form an outcome
    spread over several cells is counted once, by its `ground` (domain rule: 旧表按理由选一格，不得重复计).
    """
    row = outcome(code)
    if edition not in EDITIONS:
        raise InputError(f"没有这一版统计表：{edition}（有 2014、2019、2021）")
    cells = row.cells[edition]
    if edition == "2014" and row.cells_by_ground:
        if ground is None or ground not in row.cells_by_ground:
            raise InputError(
                f"“{row.label}”在 2014 年统计表中按理由选一格，请指明理由：{'、'.join(row.cells_by_ground)}"
            )
        return row.cells_by_ground[ground]
    return cells[0] if cells else None


def remedy_period(signed_on: date) -> str:
    """Return the remedy period (救济时期) of a letter signed on this day."""
    return next(period for last, period in _REMEDY_PERIODS if signed_on <= last)


def remedy_for(code: str, signed_on: date) -> str | None:
    """Return the remedy (救济) a letter signed on this day must state.

    "choice" 复议或者诉讼, "review_first" 复议前置 (行政复议法2023第二十三条), "legal_review" 由法审选定,
    "none" 不写; None where the outcome did not exist then. For a `partial` since 2024 see `remedy_parts_for`.
    """
    return outcome(code).remedy[remedy_period(signed_on)]


def remedy_parts_for(code: str, signed_on: date) -> Mapping[str, str]:
    """Return {part: remedy} where one letter states two remedies (部分公开 since 2024), else nothing."""
    return outcome(code).remedy_parts if remedy_period(signed_on) == "from_2024" else MappingProxyType({})


_REFERENCE: Final = re.compile(r"(?P<article>\d+)(?:\((?P<item>[一二三四五六七八九十]+)\)|(?P<para>[①②③④⑤]))?")
_DIGITS: Final = "零一二三四五六七八九"


def article_text(reference: str) -> str:
    """Write a short reference in full: "36(一)" → 条例第三十六条第（一）项, "16②" → 条例第十六条第二款.

    "109号6" is article 6 of 国办函〔2020〕109号. InputError for anything else.
    """
    law, short = ("条例", reference)
    if reference.startswith("109号"):
        law, short = "《政府信息公开信息处理费管理办法》", reference.removeprefix("109号")
    match = _REFERENCE.fullmatch(short)
    if match is None or not 1 <= int(match["article"]) <= 99:
        raise InputError(f"看不懂的条款引用：{reference}")
    text = f"{law}第{_chinese(int(match['article']))}条"
    if match["item"]:
        text += f"第（{match['item']}）项"
    if match["para"]:
        text += f"第{_chinese('①②③④⑤'.index(match['para']) + 1)}款"
    return text


def _chinese(number: int) -> str:
    """Write 1–99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones else "")


def _load() -> Mapping[str, Outcome]:
    raw = json.loads((files("gongkai_core") / "data" / "decisions.json").read_text("utf-8"))
    return MappingProxyType({row["code"]: _read(row) for row in raw})


def _read(row: Mapping[str, Any]) -> Outcome:
    cells: dict[str, tuple[str, ...]] = {}
    for edition in EDITIONS:
        value = row["cells"][edition]
        cells[edition] = (value,) if isinstance(value, str) else tuple(value)
    remedy = dict(row["remedy"])
    parts = remedy.pop("from_2024_parts", {})
    return Outcome(
        code=row["code"],
        label=row["label"],
        articles=tuple(row["articles"]),
        letters=tuple(row["letters"]),
        cells=MappingProxyType(cells),
        cells_by_ground=MappingProxyType(dict(row["cells"].get("2014_by_ground", {}))),
        remedy=MappingProxyType(remedy),
        remedy_parts=MappingProxyType(dict(parts)),
        grounds_required=row["grounds_required"],
        guards=tuple(row["guards"]),
        confidence=row["confidence"],
        note=row["note"],
    )


OUTCOMES: Final[Mapping[str, Outcome]] = _load()

GUARDS: Final[Mapping[str, Guard]] = MappingProxyType(
    {
        row.id: row
        for row in (
            Guard("G1", "未登记的申请不得出具文书", "条例第四十五条", "可"),
            Guard("G2", "拟公开的，公开前保密审查已经通过", "条例第十七条；保密法（2024）第三十五条", "确"),
            Guard("G3", "已有征求第三方意见的记录", "条例第三十二条", "确"),
            Guard(
                "G4",
                "已有检索记录：检索系统、关键词、时间、人员、科室反馈",
                "条例第三十六条第（四）项；最高人民法院指导案例101号",
                "可",
            ),
            Guard("G5", "答复包含两段：提供的内容，不予公开部分的理由", "条例第三十七条", "确"),
            Guard("G6", "签发前文书要素已经齐全", "条例第三十六条；GB/T 9704—2012", "可"),
            Guard(
                "G7",
                "归档材料齐全：申请书、身份证明、审批单、征求意见材料、检索记录、文书、送达凭证",
                "条例第四十五条",
                "可",
            ),
            Guard(
                "G8",
                "定密依据、密级、保密期限（未届满）、定密机关四项齐备",
                "条例第十四条；保密法（2024）第十七条",
                "确",
            ),
            Guard("G9", "已有集体研究记录（L32），且由机关负责人签发", "条例第十四条", "可"),
            Guard("G10", "写明法律、行政法规的名称和条款；地方性法规、规章不足", "条例第十四条", "确"),
            Guard("G11", "前次答复（提供）的文号或者方式、日期在案", "条例第三十六条第（六）项", "确"),
            Guard("G12", "补正告知一次，且补正件已经收到", "条例第三十条", "确"),
            Guard("G13", "已要求说明理由（L19），且有理由不合理的记录", "条例第三十五条", "确"),
            Guard("G14", "补正告知已经发出、限期已过、没有正当理由的记录", "条例第三十条", "确"),
            Guard(
                "G15",
                "收费通知（L20）已经送达、20个工作日已过、未缴费",
                "《政府信息公开信息处理费管理办法》第六条",
                "可",
            ),
            Guard(
                "G16",
                "写明理由；能确定负责机关的，告知其名称和联系方式",
                "条例第三十六条第（五）项",
                "确",
            ),
            Guard(
                "G17",
                "写明规定查询办法的法律、行政法规名称和查询地点",
                "条例第三十六条第（七）项",
                "确",
            ),
            Guard(
                "G18",
                "已核对“法律、法规、规章规定应当公开的，从其规定”，并有裁量说明",
                "条例第十六条第二款",
                "确",
            ),
            Guard(
                "G19",
                "所告知的网址可以打开或者载体可以取得",
                "条例第三十六条第（一）项、第三十九条第二款",
                "可",
            ),
            Guard("G20", "没有现成信息、且不属于区分处理的说明", "条例第三十八条", "确"),
            Guard("G21", "申请人书面撤回件在案", "条例无专条", "可"),
        )
    }
)
