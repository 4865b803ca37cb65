"""从 Excel 粘贴: with headings or without, every wrong cell named and mendable, all rows or none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongkai.registers.models import (
    DisclosurePlace,
    Fund,
    Meeting,
    PlaceVisits,
    PressConference,
    ResponsiblePerson,
    StaffMember,
    Training,
)
from gongkai.registers.pasting import Block, lines_of
from gongkai.trail.models import Entry

from .conftest import browser, clerk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
SHEET = "序号\t培训名称\t时间\t参训人数\t主讲\n1\t春季培训\t2026.3.5\t1,200人次\t王某\n2\t秋季培训\t2026年9月8日\t35\t李某\n"


@pytest.fixture
def desk(county: Any) -> Client:
    return browser(clerk(county))


def url(name: str) -> str:
    return f"/desk/registers/{name}/paste/"


def test_a_sheet_with_headings_of_its_own_is_shown_first_and_then_entered(desk: Client) -> None:
    seen = desk.post(url("training"), {"block": SHEET, "then": "check"})
    assert seen.status_code == 200
    assert "这些列本台账没有，不登记：主讲" in seen.content.decode()
    assert Training.objects.count() == 0
    done = desk.post(url("training"), {"block": seen.context["pasted"].text, "then": "enter"})
    assert done.status_code == 302
    assert list(Training.objects.order_by("held_on").values_list("title", "held_on", "attendance")) == [
        ("春季培训", date(2026, 3, 5), 1200), ("秋季培训", date(2026, 9, 8), 35),
    ]  # fmt: skip
    assert Entry.objects.filter(verb="registers.enter").count() == 2


def test_without_headings_the_columns_are_those_of_the_form(desk: Client) -> None:
    desk.post(
        url("pressconference"), {"block": "2026/3/5\t春耕发布会\t是\n20260608\t夏粮发布会\t否\t备注一", "then": "enter"}
    )
    rows = PressConference.objects.order_by("held_on").values_list("title", "principal_attended", "note")
    assert list(rows) == [("春耕发布会", True, ""), ("夏粮发布会", False, "备注一")]


def test_one_wrong_cell_keeps_all_rows_out_and_is_mended_in_its_place(desk: Client) -> None:
    block = "2026-3-5\t春季培训\t三十\n2026-3-50\t夏季培训\t20\n2027-1-1\t明年培训\t20\n2026-4-1\t秋季培训\t20\n"
    seen = desk.post(url("training"), {"block": block, "then": "enter"})
    page = seen.content.decode()
    assert seen.status_code == 422
    assert Training.objects.count() == 0
    errors = {
        (row.number, cell.label): cell.error for row in seen.context["pasted"].rows for cell in row.cells if cell.error
    }
    assert errors == {(1, "参训人次"): "“三十”不是整数", (2, "日期"): "“2026-3-50”不是日期，如 2026-03-01"}
    assert seen.context["pasted"].rows[2].error == "台账登记已经发生的事，日期不能晚于今天"
    assert 'name="fix-0-2" value="三十"' in page
    assert "秋季培训" in page
    mended = {"fix-0-2": "30", "fix-1-0": "2026-3-30", "fix-2-0": "2026-1-1"}
    done = desk.post(url("training"), {"block": seen.context["pasted"].text, "then": "enter", **mended})
    assert done.status_code == 302
    assert Training.objects.count() == 4


def test_going_back_to_the_text_area_takes_what_was_mended_along(desk: Client) -> None:
    seen = desk.post(url("training"), {"block": "2026-3-5\t春季培训\t三十", "then": "again", "fix-0-2": "30"})
    assert "2026-3-5\t春季培训\t30" in seen.content.decode()


def test_the_same_block_pasted_twice_is_not_counted_twice(desk: Client) -> None:
    block = "2026-3-5\t工作例会\n2026-3-5\t工作例会\t下午"
    assert desk.post(url("meeting"), {"block": block, "then": "enter"}).status_code == 302
    again = desk.post(url("meeting"), {"block": block, "then": "enter"})
    assert again.status_code == 422
    assert "完全相同" in again.content.decode()
    twin = desk.post(url("meeting"), {"block": "2026-4-5\t例会\n2026-4-5\t例会", "then": "check"})
    assert [row.number for row in twin.context["pasted"].wrong] == [2]
    assert Meeting.objects.count() == 2


def test_words_stand_for_choices_and_unknown_ones_say_what_can_be_written(desk: Client) -> None:
    block = "姓名\t专兼职\t到岗日期\n张三\t专职\t2026-1-1\n李四\t借调\t2026-1-1"
    seen = desk.post(url("staffmember"), {"block": block, "then": "check"})
    (wrong,) = [
        cell.error for row in seen.context["pasted"].rows for cell in row.cells if cell.label == "专兼职" and cell.error
    ]
    assert wrong == "“借调”不认识，可以写：专职、兼职"
    assert "没有“从事”这一列" in seen.content.decode()
    full = "姓名\t专兼职\t从事\t到岗日期\n张三\t专职\t政府信息公开\t2026-1-1\n李四\t兼职\t政府信息公开\t2026-1-1"
    assert desk.post(url("staffmember"), {"block": full, "then": "enter"}).status_code == 302
    assert StaffMember.objects.count() == 2


def test_an_amount_is_read_in_the_unit_of_its_heading_or_its_own(desk: Client) -> None:
    block = (
        "日期\t名称\t金额（元）\t用途\n2026-3-1\t甲\t170000\t政府信息公开专项\n2026-3-1\t乙\t2万元\t政府信息公开专项"
    )
    assert desk.post(url("fund"), {"block": block, "then": "enter"}).status_code == 302
    assert sorted(Fund.objects.values_list("amount_fen", flat=True)) == [2_000_000, 17_000_000]
    bare = "2026-4-1\t丙\t0.5\t政府信息公开专项"
    assert desk.post(url("fund"), {"block": bare, "then": "enter"}).status_code == 302
    assert Fund.objects.get(title="丙").amount_fen == 500_000
    wrong = desk.post(
        url("fund"),
        {"block": "2026-4-1\t丁\t约3\t政府信息公开专项\n2026-4-1\t戊\t0.001元\t政府网站建设维护", "then": "enter"},
    )
    assert "“约3”不是金额" in wrong.content.decode()
    assert "金额精确到分" in wrong.content.decode()


def test_visits_name_their_place(desk: Client, entered: Any) -> None:
    entered(DisclosurePlace, title="县图书馆查阅点", kind="reading_point", site="library")
    block = "月份\t场所\t接待人次\t约数\n2026-9\t县图书馆查阅点\t120\t是\n2026年10月\t县档案馆查阅点\t3\t"
    seen = desk.post(url("placevisits"), {"block": block, "then": "check"})
    assert "“县档案馆查阅点”不认识，可以写：县图书馆查阅点" in seen.content.decode()
    block = block.replace("县档案馆", "县图书馆")
    assert desk.post(url("placevisits"), {"block": block, "then": "enter"}).status_code == 302
    row = PlaceVisits.objects.get(held_on=date(2026, 9, 30))
    assert (row.visits, row.approximate, row.title) == (120, True, "县图书馆查阅点2026年9月接待")
    twice = desk.post(
        url("placevisits"), {"block": "2026-8\t县图书馆查阅点\t1\n2026-8\t县图书馆查阅点\t2", "then": "check"}
    )
    assert [row.error for row in twice.context["pasted"].wrong] == [
        "“县图书馆查阅点”2026年8月已经填报；有误的，先划去再填"
    ]


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("", "请填写"),
        ("\n \n", "没有内容"),
        ("日期\t名称\t参训人次", "只有表头"),
        ("日期\t时间\t名称\n2026-1-1\t2026-1-1\t甲", "有两列都是“日期”"),
        ("2026-3-5\t甲\x00\t3", "不能保存的字符"),
        ("x" * 200_001, "200001"),
        ("2026-3-5\t甲\t3\n" * 301, "一次最多 300 行"),
        ('2026-3-5\t"' + "甲" * 140_000 + '"\t3', "200"),
        ("2026-3-5\t甲\t3\t备注\t多的一格", "多出 1 格：多的一格"),
        ("2026-3-5\t甲\t99999999999999999999", "99999999"),
        ("0000-00-00\t甲\t٣", "不是"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_kept(desk: Client, block: str, words: str) -> None:
    seen = desk.post(url("training"), {"block": block, "then": "enter"})
    assert seen.status_code == 422
    assert words in seen.content.decode()
    assert Training.objects.count() == 0


def test_people_are_pasted_by_level_and_two_leaders_at_once_are_refused(desk: Client) -> None:
    block = "层级\t姓名\t任职日期\n分管领导\t张三\t2026-1-1\n科室负责人\t李四\t2026-1-1\n分管领导\t王五\t2026-5-1"
    seen = desk.post(url("responsibleperson"), {"block": block, "then": "enter"})
    assert "分管领导是张三，还没有写明止日" in seen.content.decode()
    assert ResponsiblePerson.objects.count() == 0


def test_nobody_else_pastes_for_the_organ(county: Any) -> None:
    other = browser(clerk(county, "教育局"))
    other.post(url("meeting"), {"block": "2026-3-5\t例会", "then": "enter"})
    assert list(Meeting.objects.values_list("agency__short_name", flat=True)) == ["教育局"]
    assert other.get("/desk/registers/nothing/paste/").status_code == 404


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"两\n行"\tb', [["两\n行", "b"]]),
        ('"有""引号""的\n两行"\tb\n', [['有"引号"的\n两行', "b"]]),
        ('"双随机"检查培训\tb', [['"双随机"检查培训', "b"]]),
        ('"培训"\tb', [['"培训"', "b"]]),
        ('"没有配对\tb\nc', [['"没有配对', "b"], ["c"]]),
        ('""\tb', [['""', "b"]]),
        ("\t\tb", [["", "", "b"]]),
    ],
)
def test_cells_are_read_as_excel_copies_them_and_written_so_again(text: str, lines: list[list[str]]) -> None:
    read = [line for line in lines_of(text) if any(line)]
    assert read == lines
    assert [line for line in lines_of(Block(lines=lines).text) if any(line)] == lines


def test_many_quotation_marks_cost_no_time(desk: Client) -> None:
    for text in ('"' * 200_000, '\t"' * 100_000, '"a\t' * 60_000, '""""\t' * 40_000, '"x""' * 50_000):
        assert lines_of(text)


def test_the_office_s_own_marks_stay_in_a_name(desk: Client) -> None:
    block = '2026-3-5\t"双随机"检查培训\t20\r\n2026-3-6\t"第一行\n第二行"\t5\r\n'
    assert desk.post(url("training"), {"block": block, "then": "enter"}).status_code == 302
    assert set(Training.objects.values_list("title", flat=True)) == {'"双随机"检查培训', "第一行\n第二行"}
