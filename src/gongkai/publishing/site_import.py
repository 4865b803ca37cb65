"""导入原网站: an existing site, by its list pages, politely; what is found becomes batches of drafts, nothing public.

Every page asked for is noted in a file of its own, so that an interrupted run goes on where it stopped. Of a page with
a classification mark only the address is noted.
"""

from __future__ import annotations

import hashlib
import html
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings

from gongkai.agencies.models import Agency, User
from gongkai.documents.intake import ATTACHMENTS
from gongkai.publishing import actions
from gongkai.publishing.actions.import_batch import row_refusal
from gongkai.publishing.backdating import DAYS
from gongkai.publishing.batches import BatchRow
from gongkai.publishing.checks import is_name_list
from gongkai.publishing.content import clean_body
from gongkai.publishing.fetching import PORTS, Answer, Permit, Unfetched, fetch
from gongkai.publishing.models import Batch, Column
from gongkai.publishing.site_files import mention, with_files
from gongkai_core.marks import find_mark
from gongkai_core.reading import Picture
from gongkai_core.reading.markup import to_html
from gongkai_core.reading.websites import Article, ListEntry, absolute, article, entries, next_page
from gongkai_core.refusals import Refusal, Refused

AGENT = "gongkai-site-import/1"
PAUSE = 1.0
MOST_BYTES = 5 * 2**20
MOST_LISTS = 500
ONE_BATCH = 500
TITLE = 200

Read = Callable[..., Answer]


@dataclass(frozen=True)
class Wishes:
    """How a site is read: selectors where guessing fails, how slow, how much."""

    rows: str = ""
    body: str = ""
    pause: float = PAUSE
    most: int = 5_000
    """Articles."""


@dataclass
class Outcome:
    batches: list[Batch] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    """Addresses that gave nothing to import, and why."""
    found: int = 0


