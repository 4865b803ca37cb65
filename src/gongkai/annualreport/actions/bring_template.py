from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.annualreport import superior
from gongkai.annualreport.models import SuperiorTemplate
from gongkai.annualreport.permissions import may_gather
from gongkai.documents.intake import Taken, keep
from gongkai.trail.chain import record
from gongkai_core.reading import Unreadable
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.returns import form_for


def can_bring_template(*, by: User, today: date) -> Refusal | None:
    return may_gather(by=by, today=today)


@transaction.atomic
def bring_template(
    name: str, taken: Taken, year: int, *, head_rows: int | None = None, by: User, today: date
) -> SuperiorTemplate:
    """Keep a superior's table and match its columns by their headings; what isn't matched is asked for once.

    `year` says of which form it is. Raises Refused.
    """
    if refusal := can_bring_template(by=by, today=today):
        raise Refused(refusal)
    try:
        head = superior.read_head(taken.data, head_rows)
    except Unreadable as unreadable:
        raise Refused(Refusal(unreadable.code, unreadable.message)) from None
    edition = form_for(year).edition
    row = SuperiorTemplate.objects.create(
        name=name.strip(),
        edition=edition,
        source=keep(taken),
        sheet=head.sheet,
        head=head.rows,
        columns=superior.meanings(head.headings, edition),
        brought_by=by,
        brought_on=today,
    )
    record("annualreport.bring_template", row, by=by, today=today, columns=len(row.columns), open=row.open_columns)
    return row


@transaction.atomic
def say_columns(template: SuperiorTemplate, texts: Sequence[str], *, by: User, today: date) -> SuperiorTemplate:
    """Say what the columns mean, one text a column in their order; kept for the next template. Raises Refused."""
    row = locked(template)
    if refusal := can_bring_template(by=by, today=today):
        raise Refused(refusal)
    said = [superior.understood(text, row.edition) for text in texts]
    if len(said) != len(row.columns):
        raise Refused(Refusal("columns_changed", "列数与模板不符，请重新打开这一页"))
    wrong = [
        heading or str(at)
        for at, ((heading, _), one) in enumerate(zip(row.columns, said, strict=True), 1)
        if one is None
    ]
    if wrong:
        raise Refused(Refusal("not_understood", f"这些列写的不是统计表的格，也不在可选的项里：{'、'.join(wrong)}"))
    row.columns = [[heading, one] for (heading, _), one in zip(row.columns, said, strict=True)]
    row.save(update_fields=["columns"])
    record("annualreport.say_columns", row, by=by, today=today, open=row.open_columns)
    return row
