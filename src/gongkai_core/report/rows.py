"""The cells of one row, from the pieces of text between its label and the next.

How the row is printed decides: cells parted by tabs or strokes, numbers parted by spaces, one cell a line.
Where none of these gives exactly as many cells as the form has, the row is not read.
"""

from collections.abc import Sequence
from itertools import pairwise

from gongkai_core.report.layout import Token


def read_row(pieces: Sequence[Token], width: int, last: bool, square: bool = False) -> list[Token] | None:
    """The `width` cells of a row, [] where nothing is printed, None where their columns cannot be known.

    `last`: no line of the form follows, so the first word ends the row. `square`: the row is as wide as all
    rows of its table, so its values are its last cells.
    """
    part = _cells_part(pieces, last)
    numbers = [piece for piece in part if piece.kind == "number"]
    cells = [piece for piece in part if piece.kind in ("number", "blank")]
    if width == 1:
        return None if len(numbers) > 1 else numbers or cells[:1]
    if not numbers and len(cells) <= 1:
        return []
    lines = split(part, "line")
    first = next((line for line in lines if any(p.kind in ("number", "blank") for p in line)), [])
    row = [piece for piece in first if piece.kind in ("number", "blank")]
    if len(row) > 1:
        if exact := row[-width:] if square and len(row) >= width else _from_left(row, width):
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


def split(part: Sequence[Token], kind: str) -> list[list[Token]]:
    groups: list[list[Token]] = [[]]
    for piece in part:
        if piece.kind == kind:
            groups.append([])
        else:
            groups[-1].append(piece)
    return groups


def _from_left(row: list[Token], width: int) -> list[Token] | None:
    """Explicit cells: exactly as many as the form has, or more where only blanks follow the last column.

    Blanks before the first value may pad a label that spans columns, which only table 2 does not have.
    """
    if len(row) == width:
        return row
    padded = row[:1] and row[0].kind == "blank" and width > 3
    if len(row) > width and not padded and all(p.kind == "blank" for p in row[width:]):
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
