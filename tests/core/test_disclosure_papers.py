"""The statutory guide (条例第十二条第二款) and the official table of the 26-field standard catalogue."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai_core.disclosure.guide import ELEMENTS, check_guide, outdated
from gongkai_core.disclosure.standard import CHANNELS, FIELDS, StandardRow, field_of, read, written
from gongkai_core.disclosure.terms import Kind, Term, parse_term

GUIDE = """一、政府信息的分类和编排体系
本机关公开的政府信息按条例第二十条分为十五类；编排体系由索引号、名称、内容概述、生成日期组成。
二、获取方式
可以在县政府网站查阅，也可以到档案馆、图书馆查阅点查阅。
三、政府信息公开工作机构
工作机构名称：青禾县人民政府办公室
办公地址：青禾县城关街道文昌路1号
办公时间：工作日 8:30—12:00，14:30—17:30
联系电话：0990-2100001
传真号码：0990-2100002
电子邮箱：office@qinghe.example
"""
LINES = {
    "政府信息的分类": ("分类和", "分为十五类；"),
    "编排体系": ("和编排体系", "编排体系由索引号、名称、内容概述、生成日期组成"),
    "获取方式": ("二、获取方式",),
    "工作机构名称": ("工作机构名称：青禾县人民政府办公室",),
    "办公地址": ("办公地址：青禾县城关街道文昌路1号",),
    "办公时间": ("办公时间：工作日 8:30—12:00，14:30—17:30",),
    "联系电话": ("联系电话：0990-2100001",),
    "传真号码": ("传真号码：0990-2100002",),
    "互联网联系方式": ("电子邮箱：office@qinghe.example",),
}


def missing(text):
    return [element.name for element in check_guide(text) if not element.found]


def test_a_whole_guide_has_its_nine_elements():
    assert len(ELEMENTS) == 9
    assert missing(GUIDE) == []


@pytest.mark.parametrize("name", list(LINES))
def test_each_element_is_missed_when_it_is_gone(name):
    text = GUIDE
    for line in LINES[name]:
        assert line in text
        text = text.replace(line, "")
    assert missing(text) == [name]


def test_headings_without_their_values_are_no_contacts():
    text = "政府信息的分类、编排体系、获取方式，工作机构名称、办公地址、办公时间、联系电话、传真和互联网联系方式。"
    assert missing(text) == ["工作机构名称", "办公地址", "办公时间", "联系电话", "传真号码", "互联网联系方式"]
    assert missing("") == list(ELEMENTS)


def test_a_particular_that_changed_is_outdated():
    now = {"联系电话": "0990 2100001", "办公时间": "工作日 8:30-12:00,14:30-17:30", "传真": ""}
    assert outdated(GUIDE, now) == ()
    assert outdated(GUIDE, now | {"联系电话": "0990-2100009", "办公地址": "青禾县人民路2号"}) == (
        "联系电话",
        "办公地址",
    )


# The standard catalogue ---------------------------------------------------------------------------------------------

BOXES = """■政府网站 □政府公报
■两微一端 □发布会/听证会
□广播电视 □纸质媒体
□公开查阅点 ■政务服务中心
□便民服务站 □入户/现场
■社区/企事业单位/村公示栏（电子屏）
□精准推送 □其他____"""


def line(**given):
    row = {
        "number": "1", "matter": "教育概况", "submatter": "教育事业发展主要情况", "content": "学校数、在校生数",
        "ground": "政府信息公开条例", "term": "自信息形成或者变更之日起20个工作日内", "organ": "县教育局", "channels": BOXES,
        "everybody": "√", "group": "", "active": "√", "on_request": "", "county": "√", "town": "",
    }  # fmt: skip
    return list({**row, **given}.values())


def table(*lines, title="青禾县义务教育领域基层政务公开标准目录"):
    heads = written([])
    return [[title] + [""] * 13, *heads, *lines]


def faults(*lines, **more):
    return [(fault.line, fault.heading, fault.rule) for fault in read(table(*lines, **more)).faults]


def test_the_official_table_is_read():
    sheet = read(
        table(
            line(), line(number="2", matter="", submatter="学校名录", town="√", group="", term="每学期开学前10个工作日")
        )
    )
    assert sheet.faults == []
    assert sheet.field_code == "compulsory-education"
    first, second = sheet.rows
    assert (first.line, first.title, first.organ) == (4, "教育概况 · 教育事业发展主要情况", "县教育局")
    assert first.channels == ("政府网站", "两微一端", "政务服务中心", "社区/企事业单位/村公示栏（电子屏）")
    assert (first.term, first.county, first.town, first.active, first.on_request) == (Term(Kind.WORKDAYS, 20), True, False, True, False)  # fmt: skip
    assert second.matter == "教育概况"
    assert second.town


@pytest.mark.parametrize(
    ("given", "heading", "rule"),
    [
        ({"term": "详见附件"}, "公开时限", "CAT-01"),
        ({"everybody": ""}, "全社会", "CAT-02"),
        ({"everybody": "", "group": "√"}, "特定群体（请写明）", "CAT-02"),
        ({"active": "", "on_request": "√", "channels": BOXES.replace("□", "■")}, "公开渠道和载体", "CAT-03"),
        ({"channels": BOXES.replace("■", "□")}, "公开渠道和载体", ""),
        ({"channels": "■黑板报"}, "公开渠道和载体", ""),
        ({"active": ""}, "主动", ""),
        ({"county": ""}, "县级", ""),
        ({"county": "教育局"}, "县级", ""),
        ({"content": ""}, "公开内容（要素）", ""),
        ({"ground": ""}, "公开依据", ""),
        ({"organ": ""}, "公开主体", ""),
    ],
)
def test_a_wrong_row_is_told_by_line_and_column(given, heading, rule):
    sheet = read(table(line(), line(**{"submatter": "另一事项", **given})))
    assert (5, heading, rule) in [(fault.line, fault.heading, fault.rule) for fault in sheet.faults]
    assert [row.line for row in sheet.rows] == [4]


def test_all_channels_may_be_ticked_for_what_is_proactively_open():
    assert faults(line(channels=BOXES.replace("□", "■"))) == []


def test_a_row_twice_is_a_fault_and_a_note_below_is_none():
    assert faults(line(), line()) == [(5, "公开事项", "")]
    assert faults(line(), ["注：本目录由县教育局解释", *[""] * 13]) == []


def test_a_table_of_another_kind_is_refused():
    assert read([["姓名", "电话"]]).faults[0].what.startswith("找不到表头")
    assert "26 个试点领域" in read(table(line(), title="目录")).faults[0].what
    assert read(table(line(), title="目录"), "社会救助").field_code == "social-assistance"
    short = [row[:9] for row in table(line())]
    assert "“县级”" in read(short).faults[0].what


def test_the_twenty_six_fields_are_known_by_their_names():
    assert len(FIELDS) == 26
    assert {field_of(f"{name}领域基层政务公开标准目录") for name, _, _ in FIELDS.values()} == set(FIELDS)
    assert field_of("乡村振兴领域") == "poverty-relief"


WORDS = st.text("教育民政公开目录条例第一二（）、。ab12", min_size=1, max_size=12)
ROWS = st.builds(
    StandardRow,
    line=st.just(3),
    matter=WORDS,
    submatter=WORDS,
    content=WORDS,
    ground=WORDS,
    term_text=st.sampled_from(["实时", "7个工作日", "20日内", "及时", "1个月内"]),
    term=st.just(Term(Kind.PROMPTLY)),
    organ=WORDS,
    channels=st.sets(st.sampled_from(list(CHANNELS)), min_size=1, max_size=12).map(
        lambda names: tuple(name for name in CHANNELS if name in names)
    ),
    other_channel=st.just(""),
    group=st.sampled_from(["", "低保对象"]),
    active=st.just(True),
    on_request=st.booleans(),
    county=st.just(True),
    town=st.booleans(),
).map(lambda row: replace(row, term=parse_term(row.term_text)))


@given(st.lists(ROWS, max_size=6, unique_by=lambda row: (row.matter, row.submatter, row.content)))
def test_what_is_written_is_read_back(rows):
    read_back = read([["社会救助领域基层政务公开标准目录"], *written(rows)])
    assert read_back.faults == []
    assert [replace(row, line=3) for row in read_back.rows] == rows
