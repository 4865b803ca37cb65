"""Pages of existing sites: lists to entries, articles to papers, as county sites are really laid out."""

from __future__ import annotations

from datetime import date
from urllib.parse import urljoin

import pytest

from gongkai_core.reading.html import parse
from gongkai_core.reading.websites import ListEntry, absolute, article, day_in, entries, next_page, select

HERE = "http://www.county.example/zwgk/index.html"
MENU = "<ul class=nav>" + "".join(f'<li><a href="/m{n}/">栏目导航{n}</a></li>' for n in range(9)) + "</ul>"
FRIENDS = (
    "<div>" + "".join(f'<p><a href="http://other.example/{n}">某某人民政府网站{n}</a></p>' for n in range(6)) + "</div>"
)
LISTS = {
    "ul": MENU + '<ul class="list"><li><a href="./202604/t1.html" title="关于做好防汛工作的通知（全文）">关于做好防汛…</a><span>2026-04-02</span></li>'
    '<li><span>[2026/03/01]</span><a href="/zwgk/t2.html">关于春耕的通知</a></li></ul>' + FRIENDS,
    "table": MENU + "<table><tr><th>标题</th><th>日期</th></tr><tr><td>1</td><td><a href='t1.html' target=_blank>关于做好防汛工作的通知（全文）</a><td>2026年4月2日</tr>"
    "<tr><td>2</td><td><a href=t2.html>关于春耕的通知</a></td><td>2026.3.1</td></tr></table>" + FRIENDS,
    "div": MENU + "".join(
        f'<div class="row"><div class="t"><a href="{href}">{title}</a></div><div class="d">{day}</div></div>'
        for href, title, day in (("t1.html", "关于做好防汛工作的通知（全文）", "2026-04-02"), ("t2.html", "关于春耕的通知", "2026-03-01"))
    ) + FRIENDS,
}  # fmt: skip
DAYS = [date(2026, 4, 2), date(2026, 3, 1)]


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_is_told_from_menus_and_links(kind):
    found = entries(LISTS[kind], HERE)
    assert [(entry.title, entry.day) for entry in found] == list(
        zip(["关于做好防汛工作的通知（全文）", "关于春耕的通知"], DAYS, strict=True)
    )
    assert found[1].address.startswith("http://www.county.example/zwgk/t2")


def test_a_selector_overrides_the_guess():
    page = LISTS["ul"] + '<div id="right"><p><a href="/x">右栏的一条信息</a></p></div>'
    assert entries(page, HERE, "#right p") == [ListEntry("右栏的一条信息", "http://www.county.example/x", None)]
    assert [node.text for node in select(parse("<div class='a b'><p id=x>甲</p></div><p>乙</p>"), "div.b #x")] == ["甲"]
    for wrong in ("div > p", "a[href]", "p:first-child"):
        with pytest.raises(ValueError, match="看不懂选择器"):
            select(parse(""), wrong)


def test_nothing_is_a_list_where_there_is_none():
    assert entries("<p>本栏目暂无内容</p>", HERE) == [] and entries("", HERE) == []
    assert (
        entries('<ul><li><a href="javascript:void(0)">关于做好工作的通知</a>2026-01-01</li><li></li></ul>', HERE) == []
    )


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ('<a href="index_2.html">下一页</a>', "http://www.county.example/zwgk/index_2.html"),
        ("<script>createPageHTML(5, 0, 'index', 'html');</script>", "http://www.county.example/zwgk/index_1.html"),
        ('<script>createPageHTML(5,4,"index","html")</script>', ""),
        ('<a href="javascript:go(2)">下一页</a>', ""),
        ("", ""),
    ],
)
def test_the_following_page(page, wanted):
    assert next_page(page, HERE) == wanted


BODY = "<p>青政发〔2026〕7号</p><p>各乡镇人民政府：</p><p>现将有关事项通知如下，请认真贯彻执行。</p><p>2026年4月2日</p><p>附件：<a href='P0.doc'>名单.doc</a></p>"
PAGES = {
    "meta and id": f'<head><title>x</title><meta name="ArticleTitle" content="关于做好防汛工作的通知"><meta name="PubDate" content="2026-04-06 16:34"></head><body>{MENU}<h2>关于做好防汛工作的通知</h2><div id="zoom">{BODY}</div>{FRIENDS}</body>',
    "title and words": f"<title>关于做好防汛工作的通知_青禾县人民政府</title>{MENU}<div class=main><div class=info>发布时间：2026-04-06 来源：县政府</div><div class=TRS_Editor>{BODY}</div></div>{FRIENDS}",
    "nothing named": f"<title>青禾县</title>{MENU}<h1>关于做好防汛工作的通知</h1><p>日期：2026年04月06日</p><div><div>{BODY}</div></div>{FRIENDS}",
}  # fmt: skip


@pytest.mark.parametrize("kind", PAGES)
def test_an_article_is_told_from_its_frame(kind):
    found = article(PAGES[kind], HERE)
    paper = found.paper
    assert (paper.title, paper.docno, paper.formed_on) == (
        "关于做好防汛工作的通知",
        "青政发〔2026〕7号",
        date(2026, 4, 2),
    )
    assert found.published_on == date(2026, 4, 6)
    assert [block.text for block in paper.blocks][:2] == ["各乡镇人民政府：", "现将有关事项通知如下，请认真贯彻执行。"]
    assert "栏目导航" not in paper.text and "某某人民政府" not in paper.text
    assert found.files == (("名单.doc", "http://www.county.example/zwgk/P0.doc"),)


def test_an_article_by_selector_and_by_the_lists_title():
    found = article(
        "<div class=odd>正文在这里</div><div id=zoom>" + "别的文字" * 20 + "</div>",
        HERE,
        title="列表的标题",
        selector="div.odd",
    )
    assert (found.paper.title, found.paper.text) == ("列表的标题", "正文在这里")


def test_days_that_are_none_are_passed_over():
    assert day_in("2026-13-45 或者 2026-02-03") == date(2026, 2, 3) and day_in("12026-01-011") is None


def test_addresses_are_joined_as_browsers_join_them():
    for base in ("http://a.example/b/c/d.html?q=1", "https://a.example/", "http://a.example:8080/b/"):
        for href in (
            "x.html",
            "./x",
            "../x",
            "../../../x",
            "/x/../y?z=/../1",
            "//o.example/x",
            "?p=2",
            "http://o.example/y",
            "x/./y/",
            "..",
            ".",
            "",
        ):
            assert absolute(base, f" {href}#top") == urljoin(base, href), (base, href)
