"""A report's public page: a pure function from its content to bytes, and the blocks that the desk shows too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.annualreport.content import Document, published
from gongkai.annualreport.models import PublishedVersion, Report

CRUMBS = (("首页", "/"), ("政府信息公开", "/disclosure/"))


def render_report(report: Report) -> bytes:
    """The public page of a published report in its newest version; nothing of a request goes in."""
    current = report.current
    assert current is not None
    return render_version(current)


def render_version(publication: PublishedVersion) -> bytes:
    """The page of one published version: a pure function of its rows and of which versions there are."""
    content, frame = published(publication), _frame(publication)
    newest = frame["newest"].number == publication.number

    def chart_url(number: int) -> str:
        return _file_url(publication, f"chart-{number}.svg", newest=newest)

    context = {
        **frame,
        "document": content,
        "blocks": blocks(content, chart_url=chart_url),
        "tables_url": reverse("annualreport:tables", args=[publication.report.public_id, publication.number]),
        "crumbs": [*_crumbs(), (publication.title, "")],
    }
    return _rendered("annualreport/report.html", context)


def render_tables(publication: PublishedVersion) -> bytes:
    """The statutory tables of one published version alone, on one page."""
    content = published(publication)
    context = {
        **_frame(publication),
        "document": content,
        "tables": tables(content),
        "crumbs": [*_crumbs(), (publication.title, publication.get_absolute_url()), ("统计表", "")],
    }
    return _rendered("annualreport/tables.html", context)


def _frame(publication: PublishedVersion) -> dict[str, Any]:
    """What every page of a version says of it: its files, and the versions before and after it."""
    versions = list(publication.report.publications.order_by("number"))
    newest = publication.number == versions[-1].number
    files = publication.files.exclude(name__endswith=".svg").select_related("blob")
    return {
        "report": publication.report,
        "publication": publication,
        "first": versions[0],
        "newest": versions[-1],
        "others": [version for version in versions if version.number != publication.number],
        "downloads": [(file.name, _file_url(publication, file.name, newest=newest), file.blob.size) for file in files],
        "section": "reports",
    }


def _file_url(publication: PublishedVersion, name: str, *, newest: bool) -> str:
    """The newest version's files are at the report's own address, whichever version that is by then."""
    if newest:
        return reverse("annualreport:file", args=[publication.report.public_id, name])
    return reverse("annualreport:version_file", args=[publication.report.public_id, publication.number, name])


def _crumbs() -> list[tuple[str, str]]:
    return [*CRUMBS, ("政府信息公开年报", reverse("annualreport:reports"))]


def _rendered(template: str, context: dict[str, Any]) -> bytes:
    return get_template(template, using="jinja2").render(context, HttpRequest()).encode()


def tables(content: Document, *, cell_url: Callable[[str], str] | None = None) -> SafeString:
    """The report's tables alone as HTML, with their headings as 30号 prints them."""
    context: dict[str, Any] = {"document": content, "labels": _labels(content), "cell_url": cell_url}
    drawn = get_template("annualreport/tables_only.html", using="jinja2").render(context)
    return mark_safe(drawn)  # noqa: S308 - written by our own autoescaping template


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
