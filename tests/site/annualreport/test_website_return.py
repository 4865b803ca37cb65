"""政府网站工作年度报表 at the screen: opened, filled, corrected, approved by another, published and read back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import pypdfium2
import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

import county as a_county
from freezing import on_day
from gongkai.agencies.models import Role, User
from gongkai.annualreport import website_exports
from gongkai.annualreport.actions import (
    approve_website_return,
    can_approve_website_return,
    can_publish_website_return,
    fill_website_return,
    open_website_return,
    publish_website_return,
    return_website_return,
)
from gongkai.annualreport.forms_website import FILED, name_of
from gongkai.annualreport.models import WebsiteReturn
from gongkai.documents import fonts
from gongkai.publishing.models import InterpretationForm
from gongkai.publishing.skeleton import seed_columns
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused
from gongkai_core.website_return import CELLS, SECTIONS, YES, Value

from .conftest import public_item as item

pytestmark = pytest.mark.django_db
YEAR, JANUARY = 2025, date(2026, 1, 8)
Enter = Callable[[User], Client]


@pytest.fixture
def office(county: a_county.County) -> User:
    return county.person("县政府", Role.DISCLOSURE_OFFICE)


@pytest.fixture
def clerk(county: a_county.County) -> User:
    return county.person("县政府", Role.STATISTICIAN)


@pytest.fixture
def leader(county: a_county.County) -> User:
    return county.person("县政府", Role.SIGNATORY)


def zeros(**changed: Value) -> dict[str, Value]:
    """Everything that is filed: zero, 是, and names left out."""
    values: dict[str, Value] = {cell.id: Decimal(0) if cell.is_number else YES for cell in FILED if not cell.optional}
    return values | {key.replace("__", "."): value for key, value in changed.items()}


@pytest.fixture
def items(county: a_county.County) -> None:
    """Three items of the year on the website, one of them a drawn interpretation; one of the year before."""
    seed_columns()
    item(county, "财政局", "去年的通知", date(2024, 12, 30))
    document = item(county, "财政局", "补贴办法", date(2025, 3, 3), docno="青财〔2025〕3号", formed_on=date(2025, 3, 3))
    item(county, "教育局", "招生通知", date(2025, 6, 3))
    item(
        county, "财政局", "一图读懂补贴办法", date(2025, 3, 4), column="A20_01_I", interprets=document,
        interpretation_form=InterpretationForm.PICTURE,
    )  # fmt: skip


@pytest.fixture
def filled(county: a_county.County, clerk: User) -> WebsiteReturn:
    row = open_website_return(county.government, YEAR, by=clerk, today=JANUARY)
    return fill(row, clerk)


def fill(row: WebsiteReturn, by: User, values: dict[str, Value] | None = None, **more: Any) -> WebsiteReturn:
    given = {"evidence": {}, "site_name": "青禾县人民政府", "head": "王县长", "phone": "0000-1234567", **more}
    return fill_website_return(row, values or zeros(), version=row.version, by=by, today=JANUARY, **given)


def typed(values: dict[str, Value], row: WebsiteReturn, **more: str) -> dict[str, str]:
    """What a browser sends of the form."""
    cells = {name_of(CELLS[cell]): "" if value is None else str(value) for cell, value in values.items()}
    names = {"site_name": "青禾县人民政府", "head": "王县长", "phone": "0000-1234567", "version": str(row.version)}
    return {**cells, **names, **more}


def test_the_journey_from_january_to_the_public_page(
    county: a_county.County, items: None, clerk: User, leader: User, enter: Enter
) -> None:
    with on_day(JANUARY):
        desk = enter(clerk)
        page = desk.post(reverse("annualreport:website_returns"), {"year": str(YEAR)}, follow=True)
        row = WebsiteReturn.objects.get()
        text = page.content.decode()
        assert "“独立用户访问总量”没有填" in text
        assert cell_shown(text, "w.info.catalogue") == "3"
        assert cell_shown(text, "w.read.products") == "1"
        assert cell_shown(text, "w.read.texts") == "0"
        address = reverse("annualreport:desk_website_return", args=[row.public_id])
        values = zeros(w__visits__total=Decimal(523000), w__visits__unique=Decimal(81200), w__info__news=Decimal(640))
        evidence = {
            f"evidence_{SECTIONS.index('访问量')}": "县融媒体中心统计后台 12 月 31 日截图",
            f"evidence_{SECTIONS.index('信息发布')}": "县政府办信息科台账",
        }
        page = desk.post(address, typed(values, row, **evidence), follow=True)
        assert "已保存" in page.content.decode()
        assert cell_shown(page.content.decode(), "w.info.total") == "643"

        signing = enter(leader)
        page = signing.post(reverse("annualreport:website_act", args=[row.public_id, "approve"]), follow=True)
        assert "已审核，可以公布" in page.content.decode()
        signing.post(reverse("annualreport:website_act", args=[row.public_id, "publish"]))
    row.refresh_from_db()
    assert row.state == "published"
    public = Client()
    text = public.get(row.get_absolute_url()).content.decode()
    assert "青禾县人民政府2025年政府网站工作年度报表" in text
    assert "523000" in text
    assert "王县长" in text
    assert row.get_absolute_url() in public.get(reverse("annualreport:reports")).content.decode()
    assert row.get_absolute_url() in public.get("/").content.decode()
    for file in row.files.all():
        answer = public.get(file.get_absolute_url())
        assert answer.status_code == 200
        assert len(answer.content) == file.blob.size


def cell_shown(text: str, cell: str) -> str:
    """What stands in a cell of the desk's page, without markup."""
    found = re.search(rf'data-cell="{re.escape(cell)}"[^>]*>(.*?)</td>', text, re.S)
    assert found, cell
    return re.sub(r"<[^>]+>", "", found[1].split('<span class="return-previous"')[0]).strip()


