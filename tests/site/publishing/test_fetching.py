"""A look at a page elsewhere: one host, its checked address, a small answer, and never anything inside."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gongkai.publishing import fetching
from gongkai.publishing.fetching import Unfetched, fetch_titles, is_public_address, read_titles

HOST = "www.example.gov.cn"
PAGE = "<html><head><title>关于某事的通知 - 江州市</title><meta name=ArticleTitle content=关于某事的通知></head>"


class Server(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.seen.append((self.path, self.headers["Host"]))
        if self.path == "/drip":
            self._start(200)
            for _ in range(100):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.02)
            return
        if self.path == "/endless":
            self._start(200)
            while True:
                self.wfile.write(b"x" * 65536)
        if self.path.startswith("/to?"):
            self._start(302, Location=self.path[4:])
            return
        if self.path == "/gzip":
            self._start(200, **{"Content-Encoding": "gzip"})
            return
        self._start(404 if self.path == "/gone" else 200)
        self.wfile.write(PAGE.encode("gb18030"))

    def _start(self, status, **headers):
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=gb2312")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch):
    made = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    made.seen = []
    made.daemon_threads = True
    made.handle_error = lambda *_: None
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def look(server):
    """Look at a page of the local server, under the name of a public host."""

    def ask(path, **given):
        facts = {"resolve": lambda *_: ["127.0.0.1"], "permit": lambda _: True}
        ports = {"http": server.server_port, "https": 443}
        return fetch_titles(f"http://{HOST}{path}", hosts={HOST}, ports=ports, **facts | given)

    return ask


def test_a_page_names_its_title(look, server):
    titles = look("/page?a=1")
    assert titles.words == ("关于某事的通知 - 江州市", "关于某事的通知")
    assert titles.name("关于 某事的通知") and not titles.name("关于别事的通知")
    assert server.seen == [("/page?a=1", f"{HOST}:{server.server_port}")]
    assert look("/to?/page").name("关于某事的通知")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/gone", "返回 404"),
        ("/gzip", "不是网页"),
        ("/drip", "没有读完"),
        ("/to?/to?/page", None),
        ("/to?http://127.0.0.1/x", "不在允许访问的域名"),
        ("/to?https://other.example/", "不在允许访问的域名"),
        ("/to?file:///etc/passwd", "不是普通网址"),
        (f"/to?http://{HOST}:22/", "不是标准端口"),
        (f"/to?http://a@{HOST}/", "不是普通网址"),
    ],
)
def test_what_is_not_quite_a_page_is_not_read(look, path, words):
    if words is None:
        assert look(path).words
        return
    with pytest.raises(Unfetched, match=words):
        look(path)


def test_chinese_addresses_and_broken_ones_are_answered_too(look, server):
    """One of either among a county's addresses must not keep the others from being looked at."""
    assert look("/公开/通知.html").name("关于某事的通知")
    assert server.seen[0][0] == "/%E5%85%AC%E5%BC%80/%E9%80%9A%E7%9F%A5.html"
    with pytest.raises(Unfetched, match="转向的不是网址"):
        look("/to?http://[")


def test_loops_and_endless_pages_end(look, server):
    server.RequestHandlerClass.loop = True
    with pytest.raises(Unfetched, match="转向太多"):
        look("/to?" + "/to?" * 9)
    assert look("/endless").words == ()


def test_the_checked_address_is_the_one_that_is_connected_to(look, server):
    """A name that answers differently the second time is never asked a second time."""
    answers = [["127.0.0.1"], ["192.0.2.1"]]
    assert look("/page", resolve=lambda *_: answers.pop(0)).words and len(answers) == 1
    with pytest.raises(Unfetched, match="公网地址"):
        look("/page", permit=is_public_address)
    with pytest.raises(Unfetched, match="公网地址"):  # one of several points inside
        look("/page", resolve=lambda *_: ["93.184.216.34", "127.0.0.1"], permit=is_public_address)
    assert len(server.seen) == 1


HOSTILE = [
    "http://127.0.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/",
    "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/", "http://100.100.100.200/",
    "http://①②⑦.⓪.⓪.①/", "http://localhost/", "file:///etc/passwd", "gopher://www.example.gov.cn/",
    "ftp://www.example.gov.cn/", "http://www.example.gov.cn@127.0.0.1/", "http://127.0.0.1#@www.example.gov.cn/",
    "http://www.example.gov.cn.evil.example/", "http://www.example.gov.cn:22/", "//www.example.gov.cn/", "http://[",
    "http://www.example.gov.cn:99999/", "http://",
]  # fmt: skip


def test_no_hostile_address_is_ever_connected_to(monkeypatch):
    def never(*_, **__):
        raise AssertionError("connected")

    monkeypatch.setattr(fetching.socket, "create_connection", never)
    for url in HOSTILE:
        with pytest.raises(Unfetched):
            fetch_titles(url, hosts={HOST}, resolve=lambda *_: ["127.0.0.1"])


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.100.100.200", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.8"),
        *("64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:0:0:0:0:f5ff:fffe"),
    ],
)
def test_addresses_inside_are_not_public(address):
    assert not is_public_address(address)


def test_public_addresses_are(monkeypatch):
    assert is_public_address("93.184.216.34") and is_public_address("2606:2800:220:1:248:1893:25c8:1946")


def test_titles_in_any_charset():
    for name in ("utf-8", "gb18030"):
        assert read_titles("<title>关于防汛的通知</title>".encode(name)).words == ("关于防汛的通知",)
    assert read_titles(b"<h1>a<b>b</b></h1><meta charset=nonsense>").words == ("ab",)
