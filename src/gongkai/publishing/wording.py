"""What is posted on 微信 and 微博 of a public item (新媒体文案): title, the gist, the address, within the channel's length."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.agencies.models import Installation
from gongkai.agencies.office_settings import Declared, declare
from gongkai.publishing.content import plain_text
from gongkai.publishing.models import Channel, Item

SOURCE = "平台对标题、摘要、正文的字数限制"
WEIBO = declare(Declared("publishing.weibo_length", "微博文案最多几字", 140, SOURCE))
WECHAT = declare(Declared("publishing.wechat_summary", "微信摘要最多几字", 120, SOURCE))
WECHAT_TITLE = 64
_SENTENCE = re.compile(r"[^。！？；]*[。！？；]|[^。！？；]+$")


@dataclass(frozen=True)
class Wording:
    """A text for one channel, and how many characters it may have."""

    channel: str
    label: str
    text: str
    limit: int


def gist(text: str, limit: int) -> str:
    """Whole sentences from the beginning as far as they go; the first one cut short where even that is too long."""
    words, taken = re.sub(r"\s+", "", text), ""
    for sentence in _SENTENCE.findall(words):
        if len(taken) + len(sentence) > limit:
            break
        taken += sentence
    return taken or shortened(words, limit)


def shortened(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return f"{text[: limit - 1].rstrip('，、：；')}…" if limit > 1 else ""


def weibo(title: str, text: str, url: str, limit: int) -> str:
    """【标题】摘要 全文：网址; the address is never cut."""
    tail = f" 全文：{url}"
    room = limit - len(tail)
    head = f"【{shortened(title, max(1, room - 2))}】"
    return f"{head}{gist(text, room - len(head))}{tail}"


def wechat(title: str, text: str, url: str, limit: int) -> str:
    """Title, summary and address, each on its line as the platform's form asks for them."""
    return f"{shortened(title, WECHAT_TITLE)}\n{gist(text, limit)}\n阅读原文：{url}"


def address(item: Item, fallback: str) -> str:
    """The item's public address whole, at the site's domain where one is known."""
    installation = Installation.current()
    host = f"https://{installation.domain}" if installation and installation.domain else fallback
    return f"{host.rstrip('/')}{item.get_absolute_url()}"


def wordings(item: Item, *, fallback: str) -> list[Wording]:
    version = item.published_version
    assert version is not None  # only public items have an address to give
    text, url = plain_text(version.body), address(item, fallback)
    long, short = int(WECHAT.value()), int(WEIBO.value())
    return [
        Wording(Channel.WECHAT, "政务微信", wechat(version.title, text, url, long), long),
        Wording(Channel.WEIBO, "政务微博", weibo(version.title, text, url, short), short),
    ]
