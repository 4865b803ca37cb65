"""年报核查: what in a report cannot hold, or needs an explanation.

The tables are judged by the declared equations of their edition (`gongkai_core.returns`); rows that could not
be read for certain and editions that are mixed are reported by the reading itself. An error is an identity
that cannot hold; everything else is a warning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from gongkai_core.report.reading import Reading
from gongkai_core.report.tables import Value
from gongkai_core.returns import FORMS, check

_OTHER = "t3.r3_6"
_PARTS = tuple(f"{_OTHER}_{part}" for part in (1, 2, 3))


@dataclass(frozen=True)
class Anomaly:
    """One finding: `type` of the labels, `rule` id, `level` error or warning, cells, arithmetic in Chinese."""

    type: str
    rule: str
    level: str
    cells: tuple[str, ...]
    detail: str
    expected: str = ""
    found: str = ""

    def as_json(self) -> dict[str, Any]:
        """The finding with the keys of the labels."""
        return {
            "type": self.type,
            "rule": self.rule,
            "level": self.level,
            "cells": list(self.cells),
            "detail": self.detail,
            "expected": self.expected,
            "found": self.found,
        }


def audit(reading: Reading, prev: Reading | None = None) -> list[Anomaly]:
    """The anomalies of one report, in its form's order; `prev` is the same organ's report of the year before."""
    return [*reading_anomalies(reading), *_equations(reading, prev)]


def reading_anomalies(reading: Reading) -> list[Anomaly]:
    """What the reading itself found: rows left out (layout_shift), two editions in one (form_mixed)."""
    found = []
    for shift in reading.shifts:
        width = len(shift.cells)
        detail = f"“{shift.label}”一行应有 {width} 格，读到 {shift.found} 个数，不能确定各数属于哪一格，未读入"
        found.append(
            Anomaly(
                "layout_shift",
                "ingest.linebreak_join",
                "warning",
                shift.cells,
                detail,
                str(width),
                str(shift.found),
            )
        )
    if reading.mixed:
        names = "、".join(f"{edition} 版" for edition in reading.mixed)
        found.append(
            Anomaly(
                "form_mixed",
                "report.form_mixed",
                "warning",
                (),
                f"同一报告用了两版统计表：{names}",
                reading.form,
                "、".join(reading.mixed),
            )
        )
    return found


def _equations(reading: Reading, prev: Reading | None) -> list[Anomaly]:
    form = FORMS.get(reading.form)
    if form is None:
        return []
    values, stood_in = _bridged(reading.table, form.cell_ids)
    before = {cell: value for cell, value in prev.table.items() if cell in form.by_id} if prev else None
    report = check(form, values, prev=before, level_of_government=level_of_government(reading.organ))
    return [
        Anomaly(f.type, f.rule, f.level, f.cells, f.detail, f.expected, f.found)
        for f in report.findings
        if not (len(f.cells) == 1 and f.cells[0] in stood_in)
    ]


def _bridged(table: dict[str, Value], cells: tuple[str, ...]) -> tuple[dict[str, Value], set[str]]:
    """The table in the cells of its form: 其他处理 printed in three rows stands for one, and one for three.

    Returns also the cells that were not printed, so that none of them is called blank.
    """
    values = {cell: value for cell, value in table.items() if cell in cells}
    stood_in: set[str] = set()
    for column in dict.fromkeys(cell.rpartition(".")[2] for cell in cells if cell.startswith(f"{_OTHER}")):
        one, parts = f"{_OTHER}.{column}", [f"{part}.{column}" for part in _PARTS]
        if one in cells and one not in table and all(part in table for part in parts):
            values[one] = sum(table[part] or 0 for part in parts)
            stood_in.add(one)
        if one not in cells and one in table and not any(part in table for part in parts):
            values |= dict.fromkeys(parts[:2], 0) | {parts[2]: table[one]}
            stood_in |= set(parts)
    return values, stood_in


def level_of_government(organ: str | None) -> str:
    """province, city, county or town, by the organ's name.

    A name that ends its places with 市 may be a county's or a prefecture's city: it counts as city, so that
    rules for counties alone (立法法第九十三条) accuse nobody wrongly.
    """
    name = re.sub(r"(?:开发|园|示范|管理|景|新|度假|保税|合作|试验|工业)区", "", organ or "")
    if re.search(r"[乡镇]|街道", name):
        return "town"
    if re.search(r"[县旗]", name) or re.search(r"区", name.replace("自治区", "").replace("地区", "")):
        return "county"
    if re.search(r"[市州盟]|地区", name) or not name:
        return "city"
    return "province" if re.search(r"省|自治区|国务院|国家|^[^县市]*部$", name) else "city"
