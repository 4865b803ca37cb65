"""A block of Excel cells as rows of a register: read, each cell judged by the register's own form, wrong ones mendable.

The block is kept as text from page to page, with every cell as it was pasted; a mended cell is written back into it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms

from gongkai.agencies.models import Agency
from gongkai.registers.fields import MoneyField, plain, yes_or_no
from gongkai.registers.forms import MOST_ROWS, EntryForm

MOST_FIXES = 200
"""Cells offered for mending on one page; a browser may send no more than a thousand fields."""
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_IGNORED = ("", "序号", "编号", "行号")
_FIX = re.compile(r"fix-(\d{1,4})-(\d{1,3})")


_CELL = re.compile(r'(?:"((?:[^"]|"")*+)"(?=[\t\r\n]|\Z)|([^\t\r\n]*))(\t|\r\n?|\n|\Z)')


def lines_of(text: str) -> list[list[str]]:
    """Cells as Excel copies them: only one that holds a tab or a line of its own stands in quotation marks.

    All other marks are the office's own words and stay: “"双随机"检查培训” is no quoted cell.
    """
    lines: list[list[str]] = [[]]
    for cell in _CELL.finditer(text):
        quoted, bare, end = cell.groups()
        several = quoted is not None and any(sign in quoted for sign in "\t\r\n")
        lines[-1].append(quoted.replace('""', '"') if several else bare if quoted is None else f'"{quoted}"')
        if not end:
            break
        if end != "\t":
            lines.append([])
    return lines


def _as_copied(cell: str) -> str:
    if any(sign in cell for sign in "\t\r\n"):
        return f'"{cell.replace(chr(34), chr(34) * 2)}"'
    return cell


@dataclass
class CellSeen:
    """One cell of the preview."""

    text: str
    field: str
    label: str
    place: str
    """Its name on the page if it can be mended there."""
    error: str = ""


@dataclass
class RowSeen:
    number: int
    """As the person counts, the head row included."""
    cells: list[CellSeen]
    error: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def wrong(self) -> bool:
        return bool(self.error) or any(cell.error for cell in self.cells)


@dataclass
class Block:
    """A block that was read, or why it couldn't be."""

    lines: list[list[str]] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    """The field of each column; empty where a column is not taken."""
    units: list[str] = field(default_factory=list)
    headed: bool = False
    left_out: list[str] = field(default_factory=list)
    """Headings of columns that this register doesn't have."""
    rows: list[RowSeen] = field(default_factory=list)
    problem: str = ""

    @property
    def wrong(self) -> list[RowSeen]:
        return [row for row in self.rows if row.wrong]

    @property
    def text(self) -> str:
        """The block as it would be copied from Excel."""
        return "".join("\t".join(map(_as_copied, line)) + "\n" for line in self.lines)


