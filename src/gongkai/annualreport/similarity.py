"""雷同: parts that say again what last year's report said (国办公开办函〔2021〕30号: 内容雷同、敷衍塞责)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.agencies.office_settings import Declared, declare, whole
from gongkai.annualreport import outline
from gongkai.annualreport.models import Report, Section
from gongkai_core.likeness import likeness

THRESHOLD = declare(
    Declared(
        key="annualreport.similar_percent",
        label="年度报告某一部分与上年相同的文字超过百分之几时提示雷同",
        default=80,
        source="国办公开办函〔2021〕30号要求不得雷同；百分比为本系统默认，各地考核有定 50% 的（domain-spec §3(c)）",
        parse=whole(1, 100),
    )
)
SHORTEST = 30
"""Characters; a shorter text (无。本年度未收取信息处理费。) is alike by nature."""
FORMULAS = {"2014": ("0", "5", "6", "8"), "2019": ("0", "6"), "2021": ("0", "6")}
"""Parts whose words are the same each year because the rule wants them so: preamble, fee, 其他."""
_SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")


@dataclass(frozen=True, slots=True)
class Alike:
    """One part, and how much of it last year's said too, in per cent."""

    number: str
    heading: str
    percent: int
    too_much: bool


def compared(report: Report, before: Report | None) -> list[Alike]:
    """Every part that both years' reports write, in order; nothing without a report of the year before."""
    return list(_compared(report, before)) if before else []


def _compared(report: Report, before: Report) -> Iterator[Alike]:
    most = THRESHOLD.value()
    old = {_role(before.edition, section.number): section for section in before.sections.all()}
    headings = {part.number: outline.printed_heading(part) for part in outline.parts(report.edition)}
    for section in report.sections.all():
        then = old.get(_role(report.edition, section.number))
        if then is None or section.number in FORMULAS[report.edition]:
            continue
        now, earlier = written(section), written(then)
        if min(len(now), len(earlier)) >= SHORTEST:
            percent = round(100 * likeness(now, earlier))
            yield Alike(section.number, headings[section.number], percent, percent > most)


def written(section: Section) -> str:
    """What a person wrote in a part: sentences that are the drafting help's but for their figures are left out."""
    drafted = {_bare(sentence) for sentence in _SENTENCE.findall(section.drafted)}
    return "".join(one for one in _SENTENCE.findall(section.text) if _bare(one) not in drafted).strip()


def _bare(sentence: str) -> str:
    return re.sub(r"[\d.]+|\s", "", sentence)


def _role(edition: str, number: str) -> str:
    """What a part is, so that parts of two editions meet: problems with problems, the rest by number in one outline."""
    if number == outline.PROBLEMS[edition]:
        return "problems"
    return f"2014/{number}" if edition == "2014" else number
