"""Every cell against an independent count in plain Python, for all three forms."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gongkai.agencies.ledger import Period, Scope
from gongkai.casework import actions
from gongkai.casework.figures import figures
from gongkai.casework.models import ApplicantKind, Case, Complaint, FeeReceipt, Lawsuit, Notice, ReviewCase
from gongkai_core.returns import FORMS, derive, form_for

from .conftest import FACTS, MONDAY, Maker, World, answer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KINDS = ApplicantKind.values
CORRECTED = {"revoked", "changed", "confirmed_illegal", "ordered"}
UPHELD = {"upheld", "request_dismissed", "claim_dismissed", "confirmed_legal"}
ROWS_2021 = {
    "r3_1": ["grant.already_public", "grant.provide"], "r3_2": ["partial"], "r3_3_1": ["refuse.state_secret"],
    "r3_3_2": ["refuse.prohibited_by_law"], "r3_3_3": ["refuse.security_stability"], "r3_3_4": ["refuse.third_party"],
    "r3_3_5": ["refuse.internal_affairs"], "r3_3_6": ["refuse.process_info"], "r3_3_7": ["refuse.enforcement_file"],
    "r3_3_8": ["refuse.admin_query"], "r3_4_1": ["unable.not_held.not_exist", "unable.not_held.not_this_organ"],
    "r3_4_2": ["unable.needs_creation"], "r3_4_3": ["unable.still_unclear"], "r3_5_1": ["decline.petition"],
    "r3_5_2": ["decline.repeat"], "r3_5_3": ["decline.publication"], "r3_5_4": ["decline.excessive"],
    "r3_5_5": ["decline.reconfirm"], "r3_6_1": ["other.no_amend"], "r3_6_2": ["other.no_payment"],
    "r3_6_3": ["other.withdrawn", "other.not_gov_info", "other.misc"],
    "r3_6": ["other.no_amend", "other.no_payment", "other.withdrawn", "other.not_gov_info", "other.misc"],
}  # fmt: skip
CELLS_2014 = {
    "t14.3_3_1": ["grant.already_public", "decline.publication"], "t14.3_3_2": ["grant.provide"],
    "t14.3_3_3": ["partial"], "t14.3_3_4_a": ["refuse.state_secret"],
    "t14.3_3_4_b": [("refuse.third_party", "trade_secret")], "t14.3_3_4_c": [("refuse.third_party", "privacy")],
    "t14.3_3_4_d": ["refuse.security_stability"], "t14.3_3_4_e": ["other.not_gov_info", "unable.needs_creation"],
    "t14.3_3_4_f": [
        "refuse.prohibited_by_law", "refuse.internal_affairs", "refuse.process_info", "refuse.enforcement_file",
        "decline.repeat", ("refuse.third_party", "other"),
    ],
    "t14.3_3_5": ["unable.not_held.not_this_organ"], "t14.3_3_6": ["unable.not_held.not_exist"],
    "t14.3_3_8": ["decline.petition", "refuse.admin_query", "other.misc"],
}  # fmt: skip
CHANNELS = {
    "t14.3_1_1": ["in_person"], "t14.3_1_2": ["fax"], "t14.3_1_3": ["online", "email"],
    "t14.3_1_4": ["post_signed", "post_ordinary"],
}  # fmt: skip


@pytest.fixture
def three_years(world: World, processing: Maker, scan: Any) -> World:
    """Cases received in 2025 and 2026, some carried over, in many outcomes, channels and columns."""
    kinds, channels = itertools.cycle(KINDS), itertools.cycle(["online", "in_person", "fax", "post_signed", "email"])
    outcomes = [code for code in FACTS if code.split(".")[0] in ("grant", "partial", "refuse", "decline")]
    outcomes = [code for code in outcomes if code not in ("refuse.third_party", "decline.excessive")]
    for number, outcome in enumerate([*outcomes, "other.misc", "unable.needs_creation", "grant.provide"]):
        on = date(2025, 12, 22) if number % 3 == 0 else MONDAY
        case = made(processing, on, next(kinds), next(channels), world)
        answer(case, world, outcome, on=date(2026, 1, 5) if number % 6 == 0 else on)
    for ground in ("privacy", "trade_secret", "other"):
        case = made(processing, MONDAY, "business", "online", world)
        inquiry = actions.ask(
            case, "third_party", name="某公司", question="投标文件", method="post", by=world.staff.handler, today=MONDAY,
            delivered_on=MONDAY, files=False,
        )  # fmt: skip
        actions.answered(inquiry, on=MONDAY, opinion="refuse", by=world.staff.handler, today=MONDAY)
        case.refresh_from_db()
        answer(case, world, "refuse.third_party", on=MONDAY, ground=ground)
    late = made(processing, date(2025, 12, 1), "ngo", "online", world)
    answer(late, world, "grant.provide", on=MONDAY)  # overdue, counted in the year it was closed
    made(processing, date(2025, 12, 30), "natural_person", "online", world)  # still open
    withdrawn = made(processing, MONDAY, "research", "online", world)
    actions.withdraw(withdrawn, paper=scan, by=None, today=MONDAY)
    asked = made(processing, MONDAY, "legal", "online", world)
    actions.ask_correction(
        asked, items="一", guidance="二", return_by=date(2026, 3, 20), method="online", by=world.staff.handler,
        today=MONDAY, files=False,
    )  # fmt: skip
    disputes(world)
    return world


def made(processing: Maker, on: date, kind: str, channel: str, world: World) -> Case:
    days: dict[str, Any] = {"signed_on": on, "confirmed_on": on, "by": world.staff.registrar}
    return processing(on=on, applicant={"kind": kind}, channel=channel, **(days if channel != "online" else {}))


def disputes(world: World) -> None:
    county, bureau = world.county, world.bureau
    ends = [("upheld", date(2026, 5, 1)), ("revoked", date(2026, 6, 1)), ("withdrawn", date(2026, 7, 1)), ("", None)]
    for number, (outcome, closed) in enumerate([*ends, ("ordered", date(2027, 1, 9)), ("mediated", date(2025, 3, 3))]):
        filed = date(2025, 1, 8) if outcome == "mediated" else date(2026, 2, number + 1)
        ReviewCase.objects.create(
            agency=bureau, docket=f"清府复〔2026〕{number + 1}号", review_body="清溪县人民政府", filed_on=filed,
            outcome=outcome, closed_on=closed,
        )  # fmt: skip
        result = {"upheld": "claim_dismissed", "mediated": "mediated"}.get(outcome, outcome)
        Lawsuit.objects.create(
            agency=bureau, docket=f"（2026）行初{number + 1}号", court="清溪县人民法院", prior_review=number % 2 == 0,
            filed_on=filed, outcome=result, closed_on=closed,
        )  # fmt: skip
    # Department and county respond together: once in the county's roll-up, once in each one's own.
    ReviewCase.objects.create(
        agency=county, docket="清府复〔2026〕1号", review_body="澄江市人民政府", filed_on=date(2026, 2, 1),
        outcome="upheld", closed_on=date(2026, 5, 1),
    )  # fmt: skip
    for number in range(3):
        Complaint.objects.create(
            agency=bureau, received_at=bureau, number=f"举{number}", received_on=date(2026, 4, 1 + number), source="信箱", matter="未公开",
            subject="未按期公开",
        )  # fmt: skip
    for fen in (38_000, 10_000):
        FeeReceipt.objects.create(agency=bureau, amount_fen=fen, paid_on=date(2026, 4, 2))


def in_year(day: date | None, year: int) -> bool:
    return day is not None and day.year == year


def test_every_cell_is_the_independent_count(three_years: World, subtests: pytest.Subtests) -> None:
    for year, whole in itertools.product((2025, 2026, 2027), (True, False)):
        with subtests.test(year=year, whole=whole):
            compare_with_recount(three_years, year, whole)


def compare_with_recount(world: World, year: int, whole: bool) -> None:
    scope = Scope(world.county if whole else world.bureau, whole_region=whole)
    counted = figures(Period.of_year(year), scope)
    expected = recount(world, year, whole)
    assert {cell: figure.value for cell, figure in counted.items()} == expected
    for cell, figure in counted.items():
        rows = list(figure.records())
        amount = sum(row.as_record().amount for row in rows)
        assert amount == figure.value, cell
        assert len({row.pk for row in rows}) == len(rows)
        for row in rows:
            assert row.as_record().url.startswith("/desk/casework/")


def recount(world: World, year: int, whole: bool) -> dict[str, Any]:
    """All cells again, by loops over all rows."""
    organs = {world.bureau.pk, world.county.pk} if whole else {world.bureau.pk}
    cases = [case for case in Case.objects.select_related("applicant") if case.agency_id in organs]
    cells: dict[str, Any] = {}
    for kind in KINDS:
        mine = [case for case in cases if case.applicant.kind == kind]
        cells[f"t3.r1.{kind}"] = sum(in_year(case.received_on, year) for case in mine)
        for row, when in (("r2", date(year - 1, 12, 31)), ("r4", date(year, 12, 31))):
            cells[f"t3.{row}.{kind}"] = sum(
                case.received_on <= when and (case.counted_on is None or case.counted_on > when) for case in mine
            )
        for row, codes in ROWS_2021.items():
            cells[f"t3.{row}.{kind}"] = sum(
                case.counted_year == year and case.counted_outcome in codes for case in mine
            )
    cells["t14.3_1"] = sum(in_year(case.received_on, year) for case in cases)
    for cell, channels in CHANNELS.items():
        cells[cell] = sum(in_year(case.received_on, year) and case.channel in channels for case in cases)
    closed = [case for case in cases if case.counted_year == year]
    cells["t14.3_2"] = len(closed)
    cells["t14.3_2_1"] = sum(case.counted_timely in ("ontime", "withdrawn") for case in closed)
    cells["t14.3_2_2"] = sum(case.counted_timely == "extended" for case in closed)
    for cell, codes in CELLS_2014.items():
        cells[cell] = sum(
            case.counted_outcome in codes or (case.counted_outcome, case.counted_ground) in codes for case in closed
        )
    sent = [n for n in Notice.objects.filter(letter="L02") if any(in_year(d.sent_on, year) for d in n.deliveries.all())]
    cells["t14.3_3_7"] = len({notice.case_id for notice in sent})
    return {**cells, **recount_disputes(organs, year), **recount_rest(organs, year)}


def recount_disputes(organs: set[int], year: int) -> dict[str, int]:
    cells: dict[str, int] = {}
    end = date(year, 12, 31)
    groups = {
        "review": list(ReviewCase.objects.order_by("pk")),
        "suit_direct": [suit for suit in Lawsuit.objects.order_by("pk") if not suit.prior_review],
        "suit_after": [suit for suit in Lawsuit.objects.order_by("pk") if suit.prior_review],
    }
    once: dict[str, list[Any]] = {}
    for name, rows in groups.items():
        by_docket: dict[str, Any] = {}
        for row in rows:
            if row.agency_id in organs:
                by_docket.setdefault(row.docket, row)
        once[name] = list(by_docket.values())
        done = [row for row in once[name] if in_year(row.closed_on, year)]
        cells[f"t4.{name}.upheld"] = sum(row.outcome in UPHELD for row in done)
        cells[f"t4.{name}.corrected"] = sum(row.outcome in CORRECTED for row in done)
        cells[f"t4.{name}.other"] = sum(row.outcome not in UPHELD | CORRECTED for row in done)
        cells[f"t4.{name}.pending"] = sum(
            row.filed_on <= end and (row.closed_on is None or row.closed_on > end) for row in once[name]
        )
    for prefix, rows in (("t14.4", once["review"]), ("t14.5", once["suit_direct"] + once["suit_after"])):
        filed = [row for row in rows if in_year(row.filed_on, year)]
        results = [row.outcome if row.closed_on and row.closed_on <= end else "" for row in filed]
        cells[prefix] = len(filed)
        cells[f"{prefix}_1"] = sum(result in UPHELD for result in results)
        cells[f"{prefix}_2"] = sum(result in CORRECTED for result in results)
        cells[f"{prefix}_3"] = cells[prefix] - cells[f"{prefix}_1"] - cells[f"{prefix}_2"]
    return cells


def recount_rest(organs: set[int], year: int) -> dict[str, Any]:
    complaints = [row for row in Complaint.objects.all() if row.agency_id in organs and in_year(row.received_on, year)]
    paid = [
        row.amount_fen for row in FeeReceipt.objects.all() if row.agency_id in organs and in_year(row.paid_on, year)
    ]
    return {"t14.6": len(complaints), "t14.7": Decimal(sum(paid)) / 1_000_000}


def test_the_years_hang_together(three_years: World) -> None:
    """r1 + r2 = r3 + r4 in each column, and what is carried over is carried in."""
    scope = Scope(three_years.county, whole_region=True)
    carried: dict[str, Any] = {}
    for year in (2025, 2026, 2027):
        form = form_for(year)
        values = {
            cell: figure.value for cell, figure in figures(Period.of_year(year), scope).items() if cell in form.by_id
        }
        table = derive(form, {cell.id: values.get(cell.id, 0) for cell in form.cells})
        for kind in KINDS:
            assert table[f"t3.r1.{kind}"] + table[f"t3.r2.{kind}"] == table[f"t3.r3_7.{kind}"] + table[f"t3.r4.{kind}"]
            assert carried.get(kind, 0) == table[f"t3.r2.{kind}"]
            carried[kind] = table[f"t3.r4.{kind}"]
    assert sum(carried.values()) == 2


def test_every_leaf_cell_that_cases_feed_is_there() -> None:
    """All cells of all editions whose source is a record of casework, but those that are sums of others."""
    sources = {"case", "decision", "notice", "review_case", "lawsuit", "complaint", "fee_receipt"}
    leaves = {
        cell.id
        for form in FORMS.values()
        for cell in form.cells
        if cell.source in sources and cell.formula is None and not cell.manual
    }
    ours = {
        *(f"t3.{row}.{kind}" for row in ["r1", "r4", *ROWS_2021] for kind in KINDS),
        *(f"t4.{group}.{column}" for group in ("review", "suit_direct", "suit_after") for column in ("upheld", "corrected", "other", "pending")),
        *CELLS_2014, *CHANNELS, "t14.3_1", "t14.3_2", "t14.3_2_1", "t14.3_2_2", "t14.3_3_7", "t14.6", "t14.7",
        *(f"t14.{part}{ending}" for part in ("4", "5") for ending in ("", "_1", "_2", "_3")),
    }  # fmt: skip
    assert leaves == ours


def test_one_query_per_group(three_years: World, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(13):
        figures(Period.of_year(2026), Scope(three_years.county, whole_region=True))
