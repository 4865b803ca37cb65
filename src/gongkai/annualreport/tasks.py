"""Baking (生成静态页) of reports and the lines of a batch: done after the act's commit, at least once."""

from __future__ import annotations

import uuid
from typing import Any

from gongkai.annualreport.actions import carry_out
from gongkai.annualreport.models import BulkLine, Report
from gongkai.annualreport.pages import render_report, render_tables, render_version
from gongkai.documents import baked


def bake_report(payload: dict[str, Any]) -> None:
    """Bake the public pages of the published report `payload["report"]` (public id): every version, the newest twice.

    An earlier version's page names the one that took its place, so all are baked when one is published.
    """
    report = Report.objects.public().select_related("agency", "snapshot").get(public_id=payload["report"])
    for publication in report.publications.select_related("snapshot", "report__agency"):
        baked.place(version_name(report.public_id, publication.number), render_version(publication))
        baked.place(version_name(report.public_id, publication.number, "tables"), render_tables(publication))
    baked.place(baked_name(report.public_id), render_report(report))


def carry_out_line(payload: dict[str, Any]) -> None:
    """Carry out the line `payload["line"]` (public id) of a batch."""
    carry_out(BulkLine.objects.select_related("batch__started_by", "agency").get(public_id=payload["line"]))


def baked_name(public_id: uuid.UUID) -> str:
    """Where a report's page lies in the baked storage."""
    return f"reports/{public_id}.html"


def version_name(public_id: uuid.UUID, number: int, page: str = "report") -> str:
    """Where a page of one version lies."""
    return f"reports/{public_id}/{number}-{page}.html"


def read_baked(public_id: uuid.UUID) -> bytes | None:
    """The baked bytes, or None when the page isn't baked yet."""
    return baked.read(baked_name(public_id))


def read_version(public_id: uuid.UUID, number: int, page: str = "report") -> bytes | None:
    """The baked bytes of one version's page, or None when it isn't baked yet."""
    return baked.read(version_name(public_id, number, page))
