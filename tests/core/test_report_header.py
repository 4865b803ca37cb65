"""Organ and year, from the ways offices write a title and from elsewhere when the title is silent."""

from __future__ import annotations

import pytest

from gongkai_core.report import read
from gongkai_core.report.audit import level_of_government

TITLES = {
    "青禾县2017年政府信息公开工作年度报告": ("青禾县人民政府", 2017),
    "2018年青禾市政府信息公开工作年度报告": ("青禾市人民政府", 2018),
    "青禾县教育局2021年度政府信息公开工作年度报告": ("青禾县教育局", 2021),
    "青禾县人民政府办公室关于2019年政府信息公开工作的年度报告": ("青禾县人民政府办公室", 2019),
    "青禾市政府2015年政府信息公开工作报告": ("青禾市人民政府", 2015),
    "柳溪镇人民政府二〇一六年政府信息公开年度报告": ("柳溪镇人民政府", 2016),
    "柳溪镇二○一四年度政府信息公开工作年度报告": ("柳溪镇人民政府", 2014),
    "青禾区城南街道2022年政府信息公开工作年度报告": ("青禾区城南街道办事处", 2022),
    "青禾经济技术开发区2020年政府信息公开工作年度报告": ("青禾经济技术开发区", 2020),
    "青禾县公安局政府信息公开２０１９年度报告": ("青禾县公安局", 2019),
    "青禾职业学院2015年信息公开工作报告": ("青禾职业学院", 2015),
    "青禾大学2013—2014学年信息公开工作报告\n2014年10月\n青禾大学2014年信息公开年度报告": ("青禾大学", 2014),
    "青禾县卫生健康委员会政府信息公开工作年度报告（2020年度）": ("青禾县卫生健康委员会", 2020),
    "关于青禾县民政局2012年政府信息公开工作情况的报告": ("青禾县民政局", 2012),
    "首页 > 信息公开 > 年报\n青禾县2016年度政府信息公开工作年度报告": ("青禾县人民政府", 2016),
    "《2018年青禾市政府信息公开工作年度报告》": ("青禾市人民政府", 2018),
    "青禾县水利局\n2021年政府信息公开工作年度报告": ("青禾县水利局", 2021),
    "青禾县\n2017 年政府信息公开\n工作年度报告": ("青禾县人民政府", 2017),
    "青禾縣2011年政府信息公開工作年度報告": ("青禾县人民政府", 2011),
    "青 禾 县 2017 年 政 府 信 息 公 开 工 作 年 度 报 告": ("青禾县人民政府", 2017),
}


@pytest.mark.parametrize("title", TITLES)
def test_titles(title: str) -> None:
    reading = read(title + "\n　　根据有关规定编制。本县认真落实各项要求。\n")
    assert (reading.organ, reading.year) == TITLES[title]


def test_the_period_gives_the_year_when_the_title_does_not() -> None:
    text = (
        "政府信息公开工作年度报告\n本报告所列数据的统计期限自2018年1月1日起，至2018年12月31日止。2019年将继续。2019年。"
    )
    assert read(text).year == 2018


def test_the_signature_gives_the_organ_when_the_title_does_not() -> None:
    text = "2018年政府信息公开工作年度报告\n一、概述\n我县做了工作。\n青禾县水利局\n2019年1月9日\n"
    assert (read(text).organ, read(text).year) == ("青禾县水利局", 2018)


def test_whom_to_ask_gives_the_organ() -> None:
    text = "2020年政府信息公开工作年度报告\n如有疑问，请与青禾市人民政府办公室联系（电话：5550123）。由青禾市人民政府办公室编制。"
    assert read(text).organ == "青禾市人民政府办公室"


def test_a_sentence_is_no_title() -> None:
    text = (
        "通知\n根据《省政府办公厅关于做好2016年政府信息公开工作年度报告编制的通知》，现将有关事项说明如下，请遵照执行并按时上报。"
        "\n柳溪镇2017年政府信息公开工作年度报告\n"
    )
    assert (read(text).organ, read(text).year) == ("柳溪镇人民政府", 2017)


@pytest.mark.parametrize(
    "organ, level",
    [
        ("青禾县人民政府", "county"),
        ("青禾县教育局", "county"),
        ("某市青禾区人民政府", "county"),
        ("柳溪镇人民政府", "town"),
        ("青禾区城南街道办事处", "town"),
        ("青禾市人民政府", "city"),
        ("青禾经济技术开发区", "city"),
        ("某某自治区人民政府", "province"),
        ("某某省财政厅", "province"),
        (None, "city"),
    ],
)
def test_level_of_government(organ: str | None, level: str) -> None:
    assert level_of_government(organ) == level