class Notes:
    """What a run has done so far: one JSON object a line, written at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        self.rows: list[dict[str, Any]] = []
        for line in lines:
            try:
                self.rows.append(json.loads(line))
            except json.JSONDecodeError:  # the last line of a run that was killed
                continue
        if lines and not path.read_text(encoding="utf-8").endswith("\n"):
            self._append("")

    def add(self, **facts: Any) -> None:
        self.rows.append(facts)
        self._append(json.dumps(facts, ensure_ascii=False))

    def _append(self, line: str) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        self._path.chmod(0o600)

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["kind"] == kind]


class Visitor:
    """Asks one host for pages: only what its robots.txt allows, one after the other, never faster than agreed."""

    def __init__(self, start: str, *, pause: float, permit: Permit | None = None, read: Read = fetch) -> None:
        parts = urlsplit(start)
        self._host = parts.hostname or ""
        ports: Mapping[str, int] = {parts.scheme: parts.port} if permit and parts.port else PORTS
        self._options: dict[str, Any] = {"hosts": {self._host}, "permit": permit, "ports": ports, "agent": AGENT}
        self._pause, self._read, self._last = pause, read, 0.0
        self._robots = self._rules(f"{parts.scheme}://{parts.netloc}/robots.txt")

    def _rules(self, address: str) -> RobotFileParser:
        rules = RobotFileParser()
        try:
            rules.parse(self._get(address, kind="text/", most=512 * 1024).text.splitlines())
        except Unfetched as reason:
            if not str(reason).startswith("返回 4"):
                raise
            rules.parse([])
        delay = rules.crawl_delay(AGENT)
        self._pause = max(self._pause, min(float(delay or 0), 30.0))
        return rules

    def page(self, address: str) -> Answer:
        return self._allowed(address, kind="html", most=MOST_BYTES)

    def file(self, address: str) -> Answer:
        """The bytes of a file, of any kind; one that is larger than may come in is cut, and refused at the door."""
        return self._allowed(address, kind="", most=ATTACHMENTS.most_bytes + 1)

    def _allowed(self, address: str, **given: Any) -> Answer:
        if urlsplit(address).hostname != self._host:
            raise Unfetched("不在同一个网站")
        if not self._robots.can_fetch(AGENT, address):
            raise Unfetched("robots.txt 不允许")
        return self._get(address, **given)

    def _get(self, address: str, **given: Any) -> Answer:
        wait = self._last + self._pause - time.monotonic()
        if self._last and wait > 0:
            time.sleep(wait)
        try:
            return self._read(address, **self._options, **given)
        finally:
            self._last = time.monotonic()


def notes_for(agency: Agency, column: Column, addresses: Sequence[str]) -> Notes:
    """The file in which a run of these list pages into this column is noted."""
    key = hashlib.sha256("\n".join([agency.code, column.code, *addresses]).encode()).hexdigest()[:20]
    return Notes(Path(settings.HOME) / "imports" / f"{key}.jsonl")


def import_site(
    agency: Agency,
    addresses: Sequence[str],
    *,
    column: Column,
    title: str,
    by: User,
    today: date,
    wishes: Wishes | None = None,
    permit: Permit | None = None,
    tell: Callable[[str], object] = print,
    read: Read = fetch,
) -> Outcome:
    """Read list pages and their articles, then make batches of drafts of what is new. Raises Refused, Unfetched."""
    if refusal := actions.can_import_batch(agency, by=by, today=today):
        raise Refused(refusal)
    wishes = wishes or Wishes()
    notes = notes_for(agency, column, addresses)
    visitors: dict[str, Visitor] = {}
    for address in addresses:
        visitor = Visitor(address, pause=wishes.pause, permit=permit, read=read)
        visitors[urlsplit(address).hostname or ""] = visitor
        for entry in _listed(visitor, address, notes, wishes, tell):
            if len(notes.of("article")) >= wishes.most:
                break
            _read_article(visitor, entry, notes, wishes, tell)
    outcome = Outcome(found=len(notes.of("article")))
    outcome.skipped = [(row["address"], row["why"]) for row in notes.of("skipped")]

    def furnish(row: dict[str, Any], drafted: BatchRow) -> BatchRow:
        visitor = visitors.get(urlsplit(row["address"]).hostname or "")
        return with_files(drafted, row, visitor.file, by=by, tell=tell) if visitor else drafted

    _batch(agency, column, title, notes, outcome, furnish, by=by, today=today)
    return outcome


def _listed(
    visitor: Visitor, address: str, notes: Notes, wishes: Wishes, tell: Callable[[str], object]
) -> Iterator[ListEntry]:
    """The entries of a list page and of those that follow it, that were not read before."""
    seen = {row["address"] for row in notes.rows if row["kind"] in ("article", "skipped")}
    visited: set[str] = set()
    while address and address not in visited and len(visited) < MOST_LISTS:
        visited.add(address)
        try:
            answer = visitor.page(address)
        except Unfetched as reason:
            if len(visited) == 1:
                raise
            tell(f"列表页 {address} 没有读到：{reason}")
            return
        found = entries(answer.text, answer.url, wishes.rows)
        tell(f"列表页 {address}：{len(found)} 条")
        for entry in found:
            if entry.address not in seen:
                seen.add(entry.address)
                yield entry
        address = next_page(answer.text, answer.url)


def _read_article(
    visitor: Visitor, entry: ListEntry, notes: Notes, wishes: Wishes, tell: Callable[[str], object]
) -> None:
    try:
        answer = visitor.page(entry.address)
    except Unfetched as reason:
        tell(f"{entry.address} 没有读到：{reason}")
        if str(reason) in ("不在同一个网站", "robots.txt 不允许", "返回的不是网页", "返回 404", "返回 410"):
            notes.add(kind="skipped", address=entry.address, why=str(reason))
        return  # anything else may be better next time
    found = article(answer.text, answer.url, title=entry.title, selector=wishes.body)
    # Before anything is written down (domain-spec §11.1 item 2).
    for passage in found.paper.passages:
        if refusal := find_mark(f"{found.paper.title}\n{passage.text}"):
            notes.add(
                kind="skipped", address=entry.address, why=f"{passage.where}有标志或者附注（{refusal.code}），没有保存"
            )
            return
    if not found.paper.text.strip():
        notes.add(kind="skipped", address=entry.address, why="没有找到正文")
        return
    notes.add(kind="article", address=entry.address, **_facts(found, entry, answer.url))


def _facts(found: Article, entry: ListEntry, url: str) -> dict[str, Any]:
    paper, published = found.paper, found.published_on or entry.day
    # A number without the day of the document is half a fact: it stays in the note.
    whole = bool(paper.docno and paper.formed_on)
    pictures = [
        (block.alt, absolute(url, block.source))
        for block in paper.blocks
        if isinstance(block, Picture) and block.source
    ]
    body = to_html(paper.blocks, place=lambda picture: absolute(url, picture.source) if picture.source else "")
    return {
        "title": paper.title or entry.title,
        "docno": paper.docno if whole else "",
        "formed_on": paper.formed_on.isoformat() if whole and paper.formed_on else "",
        "published_on": published.isoformat() if published else "",
        "body": body + "".join(mention(*file) for file in found.files if html.escape(file[1]) not in body),
        "pictures": pictures,
        "files": found.files,
    }


def _batch(
    agency: Agency,
    column: Column,
    title: str,
    notes: Notes,
    outcome: Outcome,
    furnish: Callable[[dict[str, Any], BatchRow], BatchRow],
    *,
    by: User,
    today: date,
) -> None:
    """Drafts of what no earlier run made a batch of."""
    done = {address for row in notes.of("batch") for address in row["addresses"]}
    late_after, name_list = DAYS.value(), is_name_list(column)
    good: list[tuple[dict[str, Any], BatchRow]] = []
    for row in notes.of("article"):
        if row["address"] in done:
            continue
        drafted = _draft(row)
        refusal: Refusal | None = row_refusal(
            drafted, clean_body(drafted.body), today=today, late_after=late_after, name_list=name_list
        )
        if refusal:
            outcome.skipped.append((row["address"], refusal.message))
        else:
            good.append((row, drafted))
    for number, start in enumerate(range(0, len(good), ONE_BATCH), len(notes.of("batch")) + 1):
        part = good[start : start + ONE_BATCH]
        name = title if number == 1 and len(good) <= ONE_BATCH else f"{title}（{number}）"
        rows = [furnish(row, drafted) for row, drafted in part]
        batch = actions.import_batch(agency, title=name, column=column, rows=rows, by=by, today=today, submit=False)
        notes.add(kind="batch", batch=str(batch.public_id), addresses=[row["address"] for row, _ in part])
        outcome.batches.append(batch)


def _draft(row: dict[str, Any]) -> BatchRow:
    published = f"，原发布日期 {row['published_on']}" if row["published_on"] else ""
    origin = f"从原网站导入：{row['address'][:220]}{published}"
    return BatchRow(
        title=row["title"][:TITLE],
        body=row["body"],
        docno=row["docno"],
        formed_on=date.fromisoformat(row["formed_on"]) if row["formed_on"] else None,
        backdated_reason=origin,
        imported_from=origin,
    )
