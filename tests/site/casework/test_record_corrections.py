"""更正申请 (条例第四十一条): entered, examined, told by its letter or handed on, filed away; over HTTP."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from office_samples import png

from freezing import on_day
from gongkai.agencies.actions import appoint
from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Role, Setting, User
from gongkai.casework import handover, rules
from gongkai.casework.actions import record_corrections, register_papers
from gongkai.casework.figures import figures
from gongkai.casework.models import RecordCorrection, RegisterFile, RegisterPaper
from gongkai.trail.extract import faults
from gongkai.trail.models import Entry
from gongkai_core.reading import read as read_paper

from .conftest import ADDRESS, BEGIN, ID_NUMBER, NAME, PHONE, World, person, refused
from .over_http import signed_in, stamp_over_http
from .test_queues import kinds
from .test_sealed import raw_rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
RECEIVED, TODAY = date(2026, 5, 6), date(2026, 5, 12)
RECORD, WANTED = "行政处罚决定公示表中欧阳若水的出生年份为1980年", "1990年"
PICTURE = png()
GIVEN = {
    "channel": "in_person", "received_on": "2026-05-06", "kind": "natural_person", "name": NAME, "id_type": "resident",
    "id_number": ID_NUMBER, "phone": PHONE, "address": ADDRESS, "subject": "公示表中出生年份有误", "record_words": RECORD,
    "wanted": WANTED, "evidence_words": "身份证复印件",
}  # fmt: skip


def enter(world: World, **changes: Any) -> Any:
    paper = SimpleUploadedFile("evidence.png", PICTURE)
    with on_day(TODAY):
        form = {"agency": str(world.bureau.pk), **GIVEN, "evidence_paper": paper, **changes}
        return signed_in(world.staff.registrar).post("/desk/casework/record-corrections/new/", form, follow=True)


@pytest.fixture
def row(world: World) -> RecordCorrection:
    enter(world)
    return RecordCorrection.objects.get()


def act(user: User, row: RecordCorrection, name: str, **data: str) -> Any:
    with on_day(TODAY):
        answer = signed_in(user).post(f"{row.get_absolute_url()}act/{name}/", data)
    row.refresh_from_db()
    return answer


def examined(world: World, row: RecordCorrection, result: str, **more: str) -> None:
    form = {"result": result, "finding": "所附身份证复印件与公示表不一致，情况属实。", **more}
    assert act(world.staff.registrar, row, "examine_record_correction", **form).status_code == 302


def issued(world: World, row: RecordCorrection, letter: str) -> RegisterPaper:
    """Drafted, signed by the head and sent."""
    with on_day(TODAY):
        begun = signed_in(world.staff.registrar).post(f"{row.get_absolute_url()}draft/", {"letter": letter})
        assert begun.status_code == 302
        paper = RegisterPaper.objects.get(letter=letter, voided_on=None)
        signed = signed_in(world.staff.head).post(paper.get_absolute_url(), {"do": "sign"})
        assert signed.status_code == 302, signed.content.decode()
        stamp_over_http(world.staff.registrar, paper, TODAY)
        sent = {"do": "send", "method": "post", "sent_on": "2026-05-12", "tracking": "EA1"}
        assert signed_in(world.staff.registrar).post(paper.get_absolute_url(), sent).status_code == 302
    paper.refresh_from_db()
    row.refresh_from_db()
    return paper


def test_from_its_receipt_to_the_archive(world: World, row: RecordCorrection) -> None:
    staff = world.staff
    assert row.number == "清建公开更申〔2026〕1号" and RegisterFile.objects.get().name == "证据材料"
    with on_day(TODAY):
        page = signed_in(staff.registrar).get(row.get_absolute_url()).content.decode()
        listed = signed_in(staff.registrar).get("/desk/casework/record-corrections/").content.decode()
    assert "2026-06-02（收到次日起 20 个工作日（待核）" in page and "审核更正" in page and "审核更正" in listed
    assert NAME not in listed and ID_NUMBER not in page and PHONE not in page
    assert kinds(staff.registrar, TODAY) == ["审核更正"] and kinds(staff.handler, TODAY) == []
    assert act(staff.registrar, row, "give_record_correction", handler=str(staff.handler.pk)).status_code == 302
    assert kinds(staff.handler, TODAY) == ["审核更正"]
    form = {"result": "corrected", "finding": "所附身份证复印件与公示表不一致，情况属实。"}
    assert act(staff.handler, row, "examine_record_correction", **form).status_code == 302
    paper = issued(world, row, "L23")
    text = paper.rendered.text
    assert f"{NAME}：" in text and "您（贵单位）于2026年5月6日要求更正" in text
    assert f"本机关予以更正，更正为“{WANTED}”。" in text and paper.number == "清建公开更〔2026〕1号"
    assert "60日内向" in text and "提起行政诉讼" in text  # the letter's own remedy
    assert row.closed_on == TODAY and kinds(staff.registrar, TODAY) == []
    assert act(staff.registrar, row, "archive_record_correction").status_code == 302
    assert row.archived_on == TODAY
    assert figures(Period.of_year(2026), Scope(world.bureau, whole_region=False))["t3.r1.natural_person"].value == 0


def test_untrue_it_is_refused_with_its_reason(world: World, row: RecordCorrection) -> None:
    answer = act(world.staff.registrar, row, "examine_record_correction", result="untrue", finding=" ")
    assert answer.status_code == 422 and not row.result
    examined(world, row, "untrue")
    assert "本机关不予更正。" in issued(world, row, "L23").rendered.text


def test_of_another_organ_it_is_handed_on_without_a_name(world: World, row: RecordCorrection) -> None:
    with refused("right_organ"):
        record_corrections.examine_record_correction(
            row, result="handed_on", finding="公示表由水利局制作", by=world.staff.registrar, today=TODAY
        )
    with refused("not_examined"):
        register_papers.draft_register_paper(row, letter="L23", by=world.staff.registrar, today=TODAY)
    examined(world, row, "handed_on", right_organ="清溪县水利局")
    with on_day(TODAY):
        signed_in(world.staff.registrar).post(f"{row.get_absolute_url()}draft/", {"letter": "L22"})
        paper = RegisterPaper.objects.get(letter="L22")
        registrar = signed_in(world.staff.registrar)
        named = {**paper.drafted, "do": "write", "matter": f"{NAME}要求更正的"}
        registrar.post(paper.get_absolute_url(), named)
        answer = signed_in(world.office).post(paper.get_absolute_url(), {"do": "sign"})
        assert answer.status_code == 422 and "正文不得出现" in answer.content.decode()
        registrar.post(paper.get_absolute_url(), {**named, "matter": f"要求更正政府信息（{row.number}）的"})
        assert signed_in(world.office).post(paper.get_absolute_url(), {"do": "sign"}).status_code == 302
    paper.refresh_from_db()
    assert "清溪县水利局：" in paper.rendered.text and NAME not in paper.rendered.text
    told = issued(world, row, "L23").rendered.text
    assert "有权更正的机关为清溪县水利局，本机关已将您（贵单位）的要求转送该机关" in told


def test_of_another_organ_the_applicant_may_be_told_where_to_turn(world: World, row: RecordCorrection) -> None:
    with refused("right_contact"):
        record_corrections.examine_record_correction(
            row,
            result="pointed",
            finding="不是本机关的记录",
            right_organ="清溪县水利局",
            by=world.staff.registrar,
            today=TODAY,
        )
    examined(world, row, "pointed", right_organ="清溪县水利局", right_contact="0990-7654322")
    with refused("not_handed_on"):
        register_papers.draft_register_paper(row, letter="L22", by=world.staff.registrar, today=TODAY)
    assert (
        "请您（贵单位）向有权更正的清溪县水利局（联系方式：0990-7654322）提出"
        in issued(world, row, "L23").rendered.text
    )


def test_withdrawn_it_ends_without_a_letter(world: World, row: RecordCorrection) -> None:
    examined(world, row, "withdrawn")
    assert row.closed_on == TODAY
    with refused("not_examined"):
        register_papers.draft_register_paper(row, letter="L23", by=world.staff.registrar, today=TODAY)


def test_a_result_stands_once_its_letter_is_begun(world: World, row: RecordCorrection) -> None:
    examined(world, row, "corrected")
    register_papers.draft_register_paper(row, letter="L23", by=world.staff.registrar, today=TODAY)
    with refused("letter_begun"):
        record_corrections.examine_record_correction(
            row, result="untrue", finding="再看", by=world.staff.registrar, today=TODAY
        )


def test_people_are_sealed_and_opened_for_a_purpose(world: World, row: RecordCorrection) -> None:
    assert not [line for line in raw_rows() if any(word in line[1] for word in (NAME, ID_NUMBER, PHONE, RECORD))]
    address = f"{row.get_absolute_url()}applicant/"
    with on_day(TODAY):
        registrar = signed_in(world.staff.registrar)
        assert registrar.post(address, {"purpose": ""}).status_code == 302
        assert ID_NUMBER in registrar.post(address, {"purpose": "核对身份证明"}).content.decode()
        assert signed_in(world.staff.statistician).post(address, {"purpose": "核对身份证明"}).status_code == 302
        assert signed_in(world.foreign).post(address, {"purpose": "核对身份证明"}).status_code == 404
        kept = RegisterFile.objects.get()
        assert (
            kept.blob.sealed
            and signed_in(world.foreign).get(f"/desk/casework/register-file/{kept.public_id}/").status_code == 404
        )
        assert registrar.get(f"/desk/casework/register-file/{kept.public_id}/").content == PICTURE
    verbs = list(Entry.objects.filter(object_id=str(row.public_id)).values_list("verb", flat=True))
    assert verbs.count("casework.open_personal_data") == 1 and verbs.count("casework.open_register_file") == 1


def test_what_is_missing_is_said_and_nothing_is_lost(world: World) -> None:
    page = enter(world, phone="", address="", subject=f"{NAME}的出生年份").content.decode()
    assert "电话、邮箱、地址至少填一项" in page and RECORD in page and not RecordCorrection.objects.exists()
    page = enter(world, subject=f"{NAME}的出生年份").content.decode()
    assert "摘要在列表上显示，不得写当事人的姓名" in page and not RecordCorrection.objects.exists()
    assert "还没有到" in enter(world, received_on="2026-05-13").content.decode()
    marked = SimpleUploadedFile("a.txt", b"x")
    assert "request_paper" in enter(world, request_paper=marked).content.decode()


def test_the_term_is_a_setting(world: World, row: RecordCorrection) -> None:
    Setting.objects.create(key=rules.RECTIFY_WITHIN.key, value=10)
    with on_day(TODAY):
        page = signed_in(world.staff.registrar).get(row.get_absolute_url()).content.decode()
    assert "2026-05-19（收到次日起 10 个工作日" in page


def test_the_database_knows_no_closing_without_a_result(world: World, row: RecordCorrection) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordCorrection.objects.filter(pk=row.pk).update(closed_on=TODAY)


def test_others_do_not_enter_or_examine(world: World, row: RecordCorrection) -> None:
    for user, status in {world.staff.statistician: 422, world.foreign: 404, world.staff.drafter: 404}.items():
        assert act(user, row, "examine_record_correction", result="untrue", finding="不属实").status_code == status
    assert act(world.staff.registrar, row, "nothing").status_code == 404
    assert not row.result


def test_it_passes_to_a_successor_with_a_handlers_work(world: World, row: RecordCorrection) -> None:
    act(world.staff.registrar, row, "give_record_correction", handler=str(world.staff.handler.pk))
    successor = person("successor", "接任者")
    held = handover.held_by(world.staff.handler, on=TODAY)
    assert [one.kind for one in held] == ["更正申请"] and held[0].url == row.get_absolute_url()
    assert [refusal.code for refusal in handover.obstacles(world.staff.handler, successor, on=TODAY)] == ["needs_role"]
    appoint(successor, Role.HANDLER, world.bureau, by=None, on=BEGIN)
    assert list(handover.obstacles(world.staff.handler, successor, on=TODAY)) == []
    with transaction.atomic():
        handover.hand_over(world.staff.handler, successor, by=world.office, today=TODAY)
    row.refresh_from_db()
    assert row.handler == successor and kinds(successor, TODAY) == ["审核更正"]


def test_its_volume_holds_everything_and_proves_itself(world: World, row: RecordCorrection) -> None:
    examined(world, row, "corrected")
    paper = issued(world, row, "L23")
    assert act(world.staff.registrar, row, "archive_record_correction").status_code == 302
    url = reverse("casework:record_correction_volume", args=[row.public_id])
    with on_day(TODAY):
        clerk = signed_in(world.staff.registrar)
        assert url in clerk.get(row.get_absolute_url()).content.decode()
        assert clerk.get(url).status_code == 200 and clerk.post(url, {"purpose": ""}).status_code == 422
        for stranger in (world.foreign, world.staff.statistician):
            assert signed_in(stranger).post(url, {"purpose": "移交档案室"}).status_code in (404, 422)
        given = clerk.post(url, {"purpose": "移交档案室"})
    assert given["Content-Type"] == "application/zip", given.content.decode()
    with ZipFile(BytesIO(given.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    names = "\n".join(files)
    for wanted in (
        "卷内目录",
        "更正申请登记情况",
        "证据材料",
        "政府信息更正告知书",
        "用印扫描件",
        "送达回证",
        "办理记录",
    ):
        assert wanted in names, names
    page = next(data.decode() for name, data in files.items() if "登记情况" in name)
    assert NAME in page and row.wanted in page
    listed = dict(reversed(line.split("  ", 1)) for line in files["SHA256SUMS.txt"].decode().splitlines())
    assert listed == {name: sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS.txt"}
    assert faults(json.loads(files["07-留痕/留痕摘录.json"])) == []
    note = Entry.objects.get(verb="casework.open_volume")
    assert note.facts["purpose"] == "移交档案室" and note.facts["digest"] == sha256(given.content).hexdigest()
    assert paper.number in "".join(read_paper(files[index], index).text for index in files if "卷内目录" in index)
