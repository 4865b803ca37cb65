"""The statistical tables of a report: which edition of the form, and what stands in each cell.

A table is found by its lines in their printed order (`align`), so a phrase of the prose is not taken for a
line. Between one line and the next stand its cells (`read_row`). A row whose number of cells does not match
the form is left out and reported as a `Shift`: the column of a value is never guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai_core.report import labels
from gongkai_core.report.labels import Line
from gongkai_core.report.layout import Index, Token, number, tokens

Value = int | float | None

_NEAR = 1500  # two neighbouring lines of a table stand nearer than this many characters
_LOOK_BACK = 120  # candidates looked back upon when lines are put in order
_LIMIT = 24  # places taken of one label within a stretch
_MONEY = ("t14.7", "t14.8_4", "t2.procure.amount", "t2.fee.amount")


@dataclass(frozen=True)
class Shift:
    """A row that was left out: its label, its cells, how many values stand there, and where."""

    label: str
    cells: tuple[str, ...]
    found: int
    place: tuple[int, int]


@dataclass
class Tables:
    """What was read: `values` (blank is None), `units` of money cells, `places` (start, end) in the source."""

    form: str = "none"
    values: dict[str, Value] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    shifts: list[Shift] = field(default_factory=list)
    mixed: tuple[str, ...] = ()

    def take(self, other: "Tables") -> None:
        """Add the cells of another table of the same report."""
        self.values |= other.values
        self.units |= other.units
        self.places |= other.places
        self.shifts += other.shifts


@dataclass(frozen=True)
class Hit:
    """A line of the form found in the text; `start` includes its printed number, `end` its notes."""

    line: int
    start: int
    end: int


def read_tables(text: str, year: int | None) -> Tables:
    """The tables of `text` (normalised). `year` decides the edition only where the headings do not."""
    index = Index(text)
    old = _read_lines(index, labels.form_2014(), least=6)
    chosen = {edition: _read_lines(index, labels.table_2(edition), least=2) for edition in ("2019", "2021")}
    third = _read_lines(index, labels.table_3(), least=4)
    fourth = _read_table_4(index)
    marks = {edition: _marks(index, edition) for edition in chosen}
    new = Tables()
    if third.values or third.shifts or any(t.values for t in chosen.values()):
        new.form = _edition(marks, third, year)
        new.take(chosen[new.form])
        new.take(third)
        new.take(fourth)
    if not new.values and not old.values:
        old.shifts += new.shifts
        old.form = "2014" if old.shifts and not new.shifts else new.form
        return old
    old.form = "2014"
    main, rest = (old, new) if len(old.values) > len(new.values) else (new, old)
    editions = [main.form] + [rest.form] * bool(rest.values)
    other = "2021" if new.form == "2019" else "2019"
    if new.values and (marks[other] >= 2 or (new.form == "2021" and "t3.r3_6.total" in new.values)):
        editions.append(other)
    main.take(rest)
    main.mixed = tuple(editions) if len(editions) > 1 else ()
    return main


def _marks(index: Index, edition: str) -> int:
    """How many headings that only this edition has stand in the text as printed (not inside longer ones)."""
    return sum(bool(index.find(key, 1)) for key in labels.MARKS[edition])


def _edition(marks: dict[str, int], third: Tables, year: int | None) -> str:
    if marks["2019"] != marks["2021"]:
        return "2021" if marks["2021"] > marks["2019"] else "2019"
    if any(cell.startswith("t3.r3_6_") for cell in third.values):
        return "2021"
    return "2021" if year is not None and year >= 2021 else "2019"


def align(index: Index, lines: Sequence[Line]) -> list[Hit]:
    """The longest run of lines that stand in the form's order, close together; the earliest of equals."""
    found: list[Hit] = []
    for at, line in enumerate(lines):
        spans = {span for key in line.keys for span in index.find(key, 40 * _LIMIT)}
        found += [hit for span in spans if (hit := _hit(index, at, line, *span))]
    found.sort(key=lambda hit: (hit.start, hit.line, -hit.end))
    best: list[Hit] = []
    best_score = 0.0
    stretch: list[Hit] = []
    taken: dict[int, int] = {}
    for hit in [*found, None]:
        if hit is not None and (not stretch or hit.start - stretch[-1].start <= _NEAR):
            taken[hit.line] = taken.get(hit.line, 0) + 1
            if taken[hit.line] <= _LIMIT:
                stretch.append(hit)
            continue
        score, chain = _chain(stretch, lines)
        if score > best_score:
            best, best_score = chain, score
        stretch, taken = ([hit], {hit.line: 1}) if hit is not None else ([], {})
    return best


