"""The one door through which a file comes in: what it is, how large, what it would do, what it says. Then it is kept.

Nothing is written anywhere before the last question is answered: a file with a classification mark leaves no trace
but a digest (domain-spec §11.1 items 2 and 4).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler

from gongkai.agencies.office_settings import Declared, declare
from gongkai.documents.blobs import store
from gongkai.documents.models import Blob
from gongkai.documents.scanner import scan
from gongkai_core import marks
from gongkai_core.reading import KINDS, PICTURES, Paper, Unreadable, check_name, kind_of, read, safe_name
from gongkai_core.reading.picture import clean
from gongkai_core.refusals import Refusal, Refused

PAPER_MB = declare(
    Declared("documents.paper_mb", "申请材料、扫描件每个最大多少 MB", 10, "portal-ux 5.5；本单位规定", confirmed=True)
)
ATTACHMENT_MB = declare(Declared("documents.attachment_mb", "公开附件每个最大多少 MB", 30, "本单位规定"))
MARK = "no_secrecy_mark"
NOTE = "not_for_publication"
LARGEST_REQUEST = 120 * 2**20
_TEXTS = ("docx", "doc", "pdf", "ofd")


@dataclass(frozen=True, slots=True)
class Door:
    """What one place takes in."""

    kinds: tuple[str, ...]
    largest: Declared
    to_be_open: bool = False
    """Whether it goes to the public: then 此件不公开 keeps it out, and pictures lose their properties."""
    searched: bool = True
    """Whether a mark turns the whole file away; of a table that is not kept, every row is looked through instead."""

    @property
    def accept(self) -> str:
        """For a file field."""
        return ",".join(ending for kind in self.kinds for ending in KINDS[kind][1])

    @property
    def most_bytes(self) -> int:
        return int(self.largest.value()) * 2**20


PAPERS = Door((*_TEXTS, "jpg", "png"), PAPER_MB)
"""申请材料、扫描件."""
REDACTABLE = Door(("pdf", "docx", "jpg", "png"), ATTACHMENT_MB)
"""拟提供的材料: what can be redacted."""
ATTACHMENTS = Door((*_TEXTS, "xlsx", *PICTURES), ATTACHMENT_MB, to_be_open=True)
"""公开附件、正文图片."""
TEXTS = Door((*_TEXTS, "html", "txt"), ATTACHMENT_MB, to_be_open=True)
"""What a text can be read from (发稿)."""
SHEETS = Door(("xlsx",), PAPER_MB)
"""机关人员表."""
TABLES = Door(("xlsx", "txt"), ATTACHMENT_MB, to_be_open=True, searched=False)
"""Tables of items (批量导入): read, checked row by row, and not kept."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that passed the door and is nowhere kept yet."""

    name: str
    kind: str
    data: bytes
    paper: Paper

    @property
    def content_type(self) -> str:
        return KINDS[self.kind][2]

    @property
    def is_picture(self) -> bool:
        return self.kind in PICTURES


def take_upload(upload: UploadedFile, door: Door) -> Taken:
    """Take in what a form brought. Raises Refused."""
    if (upload.size or 0) > door.most_bytes:
        raise Refused(_too_large(upload.size or 0, door))
    upload.seek(0)
    return take(upload.read(), str(upload.name), door)


def take(data: bytes, name: str, door: Door) -> Taken:
    """Take in the bytes of a file called `name`. Raises Refused; nothing has been stored then."""
    if len(data) > door.most_bytes:
        raise Refused(_too_large(len(data), door))
    try:
        kind = kind_of(data)
        if kind not in door.kinds:
            raise Unreadable("kind", f"这里不收{KINDS[kind][0]}；可以用 {_shown(door)}")
        check_name(name, kind)
        if refusal := scan(data, settings.CLAMD):
            raise Refused(refusal)
        paper = read(data, name)
        if paper.dangers:
            raise Unreadable("danger", f"文件{'、'.join(paper.dangers)}，没有接收；请去掉后另存一份再上传")
        if door.searched:
            refuse_marks(paper, door)
        if door.to_be_open and kind in PICTURES:
            data = clean(data)
    except Unreadable as unreadable:
        raise Refused(_refusal(unreadable, door)) from None
    return Taken(safe_name(name, kind), kind, data, paper)


def refuse_marks(paper: Paper, door: Door) -> None:
    """Look through everything that can be read in the file, hidden places too. Raises Refused."""
    for passage in paper.passages:
        if refusal := marks.find_mark(passage.text, to_be_open=door.to_be_open):
            raise Refused(Refusal(refusal.code, f"{passage.where}：{refusal.message}", refusal.article))


def keep(taken: Taken, *, sealed: bool = False, name: str = "") -> Blob:
    """Store it; `sealed` for anything that may hold personal data, `name` where its own says too much."""
    return store(taken.data, name=name or taken.name, content_type=taken.content_type, sealed=sealed)


def digest_of(upload: UploadedFile) -> str:
    """What stays of a file that was turned away for a mark."""
    upload.seek(0)
    return hashlib.sha256(upload.read()).hexdigest()


def _shown(door: Door) -> str:
    return "、".join(dict.fromkeys(KINDS[kind][1][0].removeprefix(".") for kind in door.kinds))


def _too_large(size: int, door: Door) -> Refusal:
    most = door.most_bytes // 2**20
    return Refusal("too_large", f"文件有 {size / 2**20:.0f} MB，超过了 {most} MB；可以拍小一些或者分开上传")


def _refusal(unreadable: Unreadable, door: Door) -> Refusal:
    if unreadable.code == "missing_reader":
        return Refusal(
            "missing_reader", f"这台服务器暂时检查不了这种文件，没有接收；请另存为其他格式（{_shown(door)}）"
        )
    return Refusal(unreadable.code, unreadable.message)


class InMemory(MemoryFileUploadHandler):
    """Holds uploads in memory whatever their size, up to a whole request of `LARGEST_REQUEST`."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *more: Any) -> None:  # noqa: N803
        if content_length > LARGEST_REQUEST:
            raise RequestDataTooBig(f"一次上传的文件合计超过 {LARGEST_REQUEST // 2**20} MB")
        self.activated = True
