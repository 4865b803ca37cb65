"""`gongkai report read FILE…` and `gongkai report audit FILE…`: annual reports in, JSON out.

With `--out DIR` one file per input, `<name without extension>.json`; without it one JSON list on standard
output. In a batch a file that cannot be read is reported in its place as {"name", "error": {"code",
"message"}} and the status is 1; a single file that cannot be read ends with status 2.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from gongkai_core.cli.inputs import reason
from gongkai_core.errors import InputError
from gongkai_core.report import Reading, audit, read, reading_anomalies, text_of
from gongkai_core.report.input import LARGEST, ReportFileError

Result = dict[str, Any]


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add `gongkai report`."""
    report = subparsers.add_parser(
        "report", help="读取、核查政府信息公开工作年度报告", description="读取、核查年度报告，输出 JSON。"
    )
    verbs = report.add_subparsers(title="做什么", metavar="做什么", dest="verb", required=True)
    for verb, describe, text in (
        ("read", _read_json, "读出机关、年度、表式和统计表各单元格"),
        ("audit", _audit_json, "读出后核对勾稽关系，列出不一致之处"),
    ):
        command = verbs.add_parser(verb, help=text, description=f"{text}。文件可为 .txt、.html、.htm。")
        command.add_argument("files", nargs="+", metavar="文件", help="年度报告")
        command.add_argument("--out", metavar="文件夹", help="每份报告写一个 <文件名>.json；不写则输出一个列表")
        command.set_defaults(func=_run, describe=describe)


def _run(args: argparse.Namespace, stdin: IO[str], stdout: IO[str]) -> int:
    paths = [Path(name) for name in args.files]
    targets = _targets(paths, Path(args.out)) if args.out is not None else None
    describe: Callable[[Reading], Result] = args.describe
    failed = False
    separator = "[\n"
    for at, path in enumerate(paths):
        try:
            result = describe(read(text_of(_bytes(path), path.name), path.name))
        except ReportFileError as error:
            if len(paths) == 1:
                raise
            failed = True
            result = {"name": path.name, "error": {"code": error.code, "message": error.message}}
        if targets is not None:
            _write(targets[at], json.dumps(result, ensure_ascii=False, indent=1) + "\n")
        else:
            stdout.write(separator + json.dumps(result, ensure_ascii=False, indent=1))
            separator = ",\n"
    if targets is None:
        stdout.write("\n]\n")
    return 1 if failed else 0


def _read_json(reading: Reading) -> Result:
    return reading.as_json() | {"anomalies": [found.as_json() for found in reading_anomalies(reading)]}


def _audit_json(reading: Reading) -> Result:
    return reading.as_json() | {"anomalies": [found.as_json() for found in audit(reading)]}


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            # `text_of` refuses by size; what lies beyond need not be read for that.
            with path.open("rb") as file:
                return file.read(LARGEST + 1)
        return path.read_bytes()
    except OSError as error:
        raise ReportFileError("not_found", f"无法读取 {path}：{reason(error)}") from error
    except ValueError as error:  # a NUL in the path
        raise ReportFileError("not_found", f"无法读取 {path}：文件名无效") from error


def _targets(paths: list[Path], folder: Path) -> list[Path]:
    """Where each result goes; refused before anything is written when two would share a name."""
    targets = [folder / f"{path.stem}.json" for path in paths]
    owners: dict[str, Path] = {}
    for path, target in zip(paths, targets, strict=True):
        # Some file systems don't tell A.json from a.json.
        other = owners.setdefault(target.name.casefold(), path)
        if other is not path:
            raise InputError(f"{other} 和 {path} 的结果都要写到 {target.name}，请改名或者分开输出")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"无法建立文件夹 {folder}：{reason(error)}") from error
    return targets


def _write(target: Path, text: str) -> None:
    """Write beside and rename, so that a reader never meets half a file."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise InputError(f"无法写入 {target}：{reason(error)}") from error
