from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import User
from gongkai.statistics.compilation import compile_year
from gongkai.statistics.models import Snapshot
from gongkai.statistics.models.snapshot import digest_of
from gongkai.statistics.permissions import may_change
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第四十九条、第五十条"


def can_freeze(year: int, scope: Scope, *, by: User, today: date) -> Refusal | None:
    if refusal := may_change(scope, by=by, today=today):
        return refusal
    if today < Period.of_year(year).last:
        return Refusal("year_open", f"{year} 年度还没有过完，12 月 31 日起才能冻结", GROUND)
    return None


@transaction.atomic
def freeze(year: int, scope: Scope, *, by: User, today: date) -> Snapshot:
    """Freeze the year's values as they stand. An earlier snapshot stays; the newest one counts. Raises Refused."""
    if refusal := can_freeze(year, scope, by=by, today=today):
        raise Refused(refusal)
    compilation = compile_year(year, scope, cold=True)
    values = {
        cell: value if value is None or isinstance(value, int) else str(value)
        for cell, value in compilation.values.items()
    }
    origins = {cell.id: cell.origin for cell in compilation.cells.values()}
    snapshot = Snapshot.objects.create(
        agency=scope.agency,
        whole_region=scope.whole_region,
        year=year,
        edition=compilation.form.edition,
        values=values,
        origins=origins,
        digest=digest_of(compilation.form.edition, values, origins),
        frozen_by=by,
    )
    record("statistics.freeze", snapshot, by=by, today=today, ground=GROUND, year=year, digest=snapshot.digest)
    return snapshot
