"""成批登记: one envelope with thirty forms, entered in one grid and registered by one act."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from office_samples import pdf

from gongkai.casework import actions
from gongkai.casework.models import Case, Envelope, FileKind
from gongkai.documents.blobs import read
from gongkai.documents.pages import merged
from gongkai.trail.models import Entry

from . import test_desk
from .conftest import ADDRESS, MONDAY, NAME, WISH, World
from .test_desk import PAPER, signed_in

today = test_desk.today
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
COMMON = {
    "key": "envelope-1", "channel": "post_signed", "submitted_on": "2026-03-02", "signed_on": "2026-03-02",
    "answering_body": "organ", "kind": "natural_person", "provide_form": "paper", "provide_route": "post",
    "subject": "柳林路征地补偿方案", "info_desc": WISH,
}  # fmt: skip
URL = "/desk/casework/envelope/"


def grid(*lines: dict[str, str], **changes: str) -> dict[str, Any]:
    """What the page sends for these lines."""
    data = {**COMMON, "line-TOTAL_FORMS": str(len(lines)), "line-INITIAL_FORMS": "0", **changes}
    for place, line in enumerate(lines):
        given = {"name": "", "kind": "", "id_number": "", "phone": "", "address": "", "info_desc": "", "pages": ""}
        data |= {f"line-{place}-{name}": value for name, value in (given | line).items()}
    return data


def thirty() -> list[dict[str, str]]:
    return [{"name": f"村民{n:02d}", "address": f"清溪县滨河镇柳林路{n}号"} for n in range(1, 31)]


def test_thirty_forms_are_checked_and_registered_by_one_act(world: World, today: Any) -> None:
    clerk = signed_in(world.staff.registrar)
    assert "再加十行" in clerk.get(URL).content.decode()
    data = grid(*thirty(), agency=world.bureau.pk)
    checked = clerk.post(URL, {**data, "then": "check"}).content.decode()
    assert "可以登记 30 份，有错 0 份" in checked and "登记 30 件" in checked and not Case.objects.exists()
    done = clerk.post(URL, {**data, "then": "register"}).content.decode()
    cases = list(Case.objects.order_by("pk"))
    assert len(cases) == 30 and len({case.number for case in cases}) == 30
    assert {(case.state, case.received_on, case.subject) for case in cases} == {
        ("registered", MONDAY, "柳林路征地补偿方案")
    }
    assert all(case.number in done for case in cases) and actions.query_code_for("envelope-1:7") in done
    assert "村民07" not in done and "查询码只在这里显示一次" in done
    assert Entry.objects.filter(verb="casework.register").count() == 30
    assert len(Entry.objects.get(verb="casework.register_envelope").facts["numbers"]) == 30
    again = clerk.post(URL, {**data, "then": "register"}).content.decode()
    assert Case.objects.count() == 30 and Envelope.objects.count() == 1 and cases[6].number in again


def test_wrong_lines_are_named_and_nothing_is_lost_or_half_done(world: World, today: Any) -> None:
    clerk = signed_in(world.staff.registrar)
    lines = [{"name": "村民甲", "address": ADDRESS}, {"name": "村民乙"}, {"name": "", "phone": "0990-1"}]
    page = clerk.post(URL, {**grid(*lines, agency=world.bureau.pk), "then": "register"})
    html = page.content.decode()
    assert page.status_code == 422 and not Case.objects.exists()
    assert "可以登记 1 份，有错 2 份" in html and "联系方式至少填一项" in html and "姓名或者名称" in html
    for typed in ("村民甲", "村民乙", "0990-1", ADDRESS, WISH):
        assert typed in html
    assert "登记 1 件" not in html  # all or none: whoever wants fewer empties the line


def test_a_summary_that_names_one_of_them_is_refused_on_its_line(world: World, today: Any) -> None:
    lines = [{"name": NAME, "address": ADDRESS}, {"name": "村民乙", "address": ADDRESS}]
    data = grid(*lines, agency=world.bureau.pk, subject=f"{NAME}等人的申请")
    html = signed_in(world.staff.registrar).post(URL, {**data, "then": "register"}).content.decode()
    assert "有错 1 份" in html and "出现申请人的姓名" in html and not Case.objects.exists()


def test_a_block_from_excel_fills_the_lines(world: World, today: Any) -> None:
    clerk = signed_in(world.staff.registrar)
    block = "村民甲\t110101199003071233\t0990-1\t柳林路1号\nB公司\t\t0990-2\t柳林路2号\t另一件事"
    data = {**grid({"name": "先填的"}, agency=world.bureau.pk), "block": block, "then": "paste"}
    html = clerk.post(URL, data).content.decode()
    assert 'name="line-2-name" value="B公司"' in html and 'name="line-0-name" value="先填的"' in html
    assert 'name="line-1-id_number" value="110101199003071233"' in html and "另一件事" in html
    headed = "联系电话\t姓名\t类型\n0990-3\tC公司\t商业企业"
    html = clerk.post(URL, {**grid(agency=world.bureau.pk), "block": headed, "then": "paste"}).content.decode()
    assert (
        'name="line-0-phone" value="0990-3"' in html
        and 'value="business" selected' in html.split('name="line-0-kind"')[1]
    )
    more = clerk.post(URL, {**grid({"name": "先填的"}, agency=world.bureau.pk), "then": "more"}).content.decode()
    assert 'name="line-10-name"' in more and 'value="先填的"' in more
    bad = clerk.post(URL, {**data, "block": "a\0b"}).content.decode()
    assert "先填的" in bad and "error-summary" in bad


def test_one_scan_is_cut_up_so_that_each_volume_holds_its_own_pages(world: World, today: Any) -> None:
    clerk = signed_in(world.staff.registrar)
    scan = merged([pdf([(90, 700, f"申请书 第{n}份")]) for n in (1, 2, 3)])
    lines = [
        {"name": "村民甲", "address": ADDRESS, "pages": "1"}, {"name": "村民乙", "address": ADDRESS, "pages": "2-3"},
        {"name": "村民丙", "address": ADDRESS, "pages": "4"},
    ]  # fmt: skip
    data = grid(*lines, agency=world.bureau.pk)
    html = clerk.post(URL, {**data, "then": "check", "scan": SimpleUploadedFile("整封.pdf", scan)}).content.decode()
    assert "扫描件只有 3 页，没有第 4 页" in html and "已收到扫描件" in html
    token = html.split('name="kept" value="')[1].split('"')[0]
    data["line-2-pages"] = ""
    clerk.post(URL, {**data, "kept": token, "then": "register"})  # the file is not chosen again
    files = [case.files.get(kind=FileKind.APPLICATION) for case in Case.objects.order_by("pk")]
    assert [len(pypdfium2.PdfDocument(read(file.blob))) for file in files] == [1, 2, 3]
    assert all(file.blob.sealed for file in files)
    other = signed_in(world.foreign)
    theirs = other.post(URL, {**data, "kept": token, "key": "other", "then": "check"}).content.decode()
    assert "已收到扫描件" not in theirs  # another person's page does not bring the scan


def test_a_scan_with_a_mark_is_not_kept_and_the_forms_are_registered(world: World, today: Any) -> None:
    scan = SimpleUploadedFile("整封.pdf", pdf([(90, 760, "绝密★长期"), (90, 700, "申请书")]))
    data = grid({"name": "村民甲", "address": ADDRESS}, agency=world.bureau.pk)
    html = signed_in(world.staff.registrar).post(URL, {**data, "scan": scan, "then": "register"}).content.decode()
    assert "整封扫描件带有密级标志，没有保存" in html
    assert Case.objects.get().state == "registered" and not Case.objects.get().files.exists()
    assert Entry.objects.filter(verb="casework.withhold_paper").exists()


def test_letters_by_ordinary_post_wait_for_confirmation(world: World, today: Any) -> None:
    data = grid({"name": "村民甲", "address": ADDRESS}, agency=world.bureau.pk, channel="post_ordinary", signed_on="")
    html = signed_in(world.staff.registrar).post(URL, {**data, "then": "register"}).content.decode()
    case = Case.objects.get()
    assert "待登记" in html and (case.state, case.received_on, case.subject) == ("received", None, COMMON["subject"])


def test_a_grid_tampered_with_is_told_and_never_breaks(world: World, today: Any) -> None:
    clerk = signed_in(world.staff.registrar)
    for changes in ({"line-TOTAL_FORMS": "x"}, {"line-TOTAL_FORMS": "5000"}, {"kept": "made:up"}, {"agency": "0"}):
        answer = clerk.post(URL, {**grid({"name": "甲", "address": "乙"}, agency=world.bureau.pk), **changes})
        assert answer.status_code in (200, 422)
    assert not Case.objects.exists()
    assert signed_in(world.staff.handler).get(URL).status_code == 404


# One letter on paper ------------------------------------------------------------------------------------------------


def test_a_fax_is_received_now_and_registered_when_it_is_confirmed(world: World, today: Any) -> None:
    clerk = signed_in(world.staff.registrar)
    data = {**PAPER, "agency": world.bureau.pk, "channel": "fax", "signed_on": ""}
    html = clerk.post(reverse("casework:paper"), data).content.decode()
    case = Case.objects.get()
    assert "已收件，待登记" in html and "双方确认之日" in html and case.state == "received"
    today(date(2026, 3, 4))
    url = reverse("casework:act", args=[case.public_id, "register"])
    assert 'value="中标通知书"' in clerk.get(url).content.decode()
    clerk.post(url, {"subject": "中标通知书", "confirmed_on": "2026-03-04", "answering_body": "organ"})
    case.refresh_from_db()
    assert (case.state, case.received_on) == ("registered", date(2026, 3, 4))


def test_an_oral_application_by_an_agent_with_its_record(world: World, today: Any) -> None:
    clerk = signed_in(world.staff.registrar)
    papers = {
        name: SimpleUploadedFile(f"{name}.pdf", pdf([(90, 700, name)])) for name in ("scan", "identity", "authority")
    }
    data = {
        **PAPER, "agency": world.bureau.pk, "channel": "in_person", "oral": "on", "oral_reason": "不识字",
        "agent_name": "受托某", "agent_id_number": "E12345678", "assist_needed": "on", **papers,
    }  # fmt: skip
    html = clerk.post(reverse("casework:paper"), data).content.decode()
    case = Case.objects.get()
    assert "口头申请笔录" in html and case.assist_needed and case.applicant.agent_name == "受托某"
    assert {file.kind for file in case.files.all()} == {"application", "identity", "authority"}
    answer = clerk.get(reverse("casework:oral_record", args=[case.public_id]))
    words = "\n".join(line.text for line in Document(BytesIO(answer.content)).paragraphs)
    assert NAME in words and "不识字" in words and WISH in words and "记录人：" in words
    assert Entry.objects.filter(verb="casework.open_notice", object_id=str(case.public_id)).exists()
    page = clerk.get(case.get_absolute_url()).content.decode()
    assert "受托某" not in page and "笔录" in page
    assert signed_in(world.foreign).get(reverse("casework:oral_record", args=[case.public_id])).status_code == 404


def test_the_office_enters_a_letter_and_the_organ_registers_it(world: World, today: Any) -> None:
    html = (
        signed_in(world.office).post(reverse("casework:paper"), {**PAPER, "agency": world.bureau.pk}).content.decode()
    )
    assert Case.objects.get().state == "received" and "由住建局的登记人登记" in html
