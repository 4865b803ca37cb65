"""What casework counts: tables three and four, and parts 三 to 七 of the 2014 form (forms.json; domain-spec §11.4, §11.8)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import BooleanField, Count, Exists, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models import Case as Case_

from gongkai.agencies.ledger import Figure, Period, Scope
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
Organs = Collection[int]
"""Keys of the organs that count. Named one by one: through a subquery a database reads whole tables instead of indexes."""


def figures(period: Period, scope: Scope, wanted: Container[str] | None = None) -> dict[str, Figure]:
    """Cells of all three forms that are counted from casework's rows; sums are derived by the forms themselves.

    `wanted`: the cells of the year's form; what it doesn't have is not counted.
    """
    organs = scope.keys(period)
    found = {
        **_applications(period, organs, wanted),
        **_answers(period, organs, wanted),
        **disputes(period, scope, wanted),
    }
    for cell, ledger in _ONE_CELL.items():
        if wanted is None or cell in wanted:
            found |= ledger(period, organs)
    return found


def shared(cell: str) -> bool:
    """Whether a region's figure is not the sum of its organs': a docket that several share counts once."""
    return cell.startswith(("t4.", "t14.4", "t14.5"))


def disputes(period: Period, scope: Scope, wanted: Container[str] | None = None) -> dict[str, Figure]:
    """The cells that are `shared`: reviews and suits."""
    organs = scope.keys(period)
    reviews, suits = _disputes(ReviewCase, organs), _disputes(Lawsuit, organs)
    after = lambda prior: _disputes(Lawsuit, organs, Q(prior_review=prior))  # noqa: E731
    found: dict[str, Figure] = {}
    if wanted is None or "t4.review.upheld" in wanted:
        found |= table_four(reviews, after(False), after(True), period)
    if wanted is None or "t14.4" in wanted:
        found |= disputes_2014(reviews, suits, period)
    return found


# What was closed, counted once for table three and for the 2014 form --------------------------------------------------


@dataclass(frozen=True)
class Answers:
    """Which closed cases a cell counts: by outcome, where one outcome has several cells by ground, and by applicant."""

    outcomes: frozenset[tuple[str, str | None]]
    kind: str | None = None

    def counts(self, kind: str, outcome: str, ground: str) -> bool:
        mine = {(outcome, None), (outcome, ground)} & self.outcomes
        return bool(mine) and self.kind in (None, kind)

    def rows(self, closed: Q) -> Q:
        """The same as a condition on cases."""
        plain = [outcome for outcome, ground in self.outcomes if ground is None]
        condition = Q(counted_outcome__in=sorted(plain))
        for outcome, ground in sorted(pair for pair in self.outcomes if pair[1] is not None):
            condition |= Q(counted_outcome=outcome, counted_ground=ground)
        return closed & condition & (Q(applicant__kind=self.kind) if self.kind else Q())


def _answers(period: Period, organs: Organs, wanted: Container[str] | None = None) -> dict[str, Figure]:
    """Every cell of an outcome, in the three forms, from one grouped query over the cases closed in the period."""
    closed = Q(counted_on__range=(period.first, period.last))
    groups = (
        Case.objects.filter(closed, agency__in=organs)
        .order_by()
        .values_list("applicant__kind", "counted_outcome", "counted_ground")
        .annotate(number=Count("*"))
    )
    counted = list(groups)
    return {
        cell: Figure(
            sum(number for kind, outcome, ground, number in counted if answers.counts(kind, outcome, ground)),
            _rows(organs, answers.rows(closed)),
        )
        for cell, answers in ANSWER_CELLS.items()
        if wanted is None or cell in wanted
    }


def _answer_cells() -> dict[str, Answers]:
    """Cells by outcome (decisions.json): 2014 by outcome or ground, 2019 and 2021 a row in six columns.

    The two later forms share their rows but for r3_6, which the last one splits; each form takes its own.
    """
    cells: dict[str, set[tuple[str, str | None]]] = {}
    rows: dict[str, set[tuple[str, str | None]]] = {}
    for code, outcome in OUTCOMES.items():
        for ground in outcome.cells_by_ground or (None,):
            if cell := cell_for(code, "2014", ground):
                cells.setdefault(cell, set()).add((code, ground))
        for edition in ("2019", "2021"):
            if row := cell_for(code, edition):
                rows.setdefault(row, set()).add((code, None))
    by_kind = {
        f"t3.{row}.{kind}": Answers(frozenset(codes), kind)
        for row, codes in rows.items()
        for kind in ApplicantKind.values
    }
    return {cell: Answers(frozenset(codes)) for cell, codes in cells.items()} | by_kind


ANSWER_CELLS = _answer_cells()


# What came in, what is carried over, and how it was closed -----------------------------------------------------------


def _applications(period: Period, organs: Organs, wanted: Container[str] | None = None) -> dict[str, Figure]:
    received = Q(received_on__range=(period.first, period.last))
    closed = Q(counted_on__range=(period.first, period.last))
    table_three = {
        "r1": received,
        # Open when the year began and never closed before: prev(r4).
        "r2": Q(received_on__lt=period.first) & (Q(counted_on=None) | Q(counted_on__gte=period.first)),
        "r4": Q(received_on__lte=period.last) & (Q(counted_on=None) | Q(counted_on__gt=period.last)),
    }
    conditions = {
        "t14.3_1": received,
        "t14.3_1_1": received & Q(channel="in_person"),
        "t14.3_1_2": received & Q(channel="fax"),
        "t14.3_1_3": received & Q(channel__in=["online", "email"]),
        "t14.3_1_4": received & Q(channel__in=["post_signed", "post_ordinary"]),
        "t14.3_2": closed,
        "t14.3_2_1": closed & Q(counted_timely__in=[Timely.ONTIME, Timely.WITHDRAWN]),
        "t14.3_2_2": closed & Q(counted_timely=Timely.EXTENDED),
        **{
            f"t3.{row}.{kind}": condition & Q(applicant__kind=kind)
            for row, condition in table_three.items()
            for kind in ApplicantKind.values
        },
    }
    conditions = {cell: each for cell, each in conditions.items() if wanted is None or cell in wanted}
    groups = _groups(Case.objects.filter(agency__in=organs, received_on__lte=period.last), period)
    return {
        cell: Figure(sum(group.number for group in groups if FLOW_CELLS[cell](group)), _rows(organs, each))
        for cell, each in conditions.items()
    }


class Flow(NamedTuple):
    """So many cases that came in alike and went alike."""

    kind: str
    channel: str
    timely: str
    came: bool
    """Received in the year, not before."""
    went: bool
    """Closed in the year: else it is open at its end."""
    number: int


def _groups(cases: QuerySet[Case], period: Period) -> list[Flow]:
    """Open cases and those closed since the year began, apart: whatever was closed before stands in none of the cells.

    Asked for with an "or", a database walks the cases of all organs.
    """
    found: list[Flow] = []
    for near in (Q(counted_on=None), Q(counted_on__gte=period.first)):
        grouped = (
            cases.filter(near)
            .order_by()
            .annotate(came=_truth(received_on__gte=period.first), went=_truth(counted_on__lte=period.last))
            .values_list("applicant__kind", "channel", "counted_timely", "came", "went")
            .annotate(number=Count("*"))
        )
        found += [Flow(*row) for row in grouped]
    return found


def _truth(**condition: Any) -> Case_:
    return Case_(When(**condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _flow_cells() -> dict[str, Callable[[Flow], bool]]:
    """Which groups a cell counts: the same as its condition in `_applications`, said of a group."""
    cells: dict[str, Callable[[Flow], bool]] = {
        "t14.3_1": lambda flow: flow.came,
        "t14.3_1_1": lambda flow: flow.came and flow.channel == "in_person",
        "t14.3_1_2": lambda flow: flow.came and flow.channel == "fax",
        "t14.3_1_3": lambda flow: flow.came and flow.channel in ("online", "email"),
        "t14.3_1_4": lambda flow: flow.came and flow.channel in ("post_signed", "post_ordinary"),
        "t14.3_2": lambda flow: flow.went,
        "t14.3_2_1": lambda flow: flow.went and flow.timely in (Timely.ONTIME, Timely.WITHDRAWN),
        "t14.3_2_2": lambda flow: flow.went and flow.timely == Timely.EXTENDED,
    }
    for kind in ApplicantKind.values:
        cells[f"t3.r1.{kind}"] = lambda flow, kind=kind: flow.came and flow.kind == kind
        cells[f"t3.r2.{kind}"] = lambda flow, kind=kind: not flow.came and flow.kind == kind
        cells[f"t3.r4.{kind}"] = lambda flow, kind=kind: not flow.went and flow.kind == kind
    return cells


FLOW_CELLS = _flow_cells()


def _rows(organs: Organs, condition: Q) -> Query:
    return lambda: (
        Case.objects.filter(condition, agency__in=organs).select_related("agency").defer("info_desc").order_by("pk")
    )


def _corrections(period: Period, organs: Organs) -> dict[str, Figure]:
    """告知作出更改补充数: the 补正告知 itself, once per application (domain-spec §11.8 item 59)."""

    def rows() -> QuerySet[Case]:
        sent = Q(
            notices__letter="L02",
            notices__voided_on=None,
            notices__deliveries__sent_on__range=(period.first, period.last),
        )
        return _rows(organs, sent)().distinct()

    return {"t14.3_3_7": Figure(rows().order_by().values("pk").count(), rows)}


# Table four and parts four and five of 2014 --------------------------------------------------------------------------


Proceedings = Callable[[], QuerySet[Any]]
"""Rows with `filed_on`, `outcome` and `closed_on`: reviews or suits."""


def table_four(reviews: Proceedings, direct: Proceedings, after: Proceedings, period: Period) -> dict[str, Figure]:
    """Table four from reviews, suits without a review before, and suits after one."""
    return {
        **_group("t4.review", reviews, period),
        **_group("t4.suit_direct", direct, period),
        **_group("t4.suit_after", after, period),
    }


def _disputes(
    model: type[ReviewCase] | type[Lawsuit], organs: Organs, condition: Q | None = None
) -> Callable[[], QuerySet[ReviewCase] | QuerySet[Lawsuit]]:
    """Rows with the organ as respondent or defendant; one docket once, whoever shares it (table4_notes T4-1)."""

    def rows() -> QuerySet[ReviewCase] | QuerySet[Lawsuit]:
        same = model.objects.filter(docket=OuterRef("docket"), agency__in=organs, pk__lt=OuterRef("pk"))
        chosen = model.objects.filter(condition or Q(), ~Exists(same), agency__in=organs)
        return chosen.select_related("agency").defer("claimant").order_by("pk")

    return rows


def _group(prefix: str, base: Proceedings, period: Period) -> dict[str, Figure]:
    """Closed in the year by result; open at its end, whenever it began (`window`)."""
    closed = Q(closed_on__range=(period.first, period.last))
    conditions = {
        "upheld": closed & Q(outcome__in=UPHELD),
        "corrected": closed & Q(outcome__in=CORRECTED),
        "other": closed & ~Q(outcome__in=[*UPHELD, *CORRECTED]),
        "pending": Q(filed_on__lte=period.last) & (Q(closed_on=None) | Q(closed_on__gt=period.last)),
    }
    # What came later or was closed before stands in none of them.
    near = base().filter(Q(closed_on=None) | Q(closed_on__gte=period.first), filed_on__lte=period.last)
    counts = near.order_by().aggregate(**{name: Count("pk", filter=each) for name, each in conditions.items()})
    return {f"{prefix}.{name}": Figure(counts[name], _filtered(base, each)) for name, each in conditions.items()}


def disputes_2014(reviews: Proceedings, suits: Proceedings, period: Period) -> dict[str, Figure]:
    """Counted in the year they came in; what is still open at its end is 其他情形 (forms.json t14.4_3, t14.5_3)."""
    cells: dict[str, Figure] = {}
    for prefix, base in (("t14.4", reviews), ("t14.5", suits)):
        filed = Q(filed_on__range=(period.first, period.last))
        known = Q(closed_on__lte=period.last)
        upheld, corrected = known & Q(outcome__in=UPHELD), known & Q(outcome__in=CORRECTED)
        rest = Q(closed_on=None) | Q(closed_on__gt=period.last) | ~Q(outcome__in=[*UPHELD, *CORRECTED])
        conditions = {"": filed, "_1": filed & upheld, "_2": filed & corrected, "_3": filed & rest}
        names = {ending: f"n{ending}" for ending in conditions}
        counts = (
            base()
            .filter(filed)
            .order_by()
            .aggregate(**{names[ending]: Count("pk", filter=each) for ending, each in conditions.items()})
        )
        for ending, each in conditions.items():
            cells[f"{prefix}{ending}"] = Figure(counts[names[ending]], _filtered(base, each))
    return cells


def _filtered(base: Callable[[], QuerySet], condition: Q) -> Callable[[], QuerySet]:  # type: ignore[type-arg]
    return lambda: base().filter(condition)


# Complaints and money ------------------------------------------------------------------------------------------------


def _complaints(period: Period, organs: Organs) -> dict[str, Figure]:
    def rows() -> QuerySet[Complaint]:
        received = Complaint.objects.filter(agency__in=organs, received_on__range=(period.first, period.last))
        return received.select_related("agency").defer("matter", "complainant", "result_words").order_by("pk")

    return {"t14.6": Figure(rows().count(), rows)}


def _fees(period: Period, organs: Organs) -> dict[str, Figure]:
    """依申请公开信息收取的费用, in 万元 as the form writes it."""

    def rows() -> QuerySet[FeeReceipt]:
        paid = FeeReceipt.objects.filter(agency__in=organs, paid_on__range=(period.first, period.last))
        return paid.select_related("agency").order_by("pk")

    fen = rows().order_by().aggregate(sum=Sum("amount_fen"))["sum"] or 0
    return {"t14.7": Figure(Decimal(fen) / FEN_PER_WAN_YUAN, rows)}


_ONE_CELL = {"t14.3_3_7": _corrections, "t14.6": _complaints, "t14.7": _fees}
