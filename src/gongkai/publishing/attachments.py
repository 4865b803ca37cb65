"""Files that go with a text: brought through the door, kept waiting while it is written, settled with its version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePath
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.agencies.models import User
from gongkai.documents.intake import ATTACHMENTS, Taken, keep, take
from gongkai.publishing.models import Attachment, AttachmentKind, ItemVersion
from gongkai_core.reading import Picture
from gongkai_core.refusals import Refusal, Refused

ACCESSIBLE = "GB/T 37668—2019（信息无障碍）"
WAIT = timedelta(days=7)
MOST = 50


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as the writer wants it: under this name, a picture with these words."""

    row: Attachment
    name: str
    alt: str = ""


def bring(taken: Taken, *, by: User, picture: bool = False, alt: str = "") -> Attachment:
    """Keep a file that passed the door until the text it belongs to is saved."""
    kind = AttachmentKind.PICTURE if picture else AttachmentKind.FILE
    return Attachment.objects.create(blob=keep(taken), name=taken.name, alt=alt[:200], kind=kind, brought_by=by)


def bring_pictures(pictures: Iterable[Picture], *, by: User) -> tuple[dict[int, Attachment], int]:
    """Keep the pictures of a paper, by the place of each in `pictures`, and how many could not be taken."""
    rows: dict[int, Attachment] = {}
    lost = 0
    for place, picture in enumerate(pictures):
        ending = PurePath(picture.source).suffix or ".png"
        try:
            taken = take(picture.data, f"图片{place + 1}{ending}", ATTACHMENTS)
        except Refused:
            lost += 1
            continue
        rows[place] = bring(taken, by=by, picture=True, alt=picture.alt)
    return rows, lost


def present(version: ItemVersion) -> list[Brought]:
    """The files of a version as they stand."""
    return [Brought(row, row.name, row.alt) for row in version.attachments.select_related("blob")]


def pictures_of(files: Iterable[Brought]) -> dict[str, str]:
    """Addresses that a text may show, with the words for each picture."""
    return {file.row.get_absolute_url(): file.alt for file in files if file.row.is_picture}


def settle(version: ItemVersion, files: Sequence[Brought]) -> None:
    """Make `files`, in their order, the files of a version that is being written; others leave it."""
    if len(files) > MOST:
        raise Refused(Refusal("too_many_files", f"附件和图片共 {len(files)} 个，最多 {MOST} 个"))
    kept = {file.row.pk for file in files}
    # Read again: another window may have saved them with another text since.
    free = Attachment.objects.select_for_update().filter(Q(version=None) | Q(version=version), pk__in=kept)
    if missing := kept - set(free.values_list("pk", flat=True)):
        name = next(file.name for file in files if file.row.pk in missing)
        raise Refused(Refusal("taken_file", f"附件“{name}”已随另一稿保存，请重新添加后再保存"))
    version.attachments.exclude(pk__in=kept).delete()
    for position, file in enumerate(files, start=1):
        row = file.row
        row.version, row.position = version, position
        row.name, row.alt = renamed(row, file.name), " ".join(file.alt.split())[:200]
        row.save(update_fields=["version", "position", "name", "alt"])


def renamed(row: Attachment, name: str) -> str:
    """The writer's name for a file, with the ending of what it is."""
    stem = name.strip().removesuffix(f".{row.ending}").strip()
    stem = "".join(sign for sign in stem if sign.isprintable() and sign not in '/\\<>:"|?*')
    return f"{stem[:100]}.{row.ending}" if stem else row.name


def carry_over(source: ItemVersion, version: ItemVersion) -> None:
    """A new version begins with the files of the last one, under the same addresses."""
    Attachment.objects.bulk_create(
        Attachment(
            version=version, key=row.key, kind=row.kind, name=row.name, alt=row.alt, position=row.position,
            blob_id=row.blob_id, brought_by_id=row.brought_by_id,
        )
        for row in source.attachments.all()
    )  # fmt: skip


def wordless_pictures(version: ItemVersion) -> Refusal | None:
    """Every picture of a text says in words what it shows."""
    wordless = [row.name for row in version.attachments.all() if row.is_picture and not row.alt]
    if not wordless:
        return None
    return Refusal(
        "wordless_picture", f"图片“{wordless[0]}”等 {len(wordless)} 张没有替代文字，请写明图中内容", ACCESSIBLE
    )


def findable(user: User, keys: Iterable[UUID], version: ItemVersion | None) -> dict[UUID, Attachment]:
    """Of these keys, the files a writer may use: those of the version, and those that the same person brought."""
    rows = Attachment.objects.select_related("blob").filter(key__in=list(keys))
    mine = {row.key: row for row in rows.waiting().filter(brought_by=user)}
    return mine | ({row.key: row for row in rows.filter(version=version)} if version else {})


def digest_rows(version: ItemVersion) -> list[Mapping[str, str]]:
    """What an approval binds of the files: order, kind, name, words, address and content."""
    return [
        {"kind": row.kind, "name": row.name, "alt": row.alt, "key": str(row.key), "digest": row.blob.digest}
        for row in sorted(version.attachments.all(), key=lambda row: (row.position, row.pk))
    ]


@transaction.atomic
def forget_waiting() -> int:
    """Erase what was brought and never saved with a text. Returns how many."""
    old = Attachment.objects.waiting().filter(brought_at__lt=timezone.now() - WAIT)
    count, _ = Attachment.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:500])).delete()
    return count
