"""拟提供的材料 over HTTP: from the original to the redacted file on the applicant's page, and who may."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from gongkai.casework import actions
from gongkai.casework.models import Case, Material
from gongkai.documents.blobs import read
from gongkai.documents.intake import REDACTABLE, take
from gongkai.documents.models import Blob
from gongkai.trail.models import Entry
from gongkai_core.reading import read as read_paper

from .conftest import MONDAY, Maker, World, answer, draft, refused, review, sealed
from .test_desk import signed_in, today

__all__ = ["today"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]
EXPERT = "评审专家司徒清扬"
INTERNAL = "E16_1"


def word(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def scanned() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(written, "PDF")
    return written.getvalue()


def brought(case: Case, world: World, data: bytes | None = None, name: str = "中标通知书.docx") -> Material:
    paper = take(data or word("中标金额五百万元", f"{EXPERT}出席"), name, REDACTABLE)
    return actions.add_material(case, paper=paper, by=world.staff.handler, today=MONDAY)


def post(client: Client, material: Material, do: str, **data: Any) -> Any:
    return client.post(material.get_absolute_url(), {"do": do, **data})


def test_an_original_becomes_a_redacted_file_that_the_applicant_gets(
    world: World, processing: Maker, today: Any
) -> None:
    case = processing()
    handler = signed_in(world.staff.handler)
    page = reverse("casework:materials", args=[case.public_id])
    upload = SimpleUploadedFile("中标通知书.docx", word("中标金额五百万元", f"{EXPERT}出席"))
    answered = handler.post(page, {"paper": upload})
    material = Material.objects.get()
    assert answered.url == material.get_absolute_url() and material.original.sealed

    looked = post(handler, material, "find", words="司徒清扬").content.decode()
    assert "找到 1 处" in looked and "<mark>司徒清扬</mark>" in looked and not material.marks.exists()
    assert (
        "须选定" in post(handler, material, "words", words="司徒清扬").content.decode() or not material.marks.exists()
    )
    missing = post(handler, material, "words", words="没有的字", ground=INTERNAL)
    assert missing.status_code == 422 and "没有找到这些文字" in missing.content.decode()
    assert "没有的字" in missing.content.decode()  # what was typed stays
    assert post(handler, material, "words", words="司徒清扬", ground=INTERNAL).status_code == 302
    assert "先生成遮蔽稿" in handler.get(material.get_absolute_url()).content.decode()
    assert post(handler, material, "make").status_code == 302
    assert post(handler, material, "provide").status_code == 422  # nobody has looked through it
    with refused("G5"):
        draft(case, world, "grant.provide", today=MONDAY)
    assert post(handler, material, "provide", checked="on").status_code == 302

    material.refresh_from_db()
    file = read(material.redacted)
    assert "司徒清扬" not in read_paper(file, "a.docx").text and "五百万元" in read_paper(file, "a.docx").text
    assert "司徒清扬" in read_paper(read(material.original), "a.docx").text  # the original stays as it was
    listed = handler.get(reverse("casework:material_grounds", args=[material.public_id])).content.decode()
    assert "司徒清扬" in listed and "第十六条" in listed and material.redacted.digest in listed
    assert handler.get(reverse("casework:material_file", args=[material.public_id, "redacted"])).content == file

    case.refresh_from_db()
    case = review(actions.submit_draft(case, by=world.staff.handler, today=MONDAY), world, today=MONDAY)
    actions.sign(case, by=world.staff.head, today=MONDAY, files=False)
    assert progress_files(case) == []  # not before it has left
    case = sealed(case, world, on=MONDAY)
    actions.deliver(case, method="online", by=world.staff.handler, today=MONDAY)
    assert [row.blob for row in progress_files(case)] == [material.redacted]
    assert not Entry.objects.filter(facts__icontains="司徒清扬").exists()


def progress_files(case: Case) -> list[Any]:
    from gongkai.casework.progress import provided_files

    case.refresh_from_db()
    return provided_files(case, MONDAY)


def test_a_scan_is_covered_by_boxes_and_compared_page_by_page(world: World, processing: Maker, today: Any) -> None:
    material = brought(processing(), world, scanned(), "扫描件.pdf")
    handler = signed_in(world.staff.handler)
    box = {"left": "10", "top": "20.5", "right": "60", "bottom": "40", "ground": INTERNAL}
    for wrong in ({"page": "2"}, {"page": "1", "right": "5"}, {"page": "1", "left": "x"}, {"page": "1", "top": "101"}):
        assert post(handler, material, "box", **{**box, **wrong}).status_code == 422
    assert post(handler, material, "box", page="1", **box).status_code == 302
    assert material.marks.get().where == "第 1 页方框（左 10%，上 20.5%，右 60%，下 40%）"
    assert post(handler, material, "make").status_code == 302
    html = handler.get(material.get_absolute_url()).content.decode()
    pictures = re.findall(r'<img src="([^"]+)" alt="(原件|遮蔽稿)第 1 页"', html)
    assert len(pictures) == 2
    shown = handler.get(pictures[1][0])
    assert shown["Content-Type"] == "image/png" and "no-store" in shown["Cache-Control"]
    picture = Image.open(io.BytesIO(shown.content)).convert("L")
    assert picture.getpixel((picture.width * 3 // 10, picture.height * 3 // 10)) == 0
    assert picture.getpixel((picture.width * 8 // 10, picture.height * 8 // 10)) > 200
    other = brought(material.case, world, scanned(), "另一件.pdf")
    swapped = pictures[0][0].replace(str(material.public_id), str(other.public_id), 1)
    assert handler.get(swapped).status_code == 404
    assert handler.get(pictures[0][0][:-3] + "xx/").status_code == 404


def test_a_changed_mark_takes_back_what_was_made(world: World, processing: Maker, home: Path) -> None:
    who: dict[str, Any] = {"by": world.staff.handler, "today": MONDAY}
    material = brought(processing(), world)
    mark = actions.mark_words(material, words="司徒清扬", ground=INTERNAL, **who)
    material = actions.provide_material(actions.make_redacted(material, keep_pictures=False, **who), **who)
    assert material.case.files.filter(kind="provided").count() == 1
    with refused("provided"):
        actions.provide_material(material, **who)
    material = actions.drop_mark(mark, **who)
    assert material.redacted is None and not material.case.files.filter(kind="provided").exists()
    with refused("not_made"):
        actions.provide_material(material, **who)


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_out_leaves_no_file(world: World, processing: Maker, home: Path) -> None:
    who: dict[str, Any] = {"by": world.staff.handler, "today": MONDAY}
    material = actions.make_redacted(brought(processing(), world), keep_pictures=False, **who)
    places = [home / "blobs" / blob.location for blob in (material.original, material.redacted)]
    assert all(place.exists() for place in places)
    actions.drop_material(material, **who)
    assert not any(place.exists() for place in places) and not Material.objects.exists()
    assert not Blob.objects.filter(name__contains="拟提供").exists()


def test_nothing_changes_after_the_draft_has_gone_up(world: World, processing: Maker) -> None:
    who: dict[str, Any] = {"by": world.staff.handler, "today": MONDAY}
    case = processing()
    material = actions.provide_material(actions.make_redacted(brought(case, world), keep_pictures=False, **who), **who)
    case = draft(case, world, "grant.provide", today=MONDAY)
    material.refresh_from_db()
    for act in (
        lambda: actions.mark_words(material, words="司徒清扬", ground=INTERNAL, **who),
        lambda: actions.make_redacted(material, keep_pictures=True, **who),
        lambda: actions.drop_material(material, **who),
        lambda: brought(case, world),
    ):
        with refused("frozen"):
            act()


def test_who_may_prepare_and_who_may_look(world: World, processing: Maker, today: Any) -> None:
    case = processing()
    material = brought(case, world)
    for user in (world.staff.registrar, world.staff.secrecy, world.office):
        with refused("needs_role"):
            actions.mark_words(material, words="司徒清扬", ground=INTERNAL, by=user, today=MONDAY)
    urls = [
        material.get_absolute_url(),
        reverse("casework:material_file", args=[material.public_id, "original"]),
        reverse("casework:material_grounds", args=[material.public_id]),
    ]
    for url in urls:
        assert signed_in(world.staff.secrecy).get(url).status_code == 404, "not before it waits for the review"
    Case.objects.filter(pk=case.pk).update(state="secrecy_review")
    for url in urls:
        assert signed_in(world.staff.secrecy).get(url).status_code == 200
        assert signed_in(world.foreign).get(url).status_code == 404
        assert signed_in(world.staff.statistician).get(url).status_code == 404
    opened = Entry.objects.filter(verb="casework.open_material", object_id=str(case.public_id))
    assert opened.count() == 3
    assert signed_in(world.foreign).get(reverse("casework:materials", args=[case.public_id])).status_code == 404


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("材料.docx", b"not a document"),
        ("材料.txt", "一段文字".encode()),
        ("材料.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40),
    ],
)
def test_what_cannot_be_redacted_is_refused_in_words(
    world: World, processing: Maker, today: Any, name: str, data: bytes
) -> None:
    case = processing()
    answered = signed_in(world.staff.handler).post(
        reverse("casework:materials", args=[case.public_id]), {"paper": SimpleUploadedFile(name, data)}
    )
    assert answered.status_code == 422 and not Material.objects.exists()
    assert "没有提交成功" in answered.content.decode()


def test_a_refusal_gives_nothing_to_the_applicant(world: World, processing: Maker) -> None:
    case = processing()
    who: dict[str, Any] = {"by": world.staff.handler, "today": MONDAY}
    actions.provide_material(actions.make_redacted(brought(case, world), keep_pictures=False, **who), **who)
    case = answer(case, world, "refuse.internal_affairs", on=MONDAY)
    assert progress_files(case) == []
