"""Baking (生成静态页) of reports: done after the act's commit, at least once."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from django.core.files.storage import storages

from gongkai.annualreport.models import Report
from gongkai.annualreport.pages import render_report


def bake_report(payload: dict[str, Any]) -> None:
    """Bake the public page of the published report `payload["report"]` (public id)."""
    report = Report.objects.public().select_related("agency", "snapshot").get(public_id=payload["report"])
    path = Path(storages["baked"].path(baked_name(report.public_id)))
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and renamed, so that a reader never meets half a page.
    beside = path.with_suffix(f".{uuid.uuid4().hex}.new")
    beside.write_bytes(render_report(report))
    beside.chmod(0o644)
    beside.replace(path)


def baked_name(public_id: uuid.UUID) -> str:
    """Where a report's page lies in the baked storage."""
    return f"reports/{public_id}.html"


def read_baked(public_id: uuid.UUID) -> bytes | None:
    """The baked bytes, or None when the page isn't baked yet."""
    try:
        with storages["baked"].open(baked_name(public_id)) as file:
            return file.read()
    except FileNotFoundError:
        return None
