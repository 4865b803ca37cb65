"""添加材料: papers that come after the application are in its file, sealed, and nobody else's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from office_samples import docx, p

from freezing import on_day
from gongkai.casework import actions
from gongkai.casework.models import Case, CaseFile
from gongkai.documents.blobs import read
from gongkai.trail.models import Entry

from .conftest import MONDAY, NAME, Maker, World, application, refused
from .over_http import case_page, signed_in
from .test_volume import taken

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LATER = MONDAY + timedelta(days=3)


def address(case: Case) -> str:
    return reverse("casework:case_papers", args=[case.public_id])


def upload(words: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{NAME}.docx", docx(p(words)))


def send(user: Any, case: Case, *papers: SimpleUploadedFile, on: date = LATER, **data: Any) -> Any:
    form = {"kind": "identity", "received_on": on.isoformat(), **data, "papers": list(papers)}
    with on_day(on):
        return signed_in(user).post(address(case), form)


@pytest.fixture
def spoken(world: World) -> Case:
    received = actions.receive(world.bureau, **application(channel="in_person", oral=True, oral_reason="不会写字"))
    return actions.register(received.case, subject="通知书", by=world.staff.registrar, today=MONDAY)


def test_the_signed_record_of_an_oral_application_goes_into_its_file_and_volume(world: World, spoken: Case) -> None:
    clerk = world.staff.registrar
    page = case_page(clerk, spoken, LATER)
    assert f"{address(spoken)}?kind=oral_record" in page
    with on_day(LATER):
        form = signed_in(clerk).get(f"{address(spoken)}?kind=oral_record").content.decode()
    assert 'value="oral_record" selected' in form and "multiple" in form
    assert send(clerk, spoken, upload("signed record"), kind="oral_record").status_code == 302
    file = spoken.files.get()
    assert (file.kind, file.received_on, file.added_by, file.blob.sealed) == ("oral_record", LATER, clerk, True)
    page = case_page(clerk, spoken, LATER)
    assert "口头申请笔录（签名件）" in page and f"{LATER} 收到，{clerk.name}录入" in page and "添加材料" in page
    assert NAME not in file.blob.name
    name, data = next((name, data) for name, data in taken(spoken, world).items() if "笔录" in name)
    assert name.startswith("01-申请/") and data == read(file.blob)
    assert Entry.objects.get(verb="casework.add_paper").facts["received_on"] == LATER.isoformat()


def test_several_pages_at_once_and_no_day_of_the_clock_moves(world: World, processing: Maker) -> None:
    case = processing()
    before = case.reply_by
    assert send(world.staff.handler, case, upload("one"), upload("two"), kind="attachment").status_code == 302
    case.refresh_from_db()
    assert case.files.filter(kind="attachment").count() == 2 and case.reply_by == before
    again = send(world.staff.handler, case, upload("three"), upload("two"), kind="attachment")
    assert again.status_code == 422 and "已经有内容相同的一份" in again.content.decode()
    assert case.files.count() == 2, "the other one is not half there"


def test_what_is_wrong_is_said_and_nothing_is_kept(world: World, registered: Maker) -> None:
    case = registered()
    clerk = world.staff.registrar
    for papers, data, words in (
        ((), {}, "请选择要上传的扫描件或者文件"),
        ((upload("x"),), {"received_on": "2026-03-01"}, "收到日早于提交日"),
        ((upload("x"),), {"received_on": "2026-03-09"}, "还没有到"),
        ((upload("x"),), {"kind": "oral_record"}, "选择"),
        ((SimpleUploadedFile("a.exe", b"MZ\0"),), {}, "a.exe"),
        (tuple(upload(str(n)) for n in range(21)), {}, "一次最多 20 个文件"),
    ):
        answer = send(clerk, case, *papers, **data)
        assert answer.status_code == 422 and words in answer.content.decode(), (words, answer.content.decode())
    assert not CaseFile.objects.exists()
    with refused("not_oral"):
        actions.add_papers(case, kind="oral_record", papers=[], received_on=LATER, by=clerk, today=LATER)
    with refused("kind"):
        actions.add_papers(case, kind="withdrawal", papers=[], received_on=LATER, by=clerk, today=LATER)


def test_a_paper_with_a_mark_is_not_kept_and_the_others_are(world: World, registered: Maker) -> None:
    case = registered()
    form = {"kind": "identity", "received_on": LATER.isoformat(), "papers": [upload("plain"), upload("机密★10年")]}
    with on_day(LATER):
        page = signed_in(world.staff.registrar).post(address(case), form, follow=True).content.decode()
    assert "已添加 1 份" in page and "1 份带有密级标志，没有保存" in page and case.files.count() == 1
    assert Entry.objects.filter(verb="casework.withhold_paper").count() == 1


def test_who_has_no_business_with_it_finds_nothing(world: World, registered: Maker) -> None:
    case = registered()
    with on_day(LATER):
        assert signed_in(world.foreign).get(address(case)).status_code == 404
        assert "添加材料" not in signed_in(world.staff.lawyer).get(case.get_absolute_url()).content.decode()
    assert send(world.foreign, case, upload("x")).status_code == 404
    lawyer = send(world.staff.lawyer, case, upload("x"))
    assert lawyer.status_code == 422 and "材料由登记人、承办人添加" in lawyer.content.decode()
    assert send(world.office, case, upload("x")).status_code == 302


def test_an_archived_volume_takes_nothing_more(world: World, registered: Maker) -> None:
    case = registered()
    Case.objects.filter(pk=case.pk).update(state="archived", counted_on=MONDAY, counted_year=2026,
                                           counted_outcome="grant.provide", counted_timely="ontime")  # fmt: skip
    with refused("wrong_state"):
        actions.add_papers(Case.objects.get(pk=case.pk), kind="identity", papers=[], received_on=LATER,
                           by=world.staff.registrar, today=LATER)  # fmt: skip
