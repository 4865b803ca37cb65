"""What waits for whom in casework."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Task
from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.casework import queues_registers, rules, signing, superior
from gongkai.casework.clock import days_left, owed_by
from gongkai.casework.internal_deadlines import internal_deadline
from gongkai.casework.models import (
    ApplicantPaper,
    ApplicantPaperKind,
    Assignment,
    Assistance,
    Case,
    Extension,
    Lawsuit,
    Notice,
    PaperKind,
    ReviewCase,
    SignOff,
)
from gongkai_core.states.cases import IN_WORK, WAITING

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
MOST = 100
OPEN_ENDED_NOTE = "期限随答复日推移"


def tasks(user: User, *, on: date) -> list[Task]:
    """What this person has to do with cases now; for the disclosure office, every organ's overdue and due too."""
    found: dict[tuple[str, int], Task] = {}
    for task_list in (
        _mine(user, on),
        _by_role(user, on),
        _withdrawn(user, on),
        _extensions(user, on),
        _assistances(user, on),
        _unassigned(user, on),
        _orders(user, on),
        _sign_offs(user, on),
        _untaken(user, on),
        _office(user, on),
    ):
        for key, task in task_list:
            found.setdefault(key, task)
    others = [*superior.tasks(user, on=on), *queues_registers.tasks(user, on=on)]
    return sorted([*found.values(), *others], key=lambda task: (task.due or date.max, task.title))


def _mine(user: User, on: date) -> Iterable[tuple[tuple[str, int], Task]]:
    """Cases given to me, or to whom I deputise for, in every state in which the next step is the handler's."""
    organs = {(post.user_id, post.agency_id) for post in user.posts_on(on) if post.user_id != user.pk}
    handlers, hint_at = [user, *user.principals_on(on)], rules.EXTENSION_HINT_AT.value()
    for case in _rows(Case.objects.filter(handler__in=handlers, state__in=HANDLER_VERBS)):
        if case.handler_id != user.pk and (case.handler_id, case.agency_id) not in organs:
            continue
        lapsed = case.state in ("waiting_correction", "waiting_fee") and owed_by(case, on) is None
        verb = "认定视为放弃" if lapsed else HANDLER_VERBS[case.state]
        lent = f"代{case.handler}　" if case.handler_id != user.pk else ""
        yield ("case", case.pk), _task(case, verb, on, note=f"{lent}{_hint(case, on, hint_at)}".strip())


def _by_role(user: User, on: date) -> Iterable[tuple[tuple[str, int], Task]]:
    for post in user.posts_on(on):
        verbs = BY_ROLE.get(post.role, {})
        waiting = Case.objects.filter(agency=post.agency, state__in=verbs)
        if post.role == Role.CASE_REGISTRAR:
            waiting = waiting.exclude(state="registered", handler__isnull=False).exclude(
                state="delivering", handler__isnull=False
            )
        for case in _rows(waiting):
            yield ("case", case.pk), _task(case, verbs[case.state], on, note=_inside(case, on))


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
    open_cases = Case.objects.open()
    for pressing in (open_cases.filter(due_on__lte=soon), open_cases.filter(open_ended=True, due_on__gt=soon)):
        for case in _rows(pressing):
            task = _task(case, "催办", on, note=str(case.handler or "未分办"))
            if task.days_left is not None and task.days_left <= 2:
                yield ("case", case.pk), task


def _assistances(user: User, on: date) -> Iterable[tuple[tuple[str, int], Task]]:
    """What others ask this person to help with: their own row, nothing of the case."""
    waiting = Assistance.objects.asked_of(user, on=on).waiting().filter(case__in=Case.objects.open())
    for row in waiting.select_related("case__agency").defer("case__info_desc").order_by("due_on", "pk"):
        yield (
            ("assistance", row.pk),
            Task(
                kind="协办",
                title=f"{row.case.number} {row.matter}",
                agency=row.case.agency,
                url=row.get_absolute_url(),
                since=row.asked_on,
                due=row.due_on,
                days_left=days_left(row.due_on, on),
                note=row.unit,
            ),
        )


def _unassigned(user: User, on: date) -> Iterable[tuple[tuple[str, int], Task]]:
    """Cases in work that a handler has handed back: they wait to be given to another."""
    organs = [post.agency_id for post in user.posts_on(on) if post.role == Role.CASE_REGISTRAR]
    for case in _rows(Case.objects.filter(agency__in=organs, handler=None, state__in=(*IN_WORK, *WAITING, "drafting"))):
        yield ("case", case.pk), _task(case, "改派", on, note="承办人已退回")


def _orders(user: User, on: date) -> Iterable[tuple[tuple[str, int], Task]]:
    """Answers that a review or a judgment has set aside and that nobody has taken up again.

    What an old ledger tells was answered anew then, or not; it is no task of today's.
    """
    ordered = Case.objects.filter(state__in=("closed", "archived"), ledger_closing=None)
    if not is_disclosure_office(user, on=on):
        ordered = ordered.filter(handler=user)
    for model in (ReviewCase, Lawsuit):
        rows = model.objects.filter(outcome__in=("revoked", "ordered"), cases__in=ordered).defer("claimant").distinct()
        for row in rows.prefetch_related(Prefetch("cases", ordered.select_related("agency").defer("info_desc"))):
            answered = set(row.redecisions.values_list("case", flat=True))
            for case in row.cases.all():
                if case.pk not in answered:
                    yield ("case", case.pk), _task(case, "重新答复", on, note=row.docket)


def _sign_offs(user: User, on: date) -> Iterable[tuple[tuple[str, int], Task]]:
    """Papers along the way that wait for the person's signature (呈签)."""
    organs = [post.agency_id for post in user.posts_on(on) if post.role == Role.SIGNATORY]
    waiting = SignOff.objects.filter(signed_by=None, returned_on=None).exclude(asked_by=user)
    if not is_disclosure_office(user, on=on):
        waiting = waiting.filter(case__agency__in=organs)
    for row in waiting.select_related("case__agency").defer("case__info_desc", "words"):
        if (
            signing.level_refusal(row.case, signing.level_for(row.case.agency, PaperKind(row.kind)), user, on=on)
            is None
        ):
            yield ("sign_off", row.pk), _task(row.case, "签发文书", on, note=row.get_kind_display())


def _untaken(user: User, on: date) -> Iterable[tuple[tuple[str, int], Task]]:
    """The disclosure office watches what is given to somebody who does not take it (待接收)."""
    if not is_disclosure_office(user, on=on):
        return
    calendar, within = office_calendar(), rules.ACCEPT_WITHIN.value()
    for row in Assignment.objects.filter(ended_on=None, accepted_on=None, assigned_on__lt=on).select_related(
        "case__agency", "case__handler", "handler"
    ):
        if calendar.workdays_between(row.assigned_on, on) > within and not row.case.finished:
            yield ("case", row.case.pk), _task(row.case, "催接收", on, note=str(row.handler))


def _rows(cases: QuerySet[Case]) -> Iterable[Case]:
    """The most urgent; what is beyond is worked from 办公室工作台 and the lists, which are paged."""
    return cases.select_related("agency", "handler").defer("info_desc").order_by("due_on", "pk")[:MOST]


def _hint(case: Case, on: date, hint_at: int) -> str:
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
        if used >= hint_at and on <= case.reply_by:
            return f"已用 {used} 个工作日，需要的话拟延期"
    return _inside(case, on)


def _inside(case: Case, on: date) -> str:
    """The internal deadline of the present step, from a working day before it on."""
    inside = internal_deadline(case, on)
    return inside.words if inside and inside.days_left is not None and inside.days_left <= 1 else ""


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
