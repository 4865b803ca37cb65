from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import procedure
from gongkai.casework.models import Case, FileKind, Mailing
from gongkai_core.refusals import Refusal


def missing_papers(case: Case) -> list[str]:
    """What the volume (案卷) still wants before it is put away (G7)."""
    missing = []
    kinds = set(case.files.values_list("kind", flat=True))
    if case.channel != "online" and not case.oral and FileKind.APPLICATION not in kinds:
        missing.append("申请书扫描件")
    if case.state == "closed":
        notice = case.notices.filter(decision__active=True, voided_on=None).first()
        arrived = notice and notice.deliveries.exclude(delivered_on=None).exists()
        # An e-mail that never left the mail server proves nothing: the letter is still to be sent another way.
        returned = notice and notice.deliveries.exclude(failed="").exclude(mailing=Mailing.REFUSED).exists()
        if not (arrived or returned):
            missing.append("送达凭证")
    if case.inquiries.filter(answered_on=None, opinion="").exists():
        missing.append("征求意见的结果")
    return missing


def can_archive(case: Case, *, by: User, today: date) -> Refusal | None:
    if refused := procedure.refusal(case, "archive", by=by, today=today):
        return refused
    if missing := missing_papers(case):
        return Refusal("G7", f"归档材料还缺：{'、'.join(missing)}", "档案法第十三条")
    return None


@transaction.atomic
def archive(case: Case, *, by: User, today: date) -> Case:
    """Put the volume away (归档). Raises Refused."""
    case = locked(case)
    procedure.allow(can_archive(case, by=by, today=today))
    article = procedure.advance(case, "archive")
    case.archived_on = today
    procedure.keep(case, today=today)
    procedure.note("archive", case, by=by, today=today, ground=article)
    return case
