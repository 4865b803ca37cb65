"""Reports that wait for somebody: to be compiled, written, signed, published, each with its legal day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Scope, Task
from gongkai.agencies.models import Installation, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.annualreport import checks
from gongkai.annualreport.actions import can_compile_report, can_publish, can_sign
from gongkai.annualreport.models import Report, ReportState
from gongkai.annualreport.permissions import may_write
from gongkai.annualreport.queues_year import year_tasks
from gongkai.publishing.report_days import due_on, is_governments
from gongkai_core.workdays import Calendar

SEASON = (4, 30)
"""Until this day the year before is the one reported on (条例第四十九条: 3 月 31 日前, and a month's grace)."""


def tasks(user: User, *, on: date) -> list[Task]:
    """What waits for this person at their own organs, and for the disclosure office in the region's report."""
    calendar = office_calendar()
    scopes = list(_scopes(user, on))
    found = [task for report in _open(scopes) if (task := _of_report(report, user, on, calendar))]
    found += [task for scope in scopes if (task := _to_compile(scope, user, on, calendar))]
    return [*found, *year_tasks(user, on=on)]


def _scopes(user: User, on: date) -> Iterator[Scope]:
    organs = {post.agency_id: post.agency for post in user.business_posts_on(on)}
    yield from (Scope(organ, whole_region=False) for organ in organs.values())
    installation = Installation.current()
    # The government's signatory signs the region's report too.
    if installation and (installation.government_id in organs or is_disclosure_office(user, on=on)):
        yield Scope(installation.government, whole_region=True)


def _open(scopes: list[Scope]) -> QuerySet[Report]:
    wanted = Q(pk__in=[])
    for scope in scopes:
        wanted |= Q(agency=scope.agency, whole_region=scope.whole_region)
    return (
        Report.objects.filter(wanted)
        .exclude(state=ReportState.PUBLISHED)
        .select_related("agency", "snapshot")
        .prefetch_related("sections")
        .order_by("year")
    )


def _of_report(report: Report, user: User, on: date, calendar: Calendar) -> Task | None:
    verb, note = _next(report, user, on)
    if not verb:
        return None
    return _task(verb, report.title, report.scope, report.year, report.compiled_on, on, calendar, note, report)


def _next(report: Report, user: User, on: date) -> tuple[str, str]:
    """What this person is to do with it, and a remark."""
    if report.state == ReportState.SIGNED:
        return ("公布年报", "已签发") if can_publish(report, by=user, today=on) is None else ("", "")
    unfinished = checks.unfinished(report)
    if unfinished and may_write(report.agency, by=user, today=on) is None:
        return "编写年报", f"还有 {len(unfinished)} 处待写或者待核改"
    if not unfinished and can_sign(report, by=user, today=on) is None:
        return "签发年报", ""
    return "", ""


def _to_compile(scope: Scope, user: User, on: date, calendar: Calendar) -> Task | None:
    """The year before has no report yet and this person compiles it: the day counts down from New Year on."""
    year = on.year - 1
    if (on.month, on.day) > SEASON:
        return None
    if Report.objects.filter(agency=scope.agency, whole_region=scope.whole_region, year=year).exists():
        return None
    refusal = can_compile_report(year, scope, by=user, today=on)
    if refusal is not None and (refusal.code != "not_frozen" or not _owes(scope, year)):
        return None
    title = f"{scope.agency.short_name} {year} 年度报告（{scope.label}）"
    note = "先在统计表中冻结数" if refusal else "数已冻结"
    return _task("编制年报", title, scope, year, date(on.year, 1, 1), on, calendar, note, None)


def _owes(scope: Scope, year: int) -> bool:
    """Whether the report is owed at all: a government owes its region's, its organs their own (条例第四十九条)."""
    if scope.whole_region:
        return True
    return not is_governments(scope) and scope.agency.answers_applications and scope.agency.exists(date(year, 12, 31))


def _task(
    kind: str,
    title: str,
    scope: Scope,
    year: int,
    since: date,
    on: date,
    calendar: Calendar,
    note: str,
    report: Report | None,
) -> Task:
    due, _ = due_on(scope, year)
    url = (
        reverse("annualreport:desk_report", args=[report.public_id]) if report else reverse("annualreport:desk_reports")
    )
    return Task(
        kind=kind,
        title=title,
        agency=scope.agency,
        url=url,
        since=since,
        due=due,
        days_left=calendar.workdays_between(on, due),
        note=note,
    )
