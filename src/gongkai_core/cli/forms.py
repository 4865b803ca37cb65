"""`gongkai forms`: the statistical forms (统计表), their cells and equations, and a check of filled ones."""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from gongkai_core.cli.arguments import Parser
from gongkai_core.cli.columns import aligned
from gongkai_core.cli.inputs import parse_json, read_stream, read_text
from gongkai_core.errors import InputError
from gongkai_core.returns import (
    FORMS,
    GOVERNMENT_LEVELS,
    Cell,
    Form,
    Report,
    Table,
    check,
    form_for,
    form_of,
)

_MANUAL = {False: "自动计算", "filing": "单位填报", True: "部门供数"}
_LEVELS = {"error": "错误", "warning": "警告"}
_RULE_LEVELS = {"error": "错误", "warn": "警告"}


def register(subparsers: argparse._SubParsersAction[Parser]) -> None:
    """Add the sub-command."""
    parser = subparsers.add_parser(
        "forms", help="统计表", description="列出 2014、2019、2021 年统计表的单元格和勾稽式，或者核对一张表。"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--year", type=int, metavar="年度", help="统计年度，由它选用统计表")
    which.add_argument("--edition", choices=list(FORMS), metavar="版本", help="2014、2019 或者 2021")
    parser.add_argument(
        "--check", metavar="文件", help="核对：{单元格: 数} 的 JSON，或者 report read 的结果；- 为标准输入"
    )
    parser.add_argument("--prev", metavar="文件", help="核对时用：同一机关上一年度的表，写法相同")
    parser.add_argument("--ext", metavar="名=数", action="append", default=[], help="核对时用：表外数，如 carried_in=3")
    parser.add_argument(
        "--explained", metavar="单元格", action="append", default=[], help="核对时用：已有文字说明的单元格"
    )
    parser.add_argument(
        "--level",
        choices=list(GOVERNMENT_LEVELS),
        default="county",
        help="核对时用：政府层级，默认 county（县级）",
    )
    parser.set_defaults(func=run)


def run(args: argparse.Namespace, stdin: IO[str], stdout: IO[str]) -> int:
    """Print the forms, one form, or what its equations say of a file; InputError for unusable input."""
    if args.check is not None:
        result, text = _checked(args, stdin)
    elif args.year is None and args.edition is None:
        result, text = [_summary(form) for form in FORMS.values()], _overview()
    else:
        form = _chosen(args)
        result, text = _as_json(form), _as_text(form)
    if args.json:
        json.dump(result, stdout, ensure_ascii=False, indent=1)
    else:
        stdout.write(text)
    stdout.write("\n")
    return 0


def _chosen(args: argparse.Namespace) -> Form:
    return form_of(args.edition) if args.edition is not None else form_for(args.year)


def _checked(args: argparse.Namespace, stdin: IO[str]) -> tuple[Any, str]:
    values, read_as = _table(args.check, stdin)
    if args.year is not None or args.edition is not None:
        form = _chosen(args)
    elif read_as is not None:
        form = form_of(read_as)
    else:
        raise InputError("核对须用 --year 或者 --edition 指明用哪一版统计表")
    report = check(
        form,
        values,
        prev=None if args.prev is None else _table(args.prev, stdin)[0],
        ext=dict(map(_outside, args.ext)),
        explained=args.explained,
        level_of_government=args.level,
    )
    return report.as_json(), _report_text(form, report)


def _table(path: str, stdin: IO[str]) -> tuple[Mapping[str, Any], str | None]:
    """The cells of a file, and the edition if the file says so."""
    source = "标准输入" if path == "-" else path
    data = parse_json(read_stream(stdin) if path == "-" else read_text(path), source)
    edition = None
    if isinstance(data, dict) and isinstance(data.get("table"), dict):
        edition = data["form"] if isinstance(data.get("form"), str) else None
        data = data["table"]
    if not isinstance(data, dict):
        raise InputError(f"{source}的内容应当是 {{单元格: 数}}")
    return data, edition


def _outside(text: str) -> tuple[str, int | float]:
    name, _, number = text.partition("=")
    try:
        return name, int(number) if number.isdecimal() else float(number)
    except ValueError:
        raise InputError(f"表外数应写成 名=数，如 carried_in=3：{text}") from None


def _summary(form: Form) -> dict[str, Any]:
    return {
        "form": form.edition,
        "doc": form.doc,
        "years": form.years,
        "cells": len(form.cells),
        "rules": len(form.rule_specs),
    }


def _as_json(form: Form) -> dict[str, Any]:
    return {
        "form": form.edition,
        "doc": form.doc,
        "years": form.years,
        "cells": [dataclasses.asdict(cell) for cell in form.cells],
        "rules": [dict(spec) for spec in form.rule_specs],
        "layout": [dataclasses.asdict(table) for table in form.layout],
        "notes": list(form.notes),
    }


def _overview() -> str:
    rows = [("版本", "适用年度", "依据", "单元格", "勾稽式")]
    rows += [
        (form.edition, form.years, form.doc, str(len(form.cells)), str(len(form.rule_specs))) for form in FORMS.values()
    ]
    return aligned(rows, right=(3, 4))


def _as_text(form: Form) -> str:
    parts = [f"{form.edition} 年统计表（{form.years}）\n依据：{form.doc}"]
    for table in form.layout:
        rows = [("统计指标", "单位", "单元格", "取数"), *_table_rows(form, table)]
        parts.append(f"{table.title}\n\n{aligned(rows)}")
    parts.append("勾稽式\n\n" + "\n".join(_rule_text(spec) for spec in form.rule_specs))
    return "\n\n".join(parts)


def _rule_text(spec: Mapping[str, Any]) -> str:
    each = [f"{{{key}}} 取{_choices(ids)}" for key, ids in spec.get("for", {}).items()]
    why = "；".join(filter(None, (spec.get("why"), *each)))
    lines = [f"{spec['id']}（{_RULE_LEVELS[spec['level']]}）", f"  {spec['expr']}"]
    return "\n".join([*lines, f"  {why}"] if why else lines)


def _choices(ids: str | list[str]) -> str:
    return "表内全部单元格" if ids == "all" else " " + "、".join(ids)


def _table_rows(form: Form, table: Table) -> Iterator[tuple[str, str, str, str]]:
    """One line per figure; a row of table 3 or a group of table 4 is one line, its columns named."""
    if table.id in ("t3", "t4"):
        cells = [cell for cell in form.cells if cell.table == table.id]
        for _, members in itertools.groupby(cells, lambda cell: cell.row):
            row = list(members)
            label, columns = row[0].label.split("·")[0], "|".join(str(cell.column) for cell in row)
            yield label, row[0].unit, f"{table.id}.{row[0].row}.〔列〕", _origin(row[0])
        yield f"〔列〕为 {columns}", "", "", ""
        return
    for boxes in table.rows[table.head_rows :]:
        if table.id == "t14":
            cell_id = boxes[-1].cell
            text = "  " * boxes[0].indent + boxes[0].text
            yield (text, "", "", "") if cell_id is None else _line(form.cell(cell_id), text)
        elif len(boxes) == 1:
            yield boxes[0].text, "", "", ""
        else:
            for box in boxes:
                if box.cell is not None:
                    cell = form.cell(box.cell)
                    yield _line(cell, f"  {cell.label}")


def _line(cell: Cell, text: str) -> tuple[str, str, str, str]:
    return text, cell.unit, cell.id, _origin(cell)


def _origin(cell: Cell) -> str:
    origin = "由其他格相加" if cell.source == "cells" else _MANUAL[cell.manual]
    return f"{origin}，与{cell.confirm_with}核对" if cell.confirm_with else origin


def _report_text(form: Form, report: Report) -> str:
    """The findings as a table, then what could not be judged."""
    head = f"按 {form.edition} 年统计表（{form.doc}）核对：{report.judged} 条勾稽式已核"
    lines = [f"{head}，错误 {len(report.errors)} 处，警告 {len(report.warnings)} 处。"]
    if report.findings:
        found = [(_LEVELS[one.level], one.rule, one.detail, one.why) for one in report.findings]
        lines += ["", aligned([("级别", "规则", "算式", "说明"), *found])]
    if report.skipped:
        reasons: dict[str, list[str]] = {}
        for skipped in report.skipped:
            reasons.setdefault(skipped.rule, []).append(skipped.reason)
        rows = [(rule, str(len(told)), _few(told)) for rule, told in reasons.items()]
        lines += ["", "下列规则没有核，不算通过：", ""]
        lines += [aligned([("未核的规则", "条数", "原因"), *rows], right=(1,))]
    return "\n".join(lines)


def _few(reasons: list[str]) -> str:
    """The first reasons, each once."""
    different = list(dict.fromkeys(reasons))
    return "；".join(different[:2]) + ("；等" if len(different) > 2 else "")
