"""The 政府信息公开 page: four tabs, the statutory tree, numbered pages that never change, filters, organs."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from county import LONG_AGO
from freezing import on_day
from gongkai.agencies.models import Role
from gongkai.documents.blobs import store
from gongkai.documents.sheets import XLSX
from gongkai.publishing import actions
from gongkai.publishing.models import CatalogueEntry, Column, Tab
from gongkai.publishing.obligations import generate
from gongkai.publishing.pages import frame, page_of, render_page, shown_items
from gongkai.publishing.skeleton import SKELETON, seed_columns, seed_duties
from gongkai.publishing.standard import Printed, book, read_book

from .conftest import GUIDE, standard_row

pytestmark = pytest.mark.django_db


def read(client, name, *args, query=""):
    response = client.get(reverse(f"publishing:{name}", args=args) + query)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def titles(text):
    return re.findall(r"行政处罚决定第(\d+)号", re.sub(r"<details.*?</details>", "", text, flags=re.S))


def test_the_page_has_its_four_tabs_and_the_tree_in_statutory_order(county, client):
    text = read(client, "disclosure")
    for tab in Tab:
        assert tab.label in text
    assert '<a href="/apply/"' in text
    names = [seed.name for seed in SKELETON if seed.tab == Tab.STATUTORY]
    places = [text.index(f">{name}<") for name in names]
    assert places == sorted(places) and len(names) >= 22


def test_no_column_is_blank(county, client):
    for seed in SKELETON:
        text = read(client, "column", seed.slug)
        assert "更新说明" in text or "指南由政务公开办编制" in text, seed.code
    assert read(client, "disclosure").count("暂无，见更新说明") == len(
        [seed for seed in SKELETON if seed.tab == Tab.STATUTORY]
    )


def test_seeding_twice_changes_nothing(county):
    Column.objects.filter(code="A20_02").update(name="机关简介")
    before = list(Column.objects.values())
    seed_columns()
    assert list(Column.objects.values()) == before


def test_pages_are_numbered_from_the_oldest_and_full_ones_never_change(finance, client):
    finance.published_batch(45)
    slug = "penalties-and-coercion"
    assert titles(read(client, "column", slug)) == [str(n) for n in range(45, 25, -1)]
    first = read(client, "column_page", slug, 1)
    assert titles(first) == [str(n) for n in range(20, 0, -1)]
    assert titles(read(client, "column_page", slug, 3)) == [str(n) for n in range(45, 40, -1)]
    assert client.get(reverse("publishing:column_page", args=[slug, 4])).status_code == 404
    finance.published_batch(30)
    assert titles(read(client, "column_page", slug, 1)) == titles(first)
    assert "共 75 条" in read(client, "column", slug)


def test_no_list_counts_or_skips(finance, client):
    finance.published_batch(25)
    slug = "penalties-and-coercion"
    for url in (
        reverse("publishing:column", args=[slug]),
        reverse("publishing:column_page", args=[slug, 1]),
        reverse("publishing:column", args=[slug]) + "?q=处罚",
        reverse("publishing:agency", args=[finance.agency.public_id]),
        reverse("publishing:disclosure"),
    ):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) <= 7, url
        assert not [q["sql"] for q in queries if "COUNT(" in q["sql"] or "OFFSET" in q["sql"]], url


def test_filters_walk_by_key_both_ways(finance, client):
    finance.published_batch(45)
    slug = "penalties-and-coercion"
    seen, query = [], "?q=处罚"
    while query:
        text = read(client, "column", slug, query=query)
        seen += titles(text)
        older = re.search(r'href="[^"]*(\?[^"]*before=[^"]*)" rel="next"', text)
        query = older[1].replace("&amp;", "&") if older else ""
    assert seen == [str(n) for n in range(45, 0, -1)]
    newer = re.search(r'href="[^"]*(\?[^"]*after=[^"]*)" rel="prev"', text)[1].replace("&amp;", "&")
    assert titles(read(client, "column", slug, query=newer)) == [str(n) for n in range(25, 5, -1)]
    assert titles(read(client, "column", slug, query="?q=第7号")) == ["7"]
    assert "没有找到" in read(client, "column", slug, query="?year=1999")
    assert read(client, "column", slug, query="?year=abc&q=<script>")


def test_a_year_filter_is_by_beijing_days(finance, client, today):
    finance.published(title="去年的文件", today=today.replace(year=today.year - 1, month=12, day=31))
    finance.published(title="今年的文件", today=today)
    text = read(client, "column", "policy-documents", query=f"?year={today.year}")
    assert "今年的文件" in text and "去年的文件" not in text


def test_an_organs_list_is_by_publication_and_its_own(finance, education, client, today):
    late = finance.draft(title="先写后发", today=today - timedelta(days=9))
    finance.published(title="后写先发", today=today - timedelta(days=5))
    finance.published(late, today=today)
    education.published(title="别家的文件")
    text = read(client, "agency", finance.agency.public_id)
    assert text.index("先写后发") < text.index("后写先发")
    assert "别家的文件" not in text
    assert finance.agency.name in read(client, "agencies")


def test_the_countys_guide_is_shown_whole_and_each_organs_at_its_own(county, finance, client):
    finance.published(title="财政局指南", column=finance.column("GUIDE"), body=GUIDE)
    assert "办公地址：青禾县政务大道7号" in read(client, "column", "guide")
    government = type(finance)(county, "县政府", finance.capture)
    government.published(title="县政府指南", column=finance.column("GUIDE"), body=GUIDE.replace("大道7号", "大道1号"))
    page = read(client, "column", "guide")
    assert "大道1号" in page and "大道7号" not in page and "青禾县财政局</a>" in page
    own = read(client, "agency_column", finance.agency.public_id, "guide")
    assert "大道7号" in own


def test_an_empty_column_says_why_and_a_statement_is_shown_until_its_year_ends(county, finance, client):
    seed_duties(LONG_AGO)
    day = date(2026, 3, 20)
    with on_day(day):
        generate(day)
        entry = CatalogueEntry.objects.get(column__code="A20_07", catalogue=None)
        own = ("agency_column", finance.agency.public_id, "budgets-and-accounts")
        assert "更新说明：青禾县财政局在本栏目目前没有需要公开的信息" in read(client, *own)
        actions.state_no_matter(entry, finance.agency, year=2026, by=finance.drafter, today=day, words="没有预算")
        for page in (read(client, *own), read(client, "column", "budgets-and-accounts")):
            assert "青禾县财政局：2026年度无此类事项，没有预算（2026-03-20）" in page
        assert "本年度无此类事项" in read(client, "agency", finance.agency.public_id)
    with on_day(date(2027, 1, 1)):
        assert "无此类事项" not in read(client, *own)
        assert "更新说明" in read(client, *own)


def test_an_organ_has_a_page_of_its_own_with_the_columns_it_answers_for(county, finance, education, client):
    seed_duties(LONG_AGO)
    finance.published(title="本局的通知")
    education.published(title="别家的通知")
    page = read(client, "agency", finance.agency.public_id)
    for name in ("政府信息公开指南", "机构职能", "财政预算、决算", "标准目录"):
        assert f">{name}<" in page, name
    assert "筹资筹劳" not in page
    column = read(client, "agency_column", finance.agency.public_id, "policy-documents")
    assert "本局的通知" in column and "别家的通知" not in column


def test_items_are_found_by_topic_and_by_genre(finance, client):
    finance.published(title="财政工作的通知", topic="04")
    finance.published(title="教育工作的意见", topic="11")
    assert read(client, "topics").count("/disclosure/topics/") >= 22
    assert read(client, "genres").count("/disclosure/genres/") >= 16
    for name, value, there, gone in (
        ("topic", "04", "财政工作的通知", "教育工作的意见"),
        ("genre", "opinion", "教育工作的意见", "财政工作的通知"),
    ):
        page = read(client, name, value)
        assert there in page and gone not in page
    assert "更新说明" in read(client, "topic", "21")
    assert client.get("/disclosure/topics/99/").status_code == 404


def test_systems_stand_by_their_kinds(finance, client):
    finance.published(title="信息公开审查制度", column=finance.column("SYS_REVIEW"))
    page = read(client, "column", "systems")
    assert "信息公开审查制度" in page
    for seed in SKELETON:
        if seed.parent == "SYSTEM":
            assert f">{seed.name}<" in page
    assert "信息公开审查制度" in read(client, "column", "rules-review")
    assert page.count("暂无，见更新说明") == 6


def test_the_standard_catalogue_is_public_by_field_and_by_organ(county, finance, client):
    office = county.person("县政府", Role.DISCLOSURE_OFFICE)
    file = book([Printed("社会救助", "社会救助领域基层政务公开标准目录", [standard_row("财政局", matter="临时救助")])])
    kept = store(file, name="x.xlsx", content_type=XLSX)
    day = date(2026, 3, 20)
    with on_day(day):
        actions.import_catalogue(read_book(file)[0], level="county", source=kept, by=office, today=day)
        entry = CatalogueEntry.objects.get(catalogue__isnull=False)
        assert "1 项" in read(client, "fields") and "编制中" in read(client, "fields")
        for page in (
            read(client, "field", "social-assistance"),
            read(client, "agency_catalogue", finance.agency.public_id),
        ):
            assert "临时救助" in page, page[page.index("panel") :][:3000]
            assert "暂无，见更新说明" in page
        assert "更新说明：这一事项目前没有需要公开的信息" in read(client, "entry", entry.public_id)
        finance.published(
            title="临时救助结果", column=finance.column("A21C_07"), today=day, shown_until=date(2030, 1, 1)
        )
        assert "1 条" in read(client, "field", "social-assistance")
        assert "临时救助结果" in read(client, "entry", entry.public_id)
    sheet = client.get(reverse("publishing:field_sheet", args=["social-assistance"]))
    assert [each.sheet.rows[0].matter for each in read_book(sheet.content)] == ["临时救助"]
    assert client.get(reverse("publishing:field", args=["nothing"])).status_code == 404


def test_the_index_card_says_what_the_catalogue_must(finance, client):
    version = finance.published(docno="青财〔2020〕7号", formed_on=date(2020, 4, 2))
    text = read(client, "column", "policy-documents")
    for fact in (
        version.item.index_no,
        "青财〔2020〕7号",
        "2020-04-02",
        finance.agency.name,
        "现将有关事项通知如下",
        "有效",
    ):
        assert fact in text


def test_a_page_is_a_pure_function_of_content(finance):
    finance.published()
    first, second = (page_of(shown_items().get()) for _ in range(2))
    assert first == second
    assert render_page(first, frame()) == render_page(second, frame())


def test_pasted_scripts_never_reach_the_public(finance, client):
    body = '<p onclick="x()">正文<script>alert(1)</script><a href="javascript:x()">链</a><img src=x onerror=x()></p>'
    page = client.get(finance.published(body=body).item.get_absolute_url()).content.decode()
    assert "正文" in page
    for bad in ("onclick", "alert(1)", "javascript:", "onerror"):
        assert bad not in page
