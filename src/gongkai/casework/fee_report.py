"""信息处理费收取情况: the year's special report, each figure with the records behind it (domain-spec F-11; 年报第六部分)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from gongkai.agencies.ledger import Figure, Period
from gongkai.agencies.models import Agency
from gongkai.casework.models import FeeCharge, FeeMethod, FeeReceipt

FEN = Decimal(100)


@dataclass(frozen=True)
class Line:
    """One line of the report: how many, how much, and the rows."""

    key: str
    name: str
    count: Figure
    amount: Figure
    """In 元."""
    part: bool = False
    """其中: a part of the line above."""


def lines(period: Period, organs: QuerySet[Agency]) -> list[Line]:
    """What was demanded, by tariff; what came of it; what went to the treasury.

    A demand counts in the year its notice arrived; money in the year it was paid; an abandonment in the year the case
    was closed for it (other.no_payment). A notice that was made void demands nothing.
    """
    demanded = Q(delivered_on__range=(period.first, period.last))
    waiting = demanded & _unpaid(period.last) & ~_abandoned(period.last)
    abandoned = Q(case__counted_outcome="other.no_payment", case__counted_on__range=(period.first, period.last))
    return [
        _charges("demanded", "发出收费通知", organs, demanded),
        _charges("per_case", "按件计收", organs, demanded & Q(method=FeeMethod.PER_CASE), part=True),
        _charges("per_page", "按量计收", organs, demanded & Q(method=FeeMethod.PER_PAGE), part=True),
        _receipts("received", "收取并缴入国库", organs, period, Q()),
        _receipts("with_case", "对应到申请的", organs, period, Q(case__isnull=False), part=True),
        _receipts("without_case", "没有对应申请的", organs, period, Q(case=None), part=True),
        _charges("waiting", "年末未缴、尚在缴费期限内或者待认定", organs, waiting),
        _charges("abandoned", "逾期未缴，不再处理", organs, abandoned),
    ]


def _unpaid(last: date) -> Q:
    paid = FeeReceipt.objects.filter(case__isnull=False, paid_on__lte=last)
    return ~Q(case__in=paid.values("case"))


def _abandoned(last: date) -> Q:
    return Q(case__counted_on__lte=last)


def _charges(key: str, name: str, organs: QuerySet[Agency], condition: Q, *, part: bool = False) -> Line:
    def rows() -> QuerySet[FeeCharge]:
        found = FeeCharge.objects.filter(condition, case__agency__in=organs, notice__voided_on=None)
        return found.select_related("case__agency").defer("case__info_desc").order_by("pk")

    return _line(key, name, rows, part)


def _receipts(
    key: str, name: str, organs: QuerySet[Agency], period: Period, condition: Q, *, part: bool = False
) -> Line:
    def rows() -> QuerySet[FeeReceipt]:
        found = FeeReceipt.objects.filter(condition, agency__in=organs, paid_on__range=(period.first, period.last))
        return found.select_related("agency").order_by("pk")

    return _line(key, name, rows, part)


def _line(key: str, name: str, rows: Callable[[], QuerySet[Any]], part: bool) -> Line:
    fen = rows().order_by().aggregate(sum=Sum("amount_fen"))["sum"] or 0
    return Line(key, name, Figure(rows().count(), rows), Figure(Decimal(fen) / FEN, rows), part)


def sentence(found: list[Line], year: int) -> str:
    """What the sixth part of the annual report says of it (国办公开办函〔2021〕30号): collected, or expressly nothing."""
    by_key = {line.key: line for line in found}
    received, abandoned = by_key["received"], by_key["abandoned"]
    if not received.count.value and not by_key["demanded"].count.value:
        return f"{year}年度未收取信息处理费。"
    words = f"{year}年度发出收费通知{by_key['demanded'].count.value}件，"
    words += f"收取信息处理费{received.count.value}件、{received.amount.value:.2f}元，全部缴入国库"
    if abandoned.count.value:
        words += f"；申请人逾期未缴、不再处理{abandoned.count.value}件"
    return f"{words}。"
