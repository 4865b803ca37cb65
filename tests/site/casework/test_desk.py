"""The desk's pages over HTTP: a whole journey, who may see what, what is in the trail."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from office_samples import pdf

from gongkai.agencies.models import User
from gongkai.casework import actions
from gongkai.casework.models import Case
from gongkai.trail.models import Entry

from .conftest import (
    ADDRESS,
    FACTS,
    ID_NUMBER,
    MONDAY,
    NAME,
    PHONE,
    WISH,
    Maker,
    World,
    answer,
    application,
    refused,
)
from .over_http import seal_over_http

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAPER = {
    "key": "paper-1", "channel": "post_signed", "submitted_on": "2026-03-02", "signed_on": "2026-03-02",
    "kind": "natural_person", "name": NAME, "id_type": "resident", "id_number": ID_NUMBER, "address": ADDRESS,
    "info_desc": WISH, "subject": "中标通知书", "provide_form": "paper", "provide_route": "post", "answering_body": "organ",
}  # fmt: skip


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets what day the desk lives in."""
    from django.utils import timezone

    def set_day(day: date) -> None:
        monkeypatch.setattr(timezone, "localdate", lambda *args: day)

    set_day(MONDAY)
    return set_day


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def act(client: Client, case: Case, name: str, **data: Any) -> Any:
    response = client.post(reverse("casework:act", args=[case.public_id, name]), data)
    assert response.status_code == 302, response.content.decode()
    case.refresh_from_db()
    return response


def test_a_paper_letter_goes_all_the_way_over_http(world: World, today: Any) -> None:
    staff = world.staff
    clerk, handler = signed_in(staff.registrar), signed_in(staff.handler)
    scan = SimpleUploadedFile("申请书.pdf", pdf([(90, 700, "政府信息公开申请")]), content_type="application/pdf")
    page = clerk.post(reverse("casework:paper"), {**PAPER, "agency": world.bureau.pk, "scan": scan})
    assert page.status_code == 200, page.content.decode()
    case = Case.objects.get()
    html = page.content.decode()
    assert case.number in html and actions.query_code_for("paper-1") in html and NAME not in html
    assert case.state == "registered" and case.files.get().blob.sealed

    act(clerk, case, "assign", handler=staff.handler.pk)
    act(handler, case, "start_examination")
    act(handler, case, "start_processing")
    today(date(2026, 3, 5))
    draft_url = reverse("casework:decision", args=[case.public_id])
    assert "grant.provide" in handler.get(draft_url).content.decode()
    form = {f"fact_{name}": value for name, value in FACTS["grant.provide"].items()}
    unfinished = handler.post(draft_url, {"outcome": "grant.provide", "submit_draft": "1"})
    assert "还缺" in unfinished.content.decode()  # saved, not sent up
    done = handler.post(draft_url, {"outcome": "grant.provide", "submit_draft": "1", **form})
    assert done.status_code == 302
    case.refresh_from_db()
    assert case.state == "legal_review"

    lawyer = signed_in(staff.lawyer)
    shown = lawyer.get(reverse("casework:act", args=[case.public_id, "approve"])).content.decode()
    assert "政府信息公开告知书" in shown
    act(lawyer, case, "approve", approve="1", opinion="同意")
    act(signed_in(staff.secrecy), case, "pass_secrecy", approve="1", opinion="")
    act(signed_in(staff.head), case, "sign")
    assert case.state == "delivering"
    seal_over_http(case, world, date(2026, 3, 5))
    act(handler, case, "deliver", method="post", sent_on="2026-03-05", tracking="EA123456789CN")
    assert (case.state, case.counted_on) == ("closed", date(2026, 3, 5))

    notice = case.notices.get()
    assert NAME in handler.get(notice.get_absolute_url()).content.decode()
    file = handler.get(reverse("casework:notice_file", args=[notice.public_id, "docx"]))
    words = "\n".join(line.text for line in Document(BytesIO(file.content)).paragraphs)
    assert NAME in words and WISH in words
    assert handler.get(reverse("casework:notice_file", args=[notice.public_id, "pdf"])).content.startswith(b"%PDF")
    assert handler.get(reverse("casework:notice_file", args=[notice.public_id, "delete"])).status_code == 404
    delivery = notice.deliveries.get()
    today(date(2026, 3, 9))
    proof = clerk.post(
        reverse("casework:act_on", args=[case.public_id, "confirm_delivery", delivery.public_id]),
        {"delivered_on": "2026-03-07", "receiver": "本人"},
    )
    assert proof.status_code == 302
    act(clerk, case, "archive")
    assert case.state == "archived"
    opened = Entry.objects.filter(verb="casework.open_notice", object_id=str(case.public_id)).count()
    assert opened >= 3


