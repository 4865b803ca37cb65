"""Every rendering says the same: cells read back from each export equal the snapshot's."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from gongkai.annualreport import exports, pages, pictures
from gongkai.annualreport.actions import compile_report
from gongkai.annualreport.content import Document, document
from gongkai.documents import fonts
from gongkai_core import report as core
from gongkai_core.reading import Table as Ruled
from gongkai_core.reading import read as read_paper
from gongkai_core.returns import form_for

pytestmark = pytest.mark.slow

YEARS = (2016, 2020, 2025)


def plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def expected(content: Document) -> dict[str, Any]:
    return {cell: plain(value) for cell, value in content.values.items()}


def docx_lines(data: bytes) -> str:
    """A .docx as text: a paragraph a line, a table row a line with a tab before each cell."""
    lines = []
    for element in docx.Document(io.BytesIO(data)).element.body:
        if element.tag == qn("w:tbl"):
            for row in element.iter(qn("w:tr")):
                cells = ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
                lines.append("".join(f"\t{cell}" for cell in cells))
        else:
            lines.append("".join(t.text or "" for t in element.iter(qn("w:t"))))
    return "\n".join(lines)


def xlsx_lines(data: bytes) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    lines = []
    for name in book.sheet_names:
        if name == "图表数据":
            continue
        for row in book.get_sheet_by_name(name).to_python():
            cells = [int(c) if isinstance(c, float) and c.is_integer() else c for c in row]
            lines.append("".join(f"\t{cell}" for cell in cells))
    return "\n".join(lines)


READERS: dict[str, Callable[[bytes], str]] = {"docx": docx_lines, "xlsx": xlsx_lines}


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("kind", sorted(READERS))
def test_cells_read_back_equal(finance: Any, year: int, kind: str) -> None:
    report = finance.written(year)
    content = document(report)
    reading = core.read(READERS[kind](exports.one(report, kind)))
    assert reading.form == form_for(year).edition
    assert reading.table == expected(content)
    assert reading.shifts == ()
    assert reading.year == year
    assert reading.organ == finance.agency.name


@pytest.mark.parametrize("year", YEARS)
def test_the_page_reads_back_and_its_audit_finds_no_error(finance: Any, year: int) -> None:
    report = finance.published(year)
    text = core.text_of(pages.render_report(report), "report.html")
    reading = core.read(text)
    assert (reading.organ, reading.year, reading.form) == (finance.agency.name, year, form_for(year).edition)
    assert reading.table == expected(document(report))
    assert [finding for finding in core.audit(reading) if finding.level == "error"] == []


@pytest.mark.parametrize("year", YEARS)
def test_json_has_the_schema_of_the_readings(finance: Any, year: int) -> None:
    report = finance.written(year)
    found = json.loads(exports.one(report, "json"))
    assert list(found)[:6] == ["organ", "year", "form", "facts", "table", "table_units"]
    assert found["table"] == expected(document(report))
    assert (found["organ"], found["year"]) == (finance.agency.name, year)
    assert found["snapshot"]["digest"] == report.snapshot.digest
    assert set(found["table_units"]) == {cell.id for cell in form_for(year).cells if cell.is_money}


@pytest.mark.parametrize("year", YEARS)
def test_pdf_prints(finance: Any, year: int) -> None:
    if not fonts.available():
        pytest.skip("no Chinese font on this machine")
    data = exports.one(finance.written(year), "pdf")
    assert data.startswith(b"%PDF-")
    assert b"pdfuaid:part>1<" in data
    assert int(re.findall(rb"/Type/Pages/Count (\d+)", data)[0]) >= 4


@pytest.mark.parametrize("year", YEARS)
def test_the_pdf_reads_back_equal(finance: Any, year: int) -> None:
    if not fonts.available():
        pytest.skip("no Chinese font on this machine")
    report = finance.written(year)
    paper = read_paper(exports.one(report, "pdf"), "report.pdf")
    read = [[cell.text for row in block.rows for cell in row] for block in paper.blocks if isinstance(block, Ruled)]
    together = [text.replace("\n", "") for texts in read for text in texts]
    tables = document(report).tables
    wanted = [box.text for table in tables for row in table.rows for box in row]
    head = [box.text for row in tables[-1].rows[: tables[-1].head_rows] for box in row]
    assert without_repeats(together, head) == wanted


def without_repeats(texts: list[str], head: list[str]) -> list[str]:
    """What is read of a table whose head stands again on each further page, with the head once."""
    found, at = [], 0
    while at < len(texts):
        if texts[at : at + len(head)] == head and any(
            found[back : back + len(head)] == head for back in range(len(found))
        ):
            at += len(head)
        else:
            found.append(texts[at])
            at += 1
    return found


def test_a_blank_cell_stays_blank_and_zero_is_zero(finance: Any, full: Callable[..., dict[str, Any]]) -> None:
    finance.frozen(2025, full(2025) | {"t2.coercion.decided": None})
    report = compile_report(2025, finance.scope, by=finance.author, today=date(2026, 1, 5))
    for kind, lines in READERS.items():
        reading = core.read(lines(exports.one(report, kind)))
        assert reading.table["t2.coercion.decided"] is None
        assert reading.table["t2.rule.made"] == 0


def test_equal_reports_give_equal_bytes(finance: Any) -> None:
    report = finance.signed()
    assert exports.everything(report) == exports.everything(report)


def test_charts_stand_in_every_rendering(finance: Any) -> None:
    content = document(finance.written())
    assert [picture.chart.name for picture in content.pictures] == ["outcomes", "applicants"]
    assert dict(content.pictures[0].chart.rows) == {
        "予以公开": 24, "部分公开": 7, "不予公开": 1, "无法提供": 10, "不予处理": 3, "其他处理": 1,
    }  # fmt: skip
    for picture in content.pictures:
        drawn = pictures.svg(picture.chart)
        assert "style=" not in drawn
        assert "<style" not in drawn
        for label, value in picture.chart.rows:
            assert f">{label}</text>" in drawn
            assert f">{value}</text>" in drawn
    if fonts.available():
        parts = docx.Document(io.BytesIO(exports.FORMATS["docx"](content))).part.package.iter_parts()
        assert sum(part.partname.endswith(".png") for part in parts) == 2


def test_years_are_compared_once_there_are_two(finance: Any, full: Callable[..., dict[str, Any]]) -> None:
    finance.frozen(2024, full(2024) | {"t3.r1.total": 30})
    content = document(finance.compiled(2025))
    received = next(picture.chart for picture in content.pictures if picture.chart.name == "received")
    assert received.rows == (("2024年", 30), ("2025年", 48))


def test_without_fonts_only_the_pdf_is_missing(finance: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_families", lambda paths: frozenset({"DejaVu Sans"}))
    report = finance.signed()
    files = exports.everything(report)
    assert "report.pdf" not in files
    assert {"report.docx", "report.xlsx", "report.json"} < set(files)
    # The chart's figures stand in a table instead of in a picture of empty boxes.
    assert "予以公开\t24" in docx_lines(files["report.docx"])
    with pytest.raises(fonts.FontsMissing, match="fonts-noto-cjk"):
        exports.one(report, "pdf")


def test_echarts_is_the_file_that_was_vendored() -> None:
    folder = pictures._ECHARTS.parent
    digest, name = (folder / "SHA256SUMS").read_text().split()
    assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert (folder / "LICENSE").exists()
