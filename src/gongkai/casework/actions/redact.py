"""区分处理: what is to be given is marked with grounds, redacted into a new file, looked through and put with the answer.

All of it by the handler before the draft goes up: what reviewers and the signatory saw is what the applicant gets.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import procedure
from gongkai.casework.actions.open_case_file import judges_secrecy
from gongkai.casework.actions.open_personal_data import can_open_personal_data
from gongkai.casework.models import Case, CaseFile, FileKind, Material, RedactionMark
from gongkai.documents import blobs, redaction
from gongkai.documents.intake import Taken, keep
from gongkai.documents.models import Blob
from gongkai_core.exemptions import EXEMPTIONS
from gongkai_core.refusals import Refusal
from gongkai_core.states.cases import IN_WORK, WAITING

ARTICLE = "条例第三十七条"
_OPEN = frozenset({*IN_WORK, *WAITING, "waiting_reason", "waiting_fee", "drafting"})
_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpg": "image/jpeg",
    "png": "image/png",
}
MOST_MARKS = 300
LONGEST_WORDS = 200


def can_open_materials(case: Case, *, by: User, today: date) -> Refusal | None:
    """Whoever may see the applicant's papers, and whose the secrecy review is: it is of what leaves the house."""
    if judges_secrecy(case, by=by, today=today):
        return None
    return can_open_personal_data(case, by=by, today=today)


def can_prepare_materials(case: Case, *, by: User, today: date) -> Refusal | None:
    """By the handler, until the draft goes up."""
    if "handler" not in procedure.roles_of(case, by, today=today):
        return Refusal("needs_role", "拟提供的材料由承办人准备", ARTICLE)
    if case.state not in _OPEN:
        return Refusal("frozen", "只能在审查、办理、拟办时准备拟提供的材料；送审以后退回重拟才能改动", ARTICLE)
    return None


@transaction.atomic
def add_material(case: Case, *, paper: Taken, by: User, today: date) -> Material:
    """Keep the original of what is to be given, sealed. Raises Refused."""
    case = locked(case)
    procedure.allow(can_prepare_materials(case, by=by, today=today))
    pages = redaction.count_pages(paper.data, paper.kind)
    number = case.materials.count() + 1
    original = keep(paper, sealed=True, name=f"拟提供的材料原件{number}.{paper.kind}")
    material = Material.objects.create(
        case=case, name=paper.name, kind=paper.kind, pages=pages, original=original, added_by=by, added_on=today
    )
    _note("add_material", material, by=by, today=today, digest=original.digest)
    return material


@transaction.atomic
def mark_words(material: Material, *, words: str, ground: str, by: User, today: date) -> RedactionMark:
    """Black out every occurrence of these words. Raises Refused when they stand nowhere."""
    material = _changing(material, by=by, today=today)
    words = words.strip()
    if len(redaction.folded(words)) < redaction.SHORTEST or len(words) > LONGEST_WORDS:
        procedure.allow(Refusal("words", f"要遮蔽的文字须有 2 个字以上、{LONGEST_WORDS} 个字以内", ARTICLE))
    if any(redaction.folded(mark.words) == redaction.folded(words) for mark in material.marks.exclude(words="")):
        procedure.allow(Refusal("twice", "这些文字已经标了遮蔽", ARTICLE))
    places = len(redaction.find(blobs.read(material.original), material.kind, words))
    if not places:
        procedure.allow(Refusal("not_found", "文件里没有找到这些文字；扫描页、图片里的字请用方框遮蔽", ARTICLE))
    return _mark(material, ground, by=by, today=today, words=words, places=places)


@transaction.atomic
def mark_box(
    material: Material,
    *,
    page: int,
    left: int,
    top: int,
    right: int,
    bottom: int,
    ground: str,
    by: User,
    today: date,
) -> RedactionMark:
    """Black out a rectangle of a page, in thousandths of its width and height. Raises Refused."""
    material = _changing(material, by=by, today=today)
    if not material.pages:
        procedure.allow(Refusal("no_pages", "Word 文件没有固定的页，请按文字遮蔽；图片不选“保留图片”即可", ARTICLE))
    if not 1 <= page <= material.pages:
        procedure.allow(Refusal("page", f"文件只有 {material.pages} 页", ARTICLE))
    if not (0 <= left < right <= redaction.SCALE and 0 <= top < bottom <= redaction.SCALE):
        procedure.allow(Refusal("box", "方框的左须小于右、上须小于下，都在 0 到 100 之间", ARTICLE))
    return _mark(material, ground, by=by, today=today, page=page, left=left, top=top, right=right, bottom=bottom)