class Reader:
    """Reads blocks for one register of one organ: its fields and the words that mean them, gathered once."""

    def __init__(self, form_class: type[EntryForm], agency: Agency) -> None:
        self.form_class, self.agency = form_class, agency
        every = form_class(agency=agency).fields
        self.fields = {name: one for name, one in every.items() if not isinstance(one, forms.FileField)}
        """What can stand in a block, in the form's order; a file can't."""
        self.labels = {name: str(one.label) for name, one in self.fields.items()}
        self.choices = {
            name: {plain(label): str(value) for value, label in one.choices if value}
            for name, one in self.fields.items()
            if isinstance(one, forms.ChoiceField)
        }
        self.words = self._words()

    def read(self, text: str, fixes: Mapping[str, str] | None = None) -> Block:
        """Read a block with the mended cells in their places, and judge each cell. Nothing is stored."""
        block = Block(lines=[line for line in lines_of(text) if any(cell.strip() for cell in line)])
        _mend(block, fixes or {})
        block.problem = self._understand(block)
        if not block.problem:
            numbered = list(enumerate(block.lines, 1))[int(block.headed) :]
            block.rows = [self._row(number, line, block) for number, line in numbered]
        return block

    def _words(self) -> dict[str, str]:
        """Headings and the fields they mean; a label of the form wins over a column's name, and that over an alias."""
        columns = self.form_class._meta.model._meta
        named = {one.name: str(one.verbose_name) for one in columns.fields}
        words = {alias: name for name, aliases in self.form_class.ALIASES.items() for alias in aliases}
        words |= {_heading(named[name])[0]: name for name in self.fields if name in named}
        words |= {_heading(label)[0]: name for name, label in self.labels.items()}
        return {word: name for word, name in words.items() if name in self.fields}

    def _understand(self, block: Block) -> str:
        """Find which field each column is, by headings where there are any, else by order. Returns what is wrong."""
        if not block.lines:
            return "没有内容：请从 Excel 选中单元格，复制后粘贴"
        heads = [_heading(cell) for cell in block.lines[0]]
        known = [self.words.get(head, "") for head, _ in heads]
        block.headed = sum(map(bool, known)) * 2 > len([head for head, _ in heads if head not in _IGNORED])
        if block.headed:
            block.columns, block.units = known, [unit for _, unit in heads]
            pairs = zip(heads, known, strict=True)
            block.left_out = [head for (head, _), name in pairs if not name and head not in _IGNORED]
            if twice := [name for name in self.labels if known.count(name) > 1]:
                return f"有两列都是“{self.labels[twice[0]]}”，请只留一列"
        else:
            block.columns, block.units = list(self.labels), [""] * len(self.labels)
        count = len(block.lines) - block.headed
        if not count:
            return "只有表头，没有内容"
        return f"一次最多 {MOST_ROWS} 行，现在是 {count} 行，请分几次粘贴" if count > MOST_ROWS else ""

    def _row(self, number: int, line: list[str], block: Block) -> RowSeen:
        given = {name: at for at, name in enumerate(block.columns) if name}
        data: dict[str, str] = {}
        row = RowSeen(number, [])
        for name, label in self.labels.items():
            at = given.get(name)
            text = line[at].strip() if at is not None and at < len(line) else ""
            cell = CellSeen(text, name, label, "" if at is None else f"fix-{number - 1}-{at}")
            try:
                data[name] = self._written(name, text, "" if at is None else block.units[at])
            except forms.ValidationError as wrong:
                cell.error = str(wrong.messages[0])
            row.cells.append(cell)
        if beyond := [cell for cell in line[len(block.columns) :] if cell.strip()]:
            row.error = f"多出 {len(beyond)} 格：{'、'.join(beyond)[:60]}"
        _judge(row, self.form_class(data, agency=self.agency))
        return row

    def _written(self, name: str, text: str, unit: str) -> str:
        """A cell's text as a browser would send it. Raises ValidationError for a word that means nothing."""
        one = self.fields[name]
        if isinstance(one, forms.BooleanField):
            return yes_or_no(text)
        if isinstance(one, forms.ChoiceField) and text:
            known = self.choices[name]
            if found := known.get(plain(text)):
                return found
            wrong = (
                f"“{text[:20]}”不认识，可以写：{'、'.join(list(known)[:8])}" if known else f"还没有登记“{text[:20]}”"
            )
            raise forms.ValidationError(wrong)
        bare = isinstance(one, MoneyField) and unit in ("元", "万元", "亿元") and text[-1:].isdigit()
        return f"{text}{unit}" if bare else text  # under “金额（元）” a bare amount is in yuan


def _mend(block: Block, fixes: Mapping[str, str]) -> None:
    for name, text in fixes.items():
        if match := _FIX.fullmatch(name):
            line, column = int(match[1]), int(match[2])
            if line < len(block.lines):
                cells = block.lines[line]
                cells += [""] * (column + 1 - len(cells))
                cells[column] = text


def _heading(cell: str) -> tuple[str, str]:
    """A heading without blanks and brackets, and the unit that stood in them."""
    text = "".join(cell.split()).lstrip("\ufeff")
    unit = next(iter(_BRACKETS.findall(text)), "").removeprefix("单位").lstrip(":：")
    return _BRACKETS.sub("", text), unit


def _judge(row: RowSeen, form: EntryForm) -> None:
    """Put the form's errors at their cells; what stands in no column is said of the row."""
    if form.is_valid():
        if not row.wrong:
            row.facts = form.facts()
        return
    by_field = {cell.field: cell for cell in row.cells}
    for name, errors in form.errors.items():
        cell = by_field.get(name)
        if cell is None:
            row.error = row.error or str(errors[0])
        elif not cell.error:
            cell.error = str(errors[0]) if cell.text else f"请填写{cell.label}"
            if not cell.place:
                row.error = row.error or f"没有“{cell.label}”这一列"
