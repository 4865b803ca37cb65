"""What casework counts: tables three and four, and parts 三 to 七 of the 2014 form (forms.json; domain-spec §11.4, §11.8)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from gongkai.agencies.ledger import Figure, Period, Scope
from gongkai.agencies.models import Agency
from gongkai.casework.models import (
    ApplicantKind,
    Case,
    Complaint,
    FeeReceipt,
    Lawsuit,
    ReviewCase,
    Timely,
)
from gongkai.casework.models.fee import FEN_PER_WAN_YUAN
from gongkai.casework.models.remedy import CORRECTED, UPHELD
from gongkai_core.outcomes import OUTCOMES, cell_for

Query = Callable[[], QuerySet[Case]]


def figures(period: Period, scope: Scope) -> dict[str, Figure]:
    """Cells of all three forms that are counted from casework's rows; sums are derived by the forms themselves."""
    organs = scope.agencies(period)
    return {
        **_table_three(period, organs),
        **_table_four(period, organs),
        **_applications_2014(period, organs),
        **_disputes_2014(period, organs),
        **_complaints(period, organs),
        **_fees(period, organs),
    }


# Table three ---------------------------------------------------------------------------------------------------------


def _table_three(period: Period, organs: QuerySet[Agency]) -> dict[str, Figure]:
    before = Q(received_on__lt=period.first) & (Q(counted_on=None) | Q(counted_on__gte=period.first))
    carried = Q(received_on__lte=period.last) & (Q(counted_on=None) | Q(counted_on__gt=period.last))
    rows: dict[str, Q] = {
        "r1": Q(received_on__range=(period.first, period.last)),
        "r2": before,  # open when the year began and never closed before: prev(r4)
        "r4": carried,
        **_outcome_rows(period),
    }
    cases = Case.objects.filter(agency__in=organs)
    counts = cases.aggregate(
        **{
            f"{row}__{kind}": Count("pk", filter=condition & Q(applicant__kind=kind))
            for row, condition in rows.items()
            for kind in ApplicantKind.values
        }
    )
    return {
        f"t3.{row}.{kind}": Figure(counts[f"{row}__{kind}"], _rows(organs, condition & Q(applicant__kind=kind)))
        for row, condition in rows.items()
        for kind in ApplicantKind.values
    }


def _outcome_rows(period: Period) -> dict[str, Q]:
    """The rows of part 三 by outcome; both editions, whose rows only differ in r3_6."""
    outcomes: dict[str, set[str]] = {}
    for code in OUTCOMES:
        for edition in ("2019", "2021"):
            if row := cell_for(code, edition):
                outcomes.setdefault(row, set()).add(code)
    closed = Q(counted_on__range=(period.first, period.last))
    return {row: closed & Q(counted_outcome__in=sorted(codes)) for row, codes in sorted(outcomes.items())}


def _rows(organs: QuerySet[Agency], condition: Q) -> Query:
    return lambda: (
        Case.objects.filter(condition, agency__in=organs).select_related("agency").defer("info_desc").order_by("pk")
    )


# The 2014 form: part three -------------------------------------------------------------------------------------------


def _applications_2014(period: Period, organs: QuerySet[Agency]) -> dict[str, Figure]:
    received = Q(received_on__range=(period.first, period.last))
    closed = Q(counted_on__range=(period.first, period.last))
    conditions = {
        "t14.3_1": received,
        "t14.3_1_1": received & Q(channel="in_person"),
        "t14.3_1_2": received & Q(channel="fax"),
        "t14.3_1_3": received & Q(channel__in=["online", "email"]),
        "t14.3_1_4": received & Q(channel__in=["post_signed", "post_ordinary"]),
        "t14.3_2": closed,
        "t14.3_2_1": closed & Q(counted_timely__in=[Timely.ONTIME, Timely.WITHDRAWN]),
        "t14.3_2_2": closed & Q(counted_timely=Timely.EXTENDED),
        **{cell: closed & condition for cell, condition in _answers_2014().items()},
    }
    cases = Case.objects.filter(agency__in=organs)
    counts = cases.aggregate(**{_name(cell): Count("pk", filter=each) for cell, each in conditions.items()})
    counted = {cell: Figure(counts[_name(cell)], _rows(organs, each)) for cell, each in conditions.items()}
    return {**counted, "t14.3_3_7": _corrections_2014(period, organs)}


def _answers_2014() -> dict[str, Q]:
    """Cells of 申请答复数 by outcome; an outcome spread over several is counted once, by its ground."""
    cells: dict[str, Q] = {}
    for code, outcome in OUTCOMES.items():
        for ground in outcome.cells_by_ground or (None,):
            if cell := cell_for(code, "2014", ground):
                condition = Q(counted_outcome=code) & (Q(counted_ground=ground) if ground else Q())
                cells[cell] = cells.get(cell, Q(pk__in=[])) | condition
    return cells


