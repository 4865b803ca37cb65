"""A superior's table: columns matched by their heading or asked for once and kept, figures in its order."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gongkai.agencies.models import Role, User
from gongkai.annualreport import superior
from gongkai.annualreport.models import SuperiorTemplate
from gongkai_core.returns import form_of

from .conftest import House

FEBRUARY = date(2026, 2, 12)


def book(*rows: list[str]) -> bytes:
    written = io.BytesIO()
    made = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = made.add_worksheet("年报数据")
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    made.close()
    return written.getvalue()


TWO_ROWS = (
    ["江州市政府信息公开年报数据汇总表"],
    ["序号", "单位名称", "本年新收政府信息公开申请数量", "", "行政复议总计", "行政规范性文件", "满意度"],
    ["", "", "自然人", "总计（件）", "", "现行有效件数", ""],
)


@pytest.fixture
def office(county: Any) -> User:
    return county.person("县政府", Role.DISCLOSURE_OFFICE)


def rows_of(data: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def upload(client: Any, data: bytes, **more: Any) -> Any:
    given = {"name": "市局汇总表", "year": "2025", "file": SimpleUploadedFile("表.xlsx", data), **more}
    return client.post(reverse("annualreport:templates"), given)


def test_columns_are_matched_asked_once_and_written_in_that_order(county: Any, office: User, enter: Any) -> None:
    House(county, "财政局").published()
    client = enter(office)
    upload(client, book(*TWO_ROWS))
    template = SuperiorTemplate.objects.get()
    assert [meaning for _, meaning in template.columns] == [
        "index", "organ", "t3.r1.natural_person", "t3.r1.total", "t4.review.total", "t2.normdoc.valid", "",
    ]  # fmt: skip
    address = reverse("annualreport:template", args=[template.public_id])
    page = client.get(address).content.decode()
    assert "还有 1 列没有说明" in page
    figures = reverse("annualreport:template_figures", args=[template.public_id, 2025])
    assert client.get(figures).status_code == 302
    typed = {f"column_{at}": superior.said(meaning, "2021") for at, (_, meaning) in enumerate(template.columns)}
    page = client.post(address, typed | {"column_6": "满意不满意"}).content.decode()
    assert "满意度" in page
    assert 'value="满意不满意"' in page
    client.post(address, typed | {"column_6": "留空"})
    rows = rows_of(client.get(figures).content)
    assert rows[:3] == [row + [""] * (7 - len(row)) for row in TWO_ROWS]
    assert rows[3] == [1.0, "青禾县财政局", 41.0, 48.0, 3.0, 31.0, ""]
    assert [row[1] for row in rows[3:]] == ["青禾县财政局", "青禾县教育局", "青禾县司法局", "青禾县河口镇人民政府"]
    assert rows[4][2:] == ["", "", "", "", ""]
    upload(client, book(["满意度", "填报单位"], ["", ""]))
    assert [meaning for _, meaning in SuperiorTemplate.objects.first().columns] == ["-", "organ"]


@pytest.mark.parametrize("edition", ["2014", "2019", "2021"])
def test_every_label_of_the_form_and_every_id_finds_its_cell(db: None, edition: str) -> None:
    for cell in form_of(edition).cells:
        assert superior.understood(superior.said(cell.id, edition), edition) == cell.id
        assert superior.meanings([f"{cell.label}（{cell.id}）"], edition)[0][1] == cell.id


def test_a_label_that_means_two_cells_is_asked_for(db: None) -> None:
    assert superior.meanings(["其他", "总计", "结果维持"], "2021") == [["其他", ""], ["总计", ""], ["结果维持", ""]]
    assert superior.meanings(["予以公开", "结转下年度继续办理·合计"], "2021") == [
        ["予以公开", "t3.r3_1.total"], ["结转下年度继续办理·合计", "t3.r4.total"],
    ]  # fmt: skip


@pytest.mark.parametrize("data", [b"not a table", book(["", ""]), book()])
def test_what_is_no_template_is_refused_in_words(county: Any, office: User, enter: Any, data: bytes) -> None:
    answer = upload(enter(office), data)
    assert answer.status_code == 200
    assert "市局汇总表" in answer.content.decode()
    assert not SuperiorTemplate.objects.exists()


def test_the_head_may_be_told(county: Any, office: User, enter: Any) -> None:
    client = enter(office)
    upload(client, book(["单位名称", "予以公开"], ["财政局示例", "例"], ["甲", "乙"]), head_rows="1")
    assert SuperiorTemplate.objects.get().head == [["单位名称", "予以公开"]]


def test_only_the_office_has_templates(county: Any, office: User, finance: Any, enter: Any) -> None:
    upload(enter(office), book(*TWO_ROWS))
    template = SuperiorTemplate.objects.get()
    client = enter(finance.signatory)
    assert upload(client, book(*TWO_ROWS)).status_code == 404
    for address in (
        reverse("annualreport:template", args=[template.public_id]),
        reverse("annualreport:template_figures", args=[template.public_id, 2025]),
    ):
        assert client.get(address).status_code == 404


def test_a_year_of_another_form_is_refused(county: Any, office: User, enter: Any) -> None:
    client = enter(office)
    upload(client, book(["单位名称", "予以公开"]))
    template = SuperiorTemplate.objects.get()
    answer = client.get(reverse("annualreport:template_figures", args=[template.public_id, 2020]), follow=True)
    assert "2020 年度用的不是这一版统计表" in answer.content.decode()
