"""The office's year: the website's returns of the years that are over, key tasks with organ and day, approvals of budgets."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Role
from gongkai.annualreport import budgets
from gongkai.annualreport.actions import (
    approve_website_return,
    enter_budget_approvals,
    enter_plan_entries,
    fill_website_return,
    finish_plan_entry,
    open_website_return,
    publish_website_return,
)
from gongkai.annualreport.actions.enter_plan_entries import PlanFacts
from gongkai.annualreport.models import BudgetKind, PlanEntryKind
from gongkai.operations.demonstration.organs import County
from gongkai_core.website_return import CELLS, NO, SECTIONS, YES, Value

FIGURES = {
    "w.visits.unique": 81_200, "w.visits.total": 523_400, "w.info.overview": 36, "w.info.news": 642, "w.topics.kept": 14,
    "w.topics.new": 3, "w.read.comments": 2, "w.response": 6, "w.service.users": 45_310, "w.service.items": 1_208,
    "w.service.online": 864, "w.service.natural": 92_400, "w.service.legal": 18_730, "w.letters.received": 412,
    "w.letters.closed": 408, "w.letters.days": 4, "w.letters.public": 231, "w.surveys.held": 9, "w.surveys.opinions": 164,
    "w.surveys.results": 9, "w.interviews.held": 4, "w.interviews.questions": 57, "w.interviews.answers": 57,
    "w.safety.checks": 12, "w.safety.found": 5, "w.safety.mended": 5, "w.weibo.posts": 310, "w.weibo.followers": 2_940,
    "w.wechat.posts": 486, "w.wechat.followers": 38_600,
}  # fmt: skip
WORDS = {"w.weibo.name": "青禾发布", "w.wechat.name": "青禾发布", "w.talk.smart": NO, "w.new.accessible": YES}
EVIDENCE = "县融媒体中心、县数据局年末统计表（12 月 31 日导出）"
TASKS = (
    ("公开惠企政策清单和申报指南", "财政局", (4, 30), "县政务公开工作要点第 3 条"),
    ("公开义务教育招生政策和划片方案", "教育局", (5, 20), "县政务公开工作要点第 6 条"),
    ("公开重大建设项目批准结果", "住房城乡建设局", (9, 30), "县政务公开工作要点第 8 条"),
    ("公布养老服务机构名录和补贴标准", "民政局", (10, 31), "县政务公开工作要点第 11 条"),
    ("基层政务公开标准目录对照检查", "河口镇", (12, 15), "县政务公开工作要点第 15 条"),
)
"""Matter, organ responsible, month and day, source."""


def build_year(county: County, years: list[int]) -> None:
    for year in years:
        if year < county.today.year:
            _website_return(county, year)
    _tasks(county)
    _budgets(county)


def _website_return(county: County, year: int) -> None:
    filled_on, approved_on, out_on = (county.no_later(date(year + 1, 1, day)) for day in (9, 12, 22))
    row = open_website_return(county.government, year, by=county.office, today=filled_on)
    growth = Decimal(county.random.randint(96, 108)) / 100
    values: dict[str, Value] = {
        cell.id: YES if cell.kind == "choice" else (Decimal(FIGURES.get(cell.id, 0)) * growth).quantize(Decimal(1))
        for cell in CELLS.values()
        if cell.filed and (cell.is_number or cell.kind == "choice")
    }
    row = fill_website_return(
        row, values | WORDS, evidence=dict.fromkeys(SECTIONS, EVIDENCE), site_name=county.government.name,
        head="何明远", phone=county.government.phone, version=row.version, by=county.office, today=filled_on,
    )  # fmt: skip
    signatory = county.person(county.government, Role.SIGNATORY)
    row = approve_website_return(row, by=signatory, today=approved_on)
    publish_website_return(row, by=signatory, today=out_on)


def _tasks(county: County) -> None:
    """The county's key tasks of the year; those that were due a while ago are done, the last of them late."""
    year = county.today.year
    rows = [
        PlanFacts(title, county.organs[organ], date(year, day[0], 1), date(year, *day), source, screen="compose")
        for title, organ, day, source in TASKS
    ]
    entered = min(date(year, 4, 8), county.today)
    region = Scope(county.government, whole_region=True)
    entries = enter_plan_entries(region, rows, kind=PlanEntryKind.KEY_TASK, by=county.office, today=entered)
    over = [entry for entry in entries if entry.due_on + timedelta(days=20) < county.today]
    for entry in over[:-1]:
        finish_plan_entry(
            entry,
            done_on=entry.due_on - timedelta(days=4),
            note="已在单位专栏公开",
            by=county.office,
            today=county.today,
        )


def _budgets(county: County) -> None:
    year, approved_on = county.today.year, date(county.today.year, 2, 6)
    if approved_on > county.today:
        return
    organs = list(budgets.organs([organ.pk for organ in county.organs.values()]))
    enter_budget_approvals(
        organs, BudgetKind.BUDGET, year, approved_on=approved_on, by=county.office, today=county.today
    )
