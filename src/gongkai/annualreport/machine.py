"""The report as JSON, with the keys of the readings of `gongkai report read`, so that the two compare."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from gongkai.annualreport.content import Document
from gongkai.annualreport.drafting import money_unit


def render(document: Document) -> bytes:
    """organ, year, form, facts, table, table_units; besides the title, the scope, the correction and the snapshot's digest."""
    money = [cell for cell in document.form.cells if cell.is_money]
    content = {
        "organ": document.organ,
        "year": document.year,
        "form": document.edition,
        "facts": [],
        "table": {cell: _number(value) for cell, value in document.values.items()},
        "table_units": {cell.id: money_unit(cell) for cell in money if document.values.get(cell.id) is not None},
        "title": document.title,
        "scope": document.scope_label,
        "draft": document.draft,
        "signed_on": document.signed[1],
        "correction": {"day": document.correction[0], "reason": document.correction[1]}
        if document.correction
        else None,
        "snapshot": {"digest": document.snapshot_digest, "frozen_at": document.frozen_at},
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value
