"""What a report prints besides the cells of its snapshot, gathered once at compilation and kept with it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Installation
from gongkai.casework.models import FeeReceipt
from gongkai.registers.figures import channel_numbers
from gongkai.statistics.compilation import frozen
from gongkai.statistics.models import Explanation, Snapshot

YEARS_BACK = 4
RECEIVED = {"2014": "t14.3_1", "2019": "t3.r1.total", "2021": "t3.r1.total"}
"""Where each edition counts the applications of its year."""


def gather(snapshot: Snapshot) -> dict[str, Any]:
    """Facts as JSON:

    `explanations` (cell → text printed under the table), `left_out` (organs that don't roll up, listed under a
    region's tables), `received` (year → applications, with the years right before as frozen), `fee` (receipts of 信息处理费:
    count and yuan; 国办函〔2020〕109号), `channels` (channel → pieces filed by months), `domain` of the site and the organ's `contact`.
    """
    scope = Scope(snapshot.agency, snapshot.whole_region)
    period = Period.of_year(snapshot.year)
    written = Explanation.objects.filter(agency=snapshot.agency, whole_region=snapshot.whole_region, year=snapshot.year)
    installation = Installation.current()
    return {
        "explanations": dict(written.values_list("cell", "text")),
        "left_out": [organ.name for organ in scope.left_out(period)] if scope.whole_region else [],
        "received": _received(snapshot, scope),
        "fee": _fee(scope, period),
        "channels": channel_numbers(period, scope),
        "domain": installation.domain if installation else "",
        "contact": _contact(snapshot),
    }


def _received(snapshot: Snapshot, scope: Scope) -> dict[str, int]:
    found: dict[str, int] = {}
    for year in range(snapshot.year, snapshot.year - YEARS_BACK - 1, -1):
        rows = snapshot if year == snapshot.year else frozen(scope, year)
        value = rows.figures.get(RECEIVED[rows.edition]) if rows else None
        if value is None:  # a gap would make years neighbours that are none
            break
        found[str(year)] = int(value)
    return found


def _fee(scope: Scope, period: Period) -> dict[str, Any]:
    receipts = FeeReceipt.objects.filter(agency__in=scope.agencies(period), paid_on__range=(period.first, period.last))
    sums = receipts.aggregate(count=Count("pk"), fen=Sum("amount_fen"))
    return {"count": sums["count"], "yuan": str(Decimal(sums["fen"] or 0) / 100)}


def _contact(snapshot: Snapshot) -> str:
    organ = snapshot.agency
    rows = (("地址", organ.address), ("邮编", organ.postcode), ("电话", organ.phone))
    return "，".join(f"{label}：{value}" for label, value in rows if value)
