"""A report as plain structure (报告内容): every rendering, page, Word, PDF, Excel and JSON, draws these blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.annualreport import outline
from gongkai.annualreport.charts import Chart, chart
from gongkai.annualreport.drafting import money_unit, printed
from gongkai.annualreport.models import PublishedVersion, Report, ReportState
from gongkai.statistics.models import Snapshot
from gongkai.statistics.tables import Square, squares
from gongkai_core.letters import chinese_date
from gongkai_core.returns import Form, form_of


@dataclass(frozen=True, slots=True)
class Heading:
    kind = "heading"
    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind = "paragraph"
    text: str
    drafted: bool = False
    """Still the drafting help's words: no person has gone through them."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a printed table; `cell` is the id of the figure it holds, `text` what is printed."""

    text: str
    cell: str = ""
    header: bool = False
    rowspan: int = 1
    colspan: int = 1
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    kind = "table"
    id: str
    title: str
    columns: int
    rows: tuple[tuple[Box, ...], ...]
    head_rows: int
    notes: tuple[str, ...]
    """Printed under it: whose figures they are, explanations, organs left out."""


@dataclass(frozen=True, slots=True)
class Picture:
    kind = "picture"
    chart: Chart
    number: int


Block = Heading | Paragraph | Table | Picture


@dataclass(frozen=True)
class Document:
    """The whole report. `signed` is the organ and the day printed at its end."""

    title: str
    organ: str
    year: int
    edition: str
    scope_label: str
    preamble: tuple[Paragraph, ...]
    blocks: tuple[Block, ...]
    signed: tuple[str, str]
    draft: bool
    values: Mapping[str, Any]
    snapshot_digest: str
    frozen_at: str
    correction: tuple[str, str] | None = None
    """The day of a correction (更正) and why; None for a report as first published."""

    @property
    def title_lines(self) -> tuple[str, str]:
        """Whose report, and of which year: a cover breaks its title there."""
        whose, year, rest = self.title.partition(str(self.year))
        return whose, year + rest

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def pictures(self) -> list[Picture]:
        return [block for block in self.blocks if isinstance(block, Picture)]

    @property
    def headings(self) -> list[Heading]:
        return [block for block in self.blocks if isinstance(block, Heading)]

    @property
    def form(self) -> Form:
        return form_of(self.edition)


@dataclass(frozen=True)
class _Words:
    """What a document is made of: of a report as it stands, or of one of its published versions."""

    report: Report
    title: str
    snapshot: Snapshot
    basis: Mapping[str, Any]
    texts: Mapping[str, tuple[str, bool]]
    """Outline number → text, and whether no person has gone through it."""
    day: date
    draft: bool
    reason: str


def document(report: Report) -> Document:
    """The report's content as it stands. Pure but for reading its rows; equal rows give an equal document."""
    return _document(
        _Words(
            report=report,
            title=report.title,
            snapshot=report.snapshot,
            basis=report.basis,
            texts={section.number: (section.text, not section.edited) for section in report.sections.all()},
            day=report.signed_or_compiled_on,
            draft=report.state == ReportState.DRAFT,
            reason=report.correction_reason,
        )
    )


def published(publication: PublishedVersion) -> Document:
    """The content of a version as it was published, whatever became of the report since."""
    return _document(
        _Words(
            report=publication.report,
            title=publication.title,
            snapshot=publication.snapshot,
            basis=publication.basis,
            texts={number: (text, False) for number, text in publication.texts},
            day=publication.signed_on,
            draft=False,
            reason=publication.reason,
        )
    )


def _document(words: _Words) -> Document:
    report, values, basis = words.report, words.snapshot.figures, words.basis
    corrected = (chinese_date(words.day), words.reason) if words.reason else None
    tables = _tables(words, corrected)
    blocks: list[Block] = []
    preamble: tuple[Paragraph, ...] = ()
    for part in outline.parts(report.edition):
        prose = tuple(_paragraphs(*words.texts[part.number])) if part.number in words.texts else ()
        if part.level == 0:
            preamble = (*_correction_note(corrected), *prose)
            continue
        blocks += [Heading(part.level, outline.printed_heading(part), f"part-{part.number.replace('.', '-')}"), *prose]
        if part.table:
            blocks.append(tables[part.table])
        for name in part.charts:
            if drawn := chart(name, report.edition, values, basis):
                taken = sum(isinstance(block, Picture) for block in blocks)
                blocks.append(Picture(drawn, taken + 1))
    return Document(
        title=words.title,
        organ=report.agency.name,
        year=report.year,
        edition=report.edition,
        scope_label=report.scope.label,
        preamble=preamble,
        blocks=tuple(blocks),
        signed=(report.agency.name, chinese_date(words.day)),
        draft=words.draft,
        values=values,
        snapshot_digest=words.snapshot.digest,
        frozen_at=words.snapshot.frozen_at.isoformat(timespec="seconds"),
        correction=corrected,
    )


def _correction_note(corrected: tuple[str, str] | None) -> Iterator[Paragraph]:
    """更正说明 stands first, so that nobody takes the new version for the old one (domain-spec §11.8 item 56)."""
    if corrected:
        day, reason = corrected
        yield Paragraph(f"更正说明：本报告公布后于{day}更正。{reason}")


def _paragraphs(text: str, drafted: bool) -> Iterator[Paragraph]:
    return (Paragraph(line.strip(), drafted) for line in text.split("\n") if line.strip())


def _tables(words: _Words, corrected: tuple[str, str] | None) -> dict[str, Table]:
    form = form_of(words.report.edition)
    columns = {table.id: table.columns for table in form.layout}
    return {
        table_id: Table(
            id=table_id,
            title=title,
            columns=columns[table_id],
            rows=tuple(tuple(_box(form, square) for square in row) for row in rows),
            head_rows=head_rows,
            notes=tuple(_notes(words, form, table_id, corrected)),
        )
        for table_id, title, rows, head_rows in squares(form, words.snapshot.figures)
    }


def _box(form: Form, square: Square) -> Box:
    box = square.box
    text = box.text
    if box.cell:
        cell, text = form.cell(box.cell), printed(square.value)
        # The form of 2019 prints no unit for 采购总金额, so the figure brings its own.
        if text and cell.is_money and cell.table == "t2" and "单位" not in cell.label:
            text += money_unit(cell)
    return Box(text, box.cell or "", box.header, box.rowspan, box.colspan, box.indent)


def _notes(words: _Words, form: Form, table_id: str, corrected: tuple[str, str] | None) -> Iterator[str]:
    """口径 stands under each table (domain-spec §11.8 item 56), and what the law wants explained."""
    yield f"统计口径：{words.report.scope.label}。"
    if corrected:
        yield f"更正日期：{corrected[0]}。"
    left_out = words.basis.get("left_out", [])
    if left_out:
        yield f"未纳入汇总的单位：{'、'.join(left_out)}。"
    for cell_id, text in words.basis.get("explanations", {}).items():
        cell = form.by_id.get(cell_id)
        if cell is not None and cell.table == table_id:
            yield f"{cell.label}：{text}"
