"""The files of a report: which there are, their types, how each is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongkai.annualreport import machine, pdf, pictures, sheets, word
from gongkai.annualreport.content import Document, document
from gongkai.annualreport.models import Report
from gongkai.documents import fonts

FORMATS: Mapping[str, Callable[[Document], bytes]] = {
    "docx": word.render,
    "pdf": pdf.render,
    "xlsx": sheets.render,
    "json": machine.render,
}
TYPES: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "svg": "image/svg+xml",
}


def one(report: Report, kind: str) -> bytes:
    """One file of the report as it stands; FontsMissing for a PDF without a Chinese face, KeyError for no format."""
    return FORMATS[kind](document(report))


def everything(report: Report) -> dict[str, bytes]:
    """All files by name; without a Chinese face there is no PDF, and the rest is whole."""
    content = document(report)
    kinds = [kind for kind in FORMATS if kind != "pdf" or fonts.available()]
    files = {f"report.{kind}": FORMATS[kind](content) for kind in kinds}
    drawn = {f"chart-{picture.number}.svg": pictures.svg(picture.chart).encode() for picture in content.pictures}
    return files | drawn