def test_what_was_typed_stays_when_it_is_refused(world: World, today: Any) -> None:
    clerk = signed_in(world.staff.registrar)
    data = {**PAPER, "agency": world.bureau.pk, "address": "", "subject": "欧阳若水的申请"}
    html = clerk.post(reverse("casework:paper"), data).content.decode()
    assert "联系方式至少填一项" in html and WISH in html and not Case.objects.exists()
    html = clerk.post(reverse("casework:paper"), {**data, "address": ADDRESS}).content.decode()
    assert "申请人的姓名" in html and not Case.objects.exists()  # the summary names the applicant: nothing half done


def test_a_file_that_is_not_what_it_says_is_refused(world: World, today: Any) -> None:
    fake = SimpleUploadedFile("申请书.pdf", b"MZ program", content_type="application/pdf")
    html = signed_in(world.staff.registrar).post(
        reverse("casework:paper"), {**PAPER, "agency": world.bureau.pk, "scan": fake}
    )
    assert "这是程序" in html.content.decode() and not Case.objects.exists()


def test_a_scan_with_a_mark_is_not_kept_and_the_letter_is_registered(world: World, today: Any) -> None:
    scan = SimpleUploadedFile("申请书.pdf", pdf([(90, 760, "绝密★长期"), (90, 700, "申请书")]))
    clerk = signed_in(world.staff.registrar)
    html = clerk.post(reverse("casework:paper"), {**PAPER, "agency": world.bureau.pk, "scan": scan}).content.decode()
    case = Case.objects.get()
    assert case.number in html and "申请书扫描件带有密级标志，没有保存" in html
    assert case.state == "registered" and not case.files.exists()
    assert "没有接收，转保密员线下处理" in clerk.get(case.get_absolute_url()).content.decode()


def test_the_case_page_masks_the_applicant_and_explains_greyed_acts(
    world: World, today: Any, processing: Maker
) -> None:
    case = processing()
    html = signed_in(world.staff.registrar).get(case.get_absolute_url()).content.decode()
    for secret in (NAME, ID_NUMBER, PHONE, ADDRESS):
        assert secret not in html
    assert "欧***" in html and "138****5678" in html
    assert "由承办人办理" in html  # the registrar sees the handler's acts greyed
    assert "2026年3月30日" in html and "剩 20 个工作日" in html
    assert "条例第三十三条" in html


def test_opening_plain_data_needs_a_purpose_and_is_in_the_trail(world: World, today: Any, processing: Maker) -> None:
    case = processing()
    url = reverse("casework:applicant", args=[case.public_id])
    handler = signed_in(world.staff.handler)
    assert handler.post(url, {"purpose": ""}).status_code == 302
    assert not Entry.objects.filter(verb="casework.open_personal_data").exists()
    html = handler.post(url, {"purpose": "电话核对申请内容"}).content.decode()
    assert NAME in html and PHONE in html
    entry = Entry.objects.get(verb="casework.open_personal_data")
    assert entry.facts["purpose"] == "电话核对申请内容" and entry.actor == world.staff.handler
    statistician = signed_in(world.staff.statistician)
    assert statistician.get(case.get_absolute_url()).status_code == 200
    refusal = statistician.post(url, {"purpose": "想看一看"}, follow=True).content.decode()
    assert "不需要查看" in refusal and NAME not in refusal
    assert handler.get(url).status_code == 405


