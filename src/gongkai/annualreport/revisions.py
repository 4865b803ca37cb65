"""Every saved text of a report stays readable (正文版本), and any two are compared part by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import User
from gongkai.annualreport import outline
from gongkai.annualreport.models import Report, Revision
from gongkai.publishing.moments import moment
from gongkai_core.comparison import Line, compare_texts, counted


@dataclass(frozen=True)
class PartChange:
    """One part of two texts: `lines` tell what went and what came; `same` where nothing did."""

    number: str
    heading: str
    lines: list[Line]
    added: int
    removed: int

    @property
    def same(self) -> bool:
        return not self.added and not self.removed


def keep(report: Report, act: str, *, by: User, today: date) -> Revision:
    """Keep the text as it stands after an act, in the act's own transaction; `report.version` numbers it."""
    texts = list(report.sections.order_by("position").values_list("number", "text"))
    return Revision.objects.create(
        report=report,
        number=report.version,
        act=act,
        snapshot_id=report.snapshot_id,
        texts=[list(pair) for pair in texts],
        saved_by=by,
        saved_at=moment(today),
    )


def changes(edition: str, before: list[list[str]], after: list[list[str]]) -> Iterator[PartChange]:
    """Part by part in the outline's order what differs between two texts ([outline number, text])."""
    old, new = dict(map(tuple, before)), dict(map(tuple, after))
    for part in outline.parts(edition):
        if part.number in old or part.number in new:
            lines = compare_texts(old.get(part.number, ""), new.get(part.number, ""))
            added, removed = counted(lines)
            yield PartChange(part.number, outline.printed_heading(part) or "引言", lines, added, removed)
