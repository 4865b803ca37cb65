from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import User
from gongkai.statistics.models import Explanation
from gongkai.statistics.permissions import may_change
from gongkai.trail.chain import record
from gongkai_core.refusals import Refused
from gongkai_core.returns import form_for


@transaction.atomic
def explain(year: int, scope: Scope, cell: str, text: str, *, by: User, today: date) -> Explanation | None:
    """Write an explanation under the table for a cell; an empty text takes it away. Raises Refused."""
    if refusal := may_change(scope, by=by, today=today):
        raise Refused(refusal)
    form_for(year).cell(cell)
    key = {"agency": scope.agency, "whole_region": scope.whole_region, "year": year, "cell": cell}
    record(
        "statistics.explain", scope.agency, by=by, today=today, ground="条例第五十条", year=year, cell=cell, text=text
    )
    if not text.strip():
        Explanation.objects.filter(**key).delete()
        return None
    return Explanation.objects.update_or_create(**key, defaults={"text": text.strip(), "written_by": by})[0]
