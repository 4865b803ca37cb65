"""An argument parser that speaks Chinese and refuses in one line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn, TypeAlias

from gongkai_core.errors import InputError

# What argparse says about a wrong command line, and how we say it. Anything else keeps its own words.
MESSAGES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), text)
    for pattern, text in (
        (r"unrecognized arguments: (.*)", r"未知的选项或者参数：\1"),
        (r"the following arguments are required: (.*)", r"缺少参数：\1"),
        (r"one of the arguments (.*) is required", r"下列选项须给出一个：\1"),
        (r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)", r"\1 不能是 \2，可选：\3"),
        (r"argument (.*?): invalid \S+ value: (.*)", r"\1 的值无效：\2"),
        (r"argument (.*?): expected one argument", r"\1 缺少值"),
        (r"argument (.*?): expected at least one argument", r"\1 至少要有一个值"),
        (r"argument (.*?): expected (\d+) arguments?", r"\1 要有 \2 个值"),
        (r"argument (.*?): ignored explicit argument (.*)", r"\1 不带值：\2"),
        (r"argument (.*?): not allowed with argument (.*)", r"\1 与 \2 不能同时使用"),
        (r"ambiguous option: (\S+) could match (.*)", r"选项 \1 不明确，可能是：\2"),
        (r"argument (.*?): (.*)", r"\1：\2"),
    )
)


def in_chinese(message: str) -> str:
    """Return argparse's English complaint in Chinese."""
    for pattern, text in MESSAGES:
        if match := pattern.fullmatch(message):
            return match.expand(text)
    return message


class HelpFormatter(argparse.HelpFormatter):
    """argparse's help with a Chinese heading."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """`argparse.ArgumentParser` in Chinese: raises `InputError` where argparse would print and exit.

    Sub-commands made with `subparsers.add_parser` are `Parser`s too. Options may not be abbreviated.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", HelpFormatter)
        options.setdefault("allow_abbrev", False)
        super().__init__(**{**options, "add_help": False})
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{in_chinese(message)}（用法见 {self.prog} --help）")


# What `register(subparsers)` of a command module is given.
Subparsers: TypeAlias = "argparse._SubParsersAction[Parser]"
