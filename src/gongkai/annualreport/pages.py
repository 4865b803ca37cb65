"""A report's public page: a pure function from its content to bytes, and the blocks that the desk shows too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.annualreport.content import Document, document
from gongkai.annualreport.models import Report

CRUMBS = (("首页", "/"), ("政府信息公开", "/disclosure/"))


def file_url(report: Report, name: str) -> str:
    return reverse("annualreport:file", args=[report.public_id, name])


def render_report(report: Report) -> bytes:
    """The public page of a published report; nothing of a request goes in."""
    content = document(report)
    files = list(report.files.exclude(name__endswith=".svg").select_related("blob"))
    context = {
        "report": report,
        "document": content,
        "blocks": blocks(content, chart_url=lambda number: file_url(report, f"chart-{number}.svg")),
        "downloads": [(file.name, file.get_absolute_url(), file.blob.size) for file in files],
        "crumbs": [*CRUMBS, ("政府信息公开年报", reverse("annualreport:reports")), (report.title, "")],
        "section": "reports",
    }
    return get_template("annualreport/report.html", using="jinja2").render(context, HttpRequest()).encode()


def blocks(
    content: Document, *, chart_url: Callable[[int], str], cell_url: Callable[[str], str] | None = None
) -> SafeString:
    """The report's blocks as HTML; with `cell_url` every figure leads to its records."""
    context: dict[str, Any] = {
        "document": content,
        "labels": _labels(content),
        "chart_url": chart_url,
        "cell_url": cell_url,
    }
    drawn = get_template("annualreport/blocks.html", using="jinja2").render(context)
    return mark_safe(drawn)  # noqa: S308 - written by our own autoescaping template


def _labels(content: Document) -> dict[str, str]:
    """What a figure is called where a narrow page shows it beside its row (telephone width)."""
    return {cell.id: cell.label if cell.table == "t4" else cell.label.rpartition("·")[2] for cell in content.form.cells}
