"""Cross-checks beyond the form: year on year, shorter periods, the organs below; and carry-over before freezing."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from office_samples import png

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Agency, Role, Setting
from gongkai.statistics.actions import correct, explain, file, freeze, open_round
from gongkai.statistics.actions.file import write_filings
from gongkai.statistics.compilation import compile_year
from gongkai.statistics.periods import MONTHS
from gongkai_core.refusals import Refused

from .filing import JANUARY, YEAR, Desk, opened, sheet_of, typed

pytestmark = pytest.mark.django_db


def own(county, organ="财政局"):
    return Scope(county.organs[organ], whole_region=False)


def found(compilation, rule):
    return [finding for finding in compilation.report.findings if finding.rule == rule]


def test_a_jump_since_last_year_is_named_with_both_sides_and_an_explanation_silences_it(county):
    by = county.person("财政局", Role.STATISTICIAN)
    organ = county.organs["财政局"]
    file(organ, 2025, {"t2.license.decided": 100, "t2.penalty.decided": 4}, by=by, today=date(2026, 1, 5))
    freeze(2025, own(county), by=by, today=date(2026, 1, 5))
    file(organ, YEAR, {"t2.license.decided": 151, "t2.penalty.decided": 9}, by=by, today=JANUARY)
    (jump,) = found(compile_year(YEAR, own(county)), "yoy.jump")
    assert (jump.cells, jump.left, jump.right, jump.level) == (("t2.license.decided",), 151, 100, "warning")
    assert "增 51（51%）" in jump.detail
    file(organ, YEAR, {"t2.license.decided": 150}, by=by, today=JANUARY)
    assert not found(compile_year(YEAR, own(county)), "yoy.jump"), "exactly half is not more than half"
    Setting.objects.create(key="statistics.jump_percent", value=20)
    assert found(compile_year(YEAR, own(county)), "yoy.jump")
    explain(YEAR, own(county), "t2.license.decided", "当年下放许可事项", by=by, today=JANUARY)
    assert not found(compile_year(YEAR, own(county)), "yoy.jump")


def test_a_year_is_held_against_its_months_once_all_twelve_are_filed(county):
    by, organ = county.person("财政局", Role.STATISTICIAN), county.organs["财政局"]
    file(organ, YEAR, {"t2.license.decided": 13}, by=by, today=JANUARY)
    for month in MONTHS[:11]:
        write_filings(organ, YEAR, month, {"t2.license.decided": 1}, by=by, evidence="", on_behalf=False)
    assert not found(compile_year(YEAR, own(county)), "sum.periods")
    write_filings(organ, YEAR, "M12", {"t2.license.decided": 1}, by=by, evidence="", on_behalf=False)
    (finding,) = found(compile_year(YEAR, own(county)), "sum.periods")
    assert (finding.left, finding.right) == (13, 12)
    assert compile_year(YEAR, own(county)).cells["t2.license.decided"].value == 13, "months are never added to the year"
    file(organ, YEAR, {"t2.license.decided": 12}, by=by, today=JANUARY)
    assert not found(compile_year(YEAR, own(county)), "sum.periods")


def all_sent_up(county):
    """Every organ of the county files by telephone."""
    row = opened(county, ("government", "department", "town", "other"))
    desk = Desk(county.person("县政府", Role.DISCLOSURE_OFFICE))
    for sheet in row.sheets.select_related("agency"):
        more = {"t2.fee.amount": "2.5"} if sheet.agency == county.government else {}
        figures = {"t2.license.decided": 2, "t2.penalty.decided": 0, "t2.coercion.decided": 0, **more}
        desk.post(
            sheet.get_absolute_url(), act="telephone", told_by="王", told_on=JANUARY, remarks="已核", **typed(figures)
        )
    assert not row.sheets.owed().exists()


def test_the_organs_sum_is_held_against_the_regions_figure_once_all_have_sent_up(county):
    region = Scope(county.government, whole_region=True)
    by = county.person("财政局", Role.STATISTICIAN)
    correct(YEAR, own(county), "t3.r1.natural_person", 3, reason="纸质台账", by=by, today=JANUARY)
    opened_only = compile_year(YEAR, region)
    assert not found(opened_only, "sum.organs")
    all_sent_up(county)
    assert compile_year(YEAR, region).cells["t2.license.decided"].value == 2 * len(
        Agency.objects.rolled_up(date(YEAR, 12, 31))
    )
    assert not found(compile_year(YEAR, region), "sum.organs")
    correct(YEAR, own(county), "t3.r1.natural_person", 4, reason="又补一件", by=by, today=JANUARY)
    finding = found(compile_year(YEAR, region), "sum.organs")[0]
    assert finding.cells == ("t3.r1.natural_person",) and (finding.left, finding.right) == (4, 3)
    assert "同一案号" in finding.why
    page = Desk(county.person("县政府", Role.DISCLOSURE_OFFICE)).get(f"/desk/statistics/{YEAR}/?scope=region")
    assert "sum.organs" in page


def test_the_office_goes_from_the_regions_figure_to_the_organs_and_its_records(county):
    all_sent_up(county)
    desk = Desk(county.person("县政府", Role.DISCLOSURE_OFFICE))
    organ = county.organs["河口镇"]
    page = desk.get(f"/desk/statistics/{YEAR}/t2.license.decided/?scope=region")
    assert f"/desk/statistics/{YEAR}/t2.license.decided/?organ={organ.public_id}" in page
    page = desk.get(f"/desk/statistics/{YEAR}/t2.license.decided/?organ={organ.public_id}")
    assert "口径：本级" in page and 'data-value="2"' in page and "代填" in page
    page = desk.get(f"/desk/statistics/{YEAR}/?organ={organ.public_id}")
    assert "口径：本级（青禾县河口镇人民政府）" in page
    stranger = Desk(county.person("教育局", Role.STATISTICIAN))
    assert stranger.answer("get", f"/desk/statistics/{YEAR}/?organ={organ.public_id}").status_code == 404
    assert stranger.answer("get", f"/desk/statistics/{YEAR}/?organ=x").status_code == 404


def test_the_region_says_who_has_not_sent_up(county):
    opened(county)
    page = Desk(county.person("县政府", Role.DISCLOSURE_OFFICE)).get(f"/desk/statistics/{YEAR}/?scope=region")
    assert "还有 4 个单位没有上报" in page
    assert "青禾县税务局（垂直管理，按其系统报送）" in page
    assert page.count("口径：全域（青禾县人民政府本级") >= 4, "under each table and above them"


def test_what_was_carried_over_is_explained_before_the_year_is_frozen(county):
    by = county.person("财政局", Role.STATISTICIAN)
    for cell in ("t3.r1.natural_person", "t3.r4.natural_person"):
        correct(2025, own(county), cell, 2, reason="纸质台账", by=by, today=date(2026, 1, 5))
    freeze(2025, own(county), by=by, today=date(2026, 1, 5))
    with pytest.raises(Refused, match="结转下年度"):
        freeze(YEAR, own(county), by=by, today=JANUARY)
    explain(YEAR, own(county), "t3.r2.natural_person", "两件已移送", by=by, today=JANUARY)
    with pytest.raises(Refused, match="0 ≠ 2"):
        freeze(YEAR, own(county), by=by, today=JANUARY)
    explain(YEAR, own(county), "t3.r2.natural_person", "", by=by, today=JANUARY)
    explain(YEAR, own(county), "t3.r2.total", "两件于上年末移送信访，不再结转", by=by, today=JANUARY)
    assert freeze(YEAR, own(county), by=by, today=JANUARY).number == 1


def test_findings_on_a_page_name_cells_both_sides_rule_and_article(county):
    opened(county)
    by = county.person("财政局", Role.STATISTICIAN)
    correct(YEAR, own(county), "t3.r1.natural_person", 2, reason="纸质台账", by=by, today=JANUARY)
    page = Desk(by).get(sheet_of(county).get_absolute_url())
    assert "左 2，右 0" in page and "R21-T3-a" in page and "国办公开办函〔2021〕30号" in page
    assert f'href="/desk/statistics/{YEAR}/t3.r1.natural_person/"' in page


def test_an_interim_round_needs_no_year_before(county):
    row = open_round(
        year=YEAR, period="M03", groups=["department"], due_on=date(2027, 1, 8),
        by=county.person("县政府", Role.DISCLOSURE_OFFICE), today=JANUARY,
    )  # fmt: skip
    desk = Desk(county.person("财政局", Role.STATISTICIAN))
    sheet = sheet_of(county, period="M03")
    desk.post(sheet.get_absolute_url(), act="zero")
    desk.post(sheet.get_absolute_url(), act="paper", filler="甲", reviewer="乙", head="丙")
    desk.post(sheet.get_absolute_url(), act="scan", scan=SimpleUploadedFile("盖章件.png", png()))
    assert row.sheets.sent_up().count() == 1
