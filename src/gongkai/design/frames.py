"""What a frame must be given: plain values, built by ``gongkai.config`` for the public site and the desk.

Nothing here queries anything. Urls are strings, already resolved.
"""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Link:
    """A word that leads somewhere: a nav entry, a tree node, a menu group or an entrance.

    ``key`` is compared with the page's ``section`` to mark where one is. ``count`` (desk) is how many wait.
    ``note`` stands under an entrance, or beside a tree node that is empty (更新说明).
    """

    name: str
    url: str = ""
    key: str = ""
    icon: str = ""
    note: str = ""
    count: int | None = None
    children: tuple["Link", ...] = ()


@dataclass(frozen=True)
class Footer:
    """The seven elements of the bottom area (47号附件; domain-spec WEB-03) and what may stand beside them.

    An element left empty is not shown: an office that has not entered its filing number shows no false one.
    """

    party_mark_url: str = ""  # 党政机关网站标识
    report_error_url: str = ""  # “我为政府网站找错”
    id_code: str = ""  # 网站标识码, 10 digits
    organiser: str = ""  # 主办单位
    contact: str = ""  # its telephone or address
    icp: str = ""  # ICP 备案编号
    police: str = ""  # 公安机关备案标识
    sitemap_url: str = ""  # 站点地图
    undertaker: str = ""  # 承办单位
    icp_url: str = "https://beian.miit.gov.cn/"
    police_url: str = "https://beian.mps.gov.cn/"
    links: tuple[Link, ...] = ()  # 联系我们, 隐私声明, …


@dataclass(frozen=True)
class Site:
    """The public site as its frame shows it. ``theme`` is ``blue`` (政务蓝) or ``red`` (中国红)."""

    name: str
    domain: str = ""
    id_code: str = ""
    home_url: str = "/"
    nav: tuple[Link, ...] = ()
    superiors: tuple[Link, ...] = ()
    footer: Footer = field(default_factory=Footer)
    theme: str = "blue"
    emblem_url: str = ""
    accessibility_url: str = ""
    column_name: str = ""  # 单位专栏: the organ whose column group this is, beside the site's name
    column_url: str = ""
    demonstration: bool = False


@dataclass(frozen=True)
class Entry:
    """One row of a public list. ``new`` is the caller's judgement: only the caller knows today."""

    title: str
    url: str
    day: date | None = None
    new: bool = False
    number: str = ""  # 发文字号
    made_on: date | None = None  # 成文日期
    validity: str = ""  # 有效 / 失效 / 废止
    facts: tuple[tuple[str, str], ...] = ()  # 索引号, 主题分类, 发布机构, 内容概述


@dataclass(frozen=True)
class Attachment:
    """A file offered for download; ``size`` in bytes."""

    name: str
    url: str
    size: int
    kind: str = ""  # "Word", "PDF", …: told by the name's ending when empty


@dataclass(frozen=True)
class Related:
    """A titled list beside a document: 相关解读, 修改沿革, 解读文件."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Document:
    """A public document page (portal-ux §5.4). ``text`` is sanitised HTML marked safe by its owner.

    ``meta`` rows are (label, value) or (label, value, "wide"); ``published_at`` is an aware instant.
    """

    title: str
    text: str
    meta: tuple[tuple[str, ...], ...] = ()
    number: str = ""
    addressee: str = ""
    signature: str = ""
    signed_on: date | None = None
    note: str = ""  # （此件公开发布）
    source: str = ""
    published_at: datetime | None = None
    attachments: tuple[Attachment, ...] = ()
    downloads: tuple[Link, ...] = ()
    related: tuple[Related, ...] = ()


def page_numbers(page: int, pages: int) -> list[int | None]:
    """Page numbers to show, newest (highest) first; ``None`` is a gap.

    Pages are numbered from the oldest, so a full page never changes. Shown: both ends and two on each side
    of ``page``; a gap of a single page is shown as that page.
    """
    shown = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)}, reverse=True)
    row: list[int | None] = []
    for number in shown:
        before = row[-1] if row else None
        if before is not None and before - number == 2:
            row.append(before - 1)
        elif before is not None and before - number > 2:
            row.append(None)
        row.append(number)
    return row