def urls_of(case: Case) -> list[tuple[str, str]]:
    """Every address of a case: (method, url)."""
    notice, file = case.notices.first(), case.files.first()
    inquiry = case.inquiries.first()
    assert notice and file and inquiry
    key = case.public_id
    return [
        ("get", reverse("casework:case", args=[key])),
        ("get", reverse("casework:sheet", args=[key])),
        ("get", reverse("casework:decision", args=[key])),
        ("post", reverse("casework:decision", args=[key])),
        ("post", reverse("casework:applicant", args=[key])),
        ("get", reverse("casework:act", args=[key, "withdraw"])),
        ("post", reverse("casework:act", args=[key, "archive"])),
        ("post", reverse("casework:act_on", args=[key, "answered", inquiry.public_id])),
        ("get", reverse("casework:case_file", args=[key, file.public_id])),
        ("get", reverse("casework:notice", args=[notice.public_id])),
        ("get", reverse("casework:notice_file", args=[notice.public_id, "docx"])),
        ("get", reverse("casework:notice_file", args=[notice.public_id, "pdf"])),
    ]


@pytest.fixture
def full_case(world: World, processing: Maker, scan: Any) -> Case:
    """A closed case with a letter, a file and a question."""
    case = processing(files=[("application", scan)])
    inquiry = actions.ask(
        case, "third_party", name="某公司", question="投标文件", method="post", by=world.staff.handler, today=MONDAY,
        delivered_on=MONDAY, files=False,
    )  # fmt: skip
    actions.answered(inquiry, on=MONDAY, opinion="agree", by=world.staff.handler, today=MONDAY)
    case.refresh_from_db()
    return answer(case, world, "grant.provide", on=MONDAY)


def test_another_organ_gets_404_everywhere(world: World, today: Any, full_case: Case) -> None:
    foreign = signed_in(world.foreign)
    drafter = signed_in(world.staff.drafter)  # the same organ, no business with applications
    for method, url in urls_of(full_case):
        assert getattr(foreign, method)(url).status_code == 404, url
        assert getattr(drafter, method)(url).status_code == 404, url
        anonymous = getattr(Client(), method)(url)
        assert anonymous.status_code == 302 and "login" in anonymous["Location"], url
    html = foreign.get(reverse("casework:cases"), {"show": "all"}).content.decode()
    assert full_case.number not in html


def test_swapped_ids_are_404(world: World, today: Any, full_case: Case, processing: Maker) -> None:
    other = processing()
    handler = signed_in(world.staff.handler)
    inquiry, file = full_case.inquiries.first(), full_case.files.first()
    assert inquiry and file
    url = reverse("casework:act_on", args=[other.public_id, "answered", inquiry.public_id])
    assert handler.post(url, {}).status_code == 404
    assert handler.get(reverse("casework:case_file", args=[other.public_id, file.public_id])).status_code == 404
    assert handler.get(reverse("casework:act", args=[other.public_id, "answered"])).status_code == 404
    assert handler.get(reverse("casework:act", args=[other.public_id, "nothing"])).status_code == 404


def test_the_disclosure_office_sees_every_organ_masked(world: World, today: Any, full_case: Case) -> None:
    office = signed_in(world.office)
    html = office.get(full_case.get_absolute_url()).content.decode()
    assert full_case.number in html and NAME not in html
    assert full_case.number in office.get(reverse("casework:cases"), {"show": "all"}).content.decode()
    for method, url in urls_of(full_case):
        assert getattr(office, method)(url).status_code in (200, 302, 422), url


ROLE_ACTS = {
    "registrar": {"assign", "remind"},
    "handler": {
        "ask_correction",
        "withdraw",
        "start_processing",
        "propose_extension",
        "ask_reason",
        "notify_fee",
        "ask_assistance",
    },
    "lawyer": set(),
    "secrecy": set(),
    "head": {"remind"},
    "statistician": set(),
}


@pytest.mark.parametrize("role", ROLE_ACTS)
def test_acts_belong_to_roles(world: World, today: Any, examining: Maker, role: str) -> None:
    from gongkai.casework.acts import ACTS, possible

    case = examining()
    user = getattr(world.staff, role)
    allowed = {name for name in possible(case) if ACTS[name].can(case, by=user, today=MONDAY) is None}
    expected = ROLE_ACTS[role]
    assert allowed == expected | ({"withdraw"} if role == "registrar" else set())
    client = signed_in(user)
    for name in set(possible(case)) - allowed:
        before = case.state
        client.post(reverse("casework:act", args=[case.public_id, name]), {})
        case.refresh_from_db()
        assert case.state == before


