"""Fictional annual reports of 青禾县, made from random values and printed in the layouts offices use.

The grids come from the forms as `gongkai_core.returns` declares them; nothing here knows how a report is read.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from gongkai_core.returns import FORMS, Table

Values = dict[str, "int | float | None"]
Grid = list[list[str | None]]  # None: covered by a box that spans

YEARS = {"2014": 2016, "2019": 2019, "2021": 2023}
_PROSE = (
    "一、总体情况\n　　{year}年，青禾县认真贯彻《中华人民共和国政府信息公开条例》，行政许可、行政处罚、规章制度等"
    "信息及时公布，全年公开规范性文件 12 件，依法予以公开或者不予公开，并告知复议后起诉的途径。办理行政许可29507件、"
    "行政处罚 3999 件、行政强制5件，行政事业性收费 7 项，收到申请数3件，其中当面申请数1件。\n"
)


def random_values(edition: str, rng: random.Random, blanks: float = 0.0) -> Values:
    """A value for every cell of the edition; `blanks` is the share left blank."""
    values: Values = {}
    for cell in FORMS[edition].cells:
        if rng.random() < blanks:
            values[cell.id] = None
        elif cell.id.endswith(".delta"):
            values[cell.id] = rng.randint(-40, 40)
        elif cell.is_money:
            values[cell.id] = rng.choice([0, rng.randint(1, 900), round(rng.uniform(0.01, 99), 2)])
        else:
            values[cell.id] = rng.choice([0, 0, rng.randint(1, 9), rng.randint(10, 99999)])
    return values


def printed(value: int | float | None) -> str:
    return "" if value is None else str(value)


def full_width(value: int | float | None) -> str:
    return printed(value).translate({ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789.-"})


def in_words(value: int | float | None) -> str:
    """减2, and 29,507."""
    if value is None or value == 0:
        return printed(value)
    return f"减{-value}" if value < 0 else f"{value:,}"


def grid(table: Table, values: Values, show: Callable[[int | float | None], str] = printed) -> Grid:
    """The table as a rectangle of texts, spans as None."""
    rows: Grid = [[""] * table.columns for _ in table.rows]
    free = [[True] * table.columns for _ in table.rows]
    for at, boxes in enumerate(table.rows):
        column = 0
        for box in boxes:
            while not free[at][column]:
                column += 1
            for down in range(box.rowspan):
                for right in range(box.colspan):
                    free[at + down][column + right] = False
                    rows[at + down][column + right] = None
            rows[at][column] = show(values[box.cell]) if box.cell else box.text
    return rows


def tab_rows(rows: Grid) -> str:
    """A row a line, cells parted by tabs, the places a span covers left empty but for the columns it takes."""
    return "\n".join("\t".join(cell or "" for cell in row) for row in rows)


def span_free_tab_rows(rows: Grid) -> str:
    """The same without anything for covered places, as page text extraction gives it."""
    return "\n".join("".join(f"\t{cell}" for cell in row if cell is not None) for row in rows)


def pipe_rows(rows: Grid) -> str:
    return "\n".join("| " + " | ".join(c for c in row if c is not None) + " |" for row in rows)


def open_pipe_rows(rows: Grid) -> str:
    return "\n".join("|".join(c for c in row if c is not None) for row in rows)


def spaced_rows(rows: Grid) -> str:
    """As a PDF gives it: blanks are lost."""
    return "\n".join("  ".join(c for c in row if c) for row in rows)


def tabbed_cell_lines(rows: Grid) -> str:
    """One cell a line behind a tab, covered first columns as lone tabs, an empty line after each row."""
    lines = []
    for row in rows:
        lines += [f"\t{cell}" for cell in row if cell is not None] + [""]
    return "\n".join(lines)


def bare_cell_lines(rows: Grid) -> str:
    """One cell a line and no mark at all: blanks are lost."""
    return "\n".join(c for row in rows for c in row if c)


def spread_cell_lines(rows: Grid) -> str:
    """One cell a line with an empty line between any two: blanks are lost."""
    return "\n\n".join(c for row in rows for c in row if c)


def crlf_tab_rows(rows: Grid) -> str:
    return span_free_tab_rows(rows).replace("\n", "\r\n")


def html_rows(rows: Grid) -> str:
    def cells(row: list[str | None]) -> str:
        return "".join(f"<td><p><span>{c}</span></p></td>" for c in row if c is not None)

    return "<table>" + "".join(f"<tr>{cells(row)}</tr>\n" for row in rows) + "</table>"


# Layouts that keep a blank cell's place, and layouts that drop it.
KEEPING: dict[str, Callable[[Grid], str]] = {
    "tab_rows": tab_rows,
    "span_free_tab_rows": span_free_tab_rows,
    "pipe_rows": pipe_rows,
    "open_pipe_rows": open_pipe_rows,
    "tabbed_cell_lines": tabbed_cell_lines,
    "crlf_tab_rows": crlf_tab_rows,
}
DROPPING: dict[str, Callable[[Grid], str]] = {
    "spaced_rows": spaced_rows,
    "bare_cell_lines": bare_cell_lines,
    "spread_cell_lines": spread_cell_lines,
}


def report(
    edition: str,
    values: Values,
    layout: Callable[[Grid], str],
    show: Callable[[int | float | None], str] = printed,
    variants: dict[str, str] | None = None,
) -> str:
    """The text of a report with its title, some prose and its tables."""
    year = YEARS[edition]
    parts = [f"青禾县{year}年政府信息公开工作年度报告\n\n", _PROSE.format(year=year)]
    for table in FORMS[edition].layout:
        text = layout(grid(table, values, show))
        for official, other in (variants or {}).items():
            text = text.replace(official, other)
        parts.append(f"\n{table.title}\n{text}\n")
    parts.append(
        "\n五、存在的主要问题及改进情况\n　　2025年将继续努力，开展培训3次。\n六、其他需要报告的事项\n　　无。\n"
    )
    return "".join(parts)


def glued_2014(values: Values) -> str:
    """The form of 2014 with unit and value grown onto the label, notes broken over two lines."""
    lines = ["青禾县2016年政府信息公开工作年度报告", "统 计 指 标单 位统计数"]
    for row in FORMS["2014"].layout[0].rows[1:]:
        cell = next((box.cell for box in row if box.cell), None)
        label = row[0].text.replace("（", "(").replace("）", ")")
        if cell is None:
            lines.append(f"  {label}——  ")
            continue
        if len(label) > 24:
            label = label[:20] + " \n     " + label[20:]
        lines.append(f"    {label}{row[1].text}{printed(values[cell])}\u2002")
    lines += ["", "单位负责人:王某某   审核人:李某某", "联系电话:5550123   填报日期:2017.2.12"]
    return "\n".join(lines)
