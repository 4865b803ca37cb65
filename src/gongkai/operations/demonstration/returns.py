"""Filings of every organ, frozen years, and the annual reports of the years that are over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Agency, Role, User
from gongkai.annualreport.actions import compile_report, edit_sections, publish, sign
from gongkai.annualreport.models import Report
from gongkai.operations.demonstration.organs import County
from gongkai.statistics.actions import correct, explain, file, freeze
from gongkai.statistics.compilation import compile_year
from gongkai_core.returns import form_for

REPORTING = ("财政局", "教育局", "河口镇")
"""Organs whose own reports are published beside the county's."""
BREAKS = "民政局"
"""The organ whose return breaks a cross-check this year."""
LATE = ("白鹭乡", "云岭乡", "科技局")
"""Organs that have filed nothing yet this year."""

PROBLEMS = {
    0: "一是部分单位公开不够及时，个别乡镇集中在季末发布。改进措施：按月通报各单位发布情况，对超过二十个工作日的逐件提醒。"
    "二是政策解读形式单一，以文字为主。改进措施：民生政策逐步增加图解和问答。",
    1: "上年所列的两个问题已有改进：按月通报后，超期发布明显减少；本年新增图解解读。本年的主要问题：一是申请办理中与申请人沟通不够，"
    "补正比例偏高。改进措施：登记后先电话了解需求，再决定是否补正。二是基层人员变动频繁。改进措施：编印办理手册，新任人员先培训后上岗。",
}
PROSE = {
    "1.3": "全面清理本级规范性文件，清理结果向社会公布；信息发布前由拟稿单位以外的人员审核并作保密审查。",
    "1.4": "政府信息公开专栏设在县政府门户网站，各单位专栏统一在同一域名下；县档案馆、图书馆、政务服务大厅设查阅点。",
    "1.5": "县政府办公室按月通报、年中督查、年末考核。工作考核结果纳入单位绩效；社会评议由群众代表评分；本年没有需要责任追究的情形。",
}


def build_returns(county: County, years: list[int]) -> None:
    """Years that are over are filed, frozen, reported and published; this year is filed by most."""
    for year in years:
        over = year < county.today.year
        for organ in (county.government, *county.organs.values()):
            if organ.answers_applications and (over or organ.short_name not in LATE):
                _file(county, organ, year)
        if over:
            _report(county, year, years.index(year))
    _break_a_cross_check(county)


def _file(county: County, organ: Agency, year: int) -> None:
    """The cells no ledger knows; what the finance bureau supplies is entered for the government."""
    form = form_for(year)
    day = min(date(year, 12, 31), county.today)
    values: dict[str, Decimal | int | None] = {}
    for cell in form.cells:
        if cell.manual == "filing":
            values[cell.id] = county.random.randint(0, 400) if organ.legal_kind == "department" else 0
        elif cell.manual and organ == county.government:
            values[cell.id] = Decimal(county.random.randint(100_00, 900_00)) / 100
    file(organ, year, values, by=county.person(organ, Role.STATISTICIAN), today=day, evidence="单位业务系统年末统计")


def _report(county: County, year: int, serial: int) -> None:
    region = Scope(county.government, whole_region=True)
    _explain(county, year, region)
    signatory = county.person(county.government, Role.SIGNATORY)
    _publish_report(year, region, county.office, signatory, serial, date(year + 1, 1, 8), date(year + 1, 3, 20))
    for short in REPORTING:
        organ = county.organs[short]
        scope = Scope(organ, whole_region=False)
        author, signer = county.person(organ, Role.STATISTICIAN), county.person(organ, Role.SIGNATORY)
        _publish_report(year, scope, author, signer, serial, date(year + 1, 1, 6), date(year + 1, 1, 26))


def _explain(county: County, year: int, scope: Scope) -> None:
    """A written explanation for every equation that wants one (`-> explain`)."""
    for finding in compile_year(year, scope).report.findings:
        if finding.level == "warning":
            explain(year, scope, finding.cells[0], "已核对台账，属实。", by=county.office, today=county.today)


def _publish_report(
    year: int, scope: Scope, author: User, signatory: User, serial: int, frozen_on: date, published_on: date
) -> Report:
    freeze(year, scope, by=author, today=frozen_on)
    report = compile_report(year, scope, by=author, today=frozen_on)
    texts = {section.number: section.text for section in report.sections.all()}
    for number, text in {**PROSE, "5": PROBLEMS[serial % 2]}.items():
        if number in texts:
            texts[number] = f"{texts[number]}{text}" if number != "5" else text
    edit_sections(report, texts, version=report.version, by=author, today=published_on)
    report.refresh_from_db()
    sign(report, by=signatory, today=published_on)
    report.refresh_from_db()
    return publish(report, by=signatory, today=published_on)


def _break_a_cross_check(county: County) -> None:
    """One organ enters a figure that its own records don't bear out: its table no longer adds up."""
    organ = county.organs[BREAKS]
    scope, year = Scope(organ, whole_region=False), county.today.year
    cell = "t3.r3_1.natural_person"
    value = (compile_year(year, scope).cells[cell].value or 0) + 2
    by = county.person(organ, Role.STATISTICIAN)
    correct(year, scope, cell, value, reason="按单位纸质台账填报", by=by, today=county.today)
