from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import locked
from gongkai.casework import procedure
from gongkai.casework.models import Case, Series, SeriesMember
from gongkai.casework.notices import refuse_leaks
from gongkai.casework.permissions import roles_at
from gongkai_core.refusals import Refusal, Refused

_GROUND = "条例第三十三条；本机关内部分工"
LINKERS = {Role.CASE_REGISTRAR, Role.HANDLER}


@dataclass(frozen=True)
class Done:
    """What became of one member in an act on a series: done, or why not."""

    case: Case
    refusal: Refusal | None = None


def can_link(agency: Agency, *, by: User, today: date) -> Refusal | None:
    """Registrars and handlers of the organ put cases together and take them apart."""
    if roles_at(by, agency, on=today) & LINKERS:
        return None
    return Refusal("needs_role", f"由{agency.short_name}的登记人或者承办人办理", _GROUND)


def can_join_series(case: Case, agency: Agency, *, by: User, today: date) -> Refusal | None:
    """An open case of the same organ that is in no series yet; one that is answered is past being drafted."""
    if refused := can_link(agency, by=by, today=today):
        return refused
    if case.agency_id != agency.pk:
        return Refusal("other_organ", f"{case.number} 不是{agency.short_name}的办件，不能并案", _GROUND)
    if member := SeriesMember.objects.filter(case=case).select_related("series").first():
        return Refusal("in_series", f"{case.number} 已在系列案“{member.series.title}”中", _GROUND)
    if case.finished:
        return Refusal("finished", f"{case.number} 已经{case.get_state_display()}，不再并案", _GROUND)
    return None


@transaction.atomic
def open_series(cases: Sequence[Case], *, title: str, by: User, today: date) -> Series:
    """Make cases of one organ a series (系列案), all or none; each keeps its own everything. Raises Refused."""
    if not title.strip():
        raise Refused(Refusal("title", "须写系列名称（不含个人信息）", _GROUND))
    if not cases:
        raise Refused(Refusal("no_case", "还没有选定办件", _GROUND))
    series = Series.objects.create(agency=cases[0].agency, title=title.strip(), opened_by=by, opened_on=today)
    for case in cases:
        join_series(case, series, by=by, today=today)
    return series


@transaction.atomic
def join_series(case: Case, series: Series, *, by: User, today: date) -> SeriesMember:
    """Put one more case into a series. Raises Refused; the series' name may name nobody of its cases."""
    case = locked(case)
    procedure.allow(can_join_series(case, series.agency, by=by, today=today))
    refuse_leaks(case, "L08", series.title)
    member = SeriesMember.objects.create(series=series, case=case, joined_on=today)
    procedure.note("join_series", case, by=by, today=today, ground=_GROUND, series=series.title)
    return member


@transaction.atomic
def leave_series(case: Case, *, reason: str, by: User, today: date) -> Case:
    """Take a case out of its series: from then on it is handled by itself. Raises Refused."""
    case = locked(case)
    procedure.allow(can_link(case.agency, by=by, today=today))
    member = SeriesMember.objects.filter(case=case).select_related("series").first()
    if member is None:
        raise Refused(Refusal("no_series", "这件不在系列案中", _GROUND))
    if not reason.strip():
        raise Refused(Refusal("reason", "须写移出的理由", _GROUND))
    refuse_leaks(case, "L08", reason)
    member.delete()
    procedure.note(
        "leave_series", case, by=by, today=today, ground=_GROUND, series=member.series.title, reason=reason.strip()
    )
    return case


@transaction.atomic
def in_series(cases: Iterable[Case], act: Callable[[Case], object]) -> list[Done]:
    """Do one act on each case, in one transaction; a case that refuses is left as it was and stops no other."""
    done = []
    for case in cases:
        try:
            with transaction.atomic():
                act(case)
        except Refused as refused:
            done.append(Done(case, refused.refusal))
        else:
            done.append(Done(case))
    return done
