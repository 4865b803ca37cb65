"""What waits for statisticians, for those who sign a sheet, and for the disclosure office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min, Q
from django.urls import reverse

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Period, Task
from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.statistics.compilation import kept_elsewhere
from gongkai.statistics.models import Filing, FilingRound, FilingSheet, SheetSignature, SheetState, SignPlace
from gongkai.statistics.periods import YEAR
from gongkai_core.returns import form_for

DEPARTMENTS_REPORT_BY = (1, 31)
"""县级以上政府部门每年 1 月 31 日前 (条例第四十九条)."""


def tasks(user: User, *, on: date) -> list[Task]:
    """Sheets to fill in, sign, judge; without a round, organs of this person where cells are still blank."""
    organs = [post.agency for post in user.posts_on(on) if post.role == Role.STATISTICIAN]
    found = [task for organ in organs if (task := _filing(organ, on))]
    sheets = FilingSheet.objects.owed().filter(agency__in=organs).select_related("agency", "round")
    found += [_of_sheet(sheet, _verb(sheet), on) for sheet in sheets if _verb(sheet)]
    return [*found, *_to_sign(user, on), *_to_judge(user, on)]


def _filing(agency: Agency, on: date) -> Task | None:
    year = on.year if (on.month, on.day) > DEPARTMENTS_REPORT_BY else on.year - 1
    if FilingSheet.objects.filter(agency=agency, year=year, period=YEAR).exists():
        return None
    form = form_for(year)
    wanted = {cell.id for cell in form.cells if cell.manual == "filing"} - kept_elsewhere(
        form, agency, Period.of_year(year)
    ).keys()
    filed = Filing.objects.filter(agency=agency, year=year, period=YEAR).values_list("cell", flat=True)
    blank = len(wanted - set(filed))
    if not blank:
        return None
    due = date(year + 1, *DEPARTMENTS_REPORT_BY)
    return Task(
        kind="填报",
        title=f"{year} 年度统计表，还有 {blank} 格未填",
        agency=agency,
        url=reverse("statistics:filing", args=[year]),
        since=date(year, 1, 1),
        due=due,
        days_left=office_calendar().workdays_between(on, due),
        note="零也要填",
    )


def _verb(sheet: FilingSheet) -> str:
    if sheet.state == SheetState.SIGNING:
        return "传回盖章件" if sheet.way == "paper" else ""
    return "重新填报" if sheet.state == SheetState.RETURNED else "填报"


def _of_sheet(sheet: FilingSheet, kind: str, on: date) -> Task:
    return Task(
        kind=kind,
        title=str(sheet),
        agency=sheet.agency,
        url=sheet.get_absolute_url(),
        since=sheet.round.opened_on,
        due=sheet.due_on,
        days_left=office_calendar().workdays_between(on, sheet.due_on),
        note=sheet.return_reason if sheet.state == SheetState.RETURNED else "零也要填" if kind == "填报" else "",
    )


def _to_sign(user: User, on: date) -> Iterator[Task]:
    """Sheets that wait for this person's signature: the head's turn comes after the reviewer's."""
    people = [user.pk, *(person.pk for person in user.principals_on(on))]
    rows = SheetSignature.objects.filter(person__in=people, signed_at=None, sheet__state=SheetState.SIGNING)
    for row in rows.select_related("sheet__agency", "sheet__round"):
        reviewed = not row.sheet.signatures.filter(place=SignPlace.REVIEWER, signed_at=None).exists()
        if row.place == SignPlace.REVIEWER or reviewed:
            yield _of_sheet(row.sheet, "签名确认", on)


def _to_judge(user: User, on: date) -> Iterator[Task]:
    """For the office: rounds with sheets that were sent up and not yet judged."""
    if not is_disclosure_office(user, on=on):
        return
    waiting = Q(sheets__state=SheetState.FILED)
    rounds = FilingRound.objects.filter(waiting).select_related("agency")
    for row in rounds.annotate(filed=Count("sheets"), since=Min("sheets__filed_on")):
        yield Task(
            kind="接收填报表",
            title=f"{row}：{row.filed} 份已上报",
            agency=row.agency,
            url=f"{row.get_absolute_url()}?state=filed",
            since=row.since,
        )
