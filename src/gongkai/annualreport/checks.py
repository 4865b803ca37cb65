"""What is to be looked at before a report is signed: gaps, tables, prose against tables, last year's wording."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from difflib import SequenceMatcher

from gongkai.annualreport import outline
from gongkai.annualreport.models import Report
from gongkai.publishing.report_days import is_governments
from gongkai.statistics.compilation import frozen
from gongkai_core import returns

TOO_ALIKE = 0.8
"""Share of equal text at which two years' problems count as copied (国办公开办函〔2021〕30号; domain-spec §3(c))."""
RESULTS = ("工作考核", "社会评议", "责任追究")
"""What a government's report must tell (条例第五十条第（四）项)."""


@dataclass(frozen=True)
class Note:
    """Something to look at: where (part number), what, and the rule it comes from."""

    part: str
    words: str
    source: str


def unfinished(report: Report) -> list[str]:
    """Headings of parts that a person still has to write or to go through."""
    required = {part.number: part for part in outline.parts(report.edition)}
    missing = []
    for section in report.sections.all():
        empty = required[section.number].required and not section.text.strip()
        unread = section.text.strip() and not section.edited
        if empty or unread:
            missing.append(section.heading or "引言")
    return missing


def cross_checks(report: Report) -> returns.Report:
    """The form's equations over the frozen figures, against the year before as frozen."""
    previous = frozen(report.scope, report.year - 1)
    return returns.check(
        returns.form_of(report.edition),
        report.snapshot.figures,
        prev=previous.figures if previous else None,
        explained=frozenset(report.basis.get("explanations", {})),
    )


def notes(report: Report) -> list[Note]:
    """Warnings about the prose, in the order of the parts."""
    return [*_numbers_gone(report), *_results_missing(report), *_problems(report)]


def _numbers_gone(report: Report) -> list[Note]:
    """Numbers of the draft that no longer stand in the edited text: changed by hand, or left out."""
    form = returns.form_of(report.edition)
    found = []
    for section in report.sections.filter(edited=True):
        for cells, printed in section.figures:
            if printed in section.text:
                continue
            label = "、".join(form.by_id[cell].label for cell in cells.split("+")[:2] if cell in form.by_id)
            words = f"统计表中的 {printed}（{label or '收费记录'}）不在正文里，请核对正文的数"
            found.append(Note(section.number, words, "条例第五十条"))
    return found


def _results_missing(report: Report) -> list[Note]:
    if not is_governments(report.scope) or report.edition == "2014":
        return []
    text = "".join(report.sections.values_list("text", flat=True))
    missing = [word for word in RESULTS if word not in text]
    if not missing:
        return []
    return [Note("1.5", f"各级政府的报告还应写{'、'.join(missing)}的结果", "条例第五十条第（四）项")]


def _problems(report: Report) -> list[Note]:
    """Last year's problems must not come back in the same words."""
    before, now = problems_of(report.year_before()), problems_of(report)
    if not before or not now or SequenceMatcher(None, before, now, autojunk=False).ratio() <= TOO_ALIKE:
        return []
    part = outline.PROBLEMS[report.edition]
    return [Note(part, "存在的主要问题与上年年报雷同", "国办公开办函〔2021〕30号")]


def problems_of(report: Report | None) -> str:
    """What a report says under 存在的主要问题; nothing without a report."""
    if report is None:
        return ""
    section = report.sections.filter(number=outline.PROBLEMS[report.edition]).first()
    return section.text if section else ""


def digest(report: Report) -> str:
    """Digest over all that a report says: title, snapshot, basis, text."""
    texts = list(report.sections.values_list("number", "text"))
    content = json.dumps(
        [report.title, report.snapshot.digest, report.basis, texts], ensure_ascii=False, sort_keys=True
    )
    return hashlib.sha256(content.encode()).hexdigest()
