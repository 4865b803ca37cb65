"""What happens to a review or a suit between its entry and its result: facts put right, the reply, advice received."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework.actions.complaints import may_read_complaint
from gongkai.casework.actions.register_papers import can_open_register_papers
from gongkai.casework.models import Advice, Case, Complaint, Lawsuit, RegisterFile, RegisterRow, ReviewCase, belongs_to
from gongkai.casework.procedure import allow
from gongkai.casework.register_rights import can_keep_register, organ_of
from gongkai.documents.models import Blob
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal

Dispute = ReviewCase | Lawsuit
_GROUND = {ReviewCase: "行政复议法第四十八条、第五十四条", Lawsuit: "行政诉讼法第六十七条"}
PRIVACY = "个人信息保护法第六条、第五十一条"


def can_revise_dispute(row: Dispute, *, by: User, today: date, cases: Sequence[Case] | None = None) -> Refusal | None:
    """By who keeps the register; a case that has been answered anew on this order stays tied to it."""
    if refused := can_keep_register(row.agency, by=by, today=today):
        return refused
    if cases is None:
        return None
    if foreign := [case.number for case in cases if case.agency_id != row.agency_id]:
        return Refusal("foreign_case", f"登记号 {'、'.join(foreign)} 不是{row.agency.short_name}的办件")
    answered = set(row.redecisions.values_list("case", flat=True))
    if answered - {case.pk for case in cases}:
        return Refusal("answered_anew", "已经依本案重新办理的申请，不能从本案移出")
    return None


@transaction.atomic
def revise_dispute(
    row: Dispute,
    *,
    cases: Sequence[Case],
    by: User,
    today: date,
    reply_due_on: date | None = None,
    simplified: bool = False,
    notice_number: str = "",
) -> Dispute:
    """Put right what the proceeding is about, its procedure, and the day that was named. Raises Refused."""
    row = locked(row)
    allow(can_revise_dispute(row, by=by, today=today, cases=cases))
    row.reply_due_on = reply_due_on
    if isinstance(row, ReviewCase):
        row.simplified, row.notice_number = simplified, notice_number.strip()
    row.save()
    row.cases.set(cases)
    record(
        "casework.revise_dispute", row, by=by, today=today, ground=_GROUND[type(row)], reply_due_on=reply_due_on,
        simplified=simplified, cases=[case.number for case in cases],
    )  # fmt: skip
    return row


@transaction.atomic
def add_case(row: Dispute, case: Case, *, by: User, today: date) -> Dispute:
    """A further application that this proceeding is about; it stays one docket, counted once. Raises Refused."""
    row = locked(row)
    cases = [*row.cases.all(), case]
    allow(can_revise_dispute(row, by=by, today=today, cases=cases))
    row.cases.add(case)
    record(
        "casework.revise_dispute", row, by=by, today=today, ground=_GROUND[type(row)],
        cases=[one.number for one in cases],
    )  # fmt: skip
    return row


def can_record_reply(row: Dispute, *, by: User, today: date, on: date | None = None) -> Refusal | None:
    """A reply that was written elsewhere, or handed in by hand: once."""
    if refused := can_keep_register(row.agency, by=by, today=today):
        return refused
    if row.replied_on:
        return Refusal("replied_already", f"已于 {row.replied_on} 提交")
    if on and not row.filed_on <= on <= today:
        return Refusal("dates_out_of_order", "提交日应在收到日之后、今天以前")
    return None


@transaction.atomic
def record_reply(row: Dispute, *, on: date, by: User, today: date) -> Dispute:
    """Record that reply and evidence were handed in. Raises Refused."""
    row = locked(row)
    allow(can_record_reply(row, by=by, today=today, on=on))
    row.replied_on = on
    row.save(update_fields=["replied_on"])
    record("casework.record_reply", row, by=by, today=today, ground=_GROUND[type(row)], on=on)
    return row


def can_add_advice(row: Dispute, *, by: User, today: date, received_on: date | None = None) -> Refusal | None:
    if refused := can_keep_register(row.agency, by=by, today=today):
        return refused
    if received_on and not row.filed_on <= received_on <= today:
        return Refusal("dates_out_of_order", "收到日应在案件收到日之后、今天以前")
    return None


@transaction.atomic
def add_advice(
    row: Dispute,
    *,
    number: str,
    received_on: date,
    gist: str,
    by: User,
    today: date,
    due_on: date | None = None,
) -> Advice:
    """Enter a 复议意见书 or 司法建议 that came with a proceeding; L41 reports on it. Raises Refused."""
    row = locked(row)
    allow(can_add_advice(row, by=by, today=today, received_on=received_on))
    if not (number.strip() and gist.strip()):
        allow(Refusal("incomplete", "文号和内容都要填写"))
    if due_on and due_on < received_on:
        allow(Refusal("dates_out_of_order", "载明的期限早于收到日"))
    advice = Advice.objects.create(
        number=number.strip(), received_on=received_on, gist=gist.strip(), due_on=due_on, entered_by=by,
        **belongs_to(row),
    )  # fmt: skip
    record(
        "casework.add_advice", row, by=by, today=today, ground="行政复议法第七十六条", number=advice.number,
        received_on=received_on,
    )  # fmt: skip
    return advice


# Papers that came in, of every register ------------------------------------------------------------------------------


def can_add_register_file(row: RegisterRow, *, by: User, today: date) -> Refusal | None:
    return can_keep_register(organ_of(row), by=by, today=today)


@transaction.atomic
def add_register_file(row: RegisterRow, *, name: str, paper: Blob, by: User, today: date) -> RegisterFile:
    """Keep a paper with the row: a decision, evidence, a receipt. `name` says what it is and names nobody."""
    allow(can_add_register_file(row, by=by, today=today))
    kept = RegisterFile.objects.create(
        agency=organ_of(row),
        name=name.strip()[:60] or "材料",
        blob=paper,
        added_by=by,
        added_on=today,
        **belongs_to(row),
    )
    record("casework.add_register_file", row, by=by, today=today, ground=PRIVACY, digest=paper.digest)
    return kept


def can_open_register_file(kept: RegisterFile, *, by: User, today: date) -> Refusal | None:
    """Who reads the row's papers; of a complaint, who may read the complaint itself."""
    row = kept.row
    if isinstance(row, Complaint) and may_read_complaint(row, by=by, today=today):
        return None
    return can_open_register_papers(row, by=by, today=today)


@transaction.atomic
def open_register_file(kept: RegisterFile, *, by: User, today: date) -> RegisterFile:
    """Read such a paper; every opening is in the trail. Raises Refused."""
    allow(can_open_register_file(kept, by=by, today=today))
    record("casework.open_register_file", kept.row, by=by, today=today, ground=PRIVACY, file=str(kept.public_id))
    return kept
