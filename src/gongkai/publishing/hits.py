"""校核提示: what the core's rules find in a version, its attachments and its links, and what of it was dismissed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.urls import Resolver404, resolve
from django.utils.crypto import salted_hmac

from gongkai.agencies.models import Agency, User
from gongkai.documents import blobs
from gongkai.documents.models import Blob
from gongkai.publishing.models import Attachment, CheckList, Column, Dismissal, Item, ItemVersion, ListKind, Openness
from gongkai_core.checks import (
    Checker,
    Hit,
    Kind,
    Lists,
    Material,
    Severity,
    material_of_html,
    read_block,
    titles,
)
from gongkai_core.passages import Passage
from gongkai_core.reading import Unreadable, read
from gongkai_core.refusals import Refusal

UNDISMISSED = "undismissed_hits"
ARTICLE = "条例第十五条、第十七条；个人信息保护法第三十四条"
TITLE = "标题"
_STATES_AT_ONCE = 4
_FILES_AT_ONCE = 64


# The lists and the checker made of them -----------------------------------------------------------------------------


def checker() -> Checker:
    """The checker for the lists as they stand now; made anew only when one of them has changed."""
    kinds = tuple(CheckList.objects.order_by("kind").values_list("kind", "row_version", "changed_at"))
    names = tuple(Agency.objects.order_by("pk").values_list("name", flat=True))
    return _made(kinds, names)


@lru_cache(_STATES_AT_ONCE)
def _made(kinds: tuple[tuple[str, int, datetime], ...], organs: tuple[str, ...]) -> Checker:
    texts = dict(CheckList.objects.filter(kind__in=[kind for kind, *_ in kinds]).values_list("kind", "text"))
    given = {kind: read_block(texts.get(kind, ""))[0] for kind in ListKind.values}
    lists = Lists(
        white=frozenset(given[ListKind.WHITE]),
        forbidden=given[ListKind.FORBIDDEN],
        obsolete=given[ListKind.OBSOLETE],
        leaders={name: titles(words) for name, words in given[ListKind.LEADERS].items() if titles(words)},
        organs=tuple(dict.fromkeys([*organs, *given[ListKind.ORGANS]])),
        laws=tuple(given[ListKind.LAWS]),
    )
    return Checker(lists.with_starters())


# What is looked through ---------------------------------------------------------------------------------------------


def material_of(
    title: str, body: str, *, today: date, files: Iterable[Attachment] = (), may_say_closed: bool = False
) -> Material:
    """A text with its title and its files, pictures' words and hidden places among them.

    A note such as 此件不公开 is in order (`may_say_closed`) where the text isn't to be open, or its author has looked.
    """
    files = list(files)
    marked = material_of_html(body)
    return replace(
        marked,
        passages=[Passage(title, TITLE), *marked.passages, *(one for file in files for one in _passages(file))],
        attachments=[file.name for file in files if not file.is_picture],
        address_exists=address_exists,
        today=today,
        to_be_open=not may_say_closed,
    )


def _passages(file: Attachment) -> list[Passage]:
    read_out = _file_passages(file.blob.digest, file.blob_id, file.name)
    words = [Passage(file.name, "附件名称"), *([Passage(file.alt, "图片替代文字")] if file.alt else [])]
    return [*words, *(replace(one, where=f"附件“{file.name}”{one.where}") for one in read_out)]


@lru_cache(_FILES_AT_ONCE)
def _file_passages(digest: str, blob_id: int, name: str) -> Sequence[Passage]:
    try:
        return read(blobs.read(Blob.objects.get(pk=blob_id)), name).passages
    except Unreadable:
        return ()


def address_exists(address: str) -> bool | None:
    """Whether an address of this site leads somewhere that the public may see; None for addresses elsewhere."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return False
    if match.view_name == "publishing:item":
        return bool(Item.objects.public().filter(public_id=match.kwargs["public_id"]).exists())
    if match.view_name == "publishing:file":
        return Attachment.objects.filter(key=match.kwargs["key"]).exists()
    if match.view_name == "publishing:column":
        return Column.objects.filter(slug=match.kwargs["slug"]).exists()
    return not parts.path.startswith("/desk/")


