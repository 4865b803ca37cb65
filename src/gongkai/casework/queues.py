"""What waits for whom in casework."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Task
from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.casework import rules, superior
from gongkai.casework.clock import days_left, owed_by
from gongkai.casework.models import ApplicantPaper, ApplicantPaperKind, Case, Extension, Notice

HANDLER_VERBS = {
    "registered": "审查",
    "examining": "审查",
    "waiting_correction": "等补正",
    "waiting_reason": "等说明理由",
    "waiting_fee": "等缴费",
    "processing": "办理",
    "waiting_third_party": "等第三方意见",
    "waiting_co_maker": "等共同制作机关",
    "waiting_agency": "等其他机关",
    "drafting": "拟办",
    "abandoned": "拟不再处理",
    "delivering": "发出",
}
BY_ROLE = {
    Role.CASE_REGISTRAR: {"received": "登记", "registered": "分办", "delivering": "发出"},
    Role.LEGAL_REVIEWER: {"legal_review": "法审"},
    Role.SECRECY_REVIEWER: {"secrecy_review": "保密审查"},
    Role.SIGNATORY: {"signing": "签发"},
}
OPEN_ENDED_NOTE = "期限随答复日推移"


def tasks(user: User, *, on: date) -> list[Task]:
    """What this person has to do with cases now; for the disclosure office, every organ's overdue and due too."""
    found: dict[tuple[str, int], Task] = {}
    lists = (_mine(user, on), _by_role(user, on), _withdrawn(user, on), _extensions(user, on), _office(user, on))
    for task_list in lists:
        for key, task in task_list:
            found.setdefault(key, task)
    return sorted([*found.values(), *superior.tasks(user, on=on)], key=lambda task: (task.due or date.max, task.title))


def _mine(user: User, on: date) -> Iterable[tuple[tuple[str, int], Task]]:
    """Cases assigned to me, in every state in which the next step is mine."""
    for case in _rows(Case.objects.filter(handler=user, state__in=HANDLER_VERBS)):
        lapsed = case.state in ("waiting_correction", "waiting_fee") and owed_by(case, on) is None
        verb = "认定视为放弃" if lapsed else HANDLER_VERBS[case.state]
        yield ("case", case.pk), _task(case, verb, on, note=_hint(case, on))


def _by_role(user: User, on: date) -> Iterable[tuple[tuple[str, int], Task]]:
    for post in user.posts_on(on):
        verbs = BY_ROLE.get(post.role, {})
        waiting = Case.objects.filter(agency=post.agency, state__in=verbs)
        if post.role == Role.CASE_REGISTRAR:
            waiting = waiting.exclude(state="registered", handler__isnull=False).exclude(
                state="delivering", handler__isnull=False
            )
        for case in _rows(waiting):
            yield ("case", case.pk), _task(case, verbs[case.state], on)


def _withdrawn(user: User, on: date) -> Iterable[tuple[tuple[str, int], Task]]:
    """Withdrawn by the applicant on the query page: the handler (else the registrar) has to know and to tell the end."""
    registers = [post.agency_id for post in user.posts_on(on) if post.role == Role.CASE_REGISTRAR]
    mine = Q(handler=user) | Q(handler=None, agency__in=registers)
    online = ApplicantPaper.objects.filter(kind=ApplicantPaperKind.WITHDRAWAL, entered_by=None)
    told = Notice.objects.filter(letter="L25", voided_on=None)
    waiting = Case.objects.filter(mine, state="withdrawn", pk__in=online.values("case"))
    for case in _rows(waiting.exclude(pk__in=told.values("case"))):
        verb = "告知终止办理" if case.handler_id else "归档"
        yield ("case", case.pk), _task(case, verb, on, note="申请人网上撤回")


def _extensions(user: User, on: date) -> Iterable[tuple[tuple[str, int], Task]]:
    """拟延期 that waits for the head's consent (条例第三十三条第二款)."""
    organs = [post.agency_id for post in user.posts_on(on) if post.role == Role.SIGNATORY]
    waiting = Extension.objects.filter(notice=None, agreed_by=None).exclude(requested_by=user)
    if not is_disclosure_office(user, on=on):
        waiting = waiting.filter(case__agency__in=organs)
    for extension in waiting.select_related("case__agency").defer("case__info_desc"):
        yield ("extension", extension.pk), _task(extension.case, "同意延期", on, note=extension.reason)


def _office(user: User, on: date) -> Iterable[tuple[tuple[str, int], Task]]:
    """The disclosure office watches every organ: what is overdue, due within two working days or not registered."""
    if not is_disclosure_office(user, on=on):
        return
    soon = office_calendar().add_workdays(on, 2)
    pressing = Case.objects.open().filter(Q(due_on__lte=soon) | Q(open_ended=True))
    for case in _rows(pressing):
        task = _task(case, "催办", on, note=str(case.handler or "未分办"))
        if task.days_left is not None and task.days_left <= 2:
            yield ("case", case.pk), task


def _rows(cases: QuerySet[Case]) -> Iterable[Case]:
    return cases.select_related("agency", "handler").defer("info_desc").order_by("due_on", "pk")


def _hint(case: Case, on: date) -> str:
    """Reminders inside the deadline: the correction's last day, and 拟延期 from the fifteenth working day."""
    if case.open_ended:
        return OPEN_ENDED_NOTE
    calendar = office_calendar()
    if case.state == "examining" and case.correction_notice_by and on <= case.correction_notice_by:
        left = calendar.workdays_between(on, case.correction_notice_by)
        return f"补正告知剩 {left} 个工作日" if left <= 2 else ""
    running = case.reply_by is not None and case.reply_by == case.reply_by_original
    if running and case.received_on and case.state in ("examining", "processing", "drafting"):
        used = calendar.workdays_between(case.received_on, on)
        if used >= rules.EXTENSION_HINT_AT.value() and on <= case.reply_by:
            return f"已用 {used} 个工作日，需要的话拟延期"
    return ""


def _task(case: Case, kind: str, on: date, *, note: str = "") -> Task:
    due = owed_by(case, on)
    return Task(
        kind=kind,
        title=f"{case.number} {case.title}",
        agency=case.agency,
        url=case.get_absolute_url(),
        since=case.registered_on or case.submitted_on,
        due=due,
        days_left=days_left(due, on),
        note=note,
    )
