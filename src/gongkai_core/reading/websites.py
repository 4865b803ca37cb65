"""Reads the pages of an existing site: a list page to its entries, an article page to a paper. Nothing is fetched here.

Where things stand is guessed from the page; a selector (`div.list li`, `#zoom`) says it where the guess is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai_core.reading.html import Node, blocks_of, parse
from gongkai_core.reading.paper import Block, Heading, Paper, Paragraph
from gongkai_core.reading.recognising import recognise

_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_PUBLISHED = re.compile(r"(?:发布|发文|公开|更新)?(?:时间|日期)\s*[:：]?\s*(?=(?:19|20)\d{2})")
_NEXT = ("下一页", "下页", "后一页", "下一頁", ">", "»", "next")
_SCRIPTED = re.compile(r"createPageHTML\(\s*(\d{1,5})\s*,\s*(\d{1,5})\s*,\s*[\"']([\w-]+)[\"']\s*,\s*[\"'](\w+)[\"']")
_BODY_NAMES = re.compile(
    r"^(?:ucap-content|zoom|trs_editor|trs_uedit\w*|pages_content|article[-_]?(?:content|con|body)?|news[-_]?content|"
    r"content[-_]?(?:text|main|body)?|detail[-_]?(?:content|con|main)?|text[-_]?(?:content|con)?|con[-_]?(?:text|con)?|"
    r"main[-_]?text|xxgk[-_]?content|wzcon|view|vsb_content\w*)$",
    re.I,
)
_FILES = (".doc", ".docx", ".wps", ".pdf", ".ofd", ".xls", ".xlsx", ".et", ".zip", ".rar", ".ceb")
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*)://([^/?#]*)([^?#]*)", re.I)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
_STEP = re.compile(r"(?:(\w+)|)((?:[.#][\w-]+)*)")
SHORTEST_TITLE = 4


@dataclass(frozen=True, slots=True)
class ListEntry:
    title: str
    address: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Article:
    """An article page: the paper (its text alone), the day it says it was published, the files it links to."""

    paper: Paper
    published_on: date | None
    files: tuple[tuple[str, str], ...]
    """Words and address of each."""


def select(root: Node, selector: str) -> list[Node]:
    """Nodes by a chain of `tag.class#id` steps, each below the one before. ValueError for anything else."""
    found = [root]
    for step in selector.split():
        match = _STEP.fullmatch(step)
        if match is None or not step:
            raise ValueError(f"看不懂选择器“{step}”：只能写标签、.类、#编号，用空格隔开")
        marks = re.findall(r"([.#])([\w-]+)", match[2])
        found = list(
            {
                id(node): node
                for place in found
                for node in place.nodes()
                if node is not place and _fits(node, match[1], marks)
            }.values()
        )
    return found


def _fits(node: Node, tag: str | None, marks: list[tuple[str, str]]) -> bool:
    return (not tag or node.tag == tag.lower()) and all(
        name in node.classes if sign == "." else node.attributes.get("id") == name for sign, name in marks
    )


def day_in(text: str) -> date | None:
    """The first day written in a text."""
    for found in _DAY.finditer(text):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    return None


def absolute(address: str, href: str) -> str:
    """The whole address of a link on the page at `address`, without its fragment (RFC 3986, 5.2)."""
    href = href.strip().split("#")[0]
    base = _ADDRESS.match(address)
    if base is None or _SCHEME.match(href):
        return href
    scheme, host, path = base.groups()
    if href.startswith("//"):
        return f"{scheme}:{href}"
    if not href:
        return address.split("#")[0]
    if href.startswith("?"):
        return f"{scheme}://{host}{path or '/'}{href}"
    target, mark, query = href.partition("?")
    whole = target if target.startswith("/") else f"{path.rpartition('/')[0]}/{target}"
    steps: list[str] = []
    for step in whole.split("/")[1:]:
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    if whole.endswith(("/.", "/..")):
        steps.append("")
    return f"{scheme}://{host}/{'/'.join(steps)}{mark}{query}"


# List pages ----------------------------------------------------------------------------------------------------------


def entries(page: str, address: str, selector: str = "") -> list[ListEntry]:
    """The entries of a list page, in its order; `selector` names the rows."""
    root = parse(page)
    rows = select(root, selector) if selector else _guessed_rows(root)
    found: dict[str, ListEntry] = {}
    for row in rows:
        if (entry := _entry(row, address)) and entry.address not in found:
            found[entry.address] = entry
    return list(found.values())


def _entry(row: Node, address: str) -> ListEntry | None:
    links = [node for node in row.nodes() if node.tag == "a" and _leads(node.attributes.get("href", ""))]
    if not links:
        return None
    link = max(links, key=lambda node: len(_words(node)))
    title = _words(link)
    if len(title) < SHORTEST_TITLE:
        return None
    return ListEntry(title, absolute(address, link.attributes["href"]), day_in(row.text))


def _words(link: Node) -> str:
    """The whole title where the list cuts it short."""
    title = " ".join(link.attributes.get("title", "").split())
    shown = _DAY.sub("", link.text).strip(" []【】·•-—")
    return title if title and (len(title) >= len(shown) or shown.endswith(("…", "..."))) else shown


def _leads(href: str) -> bool:
    href = href.strip().lower()
    return bool(href) and not href.startswith(("#", "javascript:", "mailto:", "tel:", "data:"))


def _guessed_rows(root: Node) -> list[Node]:
    """The children of the place that has most rows with a title and a day; without days, with most long titles."""
    best: tuple[int, int] = (0, 0)
    rows: list[Node] = []
    for place in root.nodes():
        children = [child for child in place.children if isinstance(child, Node)]
        if len(children) < 2:
            continue
        held = [(child, entry) for child in children if child.tag != "a" and (entry := _entry(child, "http://x/"))]
        dated = sum(entry.day is not None for _, entry in held)
        score = (dated, sum(len(entry.title) >= 8 for _, entry in held))
        if score > best:
            best, rows = score, [child for child, entry in held if entry.day or not dated]
    return rows if best[0] >= 1 or best[1] >= 3 else []


def next_page(page: str, address: str) -> str:
    """The address of the following list page; empty on the last one."""
    for node in parse(page).nodes():
        if node.tag == "a" and _leads(node.attributes.get("href", "")) and node.text.lower().strip(" 　") in _NEXT:
            return absolute(address, node.attributes["href"])
    if found := _SCRIPTED.search(page):
        pages, here = int(found[1]), int(found[2])
        if here + 1 < pages:
            return absolute(address, f"{found[3]}_{here + 1}.{found[4]}")
    return ""


# Article pages -------------------------------------------------------------------------------------------------------


def article(page: str, address: str, *, title: str = "", selector: str = "") -> Article:
    """An article page as a paper; `title` is what the list called it, `selector` names the text."""
    root = parse(page)
    bodies = select(root, selector) if selector else []
    body = bodies[0] if bodies else _guessed_body(root)
    blocks = tuple(blocks_of(body))
    title = _title(root) or title
    found = recognise(blocks, title)
    start = found.body_from if _same(found.title, title) or not _starts_with_title(blocks, found.body_from) else 0
    paper = Paper("html", blocks[start:], (("标题", title),), title=title, docno=found.docno, formed_on=found.formed_on)
    return Article(paper, _published_on(root), tuple(_files(body, address)))


def _same(one: str, other: str) -> bool:
    bare = (re.sub(r"\W", "", one), re.sub(r"\W", "", other))
    return bool(bare[0]) and (bare[0] in bare[1] or bare[1] in bare[0])


def _starts_with_title(blocks: tuple[Block, ...], place: int) -> bool:
    return place > 0 and isinstance(blocks[place - 1], Paragraph | Heading)


def _meta(root: Node, *names: str) -> str:
    for node in root.nodes():
        if node.tag == "meta" and node.attributes.get("name", "").lower() in names:
            return " ".join(node.attributes.get("content", "").split())
    return ""


def _title(root: Node) -> str:
    if named := _meta(root, "articletitle"):
        return named
    heading = next((node.text for node in root.nodes() if node.tag == "h1" and len(node.text) >= SHORTEST_TITLE), "")
    whole = next((_own_text(node) for node in root.nodes() if node.tag == "title"), "")
    return heading or re.split(r"[_|]|\s[-–—]\s?|-(?=[^-]*(?:政府|网|局)[^-]*$)", whole)[0].strip()


def _own_text(node: Node) -> str:
    return " ".join("".join(child for child in node.children if isinstance(child, str)).split())


def _published_on(root: Node) -> date | None:
    if named := day_in(_meta(root, "pubdate", "publishdate", "publish-date")):
        return named
    text = root.text
    if found := _PUBLISHED.search(text):
        return day_in(text[found.end() : found.end() + 30])
    return None


def _guessed_body(root: Node) -> Node:
    """The part named as the text usually is and longest; else the one with most text in its own paragraphs."""
    named = [
        node for node in root.nodes() if any(map(_BODY_NAMES.match, [node.attributes.get("id", ""), *node.classes]))
    ]
    if named and len((longest := max(named, key=lambda node: len(node.text))).text) >= 20:
        return longest
    return max(root.nodes(), key=_weight)


def _weight(node: Node) -> int:
    own = sum(len(child.strip()) for child in node.children if isinstance(child, str))
    held = (child for child in node.children if isinstance(child, Node) and child.tag in ("p", "table", "div", "span"))
    paragraphs = sum(len(child.text) for child in held if child.tag != "div" or not _holds_paragraphs(child))
    return 0 if node.tag in ("script", "style", "head", "a", "ul", "nav", "footer", "header") else own + paragraphs


def _holds_paragraphs(node: Node) -> bool:
    return any(inner.tag in ("p", "div", "ul", "table") for inner in node.nodes() if inner is not node)


def _files(body: Node, address: str) -> Iterator[tuple[str, str]]:
    for node in body.nodes():
        href = node.attributes.get("href", "").strip() if node.tag == "a" else ""
        if _leads(href) and href.lower().split("?")[0].endswith(_FILES):
            yield node.text or href.rpartition("/")[2], absolute(address, href)
