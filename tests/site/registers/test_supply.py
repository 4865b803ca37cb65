"""部门供数单: asked for, filled in, confirmed by another, returned, struck out; what counts, in which unit and scope."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from office_samples import png

from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Role
from gongkai.outbox.models import StationMessage
from gongkai.registers.actions import ask, cancel, confirm, fill, return_, strike_out_figure
from gongkai.registers.actions.supply import Given
from gongkai.registers.figures import figures
from gongkai.registers.models import SuppliedFigure, SupplySheet
from gongkai.registers.queues import tasks
from gongkai_core.refusals import Refused

from .conftest import TODAY, browser, clerk, office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
YEAR, DUE = Period.of_year(2026), date(2026, 12, 31)
LICENSES, FEE = "t2.license.decided", "t2.fee.amount"


def asked(county: Any, *kinds: str, organ: str = "财政局", period: Period = YEAR) -> SupplySheet:
    organs = [county.organs[organ]]
    (sheet,) = ask(organs, kinds or (FEE,), period, due_on=DUE, by=office(county), today=TODAY)
    return sheet


def filled(county: Any, sheet: SupplySheet, by: Any = None, **more: Any) -> SupplySheet:
    given = {
        row.kind: Given(Decimal(more.get("value", "12")), more.get("unit", row.unit), evidence="系统导出")
        for row in sheet.figures.all()
    }
    return fill(sheet, given, by=by or clerk(county, sheet.agency.short_name), today=TODAY)


def supplied(county: Any, *kinds: str, **more: Any) -> SupplySheet:
    keys = {key: more.pop(key) for key in ("organ", "period") if key in more}
    return confirm(filled(county, asked(county, *kinds, **keys), **more), by=office(county), today=TODAY)


def cells(county: Any, *, organ: str = "财政局", period: Period = YEAR, region: bool = False) -> dict[str, Any]:
    scope = Scope(county.government if region else county.organs[organ], whole_region=region)
    return {cell: figure.value for cell, figure in figures(period, scope).items() if cell.startswith("t2.")}


def test_the_story_of_a_sheet_on_the_screen(county: Any) -> None:
    desk, bureau = browser(office(county)), browser(clerk(county))
    page = desk.get("/desk/registers/supply/ask/").content.decode()
    assert "行政事业性收费本年收费金额（万元）" in page
    assert "通常由财政局供数，全域的数" in page
    organ = county.organs["财政局"].public_id
    facts = {
        "year": "2026",
        "part": "year",
        "due_on": "2026-12-31",
        "kinds-0": [LICENSES],
        "kinds-2": [FEE],
        "organs": [organ],
    }
    for wrong in (
        {"due_on": "2026-01-01"},
        {"kinds-0": [], "kinds-2": []},
        {"kinds-0": ["nothing"]},
        {"organs": ["x"]},
    ):
        seen = desk.post("/desk/registers/supply/ask/", facts | wrong)
        assert seen.status_code == 422
        assert 'value="2026"' in seen.content.decode()
    assert desk.post("/desk/registers/supply/ask/", facts).status_code == 302
    sheet = SupplySheet.objects.get()
    assert str(sheet) == "财政局2026年供数单"
    assert StationMessage.objects.filter(person=clerk(county)).count() == 1
    assert [task.kind for task in tasks(clerk(county), on=TODAY)] == ["填供数单"]
    fee, licenses = (sheet.figures.get(kind=kind) for kind in (FEE, LICENSES))
    typed = {
        "then": "fill", f"value-{fee.public_id}": "3800.5", f"unit-{fee.public_id}": "元",
        f"approximate-{fee.public_id}": "on", f"value-{licenses.public_id}": "", f"unit-{licenses.public_id}": "件",
        f"evidence-{licenses.public_id}": "", "file": SimpleUploadedFile("盖章表.png", png(), "image/png"),
    }  # fmt: skip
    refused = bureau.post(sheet.get_absolute_url(), typed)
    assert refused.status_code == 422
    assert "每一项都要填数" in refused.content.decode()
    assert 'value="3800.5"' in refused.content.decode()
    typed |= {f"value-{licenses.public_id}": "0", "file": SimpleUploadedFile("盖章表.png", png(), "image/png")}
    assert bureau.post(sheet.get_absolute_url(), typed).status_code == 302
    assert bureau.get(f"{sheet.get_absolute_url()}file/").content == png()
    assert [task.kind for task in tasks(office(county), on=TODAY)] == ["确认供数单"]
    assert bureau.post(sheet.get_absolute_url(), {"then": "confirm"}).status_code == 200  # not by the organ
    assert cells(county) == {}
    assert desk.post(sheet.get_absolute_url(), {"then": "confirm"}).status_code == 302
    assert cells(county) == {LICENSES: 0}
    assert cells(county, region=True) == {LICENSES: 0, FEE: Decimal("0.38005")}
    overview = desk.get("/desk/registers/overview/?scope=region").content.decode()
    assert "约 3800.5 元" in overview


def test_a_returned_sheet_keeps_what_was_written_and_is_filled_again(county: Any) -> None:
    sheet = filled(county, asked(county))
    with pytest.raises(Refused, match="须写明理由"):
        return_(sheet, reason=" ", by=office(county), today=TODAY)
    sheet = return_(sheet, reason="请附盖章表", by=office(county), today=TODAY)
    page = browser(clerk(county)).get(sheet.get_absolute_url()).content.decode()
    assert "请附盖章表" in page
    assert 'value="12"' in page
    assert tasks(clerk(county), on=TODAY)[0].note == "已退回，须重填"
    assert confirm(filled(county, sheet), by=office(county), today=TODAY).state == "confirmed"


def test_who_fills_in_does_not_confirm_not_even_the_office(county: Any) -> None:
    sheet = filled(county, asked(county), by=office(county))
    assert sheet.on_behalf
    with pytest.raises(Refused, match="另一人确认"):
        confirm(sheet, by=office(county), today=TODAY)
    # The organ itself confirms what was entered for it by telephone.
    assert confirm(sheet, by=clerk(county), today=TODAY).confirmed_by == clerk(county)
    with pytest.raises(IntegrityError), transaction.atomic():
        SupplySheet.objects.filter(pk=sheet.pk).update(filled_by=clerk(county))


def test_every_turn_is_on_the_page_with_who_and_why(county: Any) -> None:
    sheet = return_(filled(county, asked(county), value="7"), reason="数与去年差得多", by=office(county), today=TODAY)
    confirm(filled(county, sheet, value="70"), by=office(county), today=TODAY)
    acts = browser(office(county)).get(sheet.get_absolute_url()).context["history"]
    assert [act["words"] for act in acts] == ["发起", "填数", "退回", "填数", "确认"]
    assert [act["note"] for act in acts] == ["", "7 万元", "数与去年差得多", "70 万元", ""]
    assert acts[1]["by"] == clerk(county)


def test_what_is_asked_already_is_not_asked_again_until_it_is_settled(county: Any) -> None:
    sheet = asked(county, FEE, LICENSES)
    with pytest.raises(Refused, match="已经向财政局要过"):
        asked(county, LICENSES)
    asked(county, LICENSES, organ="教育局")
    cancel(sheet, reason="不要了", by=office(county), today=TODAY)
    asked(county, LICENSES)


def test_only_the_office_asks_and_strangers_find_nothing(county: Any) -> None:
    sheet = asked(county)
    with pytest.raises(Refused, match="政务公开办发起"):
        ask([county.organs["财政局"]], [FEE], YEAR, due_on=DUE, by=clerk(county), today=TODAY)
    other = browser(clerk(county, "教育局"))
    assert other.get("/desk/registers/supply/ask/").status_code == 404
    assert other.get(sheet.get_absolute_url()).status_code == 404
    assert sheet.agency.name not in other.get("/desk/registers/supply/").content.decode()
    figure = sheet.figures.get()
    assert other.get(f"/desk/registers/supply/figures/{figure.public_id}/").status_code == 404
    with pytest.raises(Refused, match="由供数单位、政务公开办办理"):
        filled(county, sheet, by=clerk(county, "教育局"))


def test_a_figure_counts_once_for_any_day(county: Any) -> None:
    supplied(county, LICENSES, period=Period(date(2026, 1, 1), date(2026, 3, 31)))
    whole = filled(county, asked(county, LICENSES))
    with pytest.raises(Refused, match="已经确认过"):
        confirm(whole, by=office(county), today=TODAY)
    cancel(whole, reason="按季度报", by=office(county), today=TODAY)
    supplied(county, LICENSES, period=Period(date(2026, 4, 1), date(2026, 6, 30)), value="5")
    assert cells(county) == {LICENSES: 17}
    assert cells(county, period=Period(date(2026, 4, 1), date(2026, 6, 30))) == {LICENSES: 5}
    assert cells(county, period=Period(date(2026, 4, 1), date(2026, 4, 30))) == {}


def test_a_standing_number_is_that_of_the_last_day(county: Any) -> None:
    supplied(county, "t2.license.prev", value="40", period=Period(date(2020, 1, 1), date(2020, 6, 30)))
    supplied(county, "t2.license.prev", value="42", period=Period.of_year(2020))
    assert cells(county, period=Period.of_year(2020)) == {"t2.license.prev": 42}


def test_a_confirmed_figure_is_struck_out_and_asked_for_anew(county: Any) -> None:
    sheet = supplied(county, LICENSES)
    figure, desk = sheet.figures.get(), browser(office(county))
    with pytest.raises(Refused, match="由政务公开办划去"):
        strike_out_figure(figure, reason="错", by=clerk(county), today=TODAY)
    address = f"/desk/registers/supply/figures/{figure.public_id}/"
    assert desk.post(address, {"reason": ""}).status_code == 422
    assert desk.post(address, {"reason": "漏报一个科室"}).status_code == 302
    assert cells(county) == {}
    assert "漏报一个科室" in desk.get(sheet.get_absolute_url()).content.decode()
    assert desk.get(address).status_code == 302  # once
    supplied(county, LICENSES, value="30")
    assert cells(county) == {LICENSES: 30}


def test_the_whole_regions_figure_stands_alone_and_in_no_organs_own(county: Any) -> None:
    supplied(county, FEE, value="1.5", unit="亿元")
    assert cells(county) == {}
    assert cells(county, organ="县政府") == {}
    assert cells(county, region=True) == {FEE: 15000}
    (row,) = figures(YEAR, Scope(county.government, whole_region=True))[FEE].records()
    assert (row.as_record().amount, row.words) == (15000, "1.5 亿元")
    assert "1.5 亿元（全域）" in row.as_record().title


def test_organs_own_figures_are_added_and_each_opens_its_sheet(county: Any) -> None:
    for organ, value in (("财政局", "3"), ("教育局", "4"), ("税务局", "100")):
        supplied(county, LICENSES, organ=organ, value=value)
    figure = figures(YEAR, Scope(county.government, whole_region=True))[LICENSES]
    assert figure.value == 7  # 税务局 reports elsewhere
    records = [row.as_record() for row in figure.records()]
    assert sorted(record.amount for record in records) == [3, 4]
    assert {organ.short_name for organ in figure.covers()} == {"财政局", "教育局"}
    page = browser(office(county)).get(records[0].url)
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("kind", "value", "unit", "words"),
    [
        (LICENSES, "1.5", "件", "须是整数"),
        (LICENSES, "-1", "件", "不能小于 0"),
        (LICENSES, "1", "万元", "单位是件，不能用“万元”"),
        ("hotline.rate", "100.5", "%", "不能超过 100%"),
    ],
)
def test_a_number_that_cannot_be_is_refused(county: Any, kind: str, value: str, unit: str, words: str) -> None:
    sheet = asked(county, kind)
    with pytest.raises(Refused, match=words):
        filled(county, sheet, value=value, unit=unit)
    sheet.refresh_from_db()
    assert sheet.state == "asked"


def test_a_change_may_fall_below_zero(county: Any) -> None:
    supplied(county, "t2.license.delta", value="-4", period=Period.of_year(2020))
    assert cells(county, period=Period.of_year(2020)) == {"t2.license.delta": -4}


def test_blank_needs_words_and_does_not_count(county: Any) -> None:
    sheet = asked(county, LICENSES)
    fill(sheet, {LICENSES: Given(None, "件", evidence="本单位没有许可事项")}, by=clerk(county), today=TODAY)
    sheet.refresh_from_db()
    confirm(sheet, by=office(county), today=TODAY)
    assert cells(county) == {}
    assert SuppliedFigure.objects.get().counted is False


def test_typed_nonsense_is_answered_on_the_page(county: Any) -> None:
    sheet, bureau = asked(county, LICENSES), browser(clerk(county))
    key = sheet.figures.get().public_id
    for value in ("一百", "1" * 40, "NaN", "1e400", "\x00"):
        typed = {"then": "fill", f"value-{key}": value, f"unit-{key}": "件", f"evidence-{key}": "x"}
        assert bureau.post(sheet.get_absolute_url(), typed).status_code == 422
    assert bureau.post(sheet.get_absolute_url(), {"then": "nothing"}).status_code == 200
    assert browser(county.person("财政局", Role.SYSTEM_ADMIN)).get(sheet.get_absolute_url()).status_code == 404
