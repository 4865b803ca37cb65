"""Each cell has one source for each organ and year: a register or a 供数单 where there is one, else its filing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gongkai.agencies.ledger import Period, Scope
from gongkai.registers.actions import end, strike_out
from gongkai.registers.figures import figures, metrics
from gongkai.registers.models import DisclosurePlace, Fund, PlaceVisits, StaffMember, WorkRule
from gongkai.registers.supply_kinds import KINDS, grouped
from gongkai.statistics.actions import correct, file
from gongkai.statistics.compilation import compile_year
from gongkai_core.refusals import Refused
from gongkai_core.returns import FORMS

from .conftest import TODAY, browser, clerk, office
from .test_supply import supplied

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
STAY_FILED = {"t14.2_1", "t14.2_2_2", "t14.2_2_2_a", "t14.2_2_4", "t14.2_2_5"}
"""Until public interaction has a ledger."""
OF_REGISTERS = {"t14.8_2", "t14.8_3_1", "t14.8_3_2", "t14.8_4"}
LIBRARY = {"title": "图书馆", "kind": "reading_point", "site": "library", "held_on": date(2015, 1, 1)}
EARLY = date(2016, 5, 1)


def test_every_cell_that_is_filed_has_one_other_source_or_stays_filed() -> None:
    manual = {cell.id for form in FORMS.values() for cell in form.cells if cell.manual}
    asked = {kind.code for kind in KINDS if kind.is_cell}
    assert manual == STAY_FILED | OF_REGISTERS | asked
    assert not OF_REGISTERS & asked


def test_a_kind_says_of_its_cell_what_the_form_says() -> None:
    for form in FORMS.values():
        for cell in form.cells:
            for kind in (kind for kind in KINDS if kind.code == cell.id):
                assert kind.unit == cell.kept_unit
                assert set(cell.unit.split("|")) <= set(kind.units)
                assert kind.whole_region == (cell.manual is True)  # supplied for all, or filed by each
    assert len({kind.code for kind in KINDS}) == len(KINDS)
    for _, kinds in grouped():
        assert len({kind.whole_region for kind in kinds}) == 1  # the asking page says it of the group


def own(county: Any, year: int, organ: str = "财政局") -> Any:
    return compile_year(year, Scope(county.organs[organ], whole_region=False)).cells


def region(county: Any, year: int) -> Any:
    return compile_year(year, Scope(county.government, whole_region=True)).cells


def test_a_place_counts_while_it_stands_and_a_place_given_up_leaves_zero_not_blank(county: Any, entered: Any) -> None:
    assert own(county, 2017)["t14.8_2"].value is None
    place = entered(DisclosurePlace, **LIBRARY)
    entered(DisclosurePlace, **{**LIBRARY, "title": "公开栏", "kind": "board"})
    cell = own(county, 2017)["t14.8_2"]
    assert (cell.value, cell.origin, [row.title for row in cell.records()]) == (1, "computed", ["图书馆"])
    end(place, on=date(2017, 6, 30), by=clerk(county), today=TODAY)
    assert own(county, 2016)["t14.8_2"].value == 1
    assert own(county, 2017)["t14.8_2"].value == 0
    assert own(county, 2018)["t14.8_2"].value is None
    assert own(county, 2014)["t14.8_2"].value is None
    strike_out(place, by=clerk(county), today=TODAY, reason="并无此处")
    assert own(county, 2016)["t14.8_2"].value is None


def test_staff_of_gazette_and_website_are_left_out(county: Any, entered: Any) -> None:
    entered(StaffMember, title="甲", capacity="full_time", work="gazette", held_on=EARLY)
    assert own(county, 2017)["t14.8_3"].value in (None, 0)
    assert own(county, 2017)["t14.8_3_1"].value is None
    entered(StaffMember, title="乙", capacity="part_time", held_on=EARLY)
    found = own(county, 2017)
    assert [found[f"t14.8_3{part}"].value for part in ("", "_1", "_2")] == [1, 0, 1]


def test_money_comes_out_in_the_units_of_the_cell(county: Any, entered: Any) -> None:
    entered(Fund, title="专项", amount_fen=17_000_000, held_on=date(2017, 3, 1))
    entered(Fund, title="零头", amount_fen=1, held_on=date(2017, 4, 1))
    entered(Fund, title="网站", amount_fen=99_000_000, purpose="website", held_on=date(2017, 3, 1))
    cell = own(county, 2017)["t14.8_4"]
    assert cell.value == Decimal("17.000001")
    assert sum(row.as_record().amount for row in cell.records()) == cell.value
    assert own(county, 2016)["t14.8_4"].value is None


def test_what_a_register_gives_is_not_filed_as_well(county: Any, entered: Any) -> None:
    who = {"by": clerk(county), "today": TODAY}
    file(county.organs["财政局"], 2017, {"t14.8_2": 9, "t14.8_1": 1}, **who)
    assert (own(county, 2017)["t14.8_2"].value, own(county, 2017)["t14.8_2"].origin) == (9, "filed")
    entered(DisclosurePlace, **LIBRARY)
    assert (own(county, 2017)["t14.8_2"].value, own(county, 2017)["t14.8_2"].origin) == (1, "computed")
    assert own(county, 2017)["t14.8_1"].value == 1
    with pytest.raises(Refused, match="已由本单位的台账或者供数单给出"):
        file(county.organs["财政局"], 2017, {"t14.8_2": 9}, **who)


def test_the_filing_page_asks_only_for_what_is_not_given_elsewhere(county: Any) -> None:
    page = browser(clerk(county)).get("/desk/statistics/2026/filing/")
    assert "t2__license__decided" in page.context["form"].fields
    supplied(county, "t2.license.decided", value="7", organ="财政局")
    page = browser(clerk(county)).get("/desk/statistics/2026/filing/")
    assert "t2__license__decided" not in page.context["form"].fields
    assert 'data-cell="t2.license.decided"' in page.content.decode()


def test_a_region_adds_registers_of_some_and_filings_of_the_others(county: Any, entered: Any) -> None:
    entered(DisclosurePlace, **LIBRARY)
    for organ, value in (("教育局", 4), ("河口镇", 3)):
        file(county.organs[organ], 2017, {"t14.8_2": value}, by=clerk(county, organ), today=TODAY)
    cell = region(county, 2017)["t14.8_2"]
    assert (cell.value, cell.origin) == (8, "mixed")
    page = browser(office(county)).get("/desk/statistics/2017/t14.8_2/?scope=region").content.decode()
    assert "部分单位由台账算出，部分单位填报" in page
    assert page.count("data-amount=") == 3
    with pytest.raises(Refused, match="部分由台账算出"):
        correct(
            2017, Scope(county.government, whole_region=True), "t14.8_2", 9, reason="核", by=office(county), today=TODAY
        )


def test_one_given_for_the_whole_region_replaces_what_its_organs_filed(county: Any) -> None:
    file(county.organs["教育局"], 2026, {"t2.fee.amount": 5}, by=clerk(county, "教育局"), today=TODAY)
    assert region(county, 2026)["t2.fee.amount"].value == 5
    supplied(county, "t2.fee.amount", value="80")
    cell = region(county, 2026)["t2.fee.amount"]
    assert (cell.value, cell.origin) == (80, "computed")
    assert own(county, 2026, "教育局")["t2.fee.amount"].value == 5


def test_a_decision_count_is_supplied_by_one_organ_and_filed_by_another(county: Any) -> None:
    file(county.organs["教育局"], 2026, {"t2.license.decided": 5}, by=clerk(county, "教育局"), today=TODAY)
    file(county.organs["财政局"], 2026, {"t2.license.decided": 100}, by=clerk(county), today=TODAY)
    supplied(county, "t2.license.decided", value="7")
    assert region(county, 2026)["t2.license.decided"].value == 12


def test_a_computed_figure_of_a_register_may_be_corrected_by_hand(county: Any, entered: Any) -> None:
    entered(DisclosurePlace, **LIBRARY)
    scope = Scope(county.organs["财政局"], whole_region=False)
    correct(2017, scope, "t14.8_2", 2, reason="另有一处未登记", by=clerk(county), today=TODAY)
    cell = own(county, 2017)["t14.8_2"]
    assert (cell.value, cell.origin, cell.computed) == (2, "corrected", 1)


def test_the_prose_has_its_figures_by_the_ids_of_the_labels(county: Any, entered: Any) -> None:
    place = entered(DisclosurePlace, **{**LIBRARY, "kind": "zone"})
    entered(PlaceVisits, title="x", place=place, visits=30, held_on=date(2026, 1, 31))
    entered(PlaceVisits, title="x", place=place, visits=12, held_on=date(2025, 1, 31))
    entered(WorkRule, title="制度")
    found = metrics(Period.of_year(2026), Scope(county.organs["财政局"], whole_region=False))
    values = {name: figure.value for name, figure in found.items()}
    assert values == {"org.reading_points": 0, "org.zones": 1, "org.rules": 1, "visit.people": 30}


def test_every_figure_recounts_from_its_records(county: Any, entered: Any) -> None:
    entered(DisclosurePlace, **LIBRARY)
    entered(StaffMember, title="乙", capacity="part_time", held_on=EARLY)
    entered(Fund, title="专项", amount_fen=17_000_000)
    supplied(county, "t2.license.decided", "t2.penalty.decided", value="7")
    found = figures(Period.of_year(2026), Scope(county.organs["财政局"], whole_region=False))
    assert {"t14.8_2", "t14.8_3_2", "t14.8_4", "t2.penalty.decided"} <= found.keys()
    for figure in found.values():
        assert sum(row.as_record().amount for row in figure.records()) == figure.value


def test_the_overview_says_what_is_not_kept(county: Any, entered: Any) -> None:
    entered(Fund, title="专项", amount_fen=17_000_000)
    page = browser(clerk(county)).get("/desk/registers/overview/")
    lines = {line.register: line.value for line in page.context["rows"]}
    assert lines["fund"] == 17
    assert lines["staffmember"] is None
    assert browser(clerk(county)).get("/desk/registers/overview/?scope=region").status_code == 404
    for year in ("0000", "x", "１２３４", "9999"):
        assert browser(clerk(county)).get("/desk/registers/overview/", {"year": year}).status_code == 200


def test_a_register_goes_out_as_a_sheet_that_can_be_pasted_again(county: Any, entered: Any) -> None:
    from gongkai.registers.forms import FORMS as REGISTER_FORMS
    from gongkai.registers.pasting import Reader
    from gongkai.registers.summary import sheet_of

    rows = [
        entered(Fund, title="专项", amount_fen=17_000_000),
        entered(Fund, title="网站", amount_fen=1, purpose="website"),
    ]
    heads, lines = sheet_of(REGISTER_FORMS["fund"], rows, county.organs["教育局"])
    text = "\n".join("\t".join(map(str, line)) for line in [heads, *lines])
    block = Reader(REGISTER_FORMS["fund"], county.organs["教育局"]).read(text)
    assert not block.wrong
    assert [row.facts["amount_fen"] for row in block.rows] == [17_000_000, 1]
    answer = browser(clerk(county)).get("/desk/registers/fund/export/?year=2026")
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
