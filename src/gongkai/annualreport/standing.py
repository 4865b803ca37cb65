"""各单位年报情况: where every organ's report of a year stands, who is missing, late or wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Agency, Installation
from gongkai.annualreport import checks, required
from gongkai.annualreport.models import Collection, Report, ReportState
from gongkai.design.words import BEIJING
from gongkai.publishing.report_days import due_on
from gongkai.statistics.models import Snapshot


@dataclass(frozen=True)
class Standing:
    """One organ's report of the year; `faults` are the sentences that say what is wrong, each with its rule."""

    agency: Agency
    report: Report | None
    snapshot: Snapshot | None
    """The figures: those of its report, or while it has none the newest that were frozen."""
    due: date
    article: str
    published_on: date | None
    days_late: int
    """Working days past the due day at which it came out, or that it is overdue today."""
    faults: tuple[tuple[str, str], ...]
    collection: Collection | None

    @property
    def words(self) -> str:
        if self.report is None:
            return "数已冻结，未编制" if self.snapshot else "未编制"
        return "更正中" if self.report.in_correction else str(self.report.get_state_display())

    @property
    def missing(self) -> bool:
        """Not published, and its day is over."""
        return self.published_on is None and self.days_late > 0

    @property
    def late(self) -> bool:
        return self.published_on is not None and self.days_late > 0

    @property
    def wrong(self) -> bool:
        return bool(self.faults)


def reporting(year: int) -> list[Agency]:
    """The organs that owe a report of their own: they answer applications and roll up to the county (条例第四十九条)."""
    installation = Installation.current()
    if installation is None:
        return []
    last = Period.of_year(year).last
    below = Agency.objects.within(installation.government).existing(last).answering()
    return list(below.filter(pk__in=Agency.objects.rolled_up(last)).exclude(pk=installation.government_id))


def left_out(year: int) -> list[Agency]:
    """Organs below that report elsewhere or not at all, to be listed under every table of all organs."""
    installation = Installation.current()
    if installation is None:
        return []
    return list(Scope(installation.government, whole_region=True).left_out(Period.of_year(year)))


def standings(year: int, *, today: date) -> list[Standing]:
    """All organs that owe a report, in the order of the county."""
    organs = reporting(year)
    rows = Report.objects.filter(agency__in=organs, whole_region=False, year=year)
    rows = rows.select_related("agency", "snapshot").prefetch_related("sections")
    reports = {row.agency_id: row for row in rows}
    figures, before = _frozen(organs, year), _frozen(organs, year - 1)
    taken = {row.report_id: row for row in Collection.objects.filter(report__in=reports.values())}
    return [
        _standing(organ, year, reports.get(organ.pk), figures.get(organ.pk), before.get(organ.pk), taken, today)
        for organ in organs
    ]


def _standing(
    organ: Agency,
    year: int,
    report: Report | None,
    figures: Snapshot | None,
    before: Snapshot | None,
    taken: dict[int, Collection],
    today: date,
) -> Standing:
    due, article = due_on(Scope(organ, whole_region=False), year)
    out = report.published_at.astimezone(BEIJING).date() if report and report.published_at else None
    return Standing(
        agency=organ,
        report=report,
        snapshot=report.snapshot if report else figures,
        due=due,
        article=article,
        published_on=out,
        days_late=max(0, office_calendar().workdays_between(due, out or today)) if (out or today) > due else 0,
        faults=tuple(faults(report, before)) if report else (),
        collection=taken.get(report.pk) if report else None,
    )


def faults(report: Report, before: Snapshot | None) -> Iterable[tuple[str, str]]:
    """(what is wrong, its rule): equations that don't hold, and what the law wants said and the report doesn't say."""
    for finding in checks.judged(report, before).errors:
        yield finding.detail, f"条例第五十条；{finding.rule}"
    if report.state != ReportState.DRAFT:
        for one in required.withheld(report):
            yield f"没有写{one.words.removeprefix('写明')}", one.source


def _frozen(organs: list[Agency], year: int) -> dict[int, Snapshot]:
    """The newest snapshot of each organ's own figures."""
    rows = Snapshot.objects.filter(agency__in=organs, whole_region=False, year=year).order_by("frozen_at", "pk")
    return {row.agency_id: row for row in rows}
