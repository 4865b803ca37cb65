from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import User
from gongkai.agencies.office_settings import Declared, declare, whole
from gongkai.agencies.permissions import is_disclosure_office, locked
from gongkai.outbox import station
from gongkai.statistics import messages
from gongkai.statistics.compilation import frozen
from gongkai.statistics.models import FilingRound, FilingSheet, SheetMark, SheetState
from gongkai.statistics.periods import YEAR
from gongkai.statistics.procedure import advance, allow, note, refusal
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal
from gongkai_core.returns import form_for

GROUND = "条例第三条、第四十七条"
REFILE_WORKDAYS = declare(
    Declared("statistics.refile_workdays", "退回后几个工作日内重新上报", 3, "本单位规定", parse=whole(1, 60))
)


def can_return_sheet(sheet: FilingSheet, *, by: User, today: date) -> Refusal | None:
    failed = ["not_frozen"] if sheet.period == YEAR and frozen(sheet.scope, sheet.year) else []
    return refusal(sheet, "return", by=by, today=today, failed=failed)


@transaction.atomic
def return_sheet(sheet: FilingSheet, *, reason: str, marks: Mapping[str, str], by: User, today: date) -> FilingSheet:
    """Send it back with the reason and, by cell, what is wrong there; it is due again in some days. Raises Refused."""
    sheet = locked(sheet)
    allow(can_return_sheet(sheet, by=by, today=today))
    wrong = {cell: " ".join(words.split())[:300] for cell, words in marks.items() if words.strip()}
    if not reason.strip() and not wrong:
        allow(refusal(sheet, "return", by=by, today=today, failed=["remarks"]))
    form = form_for(sheet.year)
    for cell, words in wrong.items():
        SheetMark.objects.create(sheet=sheet, cell=form.cell(cell).id, reason=words, marked_by=by, marked_on=today)
    ground = advance(sheet, "return")
    sheet.return_reason = reason.strip()[:300] or "见标出的单元格"
    sheet.due_on = max(sheet.due_on, office_calendar().add_workdays(today, REFILE_WORKDAYS.value()))
    sheet.version += 1
    sheet.save()
    told = {sheet.pk: f"{sheet}已退回：{sheet.return_reason}"}
    station.tell(messages.lines([sheet], f"returned:{sheet.version}", told, today))
    note("return_sheet", sheet, by=by, today=today, ground=ground, reason=sheet.return_reason, cells=sorted(wrong))
    return sheet


def can_accept_sheet(sheet: FilingSheet, *, by: User, today: date) -> Refusal | None:
    return refusal(sheet, "accept", by=by, today=today)


@transaction.atomic
def accept_sheet(sheet: FilingSheet, *, by: User, today: date) -> FilingSheet:
    """The office takes it as it is. Raises Refused."""
    return _step(sheet, "accept", by=by, today=today)


def can_lock_sheet(sheet: FilingSheet, *, by: User, today: date) -> Refusal | None:
    return refusal(sheet, "lock", by=by, today=today)


@transaction.atomic
def lock_sheet(sheet: FilingSheet, *, by: User, today: date) -> FilingSheet:
    """From now on it is filed again only after a return. Raises Refused."""
    return _step(sheet, "lock", by=by, today=today)


def _step(sheet: FilingSheet, event: str, *, by: User, today: date) -> FilingSheet:
    sheet = locked(sheet)
    allow(refusal(sheet, event, by=by, today=today))
    ground = advance(sheet, event)
    sheet.version += 1
    sheet.save()
    note(f"{event}_sheet", sheet, by=by, today=today, ground=ground, digest=sheet.digest)
    return sheet


def can_do_all(row: FilingRound, event: str, *, by: User, today: date) -> Refusal | None:
    """Whether the office may accept all sound sheets of a round, or lock all accepted ones."""
    if not is_disclosure_office(by, on=today):
        return Refusal("needs_role", "由政务公开办接收和锁定", GROUND)
    if not _ready(row, event):
        return Refusal("nothing", _NOTHING[event], GROUND)
    return None


_NOTHING = {"accept": "没有已上报、勾稽全部成立的填报表", "lock": "没有已接收的填报表"}


def _ready(row: FilingRound, event: str) -> list[FilingSheet]:
    if event == "accept":
        return list(row.sheets.filter(state=SheetState.FILED, errors=0).select_related("agency"))
    return list(row.sheets.filter(state=SheetState.ACCEPTED).select_related("agency"))


@transaction.atomic
def do_all(row: FilingRound, event: str, *, by: User, today: date) -> int:
    """Accept all sheets sent up without an error, or lock all accepted ones. Returns how many. Raises Refused."""
    row = locked(row)
    allow(can_do_all(row, event, by=by, today=today))
    ready = _ready(row, event)
    for sheet in ready:
        _step(sheet, event, by=by, today=today)
    return len(ready)


def can_urge(row: FilingRound, *, by: User, today: date) -> Refusal | None:
    if not is_disclosure_office(by, on=today):
        return Refusal("needs_role", "由政务公开办催报", GROUND)
    if not row.sheets.owed().exists():
        return Refusal("nobody", "各单位都已上报", GROUND)
    return None


@transaction.atomic
def urge(row: FilingRound, *, by: User, today: date) -> int:
    """催报: a message to every organ that still owes its sheet, once a day. Returns how many people it is new to."""
    allow(can_urge(row, by=by, today=today))
    owed = list(row.sheets.owed().select_related("agency"))
    words = {sheet.pk: f"催报：{sheet}还没有上报，期限 {sheet.due_on:%m月%d日}" for sheet in owed}
    told = station.tell(messages.lines(owed, f"urged:{today}", words, today))
    record("statistics.urge", row, by=by, today=today, ground=GROUND, organs=len(owed))
    return told
