"""`gongkai text check FILE…`: what in a text must not be published as it is, or should not.

Personal data are shown masked. In a batch a file that cannot be read is reported in its place and the status is 1; a
single file that cannot be read ends with status 2. Hits are results, no failure: the status stays 0.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO, Any

from gongkai_core.checks import Checker, Hit, Lists, Material, Severity, material_of_html, read_block, titles
from gongkai_core.cli.columns import aligned
from gongkai_core.cli.inputs import read_text, reason
from gongkai_core.errors import InputError
from gongkai_core.passages import Passage
from gongkai_core.reading import LARGEST, READABLE, read
from gongkai_core.reading.sniffing import KINDS
from gongkai_core.report.input import decode

_LISTS = {
    "white": "白名单：其中的词语和号码不提示",
    "forbidden": "禁用词语，每行“词→改为”",
    "obsolete": "过时表述，每行“旧→新”",
    "leaders": "领导名录，每行“姓名→职务、职务”",
    "organs": "机关名称，每行一个",
    "laws": "法律法规名称，每行一个",
}
_HTML, _TEXT = (".html", ".htm"), (".txt", ".text", ".md", ".csv", "")
_FILES = tuple(ending for kind in READABLE for ending in KINDS[kind][1] if ending not in (*_HTML, *_TEXT))

Result = dict[str, Any]


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add `gongkai text`."""
    text = subparsers.add_parser(
        "text", help="校核要公开的文字", description="校核要公开的文字：个人信息、密级标志、用语、格式。"
    )
    verbs = text.add_subparsers(title="做什么", metavar="做什么", dest="verb", required=True)
    check = verbs.add_parser(
        "check",
        help="列出不应公开和应当改正之处",
        description="列出不应公开和应当改正之处。文件可为文本、网页、Word、PDF、OFD、Excel 和图片；词表为 UTF-8 文本，每行一条。",
    )
    check.add_argument("files", nargs="+", metavar="文件", help="要校核的文件")
    for name, words in _LISTS.items():
        check.add_argument(f"--{name}", metavar="词表", help=words)
    check.add_argument("--today", metavar="日期", help="按哪一天判断落款日期，如 2026-04-02；不写则不判断")
    check.set_defaults(func=run)


def run(args: argparse.Namespace, stdin: IO[str], stdout: IO[str]) -> int:
    """Check every file; InputError for a list, a day or a single file that can't be used."""
    lists, today = _lists(args), _day(args.today)
    read = [_tried(path, alone=len(args.files) == 1) for path in map(Path, args.files)]
    checker = Checker(lists)
    results = [
        (name, checker.check(replace(material, today=today)) if material else [], error)
        for name, material, error in read
    ]
    if args.json:
        json.dump([_as_json(*result) for result in results], stdout, ensure_ascii=False, indent=1)
    else:
        stdout.write("\n\n".join(_as_table(*result) for result in results))
    stdout.write("\n")
    return 1 if any(error for _, _, error in results) else 0


def _tried(path: Path, *, alone: bool) -> tuple[str, Material | None, str]:
    """The name of a file with what is in it, or with why it can't be read; raises when it is the only one."""
    try:
        return path.name, _material(path), ""
    except InputError as error:
        if alone:
            raise
        return path.name, None, error.message


def _lists(args: argparse.Namespace) -> Lists:
    given = {name: _entries(getattr(args, name), "职务" if name == "leaders" else "") for name in _LISTS}
    return Lists(
        white=frozenset(given["white"]),
        forbidden=given["forbidden"],
        obsolete=given["obsolete"],
        leaders={name: titles(words) for name, words in given["leaders"].items()},
        organs=tuple(given["organs"]),
        laws=tuple(given["laws"]),
    ).with_starters()


def _entries(path: str | None, right_side: str) -> dict[str, str]:
    if path is None:
        return {}
    entries, problems = read_block(read_text(path), right_side=right_side)
    if problems:
        first = problems[0]
        raise InputError(f"{path} 第 {first.number} 行“{first.line}”：{first.message}（共 {len(problems)} 行有错）")
    return entries


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise InputError(f"不是日期：{text}（写成 2026-04-02）") from None


def _material(path: Path) -> Material:
    suffix = path.suffix.lower()
    if suffix not in (*_TEXT, *_HTML, *_FILES):
        raise InputError(f"{path.name}：不认识的文件类型 {suffix}（可用 .txt、.html、{'、'.join(_FILES)}）")
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path.name}：文件超过 {LARGEST // 1024 // 1024} MB")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"无法读取 {path}：{reason(error)}") from error
    except ValueError as error:  # a NUL in the path
        raise InputError(f"无法读取 {path}：文件名无效") from error
    if suffix in _FILES:
        return Material(_passages(data, path.name))
    text = decode(data, path.name)
    return material_of_html(text) if suffix in _HTML else Material([Passage(text)])


def _passages(data: bytes, name: str) -> Sequence[Passage]:
    """Everything that can be read in a file: comments, hidden sheets and properties of pictures too."""
    try:
        return read(data, name).passages
    except InputError as error:
        raise InputError(f"{name}：{error.message}") from error


def _as_json(name: str, hits: Sequence[Hit], error: str) -> Result:
    return {"name": name, "error": {"message": error}} if error else {"name": name, "hits": [h.as_json() for h in hits]}


def _as_table(name: str, hits: Sequence[Hit], error: str) -> str:
    if error:
        return f"{name}：{error}"
    if not hits:
        return f"{name}：没有提示"
    strict = sum(hit.severity is Severity.REASON for hit in hits)
    rows = [("位置", "规则", "处理", "原文", "建议")]
    rows += [(hit.where, hit.name, hit.severity.value, hit.around, hit.suggestion) for hit in hits]
    return f"{name}：{len(hits)} 处提示，其中 {strict} 处涉及个人信息或者涉密标志\n\n{aligned(rows)}"
