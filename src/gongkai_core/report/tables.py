"""The statistical tables of a report: which edition of the form, and what stands in each cell.

A table is found by its lines in their printed order (`align`), so a phrase of the prose is not taken for a
line. Between one line and the next stand its cells (`read_row`). A row whose number of cells does not match
the form is left out and reported as a `Shift`: the column of a value is never guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai_core.report import labels
from gongkai_core.report.labels import Line
from gongkai_core.report.layout import Index, Token, tokens
from gongkai_core.report.rows import read_row, split

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
    chosen = {edition: _read_lines(index, labels.table_2(edition), least=2, headings=2) for edition in ("2019", "2021")}
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


def _read_lines(index: Index, lines: Sequence[Line], least: int, headings: int = 0) -> Tables:
    """One table by its lines; nothing when fewer than `least` lines hold a value.

    Nor when fewer than `headings` headings stand among them: prose, too, says how many 行政许可 there were.
    """
    chain = align(index, lines)
    if sum(not lines[hit.line].cells for hit in chain) < headings:
        return Tables()
    ends = [*(hit.start for hit in chain[1:]), min(len(index.text), chain[-1].end + 300) if chain else 0]
    grid = _grid_width(index.text, [hit for hit in chain if len(lines[hit.line].cells) == len(labels.COLUMNS)])
    read, empty = Tables(), Tables()
    filled, lines_met, unit = 0, 0, ""
    for at, hit in enumerate(chain):
        line, end = lines[hit.line], ends[at]
        if not line.cells:
            unit = _heading_unit(index.text[hit.end : end]) or unit
            continue
        lines_met += 1
        pieces = tokens(index.text, hit.end, end)
        row = read_row(pieces, len(line.cells), last=hit is chain[-1], square=_separators(index.text, hit.end) == grid)
        if row is None:
            count = sum(piece.kind == "number" for piece in pieces)
            read.shifts.append(Shift(line.keys[0], line.cells, count, (hit.start, end)))
            filled += count > 0
        elif any(cell.kind == "number" for cell in row):
            filled += 1
            _store(read, line, row, pieces, unit)
        elif not _is_heading(line, chain[at + 1 :], lines):
            _store(empty, line, row or _blanks(line, hit.end), pieces, unit)
    if lines_met >= 10 and filled * 4 < lines_met:
        # The labels stand together and the values elsewhere: no line can be given its value for certain.
        cells = tuple(cell for hit in chain for cell in lines[hit.line].cells)
        return Tables(shifts=[Shift("统计表", cells, 0, (chain[0].start, chain[-1].end))])
    if filled < least:
        return Tables()
    read.take(empty)
    return read


def _separators(text: str, at: int) -> int:
    """How many cells the line around `at` is cut into; 0 for a line without tabs and strokes."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)]
    return line.count("\t") + line.count("|")


def _grid_width(text: str, rows: Sequence[Hit]) -> int:
    """The common width of a rectangular table (merged cells padded with blanks), or -1.

    There the values are the last cells of every row, whatever stands between label and values. It must be
    so wherever it can be seen: a row that ends in a number ends at the edge.
    """
    widths = [width for hit in rows if (width := _separators(text, hit.end))]
    common = max(set(widths), key=widths.count, default=-1)
    if len(widths) < 3 or widths.count(common) * 5 < len(widths) * 4:
        return -1
    edges = 0
    for hit in rows:
        line_end = text.find("\n", hit.end)
        line = text[hit.end : line_end if line_end >= 0 else len(text)]
        if _separators(text, hit.end) == common:
            edges += not line.rstrip(" ").removesuffix("|").endswith(("\t", "|"))
    return common if edges * 2 > len(widths) else -1


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


_T4_END = re.compile(r"^[ ]*(?:[(]?[五六][)]?[ ]*[、.]|存在的?主要?问题|其他需要报告)|存在的主要问题", re.M)


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
            run for run in split(tokens(index.text, start, end), "word") if any(piece.kind == "number" for piece in run)
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
