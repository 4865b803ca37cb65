"""No text makes a rule slow: each regular expression and the whole engine walk any text in a time that its length bounds."""

from __future__ import annotations

import importlib
import pkgutil
import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import gongkai_core.checks as package
from gongkai_core.checks import Checker, Link, Lists, Material, Picture, material_of_html
from gongkai_core.passages import Passage

LENGTH = 100_000
SEEDS = (
    *(
        "1",
        "1 ",
        "110101199003077571 ",
        "62-",
        "a",
        "a@",
        "a.",
        " ",
        "\n",
        "，",
        "《甲",
        "〔2026〕",
        "2026年",
        "2月1日",
    ),
    *(
        "的",
        "甲乙",
        "村一组",
        "1栋",
        "住址：县1",
        "秘密 ",
        "★ ",
        "此件",
        "附件：1.甲\n",
        "1.甲；",
        "原国土资源局",
        "赣B1",
    ),
)


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, re.Pattern):
                    yield f"{module.name.removeprefix('gongkai_core.checks.')}.{name}", one


def nested(tree: Any, inside: bool = False) -> bool:
    """Whether an unbounded repetition stands inside another one."""
    for operation, argument in tree:
        unbounded = operation in (sre.MAX_REPEAT, sre.MIN_REPEAT) and argument[1] == sre.MAXREPEAT
        if unbounded and inside and len(argument[2]) + inside > 1:
            return True
        for part in _parts(argument):
            if nested(part, inside or unbounded):
                return True
    return False


def _parts(argument: Any) -> Iterator[Any]:
    if isinstance(argument, parser.SubPattern):
        yield argument
    elif isinstance(argument, list | tuple):
        for one in argument:
            yield from _parts(one)


def test_the_lint_tells_a_dangerous_pattern() -> None:
    assert nested(parser.parse(r"(?:a+b?)+c"))
    assert not nested(parser.parse(r"(?:a{1,3}b?)+c"))


def test_no_pattern_repeats_a_repetition() -> None:
    assert [name for name, pattern in patterns() if nested(parser.parse(pattern.pattern))] == []
    assert len(list(patterns())) > 35


@pytest.mark.parametrize("name", sorted({name for name, _ in patterns()}))
def test_a_pattern_walks_an_adversarial_text(name: str) -> None:
    """Milliseconds for each on an idle machine; what is quadratic takes twenty seconds and more."""
    for pattern in (pattern for told, pattern in patterns() if told == name):
        if pattern.pattern.endswith("$"):
            continue  # those are asked about a dozen signs before a place (Page.before)
        for seed in SEEDS:
            text = seed * (LENGTH // len(seed))
            begun = time.process_time()
            pattern.match(text)
            if not pattern.match(""):  # what matches nothing is only ever asked at one place
                for _ in pattern.finditer(text):
                    pass
            assert time.process_time() - begun < 1, seed


@pytest.mark.parametrize("seed", SEEDS, ids=repr)
def test_the_engine_walks_an_adversarial_text(seed: str) -> None:
    """A hundred thousand signs through every rule, with lists that nearly match everywhere."""
    text = seed * (LENGTH // len(seed))
    begun = time.process_time()
    CHECKER.check(
        Material(
            [Passage(text)],
            links=[Link(text, text)],
            pictures=[Picture(text, text)],
            attachments=["甲"],
            today=date(2026, 4, 20),
        )
    )
    assert time.process_time() - begun < 3


NEARLY = {"的" * 40 + "x": "", "甲乙" * 20 + "x": "", "原国土资源局" * 4 + "x": ""}
CHECKER = Checker(Lists(forbidden=NEARLY, white=frozenset({"的" * 30})).with_starters())


def test_markup_is_walked() -> None:
    for seed in ("<p>", "<a href='x'>", "<!-", "&amp;", "<table><tr><td>"):
        begun = time.process_time()
        material_of_html(seed * (LENGTH // len(seed)))
        assert time.process_time() - begun < 3, seed
