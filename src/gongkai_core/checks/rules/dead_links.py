"""错链 (国办秘函〔2019〕19号): a link that leads nowhere, or to a place that only the writer's own machine knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai_core.checks.hits import Kind, Severity
from gongkai_core.checks.material import Link, Material
from gongkai_core.checks.rule import Placed, Rule

_OWN_MACHINE = re.compile(r"(?:file:|[A-Za-z]:[\\/]|\\\\|about:|blob:|data:)", re.I)
_INSIDE = re.compile(
    r"https?://(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2[0-9]|3[01])\.|\[::1\]|[^/.:]{1,63}(?::[0-9]{1,5})?(?:/|$))",
    re.I,
)
_ODD = re.compile(r"https?:/{0,1}(?!/)|https?://(?:$|https?:)|[\s，。；、“”]", re.I)


def judge(material: Material) -> Iterator[Placed]:
    for link in material.links:
        if complaint := _complaint(link, material):
            yield Placed(link.where, link.words or link.address, complaint)


def _complaint(link: Link, material: Material) -> str:
    address = link.address.strip()
    if not address or address == "#":
        return "链接没有地址：补上地址或者去掉链接"
    if _OWN_MACHINE.match(address):
        return f"地址“{address[:60]}”在本人电脑上，别人打不开：改为附件"
    if _INSIDE.match(address):
        return f"地址“{address[:60]}”是内部网络地址，公众打不开"
    if _ODD.search(address):
        return f"地址“{address[:60]}”写法有误"
    if material.address_exists and material.address_exists(address) is False:
        return f"地址“{address[:60]}”打不开：网页不存在或者已撤下"
    return ""


RULE = Rule(
    id="dead_links",
    name="错链",
    kind=Kind.LINK,
    severity=Severity.CLICK,
    article="国办秘函〔2019〕19号（政府网站与政务新媒体检查指标）",
    judge=judge,
)
