"""年度工作日历: computed entries that cite their article, the office's own, 预决算, and a file for the telephone."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

import county as a_county
from freezing import on_day
from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import CalendarYear, Role, User
from gongkai.agencies.office_settings import DECLARED
from gongkai.annualreport import budgets
from gongkai.annualreport.actions import (
    can_change_plan_entry,
    can_finish_plan_entry,
    can_mark_plan_rule,
    enter_budget_approvals,
    enter_plan_entries,
    finish_plan_entry,
)
from gongkai.annualreport.actions.enter_plan_entries import PlanFacts
from gongkai.annualreport.models import BudgetApproval, BudgetKind, PlanEntry, PlanEntryKind
from gongkai.annualreport.plan_rules import Asked, rules
from gongkai.annualreport.plan_standing import standing
from gongkai.annualreport.queues import tasks
from gongkai.annualreport.screens import SCREENS
from gongkai.annualreport.work_plan import PlanLine, plan
from gongkai.publishing.obligations import generate
from gongkai.publishing.skeleton import seed_columns, seed_duties
from gongkai.registers.actions import enter as enter_register
from gongkai.registers.models import Training
from gongkai_core.refusals import Refused
from gongkai_core.workdays import Calendar

from .conftest import House, public_item

pytestmark = pytest.mark.django_db
YEAR, TODAY = 2026, date(2026, 3, 20)
Enter = Callable[[User], Client]


@pytest.fixture
def office(county: a_county.County) -> User:
    return county.person("县政府", Role.DISCLOSURE_OFFICE)


@pytest.fixture
def region(county: a_county.County) -> Scope:
    return Scope(county.government, whole_region=True)


@pytest.fixture
def owing(county: a_county.County) -> None:
    """Every organ owes what the statutory catalogue says, since before the year."""
    seed_columns()
    seed_duties(date(2025, 1, 1))
    generate(date(2026, 1, 2))


def of(scope: Scope, today: date = TODAY, year: int = YEAR) -> dict[str, PlanLine]:
    return {line.key: line for line in plan(scope, year, today=today)}


def task(county: a_county.County, office: User, organ: str = "财政局", **changed: Any) -> PlanEntry:
    facts = {"title": "公开惠企政策清单", "first": date(2026, 3, 1), "due_on": date(2026, 3, 31), **changed}
    row = PlanFacts(responsible=county.organs[organ], **facts)
    scope = Scope(county.government, whole_region=True)
    return enter_plan_entries(scope, [row], kind=PlanEntryKind.KEY_TASK, by=office, today=TODAY)[0]


# Where an entry stands ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done_on", "today", "state", "words"),
    [
        (None, date(2026, 2, 27), "ahead", "未到开始日期"),
        (None, date(2026, 3, 30), "open", "进行中，剩 1 个工作日"),
        (None, date(2026, 3, 31), "open", "进行中，今日到期"),
        (None, date(2026, 4, 3), "late", "逾期 3 个工作日"),
        (None, date(2026, 4, 8), "late", "逾期 5 个工作日"),  # 清明 does not count
        (date(2026, 3, 31), date(2026, 4, 8), "done", "完成"),
        (date(2026, 4, 2), date(2026, 4, 8), "done_late", "迟 2 个工作日完成"),
    ],
)
def test_lateness_is_counted_in_working_days(done_on: date | None, today: date, state: str, words: str) -> None:
    found = standing(
        date(2026, 3, 1), date(2026, 3, 31), done=False, done_on=done_on, today=today, calendar=Calendar.default()
    )
    assert (found.state, found.words) == (state, words)


# Computed entries ---------------------------------------------------------------------------------------------------


def test_every_computed_entry_cites_its_article_and_opens_a_screen(county: a_county.County, region: Scope) -> None:
    found = rules(Asked(YEAR, region, TODAY, Calendar.default()))
    assert len(found) >= 18
    for rule in found:
        assert rule.article, rule.key
        assert rule.address.startswith("/desk/"), rule.key
        assert rule.first <= rule.due, rule.key
        assert rule.due.year == YEAR, rule.key


def test_the_year_of_the_office_stands_in_its_months(region: Scope, owing: None) -> None:
    lines = of(region)
    days = {key: (line.due.month, line.due.day) for key, line in lines.items()}
    assert days["reports"] == (1, 31)
    assert days["website_return"] == (1, 31)
    assert days["government_report"] == (3, 31)
    assert days["budget"] == (3, 31)
    assert days["accounts"] == (10, 31)
    assert days["key_tasks"] == (5, 31)
    assert days["training"] == (6, 30)
    assert days["clean_up"] == (9, 30)
    assert days["holidays"] == (11, 30)
    assert days["year_end_check"] == days["freeze"] == (12, 31)
    assert days["deposit_2025_4"] == (1, 30)
    assert [f"inspection_{quarter}" in days for quarter in range(1, 5)] == [True] * 4
    assert not any(key.startswith("gazette") for key in days)


def test_what_practice_has_not_settled_is_marked_until_the_office_says_its_own(
    county: a_county.County, region: Scope, office: User, owing: None
) -> None:
    lines = of(region)
    assert lines["reports"].confirmed
    assert lines["website_return"].confirmed
    assert not lines["training"].confirmed
    DECLARED["annualreport.plan_training_by"].change("09-15", by=office)
    line = of(region)["training"]
    assert line.confirmed
    assert line.due == date(2026, 9, 15)


def test_a_gazette_is_in_the_year_only_where_there_is_one(region: Scope, office: User) -> None:
    DECLARED["publishing.gazette"].change("办", by=office)
    assert {f"gazette_{quarter}" for quarter in range(1, 5)} < set(of(region))


def test_reports_are_counted_from_what_organs_published(
    county: a_county.County, region: Scope, owing: None, finance: House
) -> None:
    before = of(region)["reports"]
    assert before.standing.state == "late"
    assert before.progress == "已公布 0/4 个单位，逾期未公布 4 个"
    finance.published(2025)
    assert of(region)["reports"].progress == "已公布 1/4 个单位，逾期未公布 3 个"
    own = of(finance.scope)["reports"]
    assert own.standing.state == "done"
    assert "government_report" not in of(finance.scope)


def test_training_is_done_by_what_the_register_holds(county: a_county.County, region: Scope) -> None:
    assert of(region)["training"].standing.state == "ahead"
    clerk = county.person("财政局", Role.STATISTICIAN)
    enter_register(
        Training, county.organs["财政局"], by=clerk, today=TODAY, held_on=date(2026, 3, 3), title="培训", attendance=30
    )
    line = of(region)["training"]
    assert line.standing.state == "done"
    assert line.progress == "已办 1 期、30 人次"


def test_the_freeze_is_the_organs_own(county: a_county.County, region: Scope, finance: House) -> None:
    finance.frozen(2025)
    assert of(finance.scope, year=2025)["freeze"].standing.is_done
    assert not of(region, year=2025)["freeze"].standing.is_done


def test_holidays_are_done_once_the_next_years_are_entered(
    county: a_county.County, region: Scope, office: User
) -> None:
    assert of(region, year=2030, today=date(2030, 12, 3))["holidays"].standing.state == "late"
    CalendarYear.objects.create(year=2031, notice="国办发明电〔2030〕1号", entered_by=office, entered_at=timezone.now())
    assert of(region, year=2030, today=date(2030, 12, 3))["holidays"].standing.is_done


def test_what_no_ledger_tells_a_person_says_and_may_take_back(
    county: a_county.County, region: Scope, office: User, enter: Enter
) -> None:
    address = reverse("annualreport:plan_mark", args=[YEAR, "assessment"])
    with on_day(TODAY):
        desk = enter(office)
        page = desk.post(address, {"done_on": "2026-02-04", "note": "已送县委考核办，目录见档案 3 号"}, follow=True)
        assert "已填完成" in page.content.decode()
        assert of(region)["assessment"].standing.words == "迟 3 个工作日完成"
        again = desk.post(address, {"done_on": "2026-02-05", "note": "再填"}, follow=True).content.decode()
        assert "已经填过完成" in again
        desk.post(address, {"unmark": "1"})
        assert not of(region)["assessment"].standing.is_done
        desk.post(address, {"done_on": "2026-02-05", "note": "再填"})
        assert of(region)["assessment"].standing.is_done


@pytest.mark.parametrize("data", [{"done_on": "2026-03-21", "note": "明天"}, {"done_on": "", "note": "x"}, {"done_on": "2026-02-05", "note": ""}])  # fmt: skip
def test_a_day_to_come_or_no_word_marks_nothing(
    region: Scope, office: User, enter: Enter, data: dict[str, str]
) -> None:
    with on_day(TODAY):
        enter(office).post(reverse("annualreport:plan_mark", args=[YEAR, "assessment"]), data)
    assert PlanEntry.objects.count() == 0


def test_what_a_ledger_knows_nobody_marks(region: Scope, office: User) -> None:
    found = {rule.key: rule for rule in rules(Asked(YEAR, region, TODAY, Calendar.default()))}
    refusal = can_mark_plan_rule(found["reports"], region, by=office, today=TODAY)
    assert refusal is not None
    assert refusal.code == "computed"


# Key tasks and own entries ------------------------------------------------------------------------------------------


def test_a_key_task_waits_on_the_organs_desk_until_it_says_it_is_done(
    county: a_county.County, office: User, enter: Enter
) -> None:
    clerk = county.person("财政局", Role.DRAFTER)
    with on_day(TODAY):
        desk = enter(office)
        data = {
            "enter": "1", "kind": "key_task", "title": "公开惠企政策清单", "responsible": str(county.organs["财政局"].public_id),
            "due_on": "2026-03-31", "source": "县政务公开要点第 3 条", "screen": "compose",
        }  # fmt: skip
        page = desk.post(reverse("annualreport:plan_tasks", args=[YEAR]), data, follow=True).content.decode()
        assert "公开惠企政策清单" in page
        (waiting,) = [one for one in tasks(clerk, on=TODAY) if one.kind == "重点工作"]
        assert waiting.days_left == 7
        mine = enter(clerk)
        page = mine.get(waiting.url).content.decode()
        assert "去办理：发稿" in page
        assert "保存修改" not in page
        page = mine.post(
            waiting.url, {"finish": "1", "done_on": "2026-03-20", "note": "3 月 20 日公开，索引号见附"}, follow=True
        )
        assert "完成" in page.content.decode()
        assert [one for one in tasks(clerk, on=TODAY) if one.kind == "重点工作"] == []
        assert "公开惠企政策清单" in mine.get(reverse("annualreport:plan", args=[YEAR])).content.decode()
    entry = PlanEntry.objects.get()
    assert entry.done_by == clerk
    assert entry.first == date(2026, 3, 1)


def test_other_organs_never_see_it(county: a_county.County, office: User, enter: Enter) -> None:
    entry = task(county, office)
    stranger = county.person("教育局", Role.DRAFTER)
    with on_day(TODAY):
        desk = enter(stranger)
        assert desk.get(reverse("annualreport:plan_entry", args=[entry.public_id])).status_code == 404
        for name in ("plan", "plan_tasks", "plan_file"):
            answer = desk.get(reverse(f"annualreport:{name}", args=[YEAR]))
            assert answer.status_code == 200
            assert "惠企政策" not in answer.content.decode().replace("\r\n ", "")


def test_who_may_change_and_finish(county: a_county.County, office: User) -> None:
    entry = task(county, office)
    clerk, stranger = county.person("财政局", Role.DRAFTER), county.person("教育局", Role.DRAFTER)

    def codes(by: User) -> tuple[str, str]:
        found = (can_change_plan_entry(entry, by=by, today=TODAY), can_finish_plan_entry(entry, by=by, today=TODAY))
        return tuple(refusal.code if refusal else "" for refusal in found)  # type: ignore[return-value]

    assert codes(office) == ("", "")
    assert codes(clerk) == ("office", "")
    assert codes(stranger) == ("office", "office")
    done = finish_plan_entry(entry, done_on=TODAY, note="已公开", by=clerk, today=TODAY)
    entry.refresh_from_db()
    assert codes(office) == ("done", "done")
    assert done.done_by == clerk


def test_an_organ_arranges_for_itself_alone(county: a_county.County) -> None:
    clerk = county.person("财政局", Role.DRAFTER)
    own = Scope(county.organs["财政局"], whole_region=False)
    row = PlanFacts("准备预算公开表", county.organs["财政局"], date(2026, 1, 5), date(2026, 1, 20))
    enter_plan_entries(own, [row], kind=PlanEntryKind.OWN, by=clerk, today=TODAY)
    other = PlanFacts("替别人安排", county.organs["教育局"], date(2026, 1, 5), date(2026, 1, 20))
    with pytest.raises(Refused, match="责任单位是本单位"):
        enter_plan_entries(own, [other], kind=PlanEntryKind.OWN, by=clerk, today=TODAY)
    with pytest.raises(Refused, match="政务公开办分解"):
        enter_plan_entries(own, [row], kind=PlanEntryKind.KEY_TASK, by=clerk, today=TODAY)
    assert PlanEntry.objects.count() == 1


def paste(desk: Client, block: str) -> str:
    page = desk.post(reverse("annualreport:plan_tasks", args=[YEAR]), {"paste": "1", "block": block}, follow=True)
    return page.content.decode()


def test_tasks_are_pasted_from_a_sheet_all_or_none(county: a_county.County, office: User, enter: Enter) -> None:
    good = "事项\t责任单位\t完成期限\t依据\t配合单位\n公开重大项目清单\t财政局\t2026-06-30\t要点第1条\t教育局\n公开招生政策\t青禾县教育局\t2026年5月8日"
    with on_day(TODAY):
        desk = enter(office)
        page = paste(desk, good.replace("财政局", "财证局").replace("5月8日", "5月38日"))
        assert "第 2 行：没有“财证局”这个单位" in page
        assert "第 3 行：看不懂完成期限" in page
        assert "公开招生政策" in page.split("<textarea")[1]
        assert PlanEntry.objects.count() == 0
        assert "已录入 2 项重点工作" in paste(desk, good)
    rows = {entry.title: entry for entry in PlanEntry.objects.all()}
    assert rows["公开招生政策"].due_on == date(2026, 5, 8)
    assert rows["公开重大项目清单"].assisting == "教育局"
    assert of(Scope(county.government, True))["key_tasks"].standing.state == "done"


@pytest.mark.parametrize(
    "block", ["\x00", "\t\t\t", "一" * 100_001, "事项\t责任单位\t完成期限", "甲\t财政局\t9999-99-99", "\ud83d"]
)
def test_no_block_breaks_the_page(county: a_county.County, office: User, enter: Enter, block: str) -> None:
    with on_day(TODAY):
        body = b"paste=1&block=" + block.encode("utf-8", "surrogatepass")
        answer = enter(office).post(
            reverse("annualreport:plan_tasks", args=[YEAR]), body, content_type="application/x-www-form-urlencoded"
        )
    assert answer.status_code == 200
    assert PlanEntry.objects.count() == 0


def test_an_entry_is_changed_dropped_and_reopened_at_the_screen(
    county: a_county.County, office: User, enter: Enter, region: Scope
) -> None:
    entry = task(county, office)
    address = reverse("annualreport:plan_entry", args=[entry.public_id])
    changed = {
        "change": "1", "title": "公开惠企政策清单（修订）", "responsible": str(county.organs["教育局"].public_id),
        "first": "2026-03-01", "due_on": "2026-04-30",
    }  # fmt: skip
    with on_day(TODAY):
        desk = enter(office)
        assert "开始日期在完成期限之后" in desk.post(address, {**changed, "first": "2026-05-01"}).content.decode()
        desk.post(address, changed)
        entry.refresh_from_db()
        assert (entry.title, entry.responsible.short_name, entry.due_on) == (
            "公开惠企政策清单（修订）",
            "教育局",
            date(2026, 4, 30),
        )
        desk.post(address, {"finish": "1", "done_on": "2026-03-20", "note": "完成"})
        desk.post(address, {"reopen": "1"})
        entry.refresh_from_db()
        assert entry.done_on is None
        desk.post(address, {"drop": "1", "reason": "并入另一项"})
    assert str(entry.public_id) not in of(region)


def test_the_database_refuses_days_out_of_order_and_done_by_nobody(county: a_county.County, office: User) -> None:
    entry = task(county, office)
    for wrong in ({"first": date(2026, 4, 1)}, {"done_on": TODAY}, {"rule": "reports"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanEntry.objects.filter(pk=entry.pk).update(**wrong)


# The pages ----------------------------------------------------------------------------------------------------------


def test_the_list_and_the_wall_show_the_same_entries_with_words(
    county: a_county.County, office: User, enter: Enter, owing: None, region: Scope
) -> None:
    task(county, office)
    with on_day(TODAY):
        desk = enter(office)
        by_month = desk.get(reverse("annualreport:plan", args=[YEAR])).content.decode()
        wall = desk.get(reverse("annualreport:plan", args=[YEAR]), {"view": "wall"}).content.decode()
        assert desk.get(reverse("annualreport:plan_now")).headers["Location"].endswith(f"/{YEAR}/")
    keys = set(of(region))
    for text in (by_month, wall):
        assert set(re.findall(r'<tr data-key="([^"]+)"', text)) == keys
        assert "逾期" in text
        assert "待核" in text
    assert "条例第四十九条第一款" in by_month
    assert "<strong>31日</strong> 逾" in wall


@pytest.mark.parametrize("year", [1, 2007, 2101, 99999])
def test_a_year_out_of_reach_is_not_there(office: User, enter: Enter, year: int) -> None:
    with on_day(TODAY):
        desk = enter(office)
        for name in ("plan", "plan_tasks", "plan_budgets", "plan_file"):
            assert desk.get(reverse(f"annualreport:{name}", args=[year])).status_code == 404


def test_the_telephones_file_has_every_entry_and_no_name_of_a_person(
    county: a_county.County, office: User, enter: Enter, owing: None, region: Scope
) -> None:
    entry = task(county, office)
    finish_plan_entry(entry, done_on=TODAY, note="已公开", by=office, today=TODAY)
    with on_day(TODAY):
        answer = enter(office).get(reverse("annualreport:plan_file", args=[YEAR]))
    assert answer["Content-Type"].startswith("text/calendar")
    assert ".ics" in answer["Content-Disposition"]
    text = answer.content.decode().replace("\r\n ", "")
    lines = of(region)
    assert text.count("BEGIN:VEVENT") == len(lines)
    assert len(set(re.findall(r"UID:(\S+)", text))) == len(lines)
    assert "SUMMARY:公开惠企政策清单" in text
    assert "条例第四十九条第一款" in text
    assert office.name not in text
    assert text.count("BEGIN:VALARM") == sum(not line.standing.is_done for line in lines.values())


def test_every_screen_of_the_list_is_there() -> None:
    for screen in SCREENS.values():
        assert screen.url.startswith("/desk/")


# 预决算 -------------------------------------------------------------------------------------------------------------


def money(county: a_county.County, today: date = TODAY) -> dict[str, budgets.BudgetRow]:
    keys = [organ.pk for organ in county.organs.values()]
    return {row.agency.short_name: row for row in budgets.chart(YEAR, keys, today=today)}


def approve(
    county: a_county.County, office: User, *names: str, on: date = date(2026, 2, 2), kind: str = "budget"
) -> None:
    enter_budget_approvals([county.organs[name] for name in names], kind, YEAR, approved_on=on, by=office, today=TODAY)


def test_the_chart_says_who_has_published_within_twenty_natural_days(
    county: a_county.County, office: User, owing: None, region: Scope
) -> None:
    approve(county, office, "财政局", "教育局", "司法局")
    public_item(county, "财政局", "财政局2026年部门预算", date(2026, 2, 22), column="A20_07")
    public_item(county, "教育局", "教育局2026年部门预算", date(2026, 2, 23), column="A20_07")
    rows = money(county)
    assert (rows["财政局"].budget.state, rows["财政局"].budget.due_on) == ("published", date(2026, 2, 22))
    assert rows["教育局"].budget.words == "迟 1 天公开"
    assert rows["司法局"].budget.words == "逾期 26 天未公开"
    assert [rows[name].budget.colour for name in ("财政局", "教育局", "司法局", "河口镇")] == [
        "green",
        "red",
        "red",
        "grey",
    ]
    assert rows["财政局"].accounts.words == "未录批复日期"
    assert money(county, date(2026, 2, 12))["司法局"].budget.words == "待公开，剩 10 天"
    line = of(region)["budget"]
    assert line.due == date(2026, 2, 22)
    assert line.article == "预算法第十四条"
    assert line.confirmed
    assert "逾期 1 个" in line.progress


def test_final_accounts_are_told_by_their_title(county: a_county.County, office: User, owing: None) -> None:
    approve(county, office, "财政局", on=date(2026, 3, 2), kind=BudgetKind.ACCOUNTS)
    public_item(county, "财政局", "财政局2025年部门决算", date(2026, 3, 9), column="A20_07")
    row = money(county)["财政局"]
    assert (row.budget.state, row.accounts.state) == ("unknown", "published")


def test_approvals_are_entered_for_many_and_taken_back_at_the_screen(
    county: a_county.County, office: User, owing: None, enter: Enter
) -> None:
    address = reverse("annualreport:plan_budgets", args=[YEAR])
    with on_day(TODAY):
        desk = enter(office)
        page = desk.post(address, {"kind": "budget", "approved_on": "2026-03-02", "everybody": "on"}, follow=True)
        count = budgets.organs([organ.pk for organ in county.organs.values()]).count()
        assert f"已录入 {count} 个单位的日期" in page.content.decode()
        assert BudgetApproval.objects.count() == count
        chosen = str(county.organs["财政局"].public_id)
        desk.post(address, {"kind": "budget", "approved_on": "", "organs": chosen})
        assert BudgetApproval.objects.count() == count - 1
        for wrong in (
            {"approved_on": "2026-03-21", "everybody": "on"},
            {"approved_on": "2025-12-31", "everybody": "on"},
            {"approved_on": "2026-03-02"},
        ):
            page = desk.post(address, {"kind": "budget", **wrong})
            assert "批准（批复）日期应在" in page.content.decode() or "没有选单位" in page.content.decode()
        sheet = desk.get(address, {"format": "xlsx"}).content
    lines = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert len(lines) == 1 + 2 * count
    assert lines[[line[0] for line in lines].index("青禾县财政局")][:2] == ["青禾县财政局", "预算"]


def test_an_organ_sees_its_own_row_and_enters_no_approval(county: a_county.County, owing: None, enter: Enter) -> None:
    address = reverse("annualreport:plan_budgets", args=[YEAR])
    with on_day(TODAY):
        desk = enter(county.person("财政局", Role.DRAFTER))
        text = desk.get(address).content.decode()
        assert text.count('<th scope="row"') == 1
        assert "录入批复日期" not in text
        desk.post(address, {"kind": "budget", "approved_on": "2026-03-02", "everybody": "on"})
    assert BudgetApproval.objects.count() == 0


# The website's return on the desk -----------------------------------------------------------------------------------


def test_the_website_return_waits_in_january_for_those_who_fill_it(county: a_county.County, office: User) -> None:
    def kinds(user: User, on: date) -> list[str]:
        return [one.kind for one in tasks(user, on=on)]

    january = date(2026, 1, 8)
    assert "填报网站报表" in kinds(office, january)
    assert "填报网站报表" in kinds(county.person("县政府", Role.STATISTICIAN), january)
    assert "填报网站报表" not in kinds(county.person("财政局", Role.STATISTICIAN), january)
    assert "填报网站报表" not in kinds(office, date(2026, 6, 1))
