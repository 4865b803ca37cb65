from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.statistics.compilation import Compilation, compile_year, frozen
from gongkai.statistics.crosschecks import unexplained_carry_over
from gongkai.statistics.models import Occasion, Snapshot
from gongkai.statistics.models.snapshot import digest_of
from gongkai.statistics.numbers import to_json
from gongkai.statistics.permissions import may_change
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第四十九条、第五十条"
CARRY_OVER = "国办公开办函〔2021〕30号表三：上年结转等于上年度的结转下年度"


def can_freeze(
    year: int, scope: Scope, *, by: User, today: date, compilation: Compilation | None = None
) -> Refusal | None:
    """Once the year is over, by whoever may change its figures, when what was carried over is that of last year.

    `compilation` where it is at hand already.
    """
    if refusal := may_change(scope, by=by, today=today):
        return refusal
    if today < Period.of_year(year).last:
        return Refusal("year_open", f"{year} 年度还没有过完，12 月 31 日起才能冻结", GROUND)
    carried = unexplained_carry_over(compilation or compile_year(year, scope))
    if carried:
        words = f"“上年结转”与上年的“结转下年度”不等（{carried[0].left} ≠ {carried[0].right}），请先写表下说明"
        return Refusal("carry_over", words, CARRY_OVER)
    return None


@transaction.atomic
def freeze(year: int, scope: Scope, *, by: User, today: date, note: str = "") -> Snapshot:
    """Freeze the year's values as they stand. An earlier snapshot stays; the newest one counts.

    After the earlier one was published this is a correction, and `note` says what is corrected and why. Raises Refused.
    """
    locked(scope.agency)
    compilation = compile_year(year, scope, cold=True)
    if refusal := can_freeze(year, scope, by=by, today=today, compilation=compilation):
        raise Refused(refusal)
    before = frozen(scope, year)
    published = _was_published(scope, year)
    if published and not note.strip():
        raise Refused(Refusal("no_note", "这一年度的数已经公布，再冻结须写更正说明", GROUND))
    values = to_json(compilation.values)
    origins = {cell.id: cell.origin for cell in compilation.cells.values()}
    snapshot = Snapshot.objects.create(
        agency=scope.agency, whole_region=scope.whole_region, year=year, edition=compilation.form.edition, values=values,
        origins=origins, digest=digest_of(compilation.form.edition, values, origins), frozen_by=by,
        number=before.number + 1 if before else 1, note=note.strip(),
        occasion=Occasion.CORRECTION if published else Occasion.YEAR_END,
    )  # fmt: skip
    record(
        "statistics.freeze", snapshot, by=by, today=today, ground=GROUND, year=year, digest=snapshot.digest,
        number=snapshot.number, occasion=snapshot.occasion, note=snapshot.note,
    )  # fmt: skip
    return snapshot


def _was_published(scope: Scope, year: int) -> bool:
    rows = Snapshot.objects.filter(agency=scope.agency, year=year, whole_region=scope.whole_region)
    return rows.exclude(published_on=None).exists()