def _corrections_2014(period: Period, organs: QuerySet[Agency]) -> Figure:
    """告知作出更改补充数: the 补正告知 itself, once per application (domain-spec §11.8 item 59)."""

    def rows() -> QuerySet[Case]:
        sent = Q(
            notices__letter="L02",
            notices__voided_on=None,
            notices__deliveries__sent_on__range=(period.first, period.last),
        )
        return _rows(organs, sent)().distinct()

    return Figure(rows().count(), rows)


# Table four and parts four and five of 2014 --------------------------------------------------------------------------


def _table_four(period: Period, organs: QuerySet[Agency]) -> dict[str, Figure]:
    suits = lambda prior: _disputes(Lawsuit, organs, Q(prior_review=prior))  # noqa: E731
    return {
        **_group("t4.review", _disputes(ReviewCase, organs), period),
        **_group("t4.suit_direct", suits(False), period),
        **_group("t4.suit_after", suits(True), period),
    }


def _disputes(
    model: type[ReviewCase] | type[Lawsuit], organs: QuerySet[Agency], condition: Q | None = None
) -> Callable[[], QuerySet[ReviewCase] | QuerySet[Lawsuit]]:
    """Rows with the organ as respondent or defendant; one docket once, whoever shares it (table4_notes T4-1)."""

    def rows() -> QuerySet[ReviewCase] | QuerySet[Lawsuit]:
        same = model.objects.filter(docket=OuterRef("docket"), agency__in=organs, pk__lt=OuterRef("pk"))
        chosen = model.objects.filter(condition or Q(), ~Exists(same), agency__in=organs)
        return chosen.select_related("agency").defer("claimant").order_by("pk")

    return rows


def _group(
    prefix: str, base: Callable[[], QuerySet[ReviewCase] | QuerySet[Lawsuit]], period: Period
) -> dict[str, Figure]:
    """Closed in the year by result; open at its end, whenever it began (`window`)."""
    closed = Q(closed_on__range=(period.first, period.last))
    conditions = {
        "upheld": closed & Q(outcome__in=UPHELD),
        "corrected": closed & Q(outcome__in=CORRECTED),
        "other": closed & ~Q(outcome__in=[*UPHELD, *CORRECTED]),
        "pending": Q(filed_on__lte=period.last) & (Q(closed_on=None) | Q(closed_on__gt=period.last)),
    }
    counts = base().order_by().aggregate(**{name: Count("pk", filter=each) for name, each in conditions.items()})
    return {f"{prefix}.{name}": Figure(counts[name], _filtered(base, each)) for name, each in conditions.items()}


def _disputes_2014(period: Period, organs: QuerySet[Agency]) -> dict[str, Figure]:
    """Counted in the year they came in; what is still open at its end is 其他情形 (forms.json t14.4_3, t14.5_3)."""
    cells: dict[str, Figure] = {}
    for prefix, base in (("t14.4", _disputes(ReviewCase, organs)), ("t14.5", _disputes(Lawsuit, organs))):
        filed = Q(filed_on__range=(period.first, period.last))
        known = Q(closed_on__lte=period.last)
        upheld, corrected = known & Q(outcome__in=UPHELD), known & Q(outcome__in=CORRECTED)
        rest = Q(closed_on=None) | Q(closed_on__gt=period.last) | ~Q(outcome__in=[*UPHELD, *CORRECTED])
        conditions = {"": filed, "_1": filed & upheld, "_2": filed & corrected, "_3": filed & rest}
        names = {ending: f"n{ending}" for ending in conditions}
        counts = (
            base()
            .order_by()
            .aggregate(**{names[ending]: Count("pk", filter=each) for ending, each in conditions.items()})
        )
        for ending, each in conditions.items():
            cells[f"{prefix}{ending}"] = Figure(counts[names[ending]], _filtered(base, each))
    return cells


def _filtered(base: Callable[[], QuerySet], condition: Q) -> Callable[[], QuerySet]:  # type: ignore[type-arg]
    return lambda: base().filter(condition)


# Complaints and money ------------------------------------------------------------------------------------------------


def _complaints(period: Period, organs: QuerySet[Agency]) -> dict[str, Figure]:
    def rows() -> QuerySet[Complaint]:
        received = Complaint.objects.filter(agency__in=organs, received_on__range=(period.first, period.last))
        return received.select_related("agency").defer("matter", "complainant", "result_words").order_by("pk")

    return {"t14.6": Figure(rows().count(), rows)}


def _fees(period: Period, organs: QuerySet[Agency]) -> dict[str, Figure]:
    """依申请公开信息收取的费用, in 万元 as the form writes it."""

    def rows() -> QuerySet[FeeReceipt]:
        paid = FeeReceipt.objects.filter(agency__in=organs, paid_on__range=(period.first, period.last))
        return paid.select_related("agency").order_by("pk")

    fen = rows().order_by().aggregate(sum=Sum("amount_fen"))["sum"] or 0
    return {"t14.7": Figure(Decimal(fen) / FEN_PER_WAN_YUAN, rows)}


def _name(cell: str) -> str:
    return "n_" + cell.replace(".", "_")
