"""举报投诉: kept from the organ complained of, handed on without names, answered, told with day and way; over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from office_samples import png

from freezing import on_day
from gongkai.agencies.actions import establish
from gongkai.agencies.models import Setting, User
from gongkai.casework import rules
from gongkai.casework.actions import complaints, register_papers, remedies
from gongkai.casework.models import Complaint, RegisterFile, RegisterPaper
from gongkai_core.reading import read

from .conftest import BEGIN, NAME, PHONE, World, credit_code, refused
from .over_http import signed_in
from .test_queues import kinds
from .test_sealed import raw_rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
TODAY = date(2026, 5, 12)
MATTER = f"{NAME}反映住建局工作人员张三拖延"


@pytest.fixture
def row(world: World) -> Complaint:
    """Received by the disclosure office, about the bureau."""
    with on_day(TODAY):
        form = {
            "agency": str(world.bureau.pk), "received_on": "2026-05-06", "source": "来信", "subject": "逾期未答复申请",
            "complainant": NAME, "contact": PHONE, "matter": MATTER,
        }  # fmt: skip
        assert signed_in(world.office).post("/desk/casework/complaints/new/", form).status_code == 302
    return Complaint.objects.get()


def page(user: User, row: Complaint) -> str:
    with on_day(TODAY):
        return signed_in(user).get(row.get_absolute_url()).content.decode()


def act(user: User, row: Complaint, name: str, **data: str) -> Any:
    with on_day(TODAY):
        answer = signed_in(user).post(f"{row.get_absolute_url()}act/{name}/", data)
    row.refresh_from_db()
    return answer


def assigned(world: World, row: Complaint, **more: str) -> None:
    form = {"to": str(world.bureau.pk), "due_on": "2026-05-20", **more}
    assert act(world.office, row, "assign_complaint", **form).status_code == 302


def test_the_organ_complained_of_does_not_read_by_whom(world: World, row: Complaint) -> None:
    assert row.received_at == world.county
    assert MATTER in page(world.office, row) and "2026-07-06（收到次日起 60 日（待核）" in page(world.office, row)
    seen = page(world.staff.registrar, row)
    assert row.subject in seen and MATTER not in seen and PHONE not in seen and "欧***" not in seen
    assert (
        act(world.staff.registrar, row, "assign_complaint", to=str(world.county.pk), due_on="2026-05-20").status_code
        == 422
    )
    with on_day(TODAY):
        closed = signed_in(world.staff.registrar).post(
            row.get_absolute_url(), {"result": "unsubstantiated", "closed_on": "2026-05-12"}
        )
    assert closed.status_code == 404 and not row.result  # not by the organ itself
    assert not [line for line in raw_rows() if NAME in line[1] or PHONE in line[1]]


def test_handed_on_answered_decided_and_told(world: World, row: Complaint) -> None:
    assert kinds(world.office, TODAY) == ["处理举报投诉"]
    assigned(world, row)
    assert kinds(world.staff.registrar, TODAY) == ["反馈举报投诉"]
    assert MATTER not in page(world.staff.registrar, row)  # the summary only
    with refused("waits_for_feedback"):
        remedies.decide_complaint(
            row, result="substantiated", result_words="", closed_on=TODAY, by=world.office, today=TODAY
        )
    assert act(world.staff.handler, row, "answer_complaint", words="已于 5 月 11 日补发答复").status_code == 302
    assert kinds(world.office, TODAY) == ["处理举报投诉"]
    assert act(world.office, row, "tell_complainant", on="2026-05-12", way="post").status_code == 422
    with on_day(TODAY):
        decided = {"result": "substantiated", "closed_on": "2026-05-12", "result_words": "已责令整改"}
        assert signed_in(world.office).post(row.get_absolute_url(), decided).status_code == 302
    assert act(world.office, row, "tell_complainant", on="2026-05-12", way="post").status_code == 302
    assert (row.told_on, row.told_way) == (TODAY, "post") and kinds(world.office, TODAY) == []
    assert "2026-05-12 邮寄" in page(world.office, row)
    with refused("told_already"):
        complaints.tell_complainant(row, on=TODAY, way="post", by=world.office, today=TODAY)


def test_the_transfer_letter_names_nobody(world: World, row: Complaint) -> None:
    with refused("not_assigned"):
        register_papers.draft_register_paper(row, letter="L22", by=world.office, today=TODAY)
    assigned(world, row)
    paper = register_papers.draft_register_paper(row, letter="L22", by=world.office, today=TODAY)
    assert paper.drafted["addressee"] == world.bureau.name and row.number in paper.drafted["matter"]
    for leak in (f"{NAME}举报的", f"举报（电话{PHONE}）的"):
        register_papers.write_register_paper(
            paper, variables={**paper.drafted, "matter": leak}, by=world.office, today=TODAY
        )
        with refused("no_applicant_data"):
            register_papers.compose(paper, signed_on=TODAY, number="x")
            paper.refresh_from_db()
            register_papers.compose(paper, signed_on=TODAY, number="x")
    register_papers.write_register_paper(
        paper, variables={**paper.drafted, "matter": f"关于住建局的举报（{row.number}）"}, by=world.office, today=TODAY
    )
    assert (
        "不晚于2026年5月20日（含当日）反馈"
        in register_papers.compose(RegisterPaper.objects.get(), signed_on=TODAY, number="x").text
    )
    with on_day(TODAY):  # it belongs to who received it: the organ handed to gets the letter, not the draft
        assert signed_in(world.staff.registrar).get(paper.get_absolute_url()).status_code == 404


def test_the_original_goes_along_only_with_a_reason(world: World, row: Complaint) -> None:
    assigned(world, row, original_reason="须核对举报人所附的邮寄凭证")
    assert MATTER in page(world.staff.registrar, row) and MATTER not in page(world.staff.statistician, row)


def test_terms_and_orders_of_days(world: World, row: Complaint) -> None:
    Setting.objects.create(key=rules.COMPLAINT_WITHIN.key, value=30)
    assert "2026-06-05（收到次日起 30 日" in page(world.office, row)
    with refused("dates_out_of_order"):
        complaints.assign_complaint(row, to=world.bureau, due_on=date(2026, 5, 11), by=world.office, today=TODAY)
    with refused("same_organ"):
        complaints.assign_complaint(row, to=world.county, due_on=TODAY, by=world.office, today=TODAY)
    with refused("not_assigned"):
        complaints.answer_complaint(row, words="x", by=world.office, today=TODAY)
    assigned(world, row)
    with refused("needs_role"):
        complaints.answer_complaint(row, words="x", by=world.foreign, today=TODAY)


def test_what_presses_stands_on_the_workbench(world: World, row: Complaint) -> None:
    assigned(world, row)
    with on_day(date(2026, 5, 19)):
        bench = signed_in(world.office).get("/desk/casework/workbench/").content.decode()
    assert "答复以后" in bench and row.number in bench and "反馈举报投诉" in bench and world.bureau.phone in bench
    with on_day(date(2026, 5, 19)):
        assert row.number not in signed_in(world.foreign).get("/desk/casework/workbench/").content.decode()


def test_a_town_complained_of_to_the_office_is_not_its_receiver(world: World) -> None:
    town = establish(
        by=None, on=BEGIN, parent=world.county, name="清溪县滨河镇人民政府", short_name="滨河镇", code=credit_code(9),
        document_prefix="滨政公开", legal_kind="government", head="镇长",
    )  # fmt: skip
    given = {"source": "来信", "subject": "逾期", "matter": "逾期", "received_on": TODAY, "today": TODAY}
    assert remedies.enter_complaint(town, by=world.office, **given).received_at == world.county
    assert remedies.enter_complaint(world.bureau, by=world.staff.registrar, **given).received_at == world.bureau


def test_papers_of_a_complaint_are_read_by_who_may_read_it(world: World, row: Complaint) -> None:
    with on_day(TODAY):
        paper = SimpleUploadedFile("letter.png", png())
        added = signed_in(world.office).post(f"{row.get_absolute_url()}act/add_file/", {"name": "来信", "paper": paper})
    assert added.status_code == 302
    kept = RegisterFile.objects.get()
    address = f"/desk/casework/register-file/{kept.public_id}/"

    def seen(user: User) -> tuple[int, bool]:
        with on_day(TODAY):
            return signed_in(user).get(address).status_code, address in page(user, row)

    assert seen(world.office) == (200, True) and seen(world.staff.registrar) == (404, False)
    assigned(world, row)
    assert seen(world.staff.registrar) == (404, False)
    assigned(world, row, original_reason="须核对来信所附凭证")
    assert seen(world.staff.registrar) == (200, True) and seen(world.staff.statistician) == (404, False)


def test_the_list_is_exported_without_what_is_sealed(world: World, row: Complaint) -> None:
    with on_day(TODAY):
        sheet = signed_in(world.office).get("/desk/casework/complaints/export/")
        other = signed_in(world.foreign).get("/desk/casework/complaints/export/")
    words = read(sheet.content, "a.xlsx").text
    assert row.number in words and "处理举报投诉" in words and NAME not in words and PHONE not in words
    assert row.number not in read(other.content, "a.xlsx").text
    assert signed_in(world.staff.drafter).get("/desk/casework/complaints/export/").status_code == 404
