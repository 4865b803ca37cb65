"""Prose against table, required items, last year's words and last year's problems."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from gongkai.agencies.models import Role
from gongkai.annualreport import checks, improvements, prose, required, similarity
from gongkai.annualreport.actions import can_sign, compile_report, edit_sections
from gongkai.annualreport.models import Report

TODAY = date(2026, 1, 12)


def with_text(house: Any, number: str, text: str, year: int = 2025) -> Report:
    report = Report.objects.filter(agency=house.agency, year=year).first() or house.compiled(year)
    return edit_sections(report, {number: text}, version=report.version, by=house.author, today=TODAY)


def wrong(house: Any, text: str, number: str = "1.2", year: int = 2025) -> list[tuple[str, str]]:
    """(as said, as in the table) of the numbers in a text that are not the table's."""
    return [
        (one.said, one.table) for one in prose.mismatches(with_text(house, number, text, year)) if one.part == number
    ]


@pytest.mark.parametrize(
    "text",
    [
        "全年新收政府信息公开申请48件，上年结转2件；办结46件，结转下年度继续办理4件。",
        "收到申请四十八件。",
        "２０２５年共收到政府信息公开申请４８件。",
        "收到申请近50件。",
        "收到申请40余件，办结四十六件。",
        "上年收到政府信息公开申请30件，本年收到48件，比上年增加18件。",
        "按照〔2025〕60号文件，2024年收到申请30件。",
        "其中自然人申请41件，商业企业申请6件，予以公开24件、部分公开7件。",
        "因政府信息公开被申请行政复议3件，其中复议纠正1件；被提起行政诉讼1件。",
        "对20个工作日内能够办结的，当场答复。",
    ],
)
def test_what_the_tables_bear_out_is_not_named(finance: Any, text: str) -> None:
    assert wrong(finance, text) == []


@pytest.mark.parametrize(
    ("text", "said", "table"),
    [
        ("全年新收政府信息公开申请47件。", "47件", "48件"),
        ("收到申请四十七件。", "47件", "48件"),
        ("上年结转5件，办结46件。", "5件", "2件"),
        ("答复49件，结转下年度4件。", "49件", "46件"),
        ("其中予以公开20件，部分公开7件。", "20件", "24件"),
        ("收到申请60余件。", "60余件", "48件"),
        ("收到申请约90件。", "约90件", "48件"),
        ("今年以来办理信息公开申请48件，行政复议1件。", "1件", "3件"),
        ("没有因政府信息公开被申请行政复议。", "没有", "3件"),
        ("行政诉讼2起。", "2起", "1件"),
        ("其中涉及征地拆迁的申请37件。", "37件", ""),
    ],
)
def test_a_number_that_is_not_the_tables_is_named_with_both_sides(
    finance: Any, text: str, said: str, table: str
) -> None:
    assert (said, table) in wrong(finance, text)


def test_documents_and_money_are_compared_in_their_unit(finance: Any) -> None:
    right = (
        "制发行政规范性文件6件，废止行政规范性文件2件，现行有效31件；行政许可决定1203件；行政事业性收费金额318.25万元。"
    )
    assert wrong(finance, right, "1.1") == []
    assert wrong(finance, "行政事业性收费3182500元。", "1.1") == []
    assert wrong(finance, "制发行政规范性文件9件，行政处罚决定74件，行政事业性收费381.25万元。", "1.1") == [
        ("9件", "6件"), ("74件", "47件"), ("381.25万元", "318.25万元"),
    ]  # fmt: skip


def test_older_forms_are_read_too(finance: Any) -> None:
    assert wrong(finance, "全年收到政府信息公开申请17件，办结16件。", "4", 2016) == [("16件", "17件")]
    assert wrong(finance, "新收政府信息公开申请13件，办结9件。", "1.2", 2020) == [("13件", "12件")]


@pytest.mark.parametrize("year", [2016, 2020, 2025])
def test_the_drafting_help_contradicts_no_table(finance: Any, year: int) -> None:
    assert prose.mismatches(finance.compiled(year)) == []


def test_a_wrong_number_is_shown_on_the_page_and_leads_to_its_cell(finance: Any, enter: Any) -> None:
    report = with_text(finance, "1.2", "新收政府信息公开申请47件。")
    page = enter(finance.author).get(reverse("annualreport:desk_report", args=[report.public_id])).content.decode()
    assert "正文写新收申请 47件，统计表是 48件" in page
    assert f'<a href="{reverse("statistics:cell", args=[2025, "t3.r1.total"])}">正文写新收申请' in page


# What must be said ---------------------------------------------------------------------------------------------------


def words_missing(report: Report) -> list[str]:
    return [one.words for one in required.missing(Report.objects.get(pk=report.pk))]


@pytest.mark.parametrize(
    ("organ", "level", "results"),
    [("财政局", "department", False), ("河口镇", "town", True), ("县政府", "county", True)],
)
def test_each_level_has_its_items(county: Any, organ: str, level: str, results: bool) -> None:
    from .conftest import House

    report = House(county, organ).compiled()
    assert required.level_of(report) == level
    assert ("社会评议结果" in words_missing(report)) is results


