"""What is to be looked at before a report is signed: gaps, tables, prose against tables, last year's wording."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass

from gongkai.annualreport import outline, prose, similarity
from gongkai.annualreport.models import PublishedVersion, Report
from gongkai.statistics.compilation import frozen
from gongkai.statistics.models import Snapshot
from gongkai_core import returns


@dataclass(frozen=True)
class Note:
    """Something to look at: where (part number), what, and the rule it comes from."""

    part: str
    words: str
    source: str
    cells: tuple[str, ...] = ()
    """The cells it speaks of, to be opened."""


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
    return judged(report, frozen(report.scope, report.year - 1))


def judged(report: Report, previous: Snapshot | None) -> returns.Report:
    """The same against a snapshot of the year before that is at hand."""
    return returns.check(
        returns.form_of(report.edition),
        report.snapshot.figures,
        prev=previous.figures if previous else None,
        explained=frozenset(report.basis.get("explanations", {})),
    )


def notes(report: Report) -> list[Note]:
    """Warnings about the prose: numbers against the tables, then last year's wording."""
    found = [*_numbers_gone(report), *_numbers_wrong(report), *_alike(report)]
    place = {part.number: at for at, part in enumerate(outline.parts(report.edition))}
    return sorted(found, key=lambda note: place[note.part])


def _numbers_gone(report: Report) -> list[Note]:
    """Numbers of the draft that no longer stand in the edited text: changed by hand, or left out."""
    form = returns.form_of(report.edition)
    found = []
    for section in report.sections.all():
        for cells, printed in section.figures if section.edited else []:
            if re.search(rf"(?<![\d.]){re.escape(printed)}(?![\d.]*\d)", section.text):
                continue
            label = "、".join(form.by_id[cell].label for cell in cells.split("+")[:2] if cell in form.by_id)
            words = f"统计表中的 {printed}（{label or '收费记录'}）不在正文里，请核对正文的数"
            found.append(Note(section.number, words, "条例第五十条"))
    return found


def _numbers_wrong(report: Report) -> list[Note]:
    return [Note(one.part, one.words, "条例第五十条；表文一致", one.cells) for one in prose.mismatches(report)]


def _alike(report: Report) -> list[Note]:
    """Parts that must not come back in last year's words."""
    return [
        Note(
            one.number,
            f"“{one.heading or '引言'}”与上年年报雷同，相同的文字占 {one.percent}%",
            similarity.THRESHOLD.source,
        )
        for one in similarity.compared(report, report.year_before())
        if one.too_much
    ]


def digest(report: Report) -> str:
    """Digest over all that a report says: title, snapshot, basis, text."""
    texts = list(report.sections.values_list("number", "text"))
    content = json.dumps(
        [report.title, report.snapshot.digest, report.basis, texts], ensure_ascii=False, sort_keys=True
    )
    return hashlib.sha256(content.encode()).hexdigest()


def changes_nothing(report: Report, publication: PublishedVersion) -> bool:
    """Whether a correction says what the version before says."""
    texts = [list(pair) for pair in report.sections.values_list("number", "text")]
    before = (publication.title, publication.snapshot.digest, publication.basis, publication.texts)
    return (report.title, report.snapshot.digest, report.basis, texts) == before
