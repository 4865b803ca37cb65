"""Figures by origin, corrections, explanations, the frozen year, and who may do what."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Role
from gongkai.registers.actions import enter
from gongkai.registers.models import Meeting, Training
from gongkai.statistics.actions import correct, explain, file, freeze, withdraw_correction
from gongkai.statistics.compilation import compile_year
from gongkai.statistics.models import Filing
from gongkai.statistics.queues import tasks
from gongkai_core.refusals import Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def own(county, organ="财政局"):
    return Scope(county.organs[organ], whole_region=False)


def region(county):
    return Scope(county.government, whole_region=True)


def trained(county, organ, people, day=date(2018, 5, 1)):
    by = county.person(organ, Role.STATISTICIAN)
    return enter(Training, county.organs[organ], by=by, today=day, held_on=day, title="培训", attendance=people)


def test_a_cell_has_one_origin(county):
    trained(county, "财政局", 30)
    by = county.person("财政局", Role.STATISTICIAN)
    file(county.organs["财政局"], 2018, {"t14.8_3_1": 2, "t14.8_3_2": 3}, by=by, today=TODAY)
    compilation = compile_year(2018, own(county))
    origins = {cell: compilation.cells[cell].origin for cell in ("t14.9_3", "t14.8_3_1", "t14.8_3", "t14.8_1")}
    assert origins == {"t14.9_3": "computed", "t14.8_3_1": "filed", "t14.8_3": "derived", "t14.8_1": "blank"}
    values = [compilation.cells[cell].value for cell in ("t14.9_3", "t14.8_3_1", "t14.8_3", "t14.8_1")]
    assert values == [30, 2, 5, None]


def test_what_a_ledger_knows_cannot_be_filed(county):
    by = county.person("财政局", Role.STATISTICIAN)
    with pytest.raises(Refused, match="由台账算出"):
        file(county.organs["财政局"], 2018, {"t14.9_3": 99}, by=by, today=TODAY)
    assert not Filing.objects.exists()


def test_zero_is_filed_and_blank_is_not(county):
    by = county.person("财政局", Role.STATISTICIAN)
    file(county.organs["财政局"], 2018, {"t14.8_1": 0, "t14.8_2": 4}, by=by, today=TODAY)
    assert compile_year(2018, own(county)).cells["t14.8_1"].value == 0
    file(county.organs["财政局"], 2018, {"t14.8_1": None}, by=by, today=TODAY)
    assert compile_year(2018, own(county)).cells["t14.8_1"].value is None
    assert compile_year(2018, own(county)).cells["t14.8_2"].value == 4


def test_another_organ_cannot_file_and_the_office_files_on_behalf(county):
    organ = county.organs["财政局"]
    with pytest.raises(Refused, match="财政局的统计员"):
        file(organ, 2018, {"t14.8_1": 1}, by=county.person("教育局", Role.STATISTICIAN), today=TODAY)
    file(organ, 2018, {"t14.8_1": 1}, by=county.person("县政府", Role.DISCLOSURE_OFFICE), today=TODAY)
    assert Filing.objects.get().on_behalf
    assert "代填" in Filing.objects.get().as_record().title


def test_a_region_is_the_sum_of_what_rolls_up(county):
    for organ, people in (("财政局", 30), ("教育局", 12), ("河口镇", 5), ("税务局", 100)):
        trained(county, organ, people)
    assert compile_year(2018, region(county)).cells["t14.9_3"].value == 47
    assert compile_year(2018, own(county, "税务局")).cells["t14.9_3"].value == 100


def test_a_correction_keeps_what_was_computed_and_reaches_the_region(county):
    trained(county, "财政局", 30)
    trained(county, "教育局", 12)
    by = county.person("财政局", Role.STATISTICIAN)
    with pytest.raises(Refused, match="理由"):
        correct(2018, own(county), "t14.9_3", 33, reason=" ", by=by, today=TODAY)
    correct(2018, own(county), "t14.9_3", 33, reason="签到表另有 3 人", by=by, today=TODAY)
    cell = compile_year(2018, own(county)).cells["t14.9_3"]
    assert (cell.value, cell.origin, cell.corrections[0].computed) == (33, "corrected", 30)
    assert compile_year(2018, region(county)).cells["t14.9_3"].value == 45
    # Corrected once more, the computed figure stays the ledger's.
    row = correct(2018, own(county), "t14.9_3", 35, reason="又补 2 人", by=by, today=TODAY)
    assert row.computed == 30
    withdraw_correction(row, by=by, today=TODAY)
    assert compile_year(2018, own(county)).cells["t14.9_3"].value == 30


@pytest.mark.parametrize(("cell", "why"), [("t14.8_3", "他格相加"), ("t14.8_1", "重新填报")])
def test_sums_and_filed_figures_are_not_corrected(county, cell, why):
    by = county.person("财政局", Role.STATISTICIAN)
    with pytest.raises(Refused, match=why):
        correct(2018, own(county), cell, 1, reason="理由", by=by, today=TODAY)


def test_a_failing_cross_check_is_found_and_an_explanation_silences_one_that_asks(county):
    by = county.person("财政局", Role.STATISTICIAN)
    correct(2018, own(county), "t14.4", 3, reason="纸质台账", by=by, today=TODAY)
    findings = {finding.rule for finding in compile_year(2018, own(county)).report.findings}
    assert "R-O4" in findings
    correct(2018, own(county), "t14.3_1", 5, reason="纸质台账", by=by, today=TODAY)
    assert "R-O3-g" in {finding.rule for finding in compile_year(2018, own(county)).report.findings}
    explain(2018, own(county), "t14.3_1", "五件均在十二月下旬收到，次年办结。", by=by, today=TODAY)
    assert "R-O3-g" not in {finding.rule for finding in compile_year(2018, own(county)).report.findings}


def test_a_frozen_year_stands_still(county):
    trained(county, "财政局", 30, date(2025, 5, 1))
    by = county.person("财政局", Role.STATISTICIAN)
    with pytest.raises(Refused, match="没有过完"):
        freeze(2026, own(county), by=by, today=TODAY)
    snapshot = freeze(2018, own(county), by=by, today=TODAY)
    trained(county, "财政局", 9)
    snapshot.refresh_from_db()
    assert snapshot.figures["t14.9_3"] == 0
    assert snapshot.holds
    assert compile_year(2018, own(county)).cells["t14.9_3"].value == 9
    with pytest.raises(Refused, match="已冻结"):
        file(county.organs["财政局"], 2018, {"t14.8_1": 1}, by=by, today=TODAY)


def test_last_years_frozen_values_are_held_against_this_year(county):
    by = county.person("财政局", Role.STATISTICIAN)
    correct(2024, own(county), "t3.r1.natural_person", 2, reason="纸质台账", by=by, today=TODAY)
    correct(2024, own(county), "t3.r4.natural_person", 2, reason="纸质台账", by=by, today=TODAY)
    freeze(2024, own(county), by=by, today=TODAY)
    rules = {finding.rule for finding in compile_year(2025, own(county)).report.findings}
    assert "R21-T3-d" in rules


def test_money_and_decimals_survive_a_snapshot(county):
    by = county.person("县政府", Role.STATISTICIAN)
    scope = Scope(county.government, whole_region=False)
    file(county.government, 2025, {"t2.fee.amount": Decimal("360.81")}, by=by, today=TODAY)
    snapshot = freeze(2025, scope, by=by, today=TODAY)
    assert snapshot.figures["t2.fee.amount"] == Decimal("360.81")


def test_what_is_not_filed_waits_for_the_statistician(county):
    by = county.person("财政局", Role.STATISTICIAN)
    (task,) = tasks(by, on=TODAY)
    assert (task.kind, task.due) == ("填报", date(2027, 1, 31))
    assert tasks(by, on=date(2026, 1, 15))[0].due == date(2026, 1, 31)
    values = {"t2.license.decided": 1, "t2.penalty.decided": 0, "t2.coercion.decided": 0}
    file(county.organs["财政局"], 2026, values, by=by, today=TODAY)
    assert tasks(by, on=TODAY) == []


def test_the_pages_of_a_statistician(client, county):
    trained(county, "财政局", 30)
    client.force_login(county.person("财政局", Role.STATISTICIAN))
    page = client.get(reverse("statistics:year", args=[2018]))
    assert page.status_code == 200
    assert "口径：本级" in page.content.decode()
    cell = client.get(reverse("statistics:cell", args=[2018, "t14.9_3"])).content.decode()
    assert 'data-amount="30"' in cell
    answer = client.post(
        reverse("statistics:cell", args=[2018, "t14.9_3"]), {"correct": "1", "value": "31", "reason": ""}
    ).content.decode()
    assert "请填写理由" in answer and 'value="31"' in answer
    client.post(reverse("statistics:cell", args=[2018, "t14.9_3"]), {"correct": "1", "value": "31", "reason": "补登"})
    assert compile_year(2018, own(county)).cells["t14.9_3"].value == 31
    filing = reverse("statistics:filing", args=[2025])
    assert client.post(filing, {"t2__license__decided": "-1"}).status_code == 200
    assert not Filing.objects.exists()
    assert client.post(filing, {"t2__license__decided": "1"}).status_code == 302
    assert Filing.objects.get().value == 1


def test_nobody_but_the_office_sees_the_region_and_unknown_cells_do_not_exist(client, county):
    client.force_login(county.person("财政局", Role.STATISTICIAN))
    assert client.get(reverse("statistics:year", args=[2018]) + "?scope=region").status_code == 404
    assert client.get(reverse("statistics:cell", args=[2018, "t14.9_9"])).status_code == 404
    assert client.get(reverse("statistics:year", args=[2011])).status_code == 404
    client.force_login(county.person("县政府", Role.DISCLOSURE_OFFICE))
    page = client.get(reverse("statistics:year", args=[2018]) + "?scope=region").content.decode()
    assert "未纳入汇总的单位：青禾县税务局" in page


def test_a_meeting_counts_once(county):
    by = county.person("财政局", Role.STATISTICIAN)
    enter(Meeting, county.organs["财政局"], by=by, today=TODAY, held_on=date(2018, 1, 9), title="工作会议")
    assert compile_year(2018, own(county)).cells["t14.9_1"].records().count() == 1


def test_a_region_shows_what_its_organs_corrected_and_round_numbers_are_written_round(county, client):
    trained(county, "财政局", 100)
    by = county.person("财政局", Role.STATISTICIAN)
    correct(2018, own(county), "t14.9_3", 120, reason="签到表另有 20 人", by=by, today=TODAY)
    client.force_login(county.person("县政府", Role.DISCLOSURE_OFFICE))
    page = client.get("/desk/statistics/2018/t14.9_3/?scope=region").content.decode()
    assert "财政局：台账数 100，由" in page
    assert "更正为 120：签到表另有 20 人" in page
    assert 'data-computed="100"' in page
    file(county.organs["财政局"], 2018, {"t14.8_1": 100}, by=by, today=TODAY)
    page = client.get("/desk/statistics/2018/t14.8_1/?scope=region").content.decode()
    assert 'data-amount="100"' in page


def test_the_office_enters_figures_for_an_organ_at_its_own_address(county, client):
    """代填 (domain-spec §11.8 item 52)."""
    organ = county.organs["财政局"]
    address = f"/desk/statistics/2025/filing/?organ={organ.public_id}"
    client.force_login(county.person("县政府", Role.DISCLOSURE_OFFICE))
    assert "财政局 2025 年度填报" in client.get(address).content.decode()
    assert client.post(address, {"t2__license__decided": "300"}).url == address
    row = Filing.objects.get()
    assert (row.agency, row.value, row.on_behalf) == (organ, 300, True)
    assert 'value="300"' in client.get(row.as_record().url).content.decode()
    client.force_login(county.person("教育局", Role.STATISTICIAN))
    assert client.get(address).status_code == client.post(address, {}).status_code == 404


def test_the_form_of_2014_has_no_filing_page(client, county):
    """Domain-spec §11.8 item 57: it is imported and computed only."""
    client.force_login(county.person("财政局", Role.STATISTICIAN))
    assert client.get(reverse("statistics:filing", args=[2018])).status_code == 404
    by = county.person("财政局", Role.STATISTICIAN)
    file(county.organs["财政局"], 2018, {"t14.8_1": 1}, by=by, today=TODAY)
    assert client.get(Filing.objects.get().as_record().url).status_code == 200
