"""What the office is reminded of by itself, each working day: last days, 拟延期, the correction's seven days.

Nothing here decides or ends anything. A message names a case by its number alone: no word of the applicant's, and no
applicant, leaves the house with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Appointment, Delegation, Role, User
from gongkai.casework import register_reminders, rules
from gongkai.casework.models import Case, Extension
from gongkai.casework.turns import ENDS_BY_ITSELF, lapsed_terms, people_for
from gongkai.design.words import month_day
from gongkai.outbox import station
from gongkai_core.batches import batches

BEFORE = (5, 2, 0)
"""Working days before the last day on which it is told (domain-spec §1.5.5)."""
CORRECTION_LEFT = 2
REPLY_WORKDAYS = 20
"""条例第三十三条第二款."""
BATCH = 500
SELF_CHECK_FROM = 20
"""The day of December from which open cases are checked (domain-spec §11.4 item 31)."""


@dataclass(frozen=True)
class Notice:
    """What is to be said about a case; `key` makes it this one message."""

    case: Case
    key: str
    words: str
    also_head: bool = False
    """An overdue case is told to whoever answers for the organ too."""


def nightly(today: date) -> int:
    """Tell what is to be told on this day; nothing on a day off, nothing twice. Returns how many messages are new."""
    if not office_calendar().is_workday(today):
        return 0
    found = [*_last_days(today), *_extensions(today), *_corrections(today), *_lapsed(today)]
    told = sum(station.tell(_lines(some, today)) for some in batches(found, BATCH))
    told += station.tell(register_reminders.lines(today, BEFORE))
    return told + station.tell(_self_check(today))


def _last_days(today: date) -> Iterator[Notice]:
    """Five, two and no working days before the last day, and each working day after it."""
    calendar = office_calendar()
    days = {calendar.add_workdays(today, left) if left else today: left for left in BEFORE}
    owed = _open().filter(Q(due_on__in=days) | Q(due_on__lt=today))
    # The applicant's own term is not the organ's to keep, before its last day or after it.
    for case in owed.exclude(lapsed_terms(today)).exclude(state__in=ENDS_BY_ITSELF):
        if case.due_on < today:
            late = -calendar.workdays_between(today, case.due_on)
            words = f"已超期 {late} 个工作日" if late else "已超期"
        else:
            left = days[case.due_on]
            words = f"剩 {left} 个工作日" if left else "今日到期"
        words = f"{words}（{month_day(case.due_on)}到期）"
        yield Notice(case, f"due:{today}", words, also_head=case.due_on < today)


def _extensions(today: date) -> Iterator[Notice]:
    """From the fifteenth working day of a clock that was not yet extended, once (domain-spec §1.5.5)."""
    hint_at = rules.EXTENSION_HINT_AT.value()
    left = REPLY_WORKDAYS - hint_at
    if left < 0:
        return
    until = office_calendar().add_workdays(today, left) if left else today
    running = _open().filter(reply_by__gte=today, reply_by__lte=until, reply_by=F("reply_by_original"))
    running = running.exclude(lapsed_terms(today)).exclude(state__in=(*ENDS_BY_ITSELF, "received", "delivering"))
    asked = Extension.objects.filter(notice=None, case__in=running).values("case")
    for case in running.exclude(pk__in=asked):
        words = f"到第 {hint_at} 个工作日，不能按期答复的请拟延期（{month_day(case.reply_by)}前告知）"
        yield Notice(case, f"extend:{case.reply_by}", words)


def _corrections(today: date) -> Iterator[Notice]:
    """Two working days before the seven for a correction are over (条例第三十条)."""
    until = office_calendar().add_workdays(today, CORRECTION_LEFT)
    found = _open().filter(
        state__in=("registered", "examining"), correction_notice_by__gte=today, correction_notice_by__lte=until
    )  # fmt: skip
    for case in found:
        left = office_calendar().workdays_between(today, case.correction_notice_by)
        words = f"补正窗口剩 {left} 日，需要补正的请在{month_day(case.correction_notice_by)}前告知"
        yield Notice(case, f"correction:{case.correction_notice_by}", words)


def _lapsed(today: date) -> Iterator[Notice]:
    """The applicant's own term has passed: what follows is for a person to say, once."""
    for case in _open().filter(state__in=ENDS_BY_ITSELF, due_on__lt=today):
        what = "补正" if case.state == "waiting_correction" else "缴费"
        yield Notice(case, f"lapsed:{case.due_on}", f"申请人逾期未{what}，请核实后决定是否认定视为放弃")


def _open() -> QuerySet[Case]:
    """Open cases with their people, nothing sealed; through the index by last day."""
    cases = Case.objects.open().filter(due_on__isnull=False).select_related("agency", "handler")
    return cases.defer("info_desc").order_by("due_on", "pk")


def _lines(notices: Sequence[Notice], today: date) -> Iterator[station.Line]:
    """Each message for each of the people it is for, with their deputies."""
    people = people_for([notice.case for notice in notices], today)
    organs = {notice.case.agency_id for notice in notices}
    posts = Appointment.objects.held_on(today).filter(
        agency__in=organs, role__in=(Role.SIGNATORY, Role.CASE_REGISTRAR)
    )  # fmt: skip
    held: dict[tuple[int, str], list[User]] = defaultdict(list)
    for post in posts:
        held[post.agency_id, post.role].append(post.user)
    deputies: dict[tuple[int, int], list[User]] = defaultdict(list)
    for row in Delegation.objects.in_force(today).filter(agency__in=organs).select_related("deputy"):
        deputies[row.person_id, row.agency_id].append(row.deputy)
    for notice in notices:
        case = notice.case
        told = [person for person in people[case.pk] if person.is_active] or held[case.agency_id, Role.CASE_REGISTRAR]
        if notice.also_head:
            told = [*told, *held[case.agency_id, Role.SIGNATORY]]
        told = [*told, *(deputy for person in told for deputy in deputies[person.pk, case.agency_id])]
        for person in dict.fromkeys(told):
            key = f"{case.public_id}:{notice.key}"
            yield station.Line(person.pk, key, f"{case.number} {notice.words}", case.get_absolute_url())


def _self_check(today: date) -> Iterator[station.Line]:
    """年末自查: from 20 December on, each organ with open cases is asked once to look at them."""
    if (today.month, today.day) < (12, SELF_CHECK_FROM) or today.month != 12:
        return
    open_organs = Case.objects.open().filter(due_on__isnull=False).values("agency")
    posts = Appointment.objects.held_on(today).filter(
        agency__in=open_organs, role__in=(Role.CASE_REGISTRAR, Role.SIGNATORY)
    )  # fmt: skip
    url = reverse("casework:year_end")
    for person in dict.fromkeys(post.user for post in posts):
        words = f"{today.year}年年末自查：请逐件核对未办结的申请，十二月三十一日冻结结转数"
        yield station.Line(person.pk, f"year-end:{today.year}", words, url)
