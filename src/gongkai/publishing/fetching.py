"""One polite look at a page elsewhere, and at nothing but that: hosts on a list, public addresses, small answers.

The address that was checked is the address that is connected to, at every hop (no second name look-up in between), so
a name that changes its mind between check and connection gains nothing. Switched off, nothing here is ever called.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from gongkai_core.passages import unspaced

AGENT = "gongkai-title-check/1"
HOPS = 5
SECONDS = 10.0
MOST = 1024 * 1024
"""Bytes read of a page: its title stands in the first of them."""
PORTS = {"http": 80, "https": 443}

Resolve = Callable[[str, int], list[str]]
Permit = Callable[[str], bool]


class Unfetched(Exception):
    """The page was not read; the words say why."""


@dataclass(frozen=True)
class Titles:
    """What a page calls itself: its <title>, its ArticleTitle, its headings of first degree."""

    words: tuple[str, ...]

    def name(self, title: str) -> bool:
        """Whether one of them holds the title, blanks aside."""
        wanted = unspaced(title)
        return any(wanted in unspaced(words) for words in self.words)


@dataclass(frozen=True)
class Answer:
    """What an address answered with, and at which address in the end."""

    url: str
    kind: str
    data: bytes

    @property
    def text(self) -> str:
        """In the charset of the header, the page's own, or one that fits."""
        named = _CHARSET.search(self.kind.encode("ascii", "ignore")) or _CHARSET.search(self.data[:4096])
        for name in [*([named[1].decode("ascii")] if named else []), "utf-8", "gb18030"]:
            with contextlib.suppress(UnicodeDecodeError, LookupError):
                return self.data.decode(name)
        return self.data.decode("utf-8", "replace")


def fetch_titles(url: str, **given: Any) -> Titles:
    """Read the titles of a page, as `fetch` reads it. Raises Unfetched."""
    return _titles(fetch(url, **given).text)


def fetch(
    url: str,
    *,
    hosts: Collection[str],
    resolve: Resolve | None = None,
    permit: Permit | None = None,
    ports: Mapping[str, int] = PORTS,
    agent: str = AGENT,
    kind: str = "html",
    most: int = MOST,
) -> Answer:
    """Read the first `most` bytes of a page on one of `hosts`. Raises Unfetched for anything that isn't quite that.

    `resolve`, `permit` and `ports` say how names become addresses and which may be connected to; by default the
    system's look-up, public addresses only, the two standard ports. `kind` must be in the answer's media type.
    """
    deadline = time.monotonic() + SECONDS
    for _ in range(HOPS):
        parts = _permitted(url, hosts, ports)
        address = _address(parts, resolve or _look_up, permit or is_public_address, ports)
        answer = _ask(parts, address, ports[parts.scheme], deadline, agent, kind, most)
        if isinstance(answer, Answer):
            return answer
        try:
            url = urljoin(url, answer)
        except ValueError:
            raise Unfetched("转向的不是网址") from None
    raise Unfetched("转向太多次")


def is_public_address(address: str) -> bool:
    """Whether an address is one of the open internet, in any of its disguises."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            ip = inner
        elif ip in _NAT64:
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.is_global and not ip.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _permitted(url: str, hosts: Collection[str], ports: Mapping[str, int]) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Unfetched("不是网址") from None
    if parts.scheme not in ports or parts.username or parts.password:
        raise Unfetched("不是普通网址")
    if port not in (None, ports[parts.scheme]):
        raise Unfetched("不是标准端口")
    if parts.hostname not in hosts:
        raise Unfetched(f"域名 {parts.hostname} 不在允许访问的域名之内")
    return parts


def _look_up(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _address(parts: SplitResult, resolve: Resolve, permit: Permit, ports: Mapping[str, int]) -> str:
    """One address of the host. All of them must be permitted: a name that also points inside is not trusted."""
    try:
        found = resolve(parts.hostname or "", ports[parts.scheme])
    except OSError:
        raise Unfetched("域名解析不了") from None
    if not found or not all(permit(address) for address in found):
        raise Unfetched("域名指向的不是公网地址")
    return found[0]


_KEPT = "%/?:@!$&'()*+,;=~#[]"
"""Signs of an address that stay as they are; Chinese ones and blanks are written as browsers write them."""


class _Pinned(http.client.HTTPConnection):
    """A connection to the very address that was checked; the name stands only in Host and in the certificate."""

    def __init__(self, host: str, port: int, address: str, tls: ssl.SSLContext | None, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self._address, self._tls = address, tls

    def connect(self) -> None:
        sock = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._tls.wrap_socket(sock, server_hostname=self.host) if self._tls else sock


def _ask(
    parts: SplitResult, address: str, port: int, deadline: float, agent: str, wanted: str, most: int
) -> Answer | str:
    """The answer, or where one is sent on to."""
    tls = ssl.create_default_context() if parts.scheme == "https" else None
    connection = _Pinned(parts.hostname or "", port, address, tls, _left(deadline))
    target = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_KEPT)
    headers = {
        "User-Agent": agent,
        "Accept": "text/*" if wanted else "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    with contextlib.closing(connection):
        try:
            connection.request("GET", target, headers=headers)
            response = connection.getresponse()
            if response.status in (301, 302, 303, 307, 308) and (onward := response.getheader("Location")):
                return onward
            if response.status != 200:
                raise Unfetched(f"返回 {response.status}")
            kind = response.getheader("Content-Type", "")
            if wanted not in kind or response.getheader("Content-Encoding", "identity") != "identity":
                raise Unfetched("返回的不是网页")
            return Answer(parts.geturl(), kind, _read(response, connection, deadline, most))
        except (OSError, http.client.HTTPException) as error:
            raise Unfetched(f"打不开（{type(error).__name__}）") from error


def _read(
    response: http.client.HTTPResponse, connection: http.client.HTTPConnection, deadline: float, most: int
) -> bytes:
    """The first bytes of the body; a server that drips runs into the deadline, not into our patience."""
    found = bytearray()
    while len(found) < most:
        if connection.sock is not None:
            connection.sock.settimeout(_left(deadline))
        _left(deadline)
        piece = response.read1(65536)
        if not piece:
            break
        found += piece
    return bytes(found[:most])


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise Unfetched(f"超过 {SECONDS:.0f} 秒没有读完")
    return left


_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{1,40})""", re.I)


def read_titles(data: bytes, kind: str = "") -> Titles:
    """The titles in a page's bytes."""
    return _titles(Answer("", kind, data).text)


def _titles(text: str) -> Titles:
    reader = _TitleReader()
    reader.feed(text)
    return Titles(tuple(words for words in reader.found if words.strip()))


class _TitleReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("title", "h1"):
            self._inside = tag
            self.found.append("")
        elif tag == "meta":
            given = dict(attrs)
            if (given.get("name") or "").lower() == "articletitle":
                self.found.append(given.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data
