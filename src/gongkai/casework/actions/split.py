from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, procedure
from gongkai.casework.actions.receive import Received, info_index_of, part_key, part_of, query_code_for
from gongkai.casework.models import Case, CaseFile, Split
from gongkai_core.refusals import Refusal

_ARTICLE = "信息处理费管理办法第四条"
MOST_PARTS = 20


def can_split(case: Case, *, by: User, today: date) -> Refusal | None:
    """At registration, by the registrar, once; later an application is answered as it came in (item 27)."""
    if refused := procedure.refusal(case, "split", by=by, today=today):
        return refused
    if case.split_from_id or Split.objects.filter(case=case).exists():
        return Refusal("split_once", "这一件已经拆分过", _ARTICLE)
    return None


@transaction.atomic
def split(
    case: Case, *, parts: Sequence[str], reason: str, told_on: date, told_how: str, by: User, today: date
) -> list[Received]:
    """Make several cases of one application: the first part stays with the case, each other one gets its own.

    Each has its number, clock and query code; applicant, days and papers are those of the application. The applicant
    was told on `told_on` by `told_how`. Returns the new ones with their codes. Raises Refused.
    """
    case = locked(case)
    procedure.allow(can_split(case, by=by, today=today))
    texts = [text.strip() for text in parts if text.strip()]
    if not reason.strip() or not told_how.strip():
        procedure.allow(Refusal("split_reason", "拆分须写明理由并告知申请人", _ARTICLE))
    if not 2 <= len(texts) <= MOST_PARTS:
        procedure.allow(Refusal("parts", f"拆分为 2 至 {MOST_PARTS} 件，每件写明申请的内容", _ARTICLE))
    clock.refuse_future(told_on, today)
    if told_on < case.submitted_on:
        procedure.allow(Refusal("dates_out_of_order", f"告知日早于提交日 {case.submitted_on}", _ARTICLE))
    Split.objects.create(
        case=case, whole_text=case.info_desc, reason=reason.strip(), told_on=told_on, told_how=told_how.strip(),
        split_by=by, split_on=today,
    )  # fmt: skip
    article = procedure.advance(case, "split")
    made = [_part(case, text, by=by, today=today) for text in texts[1:]]
    case.info_desc, case.info_index = texts[0], info_index_of(texts[0])
    procedure.keep(case, today=today)
    procedure.note("split", case, by=by, today=today, ground=article, parts=[row.case.number for row in made])
    return made


def _part(case: Case, text: str, *, by: User, today: date) -> Received:
    part = part_of(case, text, today=today)
    part.save()
    CaseFile.objects.bulk_create(
        CaseFile(case=part, kind=file.kind, blob_id=file.blob_id, added_by=by) for file in case.files.all()
    )
    procedure.note("receive", part, by=by, today=today, ground=_ARTICLE, number=part.number, split_from=case.number)
    return Received(part, query_code_for(part_key(part)), created=True)
