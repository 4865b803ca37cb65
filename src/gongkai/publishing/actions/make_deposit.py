from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import User
from gongkai.design.words import BEIJING
from gongkai.publishing.batches import CHUNK
from gongkai.publishing.deposits import GROUND, digest_of, quarter_of, scope_refusal, to_deposit
from gongkai.publishing.models import Deposit, DepositItem
from gongkai.publishing.moments import moment
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_make_deposit(
    scope: Scope, *, by: User, today: date, year: int | None = None, quarter: int | None = None
) -> Refusal | None:
    """The office for the region, the organ for itself; once a quarter, when it is over."""
    if refusal := scope_refusal(scope, by=by, today=today):
        return refusal
    if year is None or quarter is None:
        return None
    if quarter_of(year, quarter).last >= today:
        return Refusal("not_over", f"{year}年第{quarter}季度还没有结束", GROUND)
    made = Deposit.objects.filter(agency=scope.agency, whole_region=scope.whole_region, year=year, quarter=quarter)
    if made.exists():
        return Refusal("made", f"{year}年第{quarter}季度的目录已经编好", GROUND)
    return None


@transaction.atomic
def make_deposit(scope: Scope, *, year: int, quarter: int, by: User, today: date) -> Deposit:
    """Freeze the list of what was made public in a quarter, to be handed over (编制送交目录). Raises Refused."""
    if refusal := can_make_deposit(scope, by=by, today=today, year=year, quarter=quarter):
        raise Refused(refusal)
    items = to_deposit(scope, quarter_of(year, quarter)).select_related("published_version")
    rows = [
        DepositItem(
            position=position,
            item=item,
            title=item.title,
            docno=item.docno,
            index_no=item.index_no,
            published_on=item.first_published_at.astimezone(BEIJING).date(),
            digest=item.published_version.digest,
        )
        for position, item in enumerate(items, start=1)
    ]
    if not rows:
        raise Refused(Refusal("nothing", f"{year}年第{quarter}季度没有公开的信息", GROUND))
    deposit = Deposit.objects.create(
        agency=scope.agency, whole_region=scope.whole_region, year=year, quarter=quarter, size=len(rows),
        digest=digest_of(rows), made_by=by, made_at=moment(today),
    )  # fmt: skip
    for row in rows:
        row.deposit = deposit
    DepositItem.objects.bulk_create(rows, batch_size=CHUNK)
    record(
        "publishing.make_deposit", deposit, by=by, today=today, ground=GROUND, year=year, quarter=quarter,
        size=deposit.size, digest=deposit.digest,
    )  # fmt: skip
    return deposit
