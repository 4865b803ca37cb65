"""Reading what a command is given, refusing what cannot be read in one Chinese line."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import IO, Any, NoReturn

from gongkai_core.errors import InputError

REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "文件不存在",
    PermissionError: "没有读写权限",
    IsADirectoryError: "这是文件夹，不是文件",
    NotADirectoryError: "路径中有一段不是文件夹",
    FileExistsError: "文件已经存在",
}


def reason(error: OSError) -> str:
    """Return in Chinese why a file could not be opened, read or written."""
    if error.errno == errno.ENOSPC:
        return "磁盘已满"
    return REASONS.get(type(error)) or error.strerror or type(error).__name__


def read_text(path: str | Path) -> str:
    """Return the text of a UTF-8 file (a byte order mark is dropped), or raise `InputError`."""
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"无法读取 {path}：{reason(error)}") from error
    except ValueError as error:  # a wrong encoding, or a NUL in the path
        raise InputError(f"无法读取 {path}：不是 UTF-8 编码的文本文件") from error


def read_stream(stream: IO[str]) -> str:
    """Return all text of standard input, UTF-8; `InputError` when it is something else."""
    try:
        return stream.read().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError("标准输入不是 UTF-8 编码的文本") from error
    except OSError as error:
        raise InputError(f"无法读取标准输入：{reason(error)}") from error


def parse_json(text: str, source: str) -> Any:
    """Return the value of a JSON text; `source` names it in the refusal, e.g. 标准输入 or a path."""
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        place = f"第 {error.lineno} 行第 {error.colno} 列" if text.strip() else "内容为空"
        raise InputError(f"{source}不是 JSON：{place}") from error
    except RecursionError as error:
        raise InputError(f"{source}不是可用的 JSON：嵌套过深") from error
    except ValueError as error:  # NaN, Infinity, or a number of many thousand digits
        raise InputError(f"{source}不是可用的 JSON：含有不能使用的数值") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
