"""A county with 300 organs files a year and publishes it: some at the screen, most in the ways that many use."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.test import Client

from county import LONG_AGO, County, credit_code
from gongkai.agencies.actions import establish
from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import LegalKind, ReportsTo, Role, User
from gongkai.annualreport import actions as annualreport
from gongkai.annualreport.models import Report
from gongkai.statistics import actions
from gongkai.statistics.compilation import compile_year
from gongkai.statistics.models import FilingSheet, SheetState

from ..annualreport.conftest import TEXTS
from .filing import JANUARY, YEAR, Desk, opened, typed

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
ORGANS = 300


def fill_up(county: County) -> None:
    """Departments and towns until there are 300 organs that roll up; villages and a party body beside them."""
    for serial in range(ORGANS - 5):
        town = serial % 10 == 0
        name = f"第{serial}镇人民政府" if town else f"第{serial}局"
        _establish(county, name, LegalKind.GOVERNMENT if town else LegalKind.DEPARTMENT, ReportsTo.COUNTY, serial)
    _establish(county, "县委宣传部", LegalKind.PARTY_BODY, ReportsTo.NONE, 900)
    _establish(county, "南湖村村民委员会", LegalKind.VILLAGE, ReportsTo.NONE, 901)


def _establish(county: County, name: str, kind: str, line: str, serial: int) -> None:
    county.organs[name] = establish(
        by=None, on=LONG_AGO, parent=county.government, reports_to=line, name=name, short_name=name[:30],
        code=credit_code(1000 + serial), document_prefix="青", legal_kind=kind,
    )  # fmt: skip


def figures(sheet: FilingSheet) -> dict[str, int]:
    asked = {"t2.license.decided": 2, "t2.penalty.decided": 1, "t2.coercion.decided": 0}
    return asked | ({"t2.fee.amount": 7} if sheet.agency.parent_id is None else {})


def test_three_hundred_organs_file_and_the_county_publishes_their_sum(county):
    fill_up(county)
    row = opened(county, ("government", "department", "town", "other"))
    assert row.sheets.count() == ORGANS
    office, clerk = Desk(county.person("县政府", Role.DISCLOSURE_OFFICE)), county.person("教育局", Role.STATISTICIAN)
    mine = row.sheets.get(agency=county.organs["教育局"])
    Desk(clerk).post(mine.get_absolute_url(), act="fill", **typed(figures(mine)))
    head, reviewer = county.person("教育局", Role.SIGNATORY), county.person("教育局", Role.REVIEWER)
    Desk(clerk).post(mine.get_absolute_url(), act="login", reviewer=reviewer.public_id, head=head.public_id)
    for person in (reviewer, head):
        Desk(person).post(mine.get_absolute_url(), act="sign")
    for sheet in row.sheets.owed().select_related("agency", "round"):
        actions.enter_by_telephone(
            sheet, figures(sheet), told_by="办公室", told_on=JANUARY, by=office.user, today=JANUARY
        )
    page = office.get(row.get_absolute_url())
    assert f"已上报 {ORGANS}" in page and page.count('class="row-title"') == 100 and "下一页" in page
    returned = row.sheets.get(agency=county.organs["司法局"])
    office.post(returned.get_absolute_url(), act="return", reason="核对", t2__license__decided="少一件")
    region = Scope(county.government, whole_region=True)
    assert "还有 1 个单位没有上报" in office.get(f"/desk/statistics/{YEAR}/?scope=region")
    again = {**figures(returned), "t2.license.decided": 3}
    returned.refresh_from_db()
    actions.enter_by_telephone(returned, again, told_by="办公室", told_on=JANUARY, by=office.user, today=JANUARY)
    for act in ("accept", "lock"):
        office.post(row.get_absolute_url(), act=act)
    assert set(row.sheets.values_list("state", flat=True)) == {SheetState.LOCKED}
    compilation = compile_year(YEAR, region)
    assert compilation.cells["t2.license.decided"].value == 2 * ORGANS + 1
    assert compilation.cells["t2.fee.amount"].value == 7
    assert not compilation.report.findings
    snapshot = actions.freeze(YEAR, region, by=office.user, today=JANUARY)
    assert snapshot.figures["t2.license.decided"] == 2 * ORGANS + 1 and snapshot.number == 1
    report = reported(county, office.user, region)
    assert report.snapshot.figures["t2.license.decided"] == 2 * ORGANS
    page = Client().get(report.get_absolute_url()).content.decode()
    assert f">{2 * ORGANS}<" in page and str(2 * ORGANS + 1) not in page
    actions.correct(YEAR, region, "t2.license.decided", 1, reason="公布以后", by=office.user, today=JANUARY)
    assert Client().get(report.get_absolute_url()).content.decode() == page, "what is printed stays"


def reported(county: County, office: User, region: Scope) -> Report:
    """A figure is corrected by hand, all organs' reports are begun, the county's is written, signed and published."""
    who: dict[str, Any] = {"by": office, "today": JANUARY}
    actions.correct(YEAR, region, "t2.license.decided", 2 * ORGANS, reason="司法局多报一件", evidence="电话核实", **who)
    assert actions.freeze(YEAR, region, **who).number == 2
    for act, wanted in (("freeze", ORGANS), ("compile", ORGANS - 1), ("check", ORGANS - 1)):
        batch = annualreport.start_batch(act, YEAR, **who)
        states = Counter(annualreport.carry_out(line).state for line in batch.lines.all())
        assert sum(states.values()) == wanted and "refused" not in states, (act, states)
    report = annualreport.compile_report(YEAR, region, **who)
    texts = {part.number: part.text or TEXTS.get(part.number, "") for part in report.sections.all()}
    report = annualreport.edit_sections(report, texts, version=report.version, **who)
    report = annualreport.sign(report, by=county.person("县政府", Role.SIGNATORY), today=JANUARY)
    return annualreport.publish(report, by=county.person("县政府", Role.PUBLISHER), today=JANUARY)
