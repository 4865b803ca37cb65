"""What a sheet's paper says: the figures filed, the ledger's own, three names, the place of the stamp."""

from __future__ import annotations

from typing import Any

from gongkai.design.words import long_day
from gongkai.statistics import sheets
from gongkai.statistics.models import FilingSheet, SignWay
from gongkai.statistics.numbers import Number
from gongkai_core.returns import form_for


def _said(value: Number) -> str:
    return "（空）" if value is None else str(value)


def paper_of(sheet: FilingSheet) -> dict[str, Any]:
    """The data of `typst/sheet.typ`: figures as they were signed, ledger figures that are not zero, and names."""
    form, signed = form_for(sheet.year), sheet.as_signed
    asked = sheets.cells_of(sheet)
    filed = {cell.id for cell in asked}
    known = [cell for cell in form.cells if cell.id not in filed and not cell.manual]
    days = sheet.days
    return {
        "title": f"政府信息公开统计填报表（{sheet.label}）",
        "facts": [
            ("填报单位", sheet.agency.name),
            ("统计期", f"{long_day(days.first)}至{long_day(days.last)}"),
            ("口径", f"本级（{sheet.agency.name}）"),
            ("表式", form.doc),
            ("核对码", sheet.check_code),
            *([("零报告", "是")] if sheet.zero else []),
            *([("代填", f"{sheet.told_by}电话报数，政务公开办代填")] if sheet.on_behalf else []),
        ],
        "filed": [(cell.label, cell.unit, _said(signed.get(cell.id))) for cell in asked],
        "counted": [(cell.label, cell.unit, _said(signed[cell.id])) for cell in known if signed.get(cell.id)],
        "rest": sum(1 for cell in known if not signed.get(cell.id)),
        "remarks": sheet.remarks,
        "evidence": sheet.evidence,
        "names": [_name(row, sheet) for row in sheet.signatures.order_by("pk")],
    }


def _name(row: Any, sheet: FilingSheet) -> tuple[str, str]:
    """On paper the name stands beside the place to sign; by log-in, when it was confirmed."""
    if sheet.way == SignWay.LOGIN and row.signed_at:
        return row.get_place_display(), f"{row.name}（已登录确认）"
    return row.get_place_display(), row.name
