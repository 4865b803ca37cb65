"""The 政府信息公开 page: four tabs, the statutory tree, numbered pages that never change, filters, organs."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.publishing.models import Column, Tab
from gongkai.publishing.pages import frame, page_of, render_page, shown_items
from gongkai.publishing.skeleton import SKELETON, seed_columns

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
        assert len(queries) <= 6, url
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


def test_the_guide_is_shown_whole(finance, client):
    finance.published(title="政府信息公开指南", column=finance.column("GUIDE"), body="办公地址：青禾县人民路1号")
    assert "办公地址：青禾县人民路1号" in read(client, "column", "guide")


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
