from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Agency, User
from gongkai.documents.blobs import store
from gongkai.publishing.actions.remind import GROUND, can_remind
from gongkai.publishing.models import Reminder, SupervisionOrder
from gongkai.publishing.obligations import troubled
from gongkai.publishing.orders import FINISH_WORKDAYS, print_order, take_order_number
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_supervise(agency: Agency, *, by: User, today: date) -> Refusal | None:
    """Whoever may remind; one order a day and organ."""
    if refusal := can_remind(agency, by=by, today=today):
        return refusal
    if SupervisionOrder.objects.filter(agency=agency, issued_on=today).exists():
        return Refusal("ordered", f"今天已对{agency.short_name}出过督办单", GROUND)
    return None


@transaction.atomic
def supervise(agency: Agency, *, by: User, today: date) -> SupervisionOrder:
    """Issue a 督办单 on all that is overdue or empty: numbered, printed, kept as it was printed. Raises Refused."""
    if refusal := can_supervise(agency, by=by, today=today):
        raise Refused(refusal)
    rows = list(troubled(agency, today=today).select_related("entry__catalogue", "agency"))
    number = take_order_number(agency, on=today)
    finish_by = office_calendar().add_workdays(today, FINISH_WORKDAYS.value())
    paper = print_order(agency, rows, number=number, issued_on=today, finish_by=finish_by)
    blob = store(paper, name=f"督办单 {number}.pdf", content_type="application/pdf")
    order = SupervisionOrder.objects.create(
        agency=agency, number=number, issued_by=by, issued_on=today, finish_by=finish_by, paper=blob
    )
    Reminder.objects.bulk_create([Reminder(obligation=row, order=order, by=by, on=today) for row in rows])
    record("publishing.supervise", order, by=by, today=today, ground=GROUND, number=number, obligations=len(rows))
    return order