def test_the_list_says_state_and_last_day_in_words(world: World, today: Any, processing: Maker) -> None:
    case = processing()
    actions.ask(
        case, "third_party", name="某公司", question="投标文件", method="in_person", by=world.staff.handler,
        delivered_on=MONDAY, today=MONDAY, files=False,
    )  # fmt: skip
    html = signed_in(world.staff.handler).get(reverse("casework:cases")).content.decode()
    assert "办理中 · 等第三方意见" in html and "到期）" in html
    assert NAME not in html and WISH not in html


def test_the_list_is_paged_by_key(world: World, today: Any) -> None:
    for number in range(65):
        actions.receive(world.bureau, **application(key=f"many-{number}"))
    clerk = signed_in(world.staff.registrar)
    for show in ("", "all"):
        seen, url = [], reverse("casework:cases") + f"?show={show}"
        for _ in range(3):
            page = clerk.get(url)
            seen += [row.case.number for row in page.context["rows"]]
            url = reverse("casework:cases") + (page.context["after"] or "")
        assert len(seen) == len(set(seen)) == 65
        assert page.context["after"] is None
        back = clerk.get(reverse("casework:cases") + page.context["before"])
        assert [row.case.number for row in back.context["rows"]] == seen[30:60]


def test_the_sheet_prints_every_line_with_its_article(world: World, today: Any, processing: Maker) -> None:
    case = processing()
    html = signed_in(world.staff.handler).get(reverse("casework:sheet", args=[case.public_id])).content.decode()
    assert "条例第三十三条" in html and "2026年3月30日" in html and NAME not in html


def test_extension_over_http_with_consent(world: World, today: Any, processing: Maker) -> None:
    case = processing()
    handler, head = signed_in(world.staff.handler), signed_in(world.staff.head)
    act(handler, case, "propose_extension", reason="数量较多")
    page = handler.post(
        reverse("casework:act", args=[case.public_id, "extend"]), {"method": "online", "sent_on": "2026-03-02"}
    )
    assert "须经政府信息公开工作机构负责人同意" in page.content.decode()
    act(head, case, "agree_extension")
    act(handler, case, "extend", method="online", sent_on="2026-03-02")
    assert case.reply_by == date(2026, 4, 28)


QUESTIONED = {"name": "某某单位", "question": "是否同意公开中标通知书", "method": "post", "files": False}


@pytest.mark.parametrize(
    ("party", "basis", "offered"),
    [
        ("third_party", "", {"question_delivered", "answered", "lapsed"}),
        ("co_maker", "", {"question_delivered", "answered", "lapsed"}),
        ("agency", "条例第十一条", {"answered"}),
    ],
)
def test_a_question_offers_what_may_become_of_it_and_nothing_else(
    world: World, processing: Maker, today: Any, party: str, basis: str, offered: set[str]
) -> None:
    case = processing(on=MONDAY)
    inquiry = actions.ask(case, party, basis=basis, by=world.staff.handler, today=MONDAY, **QUESTIONED)
    handler, address = signed_in(world.staff.handler), reverse("casework:case", args=[case.public_id])
    page = handler.get(address)
    assert page.status_code == 200
    for name in ("question_delivered", "answered", "lapsed", "reason_received", "reason_lapsed"):
        one = reverse("casework:act_on", args=[case.public_id, name, inquiry.public_id])
        assert name in offered or one not in page.content.decode(), name
        assert (handler.get(one).status_code == 404) == (name not in offered), name
        assert (handler.post(one).status_code == 404) == (name not in offered), name


def test_the_day_a_question_arrived_is_entered_by_its_handler_alone(
    world: World, processing: Maker, today: Any
) -> None:
    inquiry = actions.ask(processing(on=MONDAY), "third_party", by=world.staff.handler, today=MONDAY, **QUESTIONED)
    with refused("wrong_role"):
        actions.question_delivered(inquiry, on=MONDAY, by=world.staff.lawyer, today=MONDAY)
    actions.question_delivered(inquiry, on=MONDAY, by=world.staff.handler, today=MONDAY)
    with refused("delivered"):
        actions.question_delivered(inquiry, on=MONDAY, by=world.staff.handler, today=MONDAY)
