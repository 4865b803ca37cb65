"""主动公开建议 (条例第四十四条第二款): entered, examined, made public by an item or declined with a reason, told."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import locked
from gongkai.casework.actions.record_corrections import names_somebody
from gongkai.casework.models import Case, OpennessSuggestion, SuggestionResult
from gongkai.casework.models.openness_suggestion import NEEDS_ITEM
from gongkai.casework.notices import applicant_values
from gongkai.casework.procedure import allow, note_row
from gongkai.casework.register_rights import can_keep_register
from gongkai.documents.numbering import take
from gongkai.publishing.models import Item
from gongkai_core.letters import document_number
from gongkai_core.refusals import Refusal

ARTICLE = "条例第四十四条第二款"
SUFFIX = "公建"


def can_enter_suggestion(
    agency: Agency, *, by: User, today: date, received_on: date | None = None, case: Case | None = None
) -> Refusal | None:
    """By who keeps the registers; from a case, also by its handler. One case brings one suggestion."""
    if not (case and case.handler_id == by.pk) and (refused := can_keep_register(agency, by=by, today=today)):
        return refused
    if received_on and received_on > today:
        return Refusal("future_date", f"日期 {received_on} 还没有到，只能登记已经发生的事")
    if case and case.agency_id != agency.pk:
        return Refusal("foreign_case", f"登记号 {case.number} 不是{agency.short_name}的办件")
    if case and case.openness_suggestions.exclude(result=SuggestionResult.WITHDRAWN).exists():
        return Refusal("suggested_already", f"{case.number} 已经登记过主动公开建议", ARTICLE)
    return None


@transaction.atomic
def enter_suggestion(
    agency: Agency,
    *,
    source: str,
    subject: str,
    words: str,
    received_on: date,
    by: User,
    today: date,
    suggester: str = "",
    contact: str = "",
    case: Case | None = None,
) -> OpennessSuggestion:
    """Enter a suggestion; `subject` is for lists and names nobody. Raises Refused."""
    allow(can_enter_suggestion(agency, by=by, today=today, received_on=received_on, case=case))
    values: dict[str, Any] = {"name": [suggester], "phone": [contact], "email": [contact], "address": [contact]}
    allow(names_somebody(subject, values))
    if case:
        allow(names_somebody(subject, applicant_values(case.applicant)))
    serial = take(f"openness:{agency.pk}:{received_on.year}")
    row = OpennessSuggestion.objects.create(
        agency=agency, number=document_number(agency.document_prefix, SUFFIX, received_on.year, serial), case=case,
        received_on=received_on, source=source.strip(), subject=subject.strip(), words=words.strip(),
        suggester=suggester.strip(), contact=contact.strip(), entered_by=by,
    )  # fmt: skip
    number = case.number if case else ""
    note_row(
        "enter_suggestion",
        row,
        by=by,
        today=today,
        ground=ARTICLE,
        number=row.number,
        received_on=received_on,
        case=number,
    )
    return row


def can_examine_suggestion(row: OpennessSuggestion, *, by: User, today: date) -> Refusal | None:
    if row.item_id:
        return Refusal("public_already", "已经登记公开的条目，不再改审核结果", ARTICLE)
    return can_keep_register(row.agency, by=by, today=today)


@transaction.atomic
def examine_suggestion(
    row: OpennessSuggestion, *, result: str, reason: str, by: User, today: date
) -> OpennessSuggestion:
    """审核: found right, it must become public; declined, the reason is kept. Raises Refused."""
    row = locked(row)
    allow(can_examine_suggestion(row, by=by, today=today))
    if result == SuggestionResult.DECLINED and not reason.strip():
        allow(Refusal("reason", "不属于主动公开范围的，须写明理由和依据", ARTICLE))
    row.result, row.reason, row.examined_by, row.examined_on = result, reason.strip(), by, today
    row.save()
    note_row("examine_suggestion", row, by=by, today=today, ground=ARTICLE, result=result)
    return row


def can_link_item(row: OpennessSuggestion, *, by: User, today: date, item: Item | None = None) -> Refusal | None:
    """With an item of the organ that is public."""
    if refused := can_keep_register(row.agency, by=by, today=today):
        return refused
    if row.result not in NEEDS_ITEM:
        return Refusal("not_accepted", "审核属实或者已经公开的，才登记公开的条目", ARTICLE)
    if row.item_id:
        return Refusal("public_already", "已经登记公开的条目", ARTICLE)
    if item and item.state != "published":
        return Refusal("not_public", "这个条目还没有公开", ARTICLE)
    return None


@transaction.atomic
def link_item(row: OpennessSuggestion, *, item: Item, by: User, today: date) -> OpennessSuggestion:
    """The information is public: here. Raises Refused."""
    row = locked(row)
    allow(can_link_item(row, by=by, today=today, item=item))
    row.item, row.item_linked_on = item, today
    row.save(update_fields=["item", "item_linked_on"])
    note_row("link_item", row, by=by, today=today, ground=ARTICLE, item=str(item.public_id))
    return row


def can_tell_suggester(row: OpennessSuggestion, *, by: User, today: date, on: date | None = None) -> Refusal | None:
    if refused := can_keep_register(row.agency, by=by, today=today):
        return refused
    if row.examined_on is None:
        return Refusal("not_examined", "先登记审核结果，再登记告知", ARTICLE)
    if row.told_on:
        return Refusal("told_already", f"已于 {row.told_on} 告知", ARTICLE)
    if on and not row.examined_on <= on <= today:
        return Refusal("dates_out_of_order", "告知日应在审核日之后、今天以前", ARTICLE)
    return None


@transaction.atomic
def tell_suggester(row: OpennessSuggestion, *, on: date, way: str, by: User, today: date) -> OpennessSuggestion:
    """Whoever suggested it was told. Raises Refused."""
    row = locked(row)
    allow(can_tell_suggester(row, by=by, today=today, on=on))
    row.told_on, row.told_way = on, way
    row.save(update_fields=["told_on", "told_way"])
    note_row("tell_suggester", row, by=by, today=today, ground=ARTICLE, on=on, way=way)
    return row