def test_missing_items_are_named_with_their_rule(finance: Any, enter: Any) -> None:
    report = finance.compiled()
    assert words_missing(report) == [
        "引言写明查阅网址", "总体情况写“平台建设”", "总体情况写“监督保障”", "列出 2 个以上的主要问题（一是、二是…）", "写明改进情况或者改进措施",
    ]  # fmt: skip
    page = enter(finance.author).get(reverse("annualreport:desk_report", args=[report.public_id])).content.decode()
    assert "必写事项（部门）" in page
    assert "列出 2 个以上的主要问题" in page


def test_the_fee_is_always_told(finance: Any) -> None:
    report = finance.written()
    report = edit_sections(report, {"6": "无。"}, version=report.version, by=finance.author, today=TODAY)
    refusal = can_sign(report, by=finance.signatory, today=TODAY)
    assert refusal is not None
    assert "信息处理费" in refusal.message
    assert "国办函〔2020〕109号" in refusal.article


def test_where_somebody_did_not_pay_cases_and_amount_are_told(
    finance: Any, full: Callable[..., dict[str, Any]]
) -> None:
    values = full(2025, **{"t3.r3_6_2.natural_person": 1, "t3.r1.natural_person": 42})
    finance.frozen(2025, values)
    report = compile_report(2025, finance.scope, by=finance.author, today=TODAY)
    drafted = "本年度收取信息处理费0件，合计0元。申请人逾期未缴费、不再处理其申请的1件。"
    assert report.sections.get(number="6").text == drafted
    assert "写明收取信息处理费的件数和金额" not in words_missing(report)
    report = with_text(finance, "6", "本年度未收取信息处理费。")
    assert "写明收取信息处理费的件数和金额" in words_missing(report)
    with_text(finance, "6", "本年度收取信息处理费1件，合计380元。")
    assert "写明收取信息处理费的件数和金额" not in words_missing(report)


# Last year's words ---------------------------------------------------------------------------------------------------

LAST = "一是部分单位公开不够及时，集中在季末发布，改进措施：按月通报。\n二是政策解读形式单一，以文字为主，改进措施：增加图解。"
NEW = "一是申请补正比例偏高，已要求登记后先电话沟通。二是基层人员变动频繁，新任人员不熟悉规定，下一步编印手册。"


def two_years(house: Any, now: str) -> Report:
    before = house.written(2024)
    edit_sections(before, {"5": LAST}, version=before.version, by=house.author, today=date(2025, 1, 9))
    house.compiled(2025)
    return with_text(house, "5", now)


def test_the_same_problems_again_are_warned_of(finance: Any) -> None:
    report = two_years(finance, LAST.replace("季末", "年末"))
    assert any("雷同" in note.words and note.part == "5" for note in checks.notes(report))
    report = with_text(finance, "5", NEW)
    assert not any("雷同" in note.words for note in checks.notes(report) if note.part == "5")


def test_the_threshold_is_a_setting(finance: Any, county: Any) -> None:
    report = two_years(finance, LAST[:40] + NEW)
    [alike] = [one for one in similarity.compared(report, report.year_before()) if one.number == "5"]
    assert not alike.too_much
    office = county.person("县政府", Role.DISCLOSURE_OFFICE)
    similarity.THRESHOLD.change(str(alike.percent - 1), by=office)
    [alike] = [one for one in similarity.compared(report, report.year_before()) if one.number == "5"]
    assert alike.too_much
    for wrong_value in ("0", "101", "半"):
        with pytest.raises(ValueError):
            similarity.THRESHOLD.change(wrong_value, by=office)


def test_sentences_of_the_drafting_help_are_not_held_against_anybody(finance: Any) -> None:
    finance.written(2024)
    report = finance.written(2025)
    assert "1.2" not in {one.number for one in similarity.compared(report, report.year_before())}


def test_last_years_problems_stand_beside_what_this_year_says(finance: Any, enter: Any) -> None:
    report = two_years(finance, f"上年所列政策解读形式单一的问题，本年新增图解12件。{NEW}")
    first, second = improvements.beside(report, report.year_before())
    assert first.words.startswith("一是部分单位公开不够及时")
    assert first.improvement == ""
    assert second.improvement == "上年所列政策解读形式单一的问题，本年新增图解12件。"
    missing = [one.words for one in required.missing(report)]
    assert any(words.startswith("交代上年所列问题的改进情况：一是部分单位") for words in missing)
    assert not any("二是政策解读" in words for words in missing)
    page = enter(finance.author).get(reverse("annualreport:desk_report", args=[report.public_id])).content.decode()
    assert "上年所列的问题和本年的改进" in page
    assert "没有找到，请写明改进情况" in page


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("存在的问题不多。", 1),
        ("主要问题：一是甲。二是乙。", 2),
        ("（一）存在问题。\n1.甲不及时。\n2.乙不规范。", 3),
        ("①甲；②乙；③丙", 3),
        ("本年2.5万件，一直如此。", 1),
    ],
)
def test_problems_are_told_apart_by_their_numbers(text: str, count: int) -> None:
    assert len(improvements.problems(text)) == count
