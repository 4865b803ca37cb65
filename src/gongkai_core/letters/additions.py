"""What an office adds to a letter (文书模板): sentences of its own between those that are given and locked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai_core.letters.catalogue import Letter
from gongkai_core.letters.template import choose_segments, variables_in, variables_outside_segments
from gongkai_core.letters.variables import VARIABLE_LABELS
from gongkai_core.refusals import Refusal, Refused

LONGEST, MOST = 500, 20
_MARKED = re.compile("\x01([0-9]+)([la])\x02")
_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Addition:
    """A paragraph of the office's own, in the template language; it stands after the given line `after` (1, 2, …)."""

    after: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a letter's template that is printed; `number` counts given and added ones from 1."""

    number: int
    text: str
    added: bool


def given_lines(letter: Letter) -> tuple[str, ...]:
    """The lines of the letter itself, without empty ones: what an office may not change."""
    return tuple(line for line in letter.template.split("\n") if line.strip())


def check_additions(letter: Letter, additions: Iterable[Addition]) -> None:
    """Refuse what can't be printed: a variable that the letter doesn't know is named. Raises Refused."""
    given, rows = len(given_lines(letter)), list(additions)
    if len(rows) > MOST:
        raise Refused(Refusal("too_many", f"增加的段落最多 {MOST} 段"))
    for row in rows:
        if not 1 <= row.after <= given:
            raise Refused(Refusal("no_such_line", f"“{letter.name}”没有第 {row.after} 段"))
        if _within_segment(letter, row.after):
            raise Refused(Refusal("inside_segment", f"“{row.text[:20]}”写在了可能不印的一段中间，请移到那一段之后"))
        if not row.text.strip() or "\n" in row.text or len(row.text) > LONGEST:
            raise Refused(Refusal("addition", f"增加的段落每段 1 至 {LONGEST} 字，不换行"))
        _check_variables(letter, row.text)


def _within_segment(letter: Letter, after: int) -> bool:
    """Whether an optional segment of the given text is still open after that line."""
    text = "".join(given_lines(letter)[:after])
    return text.count("[[") > text.count("]]")


def _check_variables(letter: Letter, text: str) -> None:
    if given := [name for name in variables_in(text) if name.startswith("remedy")]:
        raise Refused(Refusal("typed_remedy", f"救济途径只能印在规定的位置，不能另加：{{{given[0]}}}"))
    unknown = [name for name in dict.fromkeys(_BRACES.findall(text)) if name not in letter.printed]
    if unknown:
        names = "、".join(f"{{{name}}}" for name in unknown)
        raise Refused(Refusal("undeclared_variable", f"“{letter.name}”没有这些变量：{names}"))
    bare = [name for name in variables_outside_segments(text) if name in letter.optional]
    if bare:
        words = "、".join(f"{{{name}}}（{VARIABLE_LABELS[name]}）" for name in bare)
        raise Refused(Refusal("optional_variable", f"{words}可能没有内容，须写在 [[ ]] 之内，没有内容时整段不印"))
    left = _BRACES.sub("", text)
    if "{" in left or "}" in left or left.count("[[") != left.count("]]"):
        raise Refused(Refusal("brackets", "花括号或者方括号没有成对"))


def lines(letter: Letter, additions: Sequence[Addition], values: dict[str, str]) -> list[Line | None]:
    """The lines that are printed with these values, in order; None for an empty one. Segments are chosen already."""
    return [_line(text) for text in choose_segments(_marked(letter, additions), values).rstrip("\n").split("\n")]


def _marked(letter: Letter, additions: Sequence[Addition]) -> str:
    """The template with each line's number before it, so that it is known again when a segment has fallen away."""
    found, number, given = [], 0, 0
    for text in letter.template.split("\n"):
        if not text.strip():
            found.append(text)
            continue
        number, given = number + 1, given + 1
        found.append(f"\x01{number}l\x02{text}")
        for row in (row for row in additions if row.after == given):
            number += 1
            found.append(f"\x01{number}a\x02{row.text.strip()}")
    return "\n".join(found)


def _line(text: str) -> Line | None:
    marks = _MARKED.findall(text)
    words = _MARKED.sub("", text)
    return Line(int(marks[0][0]), words, marks[0][1] == "a") if words.strip() and marks else None
