"""The command `gongkai`.

Each module named in `COMMANDS` exposes `register(subparsers)`, which adds its sub-command and sets the
default `func(args, stdin, stdout) -> int`. `stdin` and `stdout` are text streams in UTF-8; `args.json` is
always there. Packages add commands of their own in the entry point group `gongkai.commands`: a name and a
function `(argv) -> int`, called with the remaining arguments.

Exit status: 0 done; 1 something in a batch could not be computed and is reported in its place;
2 the input cannot be used (raise `InputError`).
"""

from __future__ import annotations

import importlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import IO

from gongkai_core.cli.arguments import Parser
from gongkai_core.cli.inputs import reason
from gongkai_core.errors import InputError

COMMANDS = ("clock", "fee", "forms", "report", "text")
ENTRY_POINTS = "gongkai.commands"

DONE, PARTLY, REFUSED = 0, 1, 2
SOFTWARE_ERROR = 70
INTERRUPTED = 130
PIPE_CLOSED = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line `argv` (default: the process's own) and return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        _speak_utf8()
        status = _run(arguments)
        sys.stdout.flush()
        return status
    except InputError as error:
        return _refuse(error.message, REFUSED)
    except BrokenPipeError:
        _drop_stdout()
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except UnicodeDecodeError:
        return _refuse("输入不是 UTF-8 编码的文本", REFUSED)
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        if not place:  # standard output itself: a full disk
            _drop_stdout()
        return _refuse(f"无法读写{place}：{reason(error)}", REFUSED)
    except Exception as error:  # a fault of ours: still one line, with the place to look
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return _refuse(f"程序内部错误 {error!r}（{frame.filename}:{frame.lineno}），请报告", SOFTWARE_ERROR)


def _run(arguments: list[str]) -> int:
    before = [argument for argument in arguments if argument != "--json"]
    command = before[0] if before else ""
    external = {point.name: point for point in entry_points(group=ENTRY_POINTS)}
    if command in external:
        rest = list(arguments)
        rest.remove(command)
        return _run_external(external[command], rest)
    names = (command,) if command in COMMANDS else COMMANDS
    parser = _parser(names, sorted(external))
    if command.startswith("-") and command not in ("-h", "--help"):
        raise InputError(f"未知的选项：{command}（用法见 gongkai --help）")
    if command and not command.startswith("-") and command not in COMMANDS:
        raise InputError(f"未知的命令：{command}（可用：{'、'.join((*COMMANDS, *sorted(external)))}）")
    try:
        args = parser.parse_args(before)
    except SystemExit as finished:  # --help
        return int(finished.code or DONE)
    args.json = len(before) < len(arguments)
    status: int = args.func(args, sys.stdin or io.StringIO(), sys.stdout)
    return status


def _parser(names: Sequence[str], external: Sequence[str]) -> Parser:
    more = f"另有命令：{'、'.join(external)}。" if external else ""
    parser = Parser(
        prog="gongkai",
        description="政府信息公开：期限、收费、统计表、年度报告。",
        epilog=f"每个命令的用法见 gongkai 命令 --help。{more}",
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON（写在命令之前或者之后都可以）")
    subparsers = parser.add_subparsers(title="命令", metavar="命令", dest="command", required=True)
    for name in names:
        importlib.import_module(f"{__name__}.{name}").register(subparsers)
    return parser


def _run_external(point: EntryPoint, arguments: list[str]) -> int:
    try:
        command = point.load()
    except ImportError as error:
        raise InputError(f"命令 {point.name} 没有安装完整，缺少 {error.name or error}") from error
    status: int = command(arguments)
    return status


def _speak_utf8() -> None:
    stdout = sys.stdout
    if isinstance(stdout, io.TextIOWrapper) and isinstance(stdout.buffer, io.RawIOBase):
        # PYTHONUNBUFFERED: a short write to a full disk or a closed pipe would go unnoticed.
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(stdout.detach()), encoding="utf-8")
    for stream, errors in (
        (sys.stdin, "strict"),
        (sys.stdout, "backslashreplace"),  # a lone surrogate of a JSON string goes out as it came: \udxxx
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _refuse(message: str, status: int) -> int:
    line = " ".join(message.split())
    stream: IO[str] | None = sys.stderr
    if stream is not None:
        print(f"gongkai：{line}", file=stream)
    return status


def _drop_stdout() -> None:
    # What is still buffered would fail once more when the interpreter closes.
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