def test_a_counted_cell_opens_its_records(
    county: a_county.County, items: None, filled: WebsiteReturn, clerk: User, enter: Enter
) -> None:
    with on_day(JANUARY):
        page = enter(clerk).get(reverse("annualreport:website_cell", args=[filled.public_id, "w.info.catalogue"]))
    text = page.content.decode()
    assert text.count("data-amount=") == 3
    assert "招生通知" in text
    assert "去年的通知" not in text


def test_a_counted_cell_is_corrected_with_reason_and_evidence_and_the_count_stays(
    county: a_county.County, items: None, filled: WebsiteReturn, clerk: User, enter: Enter
) -> None:
    address = reverse("annualreport:website_cell", args=[filled.public_id, "w.info.catalogue"])
    with on_day(JANUARY):
        desk = enter(clerk)
        page = desk.post(address, {"correct": "1", "value": "7", "reason": "旧站另发 4 条"})
        assert "请填写佐证" in page.content.decode()
        page = desk.post(
            address, {"correct": "1", "value": "7", "reason": "旧站另发 4 条", "evidence": "旧站导出清单"}, follow=True
        )
        text = page.content.decode()
        assert "台账数 3" in text
        assert "更正为 7" in text
        form = desk.get(reverse("annualreport:desk_website_return", args=[filled.public_id])).content.decode()
        assert cell_shown(form, "w.info.catalogue") == "7"
        many = {"correct": "1", "value": "1000", "reason": "旧站另发", "evidence": "旧站导出清单"}
        assert "更正为 1000：" in desk.post(address, many, follow=True).content.decode()
        desk.post(address, {"withdraw": "1"})
        form = desk.get(reverse("annualreport:desk_website_return", args=[filled.public_id])).content.decode()
        assert cell_shown(form, "w.info.catalogue") == "3"


def test_a_filed_cell_is_no_page_and_is_not_corrected(filled: WebsiteReturn, clerk: User, enter: Enter) -> None:
    with on_day(JANUARY):
        desk = enter(clerk)
        for cell in ("w.visits.total", "w.none"):
            address = reverse("annualreport:website_cell", args=[filled.public_id, cell])
            assert desk.get(address).status_code == 404