# Hits and dismissals ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """The same finding of one rule, wherever it stands in the text."""

    fingerprint: str
    hits: Sequence[Hit]
    dismissal: Dismissal | None = None
    ignored: bool = False
    """Whether its writer has dismissed it on a page that isn't saved yet."""
    reason: str = ""
    """The reason being typed, or given."""

    @property
    def hit(self) -> Hit:
        return self.hits[0]

    @property
    def more(self) -> int:
        return len(self.hits) - 1

    @property
    def strict(self) -> bool:
        return self.hit.severity is Severity.REASON

    @property
    def is_hint(self) -> bool:
        return self.hit.severity is Severity.HINT

    @property
    def secret(self) -> bool:
        return self.hit.kind is Kind.SECRECY

    @property
    def open(self) -> bool:
        return not (self.dismissal or self.ignored)


def fingerprint(hit: Hit) -> str:
    """By which a dismissal knows the finding again: keyed, since a number of eighteen digits can be guessed."""
    words = re.sub(r"\s", "", hit.found)
    return salted_hmac("gongkai.publishing.hits", f"{hit.rule}\n{words}", algorithm="sha256").hexdigest()[:32]


def grouped(hits: Iterable[Hit], dismissals: Mapping[str, Dismissal] | None = None) -> list[Group]:
    """Hits by what was found, those that need a reason first."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(fingerprint(hit), []).append(hit)
    known = dismissals or {}
    groups = [
        Group(key, same, known.get(key), reason=known[key].reason if key in known else "")
        for key, same in found.items()
    ]
    order = list(Severity)
    return sorted(groups, key=lambda group: (not group.open, order.index(group.hit.severity)))


def dismissals_of(item: Item) -> dict[str, Dismissal]:
    return {row.fingerprint: row for row in item.dismissals.select_related("by")}


def hits_of(version: ItemVersion, *, today: date) -> list[Group]:
    """What is found in a version now, and what of it was dismissed for its item."""
    files = version.attachments.select_related("blob")
    confirmed = version.openness != Openness.OPEN or bool(version.confirmed_note)
    material = material_of(version.title, version.body, today=today, files=files, may_say_closed=confirmed)
    return grouped(checker().check(material), dismissals_of(version.item))


def dismissal(item_id: int, group: Group, *, reason: str, by: User, at: datetime) -> Dismissal:
    """The row that says a finding was left as it is; not saved."""
    hit = group.hit
    known = {"fingerprint": group.fingerprint, "rule": hit.rule, "shown": hit.shown[:80]}
    return Dismissal(item_id=item_id, reason=reason.strip()[:200], by=by, at=at, **known)


def row_hits(judge: Checker, title: str, body: str, *, today: date, files: Iterable[Attachment] = ()) -> list[Group]:
    """What is found in a row of an import; `judge` is asked for once, for many rows."""
    return grouped(judge.check(material_of(title, body, today=today, files=files)))


def versions_refusal(versions: QuerySet[ItemVersion], *, today: date) -> Refusal | None:
    """The same question for the versions of a batch: the first that must not be sent, by its title."""
    judge = checker()
    for version in versions.select_related("item").prefetch_related("item__dismissals", "attachments__blob"):
        known = {row.fingerprint: row for row in version.item.dismissals.all()}
        material = material_of(version.title, version.body, today=today, files=version.attachments.all())
        if refusal := undismissed_refusal(grouped(judge.check(material), known)):
            return Refusal(refusal.code, f"“{version.title}”：{refusal.message}", refusal.article)
    return None


def remark_refusal(words: str, *, today: date) -> Refusal | None:
    """Why a remark may not become public on one person's word: a mark of secrecy, or somebody's data, in it.

    Remarks (更新说明、撤回理由) pass no review, so nothing in them can be dismissed either.
    """
    found = checker().check(Material([Passage(words, "说明")], today=today))
    strict = next((hit for hit in found if hit.severity is Severity.REASON), None)
    if strict is None:
        return None
    return Refusal(
        "remark_unfit", f"这段说明会直接公开，其中有{strict.name}（{strict.shown}），请改写后再提交", ARTICLE
    )


def undismissed_refusal(groups: Iterable[Group]) -> Refusal | None:
    """Personal data and marks of secrecy that nobody has given a reason for keep a text from being sent."""
    left = [group for group in groups if group.strict and group.open]
    if not left:
        return None
    first = left[0].hit
    message = (
        f"校核发现 {len(left)} 处个人信息或者涉密标志没有处理（{first.name}：{first.shown}）："
        "请删去，或者在校核提示里逐条写明保留的理由，再送审"
    )
    return Refusal(UNDISMISSED, message, ARTICLE)
