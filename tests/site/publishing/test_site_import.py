"""An older site, served by a real server here, read by its list pages into batches of drafts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path

import office_samples as samples
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse

from gongkai.publishing import actions, site_import
from gongkai.publishing.content import version_digest
from gongkai.publishing.fetching import Unfetched, fetch
from gongkai.publishing.models import Attachment, Batch, Item, ItemVersion
from gongkai.publishing.site_import import Visitor, Wishes, import_site
from gongkai.publishing.vouched import ALL_GATES
from gongkai_core.refusals import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MENU = "<ul>" + "".join(f'<li><a href="/m{n}">导航栏目之{n}</a></li>' for n in range(6)) + "</ul>"


def listing(rows: list[tuple[str, str, str]], more: str = "") -> str:
    items = "".join(f'<li><a href="{href}">{title}</a><span>{day}</span></li>' for href, title, day in rows)
    return f'<html><meta charset="utf-8"><body>{MENU}<ul class="list">{items}</ul>{more}</body></html>'


def text(title: str, body: str) -> str:
    return (
        f'<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{title}"></head><body>{MENU}'
        f'<p>发布时间：2020-05-06 来源：财政局</p><div id="zoom">{body}</div></body></html>'
    )


class Site:
    """Pages by their address; what was asked is written down."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.broken: set[str] = set()
        self.pages: dict[str, str | bytes] = {
            "/robots.txt": "User-agent: *\nDisallow: /inner/\n",
            "/list/": listing(
                [("t1.html", "关于做好防汛工作的通知", "2020-05-06"), ("t2.html", "关于春耕生产的通知", "2020-04-01")],
                '<a href="index_1.html">下一页</a>',
            ),
            "/list/index_1.html": listing(
                [
                    ("t3.html", "带密级标志的旧通知", "2019-01-01"),
                    ("/inner/t4.html", "不让读的旧通知", "2019-01-01"),
                    ("http://other.example/t5.html", "别的网站的一条", "2019-01-01"),
                    ("t6.html", "没有了的旧通知", "2019-01-01"),
                    ("t1.html", "关于做好防汛工作的通知", "2020-05-06"),
                ]
            ),
            "/list/t1.html": text(
                "关于做好防汛工作的通知",
                "<p>青财〔2020〕5号</p><p>各单位：</p><p>请按时办理<script>alert(1)</script>。</p><table><tr><td>甲</td><td>乙</td></tr></table>"
                "<p>2020年5月1日</p><p>附件：<a href='P1.doc'>名单.doc</a></p>",
            ),
            "/list/t2.html": text("关于春耕生产的通知", "<p>各乡镇：</p><p>抓好春耕生产，按时报送情况。</p>"),
            "/list/t3.html": text("带密级标志的旧通知", "<p>机密★10年</p><p>内容在此，不该留下。</p>"),
        }

    def serve(self) -> ThreadingHTTPServer:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                if self.path in site.broken:
                    self.send_error(503)
                    return
                page = site.pages.get(self.path.split("?")[0])
                if page is None:
                    self.send_error(404)
                    return
                kind = "text/plain" if self.path.endswith(".txt") else "text/html; charset=utf-8"
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(page if isinstance(page, bytes) else page.encode())

            def log_message(self, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{server.server_port}/list/"
        return server


@pytest.fixture
def old_site() -> Iterator[Site]:
    site = Site()
    server = site.serve()
    yield site
    server.shutdown()
    server.server_close()


def run(finance, site: Site, today, **wishes):
    told: list[str] = []
    outcome = import_site(
        finance.agency, [site.address], column=finance.column(), title="旧网站通知", by=finance.drafter, today=today,
        wishes=Wishes(pause=0, **wishes), permit=lambda _: True, tell=told.append,
    )  # fmt: skip
    return outcome, told


def test_lists_and_articles_become_drafts_and_nothing_public(finance, old_site, today):
    outcome, _ = run(finance, old_site, today)
    (batch,) = outcome.batches
    assert (batch.state, batch.size, batch.title) == ("draft", 2, "旧网站通知")
    assert not Item.objects.public().exists()
    first, second = batch.versions.order_by("batch_position")
    assert (first.title, first.docno, str(first.formed_on)) == (
        "关于做好防汛工作的通知",
        "青财〔2020〕5号",
        "2020-05-01",
    )
    assert first.imported_from == f"从原网站导入：{old_site.address}t1.html，原发布日期 2020-05-06"
    assert "<td>甲</td><td>乙</td>" in first.body and "alert" not in first.body and "导航栏目" not in first.body
    assert f"{old_site.address}P1.doc" in first.body or "P1.doc" in first.body
    assert second.docno == "" and second.imported_from.endswith("原发布日期 2020-05-06")
    why = dict(outcome.skipped)
    assert "有标志或者附注" in why[f"{old_site.address}t3.html"]
    assert why["http://other.example/t5.html"] == "不在同一个网站"
    assert why[old_site.address.replace("/list/", "/inner/t4.html")] == "robots.txt 不允许"
    assert why[f"{old_site.address}t6.html"] == "返回 404"
    assert old_site.asked[0] == "/robots.txt" and "/inner/t4.html" not in old_site.asked
    # Of the page with a mark nothing was written down.
    noted = next((Path(settings.HOME) / "imports").glob("*.jsonl")).read_text()
    assert "t3.html" in noted and "不该留下" not in noted and not ItemVersion.objects.filter(body__contains="不该留下")


def test_files_and_pictures_come_along_through_the_same_door(finance, old_site, today, enter, client):
    marked = samples.docx(samples.p("机密★10年"))
    old_site.pages |= {
        "/list/t2.html": text(
            "关于春耕生产的通知",
            "<p>各乡镇：</p><p>抓好春耕生产，按时报送情况。</p><p><img src='pic/a.png' alt='进度图'></p><p><img src='pic/b.png'></p>"
            "<p><img src='pic/a.png' alt='进度图'></p>"
            "<p><a href='P2.xlsx'>附件1：进度表</a></p><p><a href='/list/P3.docx'>附件2</a></p><p><a href='P4.pdf'>附件3</a></p>",
        ),
        "/list/pic/a.png": samples.png(text="Li Si"),
        "/list/P2.xlsx": samples.xlsx({"进度": ("visible", [["甲"]])}),
        "/list/P3.docx": marked,
    }
    outcome, told = run(finance, old_site, today)
    version = outcome.batches[0].versions.get(title="关于春耕生产的通知")
    picture, sheet = version.attachments.order_by("position")
    assert (picture.alt, picture.is_picture, sheet.name) == ("进度图", True, "附件1：进度表.xlsx")
    assert f'src="{picture.get_absolute_url()}" alt="进度图"' in version.body and version.body.count("<img") == 2
    assert version.digest == version_digest(version, finance.agency)
    assert "原附件：附件2" in version.body and "原附件：附件3" in version.body and "原附件：附件1" not in version.body
    assert any("P3.docx 没有取来" in words and "密级标志" in words for words in told)
    assert any("P4.pdf 没有取来：返回 404" in words for words in told)
    assert not Attachment.objects.waiting().exists()
    # A reviewer sees them before anything is public; then they are public with the item.
    batch = actions.submit_batch(outcome.batches[0], by=finance.drafter, today=today)
    page = enter(finance.reviewer).get(reverse("publishing:desk_batch", args=[batch.public_id])).content.decode()
    assert sheet.get_absolute_url() in page and client.get(sheet.get_absolute_url()).status_code == 404
    with finance.capture(execute=True):
        batch = actions.approve_batch(batch, by=finance.reviewer, today=today, vouched=ALL_GATES)
        actions.publish_batch(batch, by=finance.publisher, today=today)
    assert client.get(sheet.get_absolute_url()).status_code == 200
    assert b"Li Si" not in client.get(picture.get_absolute_url()).content


def test_somebodys_data_in_a_fetched_file_stops_the_batch(finance, old_site, today):
    old_site.pages["/list/P1.doc"] = samples.doc("申请人身份证号码 110101199003077758\n")
    outcome, _ = run(finance, old_site, today)
    with pytest.raises(Refused, match="身份证号"):
        actions.submit_batch(outcome.batches[0], by=finance.drafter, today=today)


def test_an_interrupted_run_goes_on_where_it_stopped(finance, old_site, today, monkeypatch):
    def killed(*args, **given):
        raise KeyboardInterrupt

    monkeypatch.setattr(site_import, "_batch", killed)
    old_site.broken.add("/list/t2.html")
    with pytest.raises(KeyboardInterrupt):
        run(finance, old_site, today)
    monkeypatch.undo()
    notes = next((Path(settings.HOME) / "imports").glob("*.jsonl"))
    notes.write_text(notes.read_text() + '{"kind": "arti')  # killed while it wrote
    old_site.broken.clear()
    old_site.asked.clear()
    outcome, _ = run(finance, old_site, today)
    assert [batch.size for batch in outcome.batches] == [2]
    assert "/list/t2.html" in old_site.asked and "/list/t1.html" not in old_site.asked
    old_site.pages["/list/"] = (
        old_site.pages["/list/"].replace("t2.html", "t7.html").replace("关于春耕生产的通知", "新加的一条通知")
    )
    old_site.pages["/list/t7.html"] = text("新加的一条通知", "<p>新加的内容，其余不再导入。</p>")
    outcome, _ = run(finance, old_site, today)
    assert [[version.title for version in batch.versions.all()] for batch in outcome.batches] == [["新加的一条通知"]]
    assert run(finance, old_site, today)[0].batches == [] and Batch.objects.count() == 2


def test_inner_addresses_are_refused_unless_the_operator_says_so(finance, old_site, today):
    with pytest.raises(Unfetched, match=r"不是标准端口|不是公网地址"):
        import_site(
            finance.agency,
            [old_site.address],
            column=finance.column(),
            title="x",
            by=finance.drafter,
            today=today,
            tell=lambda _: None,
        )
    for address in (
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://169.254.169.254/",
        "http://[::1]/",
        "http://0x7f000001/",
        "http://2130706433/",
    ):
        with pytest.raises(Unfetched):
            Visitor(address, pause=0)
    assert old_site.asked == []


def test_it_waits_between_pages_and_reads_no_more_than_wished(finance, old_site, today, monkeypatch):
    slept: list[float] = []
    monkeypatch.setattr(site_import.time, "sleep", slept.append)
    old_site.pages["/robots.txt"] += "Crawl-delay: 7\n"
    outcome, _ = run(finance, old_site, today, most=1)
    assert outcome.found == 1 and "/list/t2.html" not in old_site.asked
    assert slept and all(6 < pause <= 7 for pause in slept)


def test_a_large_page_is_cut(old_site):
    old_site.pages["/list/"] = "<html>" + "长" * 3_000_000
    host = {
        "hosts": {"127.0.0.1"},
        "permit": lambda _: True,
        "ports": {"http": int(old_site.address.split(":")[2].split("/")[0])},
    }
    assert len(fetch(old_site.address, most=site_import.MOST_BYTES, **host).data) == site_import.MOST_BYTES


def test_the_command(finance, old_site):
    out = StringIO()
    given = {"agency": "财政局", "column": "A20_01", "by": finance.drafter.username, "pause": 0, "stdout": out}
    call_command("import_site", old_site.address, inside=True, body="#zoom", rows="ul.list li", **given)
    assert "2 条草稿" in out.getvalue() and Batch.objects.get().state == "draft"
    with pytest.raises(CommandError, match="没有这个栏目"):
        call_command("import_site", old_site.address, **{**given, "column": "没有"})
    with pytest.raises(CommandError, match="看不懂选择器"):
        call_command("import_site", f"{old_site.address}?2", inside=True, rows="ul > li", **given)
    with pytest.raises(CommandError, match=r"标准端口|公网地址"):
        call_command("import_site", old_site.address, **given)
    with pytest.raises(CommandError, match="由财政局的拟稿人办理"):
        call_command("import_site", f"{old_site.address}?3", inside=True, **{**given, "by": finance.publisher.username})
