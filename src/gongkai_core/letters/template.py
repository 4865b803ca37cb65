"""The template language of `letters.json`: `{x}` variables and `[[…]]` optional segments.

Only the template speaks it: values are put in once and never read again, so braces typed by an applicant
stay braces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

Value = str | int | date
"""What a variable may be given: text, a number, or a day (printed 2026年4月2日)."""

_VARIABLE = re.compile(r"\{([a-z_]+)\}")
_SEGMENT = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_STOPS = "。；，"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def chinese_date(day: date) -> str:
    """A day as official papers write it, without padding: 2026年4月2日 (GB/T 9704—2012)."""
    return f"{day.year}年{day.month}月{day.day}日"


def as_text(value: Value | None) -> str:
    """A value as printed: days in Chinese, line ends as \\n, control characters and outer blanks dropped."""
    if value is None:
        return ""
    if isinstance(value, date):
        return chinese_date(value)
    return _CONTROL.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n")).strip()


def variables_in(template: str) -> tuple[str, ...]:
    """The variables a template uses, in order, each once."""
    return tuple(dict.fromkeys(_VARIABLE.findall(template)))


def variables_outside_segments(template: str) -> tuple[str, ...]:
    """The variables that are printed whatever happens."""
    return variables_in(_SEGMENT.sub("", template))


def choose_segments(template: str, values: Mapping[str, str]) -> str:
    """Keep each `[[…]]` whose variables are all filled, without its brackets; drop the others."""

    def keep(match: re.Match[str]) -> str:
        inner = match.group(1)
        return inner if all(values.get(name) for name in variables_in(inner)) else ""

    return _SEGMENT.sub(keep, template)


def substitute(line: str, values: Mapping[str, str]) -> list[str]:
    """Fill one line of a template without segments.

    A variable alone on its line may bring several lines; inside a sentence its line ends become blanks, and a stop at
    its end gives way to the stop that the sentence has there (“理由：……。”, whether or not the reason was ended).
    """
    alone = _VARIABLE.fullmatch(line.strip())
    if alone:
        return [part.strip() for part in values[alone[1]].split("\n") if part.strip()]

    def said(match: re.Match[str]) -> str:
        text = " ".join(values[match[1]].split("\n"))
        return text.rstrip(_STOPS) if line[match.end() :].startswith(tuple(_STOPS)) else text

    return [_VARIABLE.sub(said, line)]


def fill(template: str, values: Mapping[str, str]) -> str:
    """Choose segments and substitute in a text of one line; KeyError for a value that is missing."""
    return "".join(substitute(choose_segments(template, values), values))
