"""How each form is printed: tables of boxes with spans, row by row, so that any renderer can draw them.

A box that spans rows is given once, in its first row, as HTML does it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gongkai_core.returns.cells import Cell


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a table: a printed text, or the place of the figure `cell`."""

    text: str = ""
    cell: str | None = None
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    indent: int = 0


Row = tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One printed table; the first `head_rows` rows are its head, to be repeated on every page."""

    id: str
    title: str
    columns: int
    rows: tuple[Row, ...]
    head_rows: int


# Headings of the 2014 list that carry no figure of their own.
_HEADINGS_2014: Final = {
    "t14.1": "一、主动公开情况",
    "t14.1_2": "（二）通过不同渠道和方式公开政府信息的情况",
    "t14.2": "二、回应解读情况",
    "t14.2_2": "（二）通过不同渠道和方式回应解读的情况",
    "t14.3": "三、依申请公开情况",
    "t14.8": "八、机构建设和保障经费情况",
    "t14.9": "九、政府信息公开会议和培训情况",
}
_NUMERALS: Final = "一二三四五六七八九十"

# Groups of table 3: rows "<group>_<n>" stand under the group's printed label.
_GROUPS_TABLE3: Final = {
    "r3_3": "（三）不予公开",
    "r3_4": "（四）无法提供",
    "r3_5": "（五）不予处理",
    "r3_6": "（六）其他处理",
}
_RESULTS: Final = "三、本年度办理结果"
_BALANCE_NOTE: Final = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def list_of_2014(cells: Sequence[Cell]) -> tuple[Table, ...]:
    """The one table of 2014: 统计指标, 单位, 统计数; indentation by level."""
    rows: list[Row] = [tuple(Box(text, header=True) for text in ("统计指标", "单位", "统计数"))]
    printed: set[str] = set()
    for cell in cells:
        for heading in _ancestors(cell.id):
            if heading in _HEADINGS_2014 and heading not in printed:
                printed.add(heading)
                rows.append((Box(_HEADINGS_2014[heading], colspan=3, header=True, indent=_level(heading)),))
        text = _number(cell.id) + cell.label
        rows.append((Box(text, indent=_level(cell.id)), Box(cell.unit), Box(cell=cell.id)))
    return (Table("t14", "政府信息公开情况统计表", 3, tuple(rows), head_rows=1),)


def _ancestors(cell_id: str) -> Iterator[str]:
    """t14.1, t14.1_2 for t14.1_2_5."""
    parts = cell_id.split("_")
    for count in range(1, len(parts)):
        yield "_".join(parts[:count])


def _level(line_id: str) -> int:
    return line_id.count("_")


def _number(cell_id: str) -> str:
    """The number a line of the 2014 form prints: 一、 （一） 1. and 其中： for the first lettered line."""
    code = cell_id.removeprefix("t14.").split("_")
    last = code[-1]
    if not last.isdigit():
        # t14.1_1_a and the like carry 其中： in their label already.
        return "其中：" if cell_id == "t14.3_3_4_a" else ""
    if len(code) == 1:
        return f"{_NUMERALS[int(last) - 1]}、"
    if len(code) == 2:
        return f"（{_NUMERALS[int(last) - 1]}）"
    return f"{last}."


def tables_of_six_parts(raw: Mapping[str, Any]) -> tuple[Table, ...]:
    """Tables two, three and four of the six-part report (2019, 2021)."""
    return (_table2(raw["table2"]), _table3(raw["table3"]), _table4(raw["table4"]))


def _table2(cells: Sequence[Mapping[str, Any]]) -> Table:
    """Grouped by the item of 条例第二十条; the last column is stretched where a group has fewer."""
    groups = [(article, list(rows)) for article, rows in itertools.groupby(cells, lambda row: row["article"])]
    columns = 1 + max(len({row["column"] for row in rows}) for _, rows in groups)
    printed: list[Row] = []
    for article, rows in groups:
        names = list(dict.fromkeys(row["column"] for row in rows))
        stretch = columns - len(names)
        printed.append((Box(article, colspan=columns, header=True),))
        heads = [Box(name, header=True) for name in names[:-1]]
        last = Box(names[-1], colspan=stretch, header=True)
        printed.append((Box("信息内容", header=True), *heads, last))
        for name, figures in itertools.groupby(rows, lambda row: row["row"]):
            ids = [row["id"] for row in figures]
            boxes = [Box(cell=cell_id) for cell_id in ids[:-1]]
            printed.append((Box(name), *boxes, Box(cell=ids[-1], colspan=stretch)))
    return Table("t2", "二、主动公开政府信息情况", columns, tuple(printed), head_rows=0)


def _table3(raw: Mapping[str, Any]) -> Table:
    """Three columns of labels and seven of figures, under a head of three rows."""
    natural, *bodies, total = (column["label"] for column in raw["cols"])
    printed: list[Row] = [
        (
            Box(_BALANCE_NOTE, rowspan=3, colspan=3, header=True),
            Box("申请人情况", colspan=len(raw["cols"]), header=True),
        ),
        (
            Box(natural, rowspan=2, header=True),
            Box("法人或其他组织", colspan=len(bodies), header=True),
            Box(total, rowspan=2, header=True),
        ),
        tuple(Box(label, header=True) for label in bodies),
    ]
    ids = [row["id"] for row in raw["rows"]]
    for row in raw["rows"]:
        labels = tuple(_row_labels(row, ids))
        figures = tuple(Box(cell=f"t3.{row['id']}.{column['id']}") for column in raw["cols"])
        printed.append(labels + figures)
    return Table("t3", "三、收到和处理政府信息公开申请情况", 3 + len(raw["cols"]), tuple(printed), head_rows=3)


def _row_labels(row: Mapping[str, Any], ids: Sequence[str]) -> Iterator[Box]:
    """The label boxes that open a row of table 3, leaving out those a row above already spans."""
    row_id: str = row["id"]
    results = [other for other in ids if other.startswith("r3_")]
    if row_id not in results:
        yield Box(row["label"], colspan=3)
        return
    if row_id == results[0]:
        yield Box(_RESULTS, rowspan=len(results))
    group, _, _ = row_id.rpartition("_")
    if group not in _GROUPS_TABLE3:
        yield Box(row["label"], colspan=2)
        return
    members = [other for other in ids if other.startswith(f"{group}_")]
    if row_id == members[0]:
        yield Box(_GROUPS_TABLE3[group], rowspan=len(members))
    yield Box(re.sub(r"^.*?(?=\d\.)", "", row["label"]))


def _table4(raw: Mapping[str, Any]) -> Table:
    """One row of figures under the head of three rows: 行政复议 and the two kinds of 行政诉讼."""
    review, *suits = raw["groups"]
    columns = [column["label"] for column in raw["cols"]]
    head: list[Row] = [
        (
            Box(review["label"], colspan=len(columns), header=True),
            Box("行政诉讼", colspan=len(columns) * len(suits), header=True),
        ),
        (
            *(Box(label, rowspan=2, header=True) for label in columns),
            *(Box(suit["label"].split("—")[1], colspan=len(columns), header=True) for suit in suits),
        ),
        tuple(Box(label, header=True) for _ in suits for label in columns),
    ]
    figures = tuple(Box(cell=f"t4.{group['id']}.{column['id']}") for group in raw["groups"] for column in raw["cols"])
    return Table("t4", "四、政府信息公开行政复议、行政诉讼情况", len(figures), (*head, figures), head_rows=3)