def _chain(stretch: list[Hit], lines: Sequence[Line]) -> tuple[float, list[Hit]]:
    """The best-scoring sequence of hits whose lines and places both rise."""
    scores: list[float] = []
    before: list[int] = []
    for at, hit in enumerate(stretch):
        own = 1.0 if lines[hit.line].cells else 0.6
        score, link = own, -1
        for earlier in range(max(0, at - _LOOK_BACK), at):
            other = stretch[earlier]
            if other.line >= hit.line or other.end > hit.start:
                continue
            gap = (hit.start - other.end) / 5000 + (hit.line - other.line - 1) / 500
            if scores[earlier] + own - gap > score:
                score, link = scores[earlier] + own - gap, earlier
        scores.append(score)
        before.append(link)
    if not scores:
        return 0.0, []
    at = max(range(len(scores)), key=scores.__getitem__)
    top, chain = scores[at], []
    while at >= 0:
        chain.append(stretch[at])
        at = before[at]
    return top, chain[::-1]


_NOTE = re.compile(r"\s*[(（]([^()\n]{0,60}(?:\n[^()\n]{0,60}){0,2})[)）]")


def _hit(index: Index, at: int, line: Line, start: int, end: int) -> Hit | None:
    """The hit widened by the number printed before the label and by the notes after it."""
    text = index.text
    mark = rf"{line.number}[ ]*[、.:)]|\([ ]*{line.number}[ ]*\)[ 、.]*" if line.number else "(?!)"
    before = re.search(rf"(?:{mark})\s*$", text[max(0, start - 12) : start])
    if line.numbered and before is None:
        return None
    if before is None:
        before = re.search(r"其中[ ]*:?\s*$", text[max(0, start - 12) : start])
    start -= len(before.group()) if before else 0
    if line.cells:
        for tail in line.tails:
            end = index.follows(end, tail)
        note = _NOTE.match(text, end)
        if note and len(re.findall(r"\d+", note[1])) <= 1 and re.search(r"[\u4e00-\u9fff]{4}", note[1]):
            end = note.end()
        while end < len(text) and text[end] in "”\"'’)）":
            end += 1
    return Hit(at, start, end)


def _read_lines(index: Index, lines: Sequence[Line], least: int) -> Tables:
    """One table by its lines; nothing when fewer than `least` lines hold a value."""
    chain = align(index, lines)
    read, empty = Tables(), Tables()
    filled = 0
    unit = ""
    for at, hit in enumerate(chain):
        line = lines[hit.line]
        last = at + 1 == len(chain)
        end = min(len(index.text), hit.end + 300) if last else chain[at + 1].start
        if not line.cells:
            unit = _heading_unit(index.text[hit.end : end]) or unit
            continue
        pieces = tokens(index.text, hit.end, end)
        row = read_row(pieces, len(line.cells), last)
        if row is None:
            count = sum(piece.kind == "number" for piece in pieces)
            read.shifts.append(Shift(line.keys[0], line.cells, count, (hit.start, end)))
            filled += count > 0
        elif any(cell.kind == "number" for cell in row):
            filled += 1
            _store(read, line, row, pieces, unit)
        elif not _is_heading(line, chain[at + 1 :], lines):
            _store(empty, line, row or _blanks(line, hit.end), pieces, unit)
    if filled < least:
        return Tables()
    if filled * 4 < filled + len({cell.rpartition(".")[0] for cell in empty.values}):
        # The labels stand together and the values elsewhere: no line can be given its value for certain.
        cells = tuple(empty.values)
        read.shifts.append(Shift("统计表", cells, 0, (chain[0].start, chain[-1].end)))
        return read
    read.take(empty)
    return read


def _is_heading(line: Line, following: Sequence[Hit], lines: Sequence[Line]) -> bool:
    """其他处理 is a heading where its three rows (2021 form) follow."""
    return line.id == "t3.r3_6" and any(lines[hit.line].id.startswith("t3.r3_6_") for hit in following)


def _blanks(line: Line, at: int) -> list[Token]:
    return [Token("blank", at, at)] * len(line.cells)


def _heading_unit(rest: str) -> str:
    found = re.match(r"\s*\(?\s*(?:单位)?\s*:?\s*(亿元|万元|元)", rest)
    return found[1] if found else ""


def _store(read: Tables, line: Line, row: Sequence[Token], pieces: Sequence[Token], unit: str) -> None:
    for cell, piece in zip(line.cells, row, strict=True):
        read.values[cell] = piece.value
        read.places[cell] = (piece.start, piece.end)
        if cell in _MONEY:
            printed = next((p.unit for p in pieces if p.kind == "unit"), "")
            own = piece.unit or printed or unit
            if own in ("元", "万元", "亿元"):
                read.units[cell] = own


