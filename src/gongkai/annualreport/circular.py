"""通报 draft: which organs' reports are missing, late or wrong, with their articles, as .docx for the office to edit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from gongkai.agencies.models import Agency
from gongkai.annualreport.standing import Standing
from gongkai.documents import page
from gongkai.documents import word as office
from gongkai_core.letters import chinese_date

TITLE_SIZE = 22
SUPERVISION = "《中华人民共和国政府信息公开条例》第四十七条"


def render(found: Sequence[Standing], *, year: int, government: Agency, today: date) -> bytes:
    """Equal standings give equal bytes. It is a draft: nothing goes out before a person has read and signed it."""
    title = f"{government.name}办公室关于{year}年政府信息公开工作年度报告编制公布情况的通报"
    paper = office.paper(title)
    heading = paper.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.paragraph_format.line_spacing = Pt(34)
    office.set_face(heading.add_run(title), office.TITLE, TITLE_SIZE)
    mark = paper.add_paragraph("（草稿，待核）")
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.add_paragraph()
    paper.add_paragraph("各乡镇人民政府（街道办事处），县政府各部门：")
    _summary(paper, found, year, today)
    _missing(paper, [one for one in found if one.missing])
    _late(paper, [one for one in found if one.late])
    _wrong(paper, [one for one in found if one.wrong])
    _demands(paper, any(one.missing or one.late or one.wrong for one in found))
    for text in (f"{government.name}办公室", chinese_date(today)):
        line = paper.add_paragraph(text)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = Pt(2 * page.SIZE_BODY)
    return office.packed(paper)


def _say(paper: Any, text: str) -> None:
    line = paper.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    office.indent_first_line(line)
    line.add_run(text)


def _head(paper: Any, text: str) -> None:
    line = paper.add_paragraph()
    office.indent_first_line(line)
    line.paragraph_format.keep_with_next = True
    office.set_face(line.add_run(text), office.HEADING, page.SIZE_BODY)


def _summary(paper: Any, found: Sequence[Standing], year: int, today: date) -> None:
    out = [one for one in found if one.published_on]
    waiting = sum(one.published_on is None and not one.missing for one in found)
    _say(
        paper,
        f"根据《中华人民共和国政府信息公开条例》第四十九条、第五十条，现将截至{chinese_date(today)}各单位{year}年政府信息公开"
        "工作年度报告（以下简称年报）的编制公布情况通报如下。",
    )
    _head(paper, "一、总体情况")
    late, missing, wrong = (sum(getattr(one, name) for one in found) for name in ("late", "missing", "wrong"))
    ahead = f"，期限未到、尚未公布的{waiting}个" if waiting else ""
    _say(
        paper,
        f"应当编制公布年报的单位{len(found)}个。已公布{len(out)}个，其中按期公布{len(out) - late}个、逾期公布{late}个；"
        f"期限已过、仍未公布{missing}个{ahead}。年报的数据或者内容有误的{wrong}个。",
    )


def _missing(paper: Any, found: Sequence[Standing]) -> None:
    _head(paper, "二、逾期未公布年报的单位")
    if not found:
        _say(paper, "无。")
    for one in found:
        _say(
            paper,
            f"{one.agency.name}：{one.words}，期限为{chinese_date(one.due)}（{one.article}），已逾期{one.days_late}个工作日。",
        )


def _late(paper: Any, found: Sequence[Standing]) -> None:
    _head(paper, "三、逾期公布年报的单位")
    if not found:
        _say(paper, "无。")
    for one in found:
        assert one.published_on is not None
        _say(
            paper,
            f"{one.agency.name}：{chinese_date(one.published_on)}公布，期限为{chinese_date(one.due)}（{one.article}），"
            f"逾期{one.days_late}个工作日。",
        )


def _wrong(paper: Any, found: Sequence[Standing]) -> None:
    _head(paper, "四、年报有误的单位")
    if not found:
        _say(paper, "无。")
    for one in found:
        listed = "；".join(f"{words}（{source}）" for words, source in one.faults)
        _say(paper, f"{one.agency.name}：{listed}。")


def _demands(paper: Any, anybody: bool) -> None:
    _head(paper, "五、有关要求")
    if not anybody:
        _say(paper, "各单位继续做好年报的公布和更正，公布以后发现有误的，写明更正说明及时更正。")
        return
    _say(
        paper,
        f"依照{SUPERVISION}，请第二、三、四部分所列单位于____年__月__日前完成整改：未公布的立即公布，有误的核实后更正并写明更正说明；"
        "整改情况书面报政府信息公开工作主管部门。",
    )