def test_what_was_typed_wrongly_stays_in_its_field_and_nothing_is_saved(
    filled: WebsiteReturn, clerk: User, enter: Enter
) -> None:
    address = reverse("annualreport:desk_website_return", args=[filled.public_id])
    data = typed(zeros(), filled, w_visits_total="约五十万", w_topics_kept="12")
    with on_day(JANUARY):
        text = enter(clerk).post(address, data).content.decode()
    assert "“独立用户访问总量”" not in text.split("核对")[0]
    assert "请填数，不写单位" in text
    assert 'value="约五十万"' in text
    assert 'value="12"' in text
    filled.refresh_from_db()
    assert filled.filed["w.topics.kept"] == "0"


@pytest.mark.parametrize("text", ["\x00", "9" * 5000, "\ud800", "<script>", "１２三"])
def test_no_text_breaks_the_page(filled: WebsiteReturn, clerk: User, enter: Enter, text: str) -> None:
    data = typed(zeros(), filled, w_visits_total=text, w_weibo_name=text)
    body = "&".join(f"{key}={value}" for key, value in data.items()).encode("utf-8", "surrogatepass")
    with on_day(JANUARY):
        answer = enter(clerk).post(
            reverse("annualreport:desk_website_return", args=[filled.public_id]), body,
            content_type="application/x-www-form-urlencoded",
        )  # fmt: skip
    assert answer.status_code == 200
    assert b'<script>"' not in answer.content


def test_nothing_personal_becomes_public_in_a_name(filled: WebsiteReturn, clerk: User, enter: Enter) -> None:
    address = reverse("annualreport:desk_website_return", args=[filled.public_id])
    with on_day(JANUARY):
        text = enter(clerk).post(address, typed(zeros(), filled, w_weibo_name="11010519491231002X")).content.decode()
    assert "会直接公开" in text
    assert "11010519491231002X" in text.split('name="w_weibo_name"')[1][:100]
    filled.refresh_from_db()
    assert "w.weibo.name" not in filled.filed


def test_two_editors_never_overwrite_each_other(filled: WebsiteReturn, clerk: User, office: User) -> None:
    stale = WebsiteReturn.objects.get()
    fill(filled, office, zeros(w__topics__kept=Decimal(3)))
    with pytest.raises(Refused, match="别人改过"):
        fill(stale, clerk)
    assert WebsiteReturn.objects.get().filed["w.topics.kept"] == "3"


def test_it_is_approved_by_another_after_the_years_end_when_all_is_there_and_proven(
    county: a_county.County, filled: WebsiteReturn, clerk: User, office: User, leader: User
) -> None:
    def code(by: User, today: date = JANUARY) -> str:
        refusal = can_approve_website_return(WebsiteReturn.objects.get(), by=by, today=today)
        return refusal.code if refusal else ""

    assert code(clerk) == "needs_role"
    assert code(leader) == ""
    assert code(leader, date(2025, 12, 31)) == "year_open"
    row = fill(filled, office, zeros(w__topics__kept=Decimal(3)))
    assert code(office) == "own_work"
    assert code(leader) == "no_evidence"
    row = fill(row, office, zeros(w__visits__total=None))
    assert code(leader) == "unfinished"
    row = fill(row, clerk, head="")
    assert code(leader) == "no_head"
    fill(row, clerk)
    assert code(leader) == ""


def test_approved_figures_stay_whatever_is_published_later(
    county: a_county.County, items: None, filled: WebsiteReturn, leader: User, clerk: User, enter: Enter
) -> None:
    row = approve_website_return(filled, by=leader, today=JANUARY)
    item(county, "教育局", "补登的通知", date(2025, 11, 3))
    with on_day(JANUARY):
        desk = enter(clerk)
        text = desk.get(reverse("annualreport:desk_website_return", args=[row.public_id])).content.decode()
        assert cell_shown(text, "w.info.catalogue") == "3"
        with pytest.raises(Refused, match="不能再填"):
            fill(row, clerk)
        row = return_website_return(row, "漏了一条", by=leader, today=JANUARY)
        text = desk.get(reverse("annualreport:desk_website_return", args=[row.public_id])).content.decode()
        assert cell_shown(text, "w.info.catalogue") == "4"


