"""上年的问题、本年的改进: each problem last year's report named, with what this year's says about it (part five)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.annualreport import outline
from gongkai.annualreport.models import Report
from gongkai_core.likeness import containment

ENOUGH = 0.34
"""Share of a problem's character pairs that a sentence must take up to count as speaking of it."""
LEAST_PROBLEMS = 2
_MARKS = r"[一二三四五六七八九十]+是|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、](?!\d)|[①-⑩]|第[一二三四五六七八九十]+[，,、]"
_BEGINS = re.compile(rf"(?:(?<=^)|(?<=[。；;：:，,\s]))(?:{_MARKS})", re.M)
_REMEDY = re.compile(r"(?:改进措施|改进情况|下一步|针对)[：:，,]?|[。；]")


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of last year, and the sentence of this year's report that takes it up; empty where none does."""

    words: str
    improvement: str


def problems(text: str) -> list[str]:
    """The numbered problems of a part (一是…, （一）…, 1.…), each with its measures; a text without numbers is one."""
    starts = [match.start() for match in _BEGINS.finditer(text)]
    if not starts:
        return [text.strip()] if text.strip() else []
    pieces = [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    return [piece for piece in pieces if piece]


def beside(report: Report, before: Report | None) -> list[Problem]:
    """Last year's problems with this year's words about them; nothing without a report of the year before."""
    now = " ".join(section.text for section in report.sections.all() if section.number not in ("0",))
    sentences = [one.strip() for one in re.split(r"(?<=[。；])|\n", now) if one.strip()]
    return [Problem(words, _taken_up(words, sentences)) for words in problems(of(before))]


def of(report: Report | None) -> str:
    """What a report says under 存在的主要问题; nothing without a report."""
    if report is None:
        return ""
    part = outline.PROBLEMS[report.edition]
    return next((section.text for section in report.sections.all() if section.number == part), "")


def _taken_up(problem: str, sentences: list[str]) -> str:
    """The sentence that says most of what the problem is about: what comes before its remedy."""
    named = _BEGINS.sub("", problem, count=1)
    core = next((piece for piece in _REMEDY.split(named) if piece.strip()), named)
    best = max(sentences, key=lambda sentence: containment(core, sentence), default="")
    return best if best and containment(core, best) >= ENOUGH else ""