def read_row(pieces: Sequence[Token], width: int, last: bool) -> list[Token] | None:
    """The `width` cells of a row, [] where nothing is printed, None where their columns cannot be known.

    `last`: no line of the form follows, so the first word ends the row.
    """
    part = _cells_part(pieces, last)
    numbers = [piece for piece in part if piece.kind == "number"]
    cells = [piece for piece in part if piece.kind in ("number", "blank")]
    if width == 1:
        return None if len(numbers) > 1 else numbers or cells[:1]
    if not numbers and len(cells) <= 1:
        return []
    lines = _split(part, "line")
    first = next((line for line in lines if any(p.kind in ("number", "blank") for p in line)), [])
    row = [piece for piece in first if piece.kind in ("number", "blank")]
    if len(row) > 1:
        if exact := _from_left(row, width):
            return exact
    elif exact := _from_left(_until_gap(part), width):
        return exact
    if len(numbers) == width:
        return numbers
    return _gaps_as_blanks(part, width)


def _cells_part(pieces: Sequence[Token], last: bool) -> list[Token]:
    """From the end of what is left of the label to the first word after a value."""
    begin = next((at for at, piece in enumerate(pieces) if piece.kind == "number"), len(pieces))
    if last:
        word = next((at for at, piece in enumerate(pieces) if piece.kind == "word"), len(pieces))
        pieces, begin = pieces[:word], min(begin, word)
    lead = 0
    for at in range(begin):
        if pieces[at].kind in ("word", "unit"):
            lead = at + 1
    part = []
    for at in range(lead, len(pieces)):
        if pieces[at].kind == "word":
            break
        if pieces[at].kind != "unit":
            part.append(pieces[at])
    return part


def _split(part: Sequence[Token], kind: str) -> list[list[Token]]:
    groups: list[list[Token]] = [[]]
    for piece in part:
        if piece.kind == kind:
            groups.append([])
        else:
            groups[-1].append(piece)
    return groups


def _from_left(row: list[Token], width: int) -> list[Token] | None:
    """Explicit cells: exactly as many as the form has, or more where only blanks follow the last column."""
    if len(row) == width:
        return row
    if len(row) > width and row[0].kind == "number" and all(p.kind == "blank" for p in row[width:]):
        return row[:width]
    return None


def _until_gap(part: Sequence[Token]) -> list[Token]:
    """One cell a line: the cells up to the empty line that ends the row."""
    row: list[Token] = []
    for piece in part:
        if piece.kind == "gap" and row:
            break
        if piece.kind in ("number", "blank"):
            row.append(piece)
    return row


def _gaps_as_blanks(part: Sequence[Token], width: int) -> list[Token] | None:
    """One cell a line without any mark: an empty line is a blank cell where values otherwise follow directly.

    An empty line at the end of the row may as well part it from the next, so it is no evidence.
    """
    kinds = [piece.kind for piece in part]
    if "blank" in kinds or any(a == b == "number" for a, b in pairwise(kinds)):
        return None
    row = [piece for piece in part if piece.kind in ("number", "gap")]
    while row and row[-1].kind == "gap":
        row.pop()
    while row and row[0].kind == "gap":
        row.pop(0)
    directly = any(a.kind == b.kind == "number" for a, b in pairwise(row))
    if len(row) != width or not directly:
        return None
    return [Token("blank", p.start, p.end) if p.kind == "gap" else p for p in row]


_T4_END = re.compile(r"存在的主要问题|存在问题|其他需要报告|\n\s*[五六]\s*、")


def _read_table_4(index: Index) -> Tables:
    """Table 4: fifteen cells under a two-storey heading, or three rows of five."""
    read = Tables()
    for start, _ in index.find(labels.T4_HEADINGS[0], 8):
        stop = _T4_END.search(index.text, start, start + 1500)
        end = stop.start() if stop else min(len(index.text), start + 900)
        region = index.text[start:end]
        if not all(re.search(r"\s*".join(word), region) for word in ("其他结果", "尚未审结")):
            continue
        runs = [
            run
            for run in _split(tokens(index.text, start, end), "word")
            if any(piece.kind == "number" for piece in run)
        ]
        if not runs:
            continue
        row = read_row(runs[0], len(labels.T4_CELLS), last=False)
        if row is None and len(runs) >= 3:
            thirds = [read_row(run, len(labels.RESULTS), last=False) for run in runs[:3]]
            row = [cell for third in thirds for cell in third or []] if all(thirds) else None
        line = Line("t4", labels.T4_CELLS, ())
        if row is None:
            count = sum(piece.kind == "number" for piece in runs[0])
            read.shifts = [Shift("行政复议、行政诉讼", labels.T4_CELLS, count, (start, end))]
            continue
        read.shifts = []
        _store(read, line, row, (), "")
        return read
    return read


__all__ = ["Shift", "Tables", "Value", "align", "number", "read_row", "read_tables"]