def test_the_database_itself_refuses_an_approval_by_who_filled_it(filled: WebsiteReturn, clerk: User) -> None:
    with pytest.raises(IntegrityError):
        WebsiteReturn.objects.filter(pk=filled.pk).update(state="approved", approved_by=clerk, approved_on=JANUARY)


def test_nothing_is_published_unapproved_and_nobody_reads_it_before(filled: WebsiteReturn, leader: User) -> None:
    refusal = can_publish_website_return(filled, by=leader, today=JANUARY)
    assert refusal is not None
    assert refusal.code == "not_approved"
    assert Client().get(filled.get_absolute_url()).status_code == 404


def test_for_other_organs_there_is_no_website_return(
    county: a_county.County, filled: WebsiteReturn, enter: Enter
) -> None:
    with on_day(JANUARY):
        stranger = enter(county.person("财政局", Role.STATISTICIAN))
        assert stranger.get(reverse("annualreport:website_returns")).status_code == 404
        for name, more in (
            ("desk_website_return", ()),
            ("website_export", ("xlsx",)),
            ("website_cell", ("w.info.total",)),
        ):
            assert stranger.get(reverse(f"annualreport:{name}", args=[filled.public_id, *more])).status_code == 404
        assert stranger.post(reverse("annualreport:website_act", args=[filled.public_id, "approve"])).status_code == 404


def cells_of_docx(data: bytes) -> dict[str, str]:
    """label → figure of the Word file's table of lines."""
    table = docx.Document(io.BytesIO(data)).tables[1]
    return {f"{row.cells[0].text}/{row.cells[1].text}/{row.cells[2].text}": row.cells[3].text for row in table.rows}


def test_word_and_excel_say_what_was_approved(filled: WebsiteReturn, clerk: User, leader: User, enter: Enter) -> None:
    values = zeros(w__letters__received=Decimal(120), w__letters__closed=Decimal(118), w__letters__days=Decimal("3.5"))
    row = fill(filled, clerk, values, evidence={"互动交流": "12345 平台导出"})
    row = publish_website_return(approve_website_return(row, by=leader, today=JANUARY), by=leader, today=JANUARY)
    files = {file.kind: Client().get(file.get_absolute_url()).content for file in row.files.all()}
    word = cells_of_docx(files["docx"])
    assert len(word) == len(CELLS)
    assert word["互动交流/留言办理/收到留言数量（单位：条）"] == "120"
    assert word["互动交流/留言办理/平均办理时间（单位：天）"] == "3.5"
    rows = CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"])).get_sheet_by_index(0).to_python()
    excel = {row[2] or row[1]: row[3] for row in rows}
    assert excel["收到留言数量（单位：条）"] == 120
    assert excel["平均办理时间（单位：天）"] == 3.5
    assert excel["是否提供智能问答"] == "■是　□否"


@pytest.mark.skipif(not fonts.available(), reason="no Chinese face on this machine")
def test_the_pdf_is_one_page_and_equal_returns_give_equal_bytes(filled: WebsiteReturn) -> None:
    data = website_exports.one(filled, "pdf")
    with pypdfium2.PdfDocument(data) as paper:
        assert len(paper) == 1
        text = paper[0].get_textpage().get_text_range()
    assert "独立用户访问总量" in text
    assert "创新发展" in text
    for kind in website_exports.FORMATS:
        assert website_exports.one(filled, kind) == website_exports.one(filled, kind)


def test_every_act_is_in_the_trail_without_names_or_numbers_of_persons(
    filled: WebsiteReturn, clerk: User, leader: User
) -> None:
    publish_website_return(approve_website_return(filled, by=leader, today=JANUARY), by=leader, today=JANUARY)
    entries = Entry.objects.filter(verb__startswith="annualreport.")
    assert list(entries.order_by("pk").values_list("verb", flat=True)) == [
        f"annualreport.{verb}_website_return" for verb in ("open", "fill", "approve", "publish")
    ]
    assert "王县长" not in "".join(str(entry.facts) for entry in entries.exclude(verb__contains="approve"))