def _mark(material: Material, ground: str, *, by: User, today: date, **where: int | str) -> RedactionMark:
    if ground not in EXEMPTIONS:
        procedure.allow(Refusal("ground", "每处遮蔽都须选定依据", ARTICLE))
    if material.marks.count() >= MOST_MARKS:
        procedure.allow(Refusal("too_many", f"一份文件最多标 {MOST_MARKS} 处", ARTICLE))
    mark = RedactionMark.objects.create(material=material, ground=ground, added_by=by, **where)
    _note("mark_redaction", material, by=by, today=today, ground_code=ground, page=where.get("page", 0))
    return mark


@transaction.atomic
def drop_mark(mark: RedactionMark, *, by: User, today: date) -> Material:
    """Take a mark away. Raises Refused."""
    material = _changing(mark.material, by=by, today=today)
    material.marks.filter(pk=mark.pk).delete()
    _note("drop_redaction", material, by=by, today=today, ground_code=mark.ground)
    return material


@transaction.atomic
def make_redacted(material: Material, *, keep_pictures: bool, by: User, today: date) -> Material:
    """Make the redacted file; without marks the file is only cleaned of what does not show. Raises Refused."""
    material = _changing(material, by=by, today=today)
    marks = list(material.marks.all())
    number = list(material.case.materials.values_list("pk", flat=True)).index(material.pk) + 1
    title = f"提供的信息{number}"
    made = redaction.redact(
        blobs.read(material.original),
        material.kind,
        [mark.words for mark in marks if mark.words],
        [box for mark in marks if (box := mark.box)],
        keep_pictures=keep_pictures,
        title=title,
    )
    material.redacted = blobs.store(
        made.data, name=f"{title}.{material.kind}", content_type=_TYPES[material.kind], sealed=True
    )
    material.keep_pictures, material.as_pictures = keep_pictures, made.as_pictures
    material.made_by, material.made_on = by, today
    material.save()
    _note("make_redacted", material, by=by, today=today, marks=len(marks), digest=material.redacted.digest)
    return material


def can_provide_material(material: Material, *, by: User, today: date) -> Refusal | None:
    if refused := can_prepare_materials(material.case, by=by, today=today):
        return refused
    if material.redacted_id is None:
        return Refusal("not_made", "先生成遮蔽稿，逐页核对后再列入", ARTICLE)
    return Refusal("provided", "已经列入拟提供的材料", ARTICLE) if material.file_id else None


@transaction.atomic
def provide_material(material: Material, *, by: User, today: date) -> Material:
    """Say that every page was looked through, and put the redacted file with the answer. Raises Refused.

    The applicant finds it on the query page once an answer that discloses has left (条例第四十条).
    """
    material = locked(material)
    procedure.allow(can_provide_material(material, by=by, today=today))
    assert material.redacted
    material.file = CaseFile.objects.create(
        case=material.case, kind=FileKind.PROVIDED, blob=material.redacted, added_by=by
    )
    material.checked_by, material.checked_on = by, today
    material.save()
    _note("provide_material", material, by=by, today=today, digest=material.redacted.digest)
    return material


@transaction.atomic
def drop_material(material: Material, *, by: User, today: date) -> Case:
    """Take a material out again with both its files. Raises Refused."""
    material = _changing(material, by=by, today=today)
    case, original = material.case, material.original
    _note("drop_material", material, by=by, today=today, digest=original.digest)
    material.delete()
    _forget([original])
    return case


def _changing(material: Material, *, by: User, today: date) -> Material:
    """The material, locked; whatever was made of it before is taken back. Raises Refused."""
    material = locked(material)
    procedure.allow(can_prepare_materials(material.case, by=by, today=today))
    old, file = material.redacted, material.file
    material.redacted = material.file = material.made_by = material.made_on = None
    material.checked_by = material.checked_on = None
    material.as_pictures = False
    material.save()
    if file:
        file.delete()
    _forget([old] if old else [])
    return material


def _forget(dropped: Iterable[Blob]) -> None:
    """Destroy files that nothing names any more; one that came in elsewhere too stays there."""
    for blob in dropped:
        digest = blob.digest
        blob.delete()
        if not Blob.objects.filter(digest=digest).exists():
            location = blob.location
            transaction.on_commit(lambda location=location: blobs.erase(location))  # type: ignore[misc]


def _note(verb: str, material: Material, *, by: User, today: date, **facts: object) -> None:
    procedure.note(verb, material.case, by=by, today=today, ground=ARTICLE, material=str(material.public_id), **facts)
