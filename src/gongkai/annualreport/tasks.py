"""Baking (生成静态页) of reports: done after the act's commit, at least once."""

from __future__ import annotations

import uuid
from typing import Any

from gongkai.annualreport.models import Report
from gongkai.annualreport.pages import render_report
from gongkai.documents import baked


def bake_report(payload: dict[str, Any]) -> None:
    """Bake the public page of the published report `payload["report"]` (public id)."""
    report = Report.objects.public().select_related("agency", "snapshot").get(public_id=payload["report"])
    baked.place(baked_name(report.public_id), render_report(report))


def baked_name(public_id: uuid.UUID) -> str:
    """Where a report's page lies in the baked storage."""
    return f"reports/{public_id}.html"


def read_baked(public_id: uuid.UUID) -> bytes | None:
    """The baked bytes, or None when the page isn't baked yet."""
    return baked.read(baked_name(public_id))
