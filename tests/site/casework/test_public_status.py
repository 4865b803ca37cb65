"""Applicants follow their case by number and query code, in plain words, and take their papers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from citizen import Citizen
from freezing import on_day
from gongkai.agencies.models import Setting
from gongkai.casework import actions, rules
from gongkai.casework.models import Case, CaseFile, FileKind
from gongkai.casework.views.public_status import FORMS
from gongkai.documents.blobs import store

from .conftest import ADDRESS, EMAIL, ID_NUMBER, MONDAY, NAME, PHONE, Maker, World, answer, application, draft, review

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    caches["shared"].clear()


Ask = Callable[..., Any]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    def ask(case: Case, key: str, *, on: date, code: str = "", number: str = "") -> Any:
        """The query page's answer on a day."""
        with on_day(on):
            facts = {"number": number or case.number, "code": code or actions.query_code_for(key)}
            return Client().post("/apply/status/", facts)

    yield ask


def words(response: Any) -> str:
    """The text of the page's main part."""
    page = response.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")]))


def test_a_new_application_waits_for_registration(world: World, ask: Ask) -> None:
    case = actions.receive(world.bureau, **application(key="k")).case
    response = ask(case, "k", on=MONDAY)
    text = words(response)
    assert "已提交" in text and "等待登记" in text and "不晚于 2026年3月30日" in text
    assert "no-store" in response.headers["Cache-Control"] and not response.cookies


def test_everything_that_names_the_applicant_is_masked(world: World, ask: Ask) -> None:
    case = actions.receive(world.bureau, **application(key="k")).case
    page = ask(case, "k", on=MONDAY).content.decode()
    assert "欧***" in page and "138****5678" in page
    assert not [secret for secret in (NAME, ID_NUMBER, PHONE, ADDRESS, EMAIL) if secret in page]


def test_correction_and_its_return_are_told_in_order(world: World, examining: Maker, ask: Ask) -> None:
    case = examining(key="k")
    case = actions.ask_correction(
        case, items="写明年度", guidance="可以写项目名称", return_by=date(2026, 3, 20), method="online",
        by=world.staff.handler, today=date(2026, 3, 5), files=False,
    )  # fmt: skip
    text = words(ask(case, "k", on=date(2026, 3, 6)))
    assert "等您补正" in text and "请补正，不晚于 2026年3月20日" in text and "补正告知书" in text
    case = actions.correction_received(case, on=date(2026, 3, 12), info_desc="", by=None, today=date(2026, 3, 12))
    text = words(ask(case, "k", on=date(2026, 3, 12)))
    places = [
        text.rindex(word)
        for word in ("已提交", "已登记", "要求补正", "收到补正", "办理中", "答复（不晚于 2026年4月10日）")
    ]
    assert places == sorted(places)


def test_a_third_party_is_mentioned_and_never_named(world: World, processing: Maker, ask: Ask) -> None:
    case = processing(key="k")
    inquiry = actions.ask(
        case, "third_party", name="某某建设有限公司", question="投标文件", method="in_person", by=world.staff.handler,
        sent_on=date(2026, 3, 9), delivered_on=date(2026, 3, 9), today=date(2026, 3, 9), files=False,
    )  # fmt: skip
    case.refresh_from_db()
    response = ask(case, "k", on=date(2026, 3, 10))
    text = words(response)
    assert "等第三方意见" in text and "等候答复的时间不计入答复期限" in text and "按被征求方在期限内答复推算" in text
    assert "某某建设" not in response.content.decode() and "征求意见函" not in text
    inquiry.refresh_from_db()
    actions.answered(
        inquiry, on=date(2026, 3, 16), opinion="agree", words="同意", by=world.staff.handler, today=date(2026, 3, 16)
    )
    case.refresh_from_db()
    assert "第三方已答复" in words(ask(case, "k", on=date(2026, 3, 16)))


def test_an_extension_says_until_when(world: World, processing: Maker, ask: Ask) -> None:
    case = processing(key="k")
    actions.propose_extension(case, reason="需要检索纸质档案", by=world.staff.handler, today=date(2026, 3, 20))
    actions.agree_extension(case, by=world.staff.head, today=date(2026, 3, 20))
    case.refresh_from_db()
    actions.extend(case, method="online", by=world.staff.handler, today=date(2026, 3, 23), files=False)
    case.refresh_from_db()
    text = words(ask(case, "k", on=date(2026, 3, 23)))
    assert "延长答复期限" in text and "延至 2026年4月28日" in text, case.reply_by


def test_an_overdue_case_says_so_and_what_can_be_done(world: World, processing: Maker, ask: Ask) -> None:
    case = processing(key="k")
    text = words(ask(case, "k", on=date(2026, 4, 1)))
    assert "已超过期限" in text and "投诉" in text and "行政复议" in text


def test_the_answer_is_told_and_can_be_taken_as_a_file(world: World, processing: Maker, ask: Ask) -> None:
    case = answer(processing(key="k"), world, "grant.provide", on=date(2026, 3, 12))
    CaseFile.objects.create(
        case=case,
        kind=FileKind.PROVIDED,
        blob=store(b"%PDF-1", name="中标通知书.pdf", content_type="application/pdf", sealed=True),
    )
    response = ask(case, "k", on=date(2026, 3, 12))
    text = words(response)
    assert "已答复" in text and "已送达" in text and "中标通知书.pdf" in text and "答复，不晚于" not in text
    tickets = re.findall(r'name="ticket" value="([^"]+)"', response.content.decode())
    with on_day(date(2026, 3, 12)):
        files = [Client().post("/apply/status/file/", {"ticket": ticket}) for ticket in tickets]
    beginnings = {file.content[:4] for file in files}
    assert beginnings == {b"%PDF"} and len(files) == 2, "the stamped paper and the information"
    assert all("no-store" in file.headers["Cache-Control"] for file in files)
    assert all("attachment" in file.headers["Content-Disposition"] for file in files)


def test_where_papers_leave_once_signed_both_files_can_be_taken(world: World, processing: Maker, ask: Ask) -> None:
    Setting.objects.create(key=rules.SEAL_BEFORE_DELIVERY.key, value="否")
    day = date(2026, 3, 12)
    case = review(draft(processing(key="k"), world, "other.not_gov_info", today=day), world, today=day)
    actions.sign(case, by=world.staff.head, today=day, files=False)
    actions.deliver(case, method="online", by=world.staff.handler, today=day)
    tickets = re.findall(r'name="ticket" value="([^"]+)"', ask(case, "k", on=day).content.decode())
    with on_day(day):
        files = [Client().post("/apply/status/file/", {"ticket": ticket}) for ticket in tickets]
    assert {file.content[:4] for file in files} == {b"PK\x03\x04", b"%PDF"} and len(files) == 2


def test_an_answer_that_has_not_left_is_not_shown(world: World, processing: Maker, ask: Ask) -> None:
    case = processing(key="k")
    case = review(draft(case, world, "grant.provide", today=date(2026, 3, 9)), world, today=date(2026, 3, 9))
    notice = actions.sign(case, by=world.staff.head, today=date(2026, 3, 9), files=False)
    response = ask(case, "k", on=date(2026, 3, 9))
    assert notice.number not in response.content.decode() and "ticket" not in response.content.decode()
    assert "已作出答复，等待送达" in words(response)


def test_a_ticket_ends_and_cannot_be_made_up(world: World, processing: Maker, ask: Ask) -> None:
    case = answer(processing(key="k"), world, "grant.provide", on=date(2026, 3, 12))
    page = ask(case, "k", on=date(2026, 3, 12)).content.decode()
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)[1]
    client = Client()
    assert client.post("/apply/status/file/", {"ticket": ticket[:-3] + "abc"}).status_code == 403
    assert client.post("/apply/status/file/", {}).status_code == 403
    assert client.get("/apply/status/file/").status_code == 405
    with pytest.MonkeyPatch.context() as patch:
        import time

        now = time.time()
        patch.setattr(time, "time", lambda: now + 16 * 60)
        assert client.post("/apply/status/file/", {"ticket": ticket}).status_code == 403


def test_unknown_number_and_wrong_code_get_the_same_answer(world: World, ask: Ask) -> None:
    case = actions.receive(world.bureau, **application(key="k")).case
    other = actions.receive(world.bureau, **application(key="other")).case
    answers = [
        ask(case, "other", on=MONDAY),
        ask(other, "k", on=MONDAY, number="清建公开申〔2026〕99号"),
        ask(case, "k", on=MONDAY, code="AAAAAA-AAAAAA-AAAAAA-AAAAAA"),
    ]
    errors = {re.search(r'<div class="error-summary".*?</div>', one.content.decode(), re.S)[0] for one in answers}
    texts = {re.sub(r"error-summary-\d+", "", error) for error in errors}
    assert len(texts) == 1 and "登记号或者查询码不对" in texts.pop()
    assert {one.status_code for one in answers} == {200}


def test_codes_and_numbers_are_taken_as_meant(world: World, ask: Ask) -> None:
    case = actions.receive(world.bureau, **application(key="k")).case
    code = actions.query_code_for("k")
    loose = code.lower().replace("-", " ").replace("o", "0").replace("i", "1").replace("b", "8")
    number = case.number.replace("〔", "(").replace("〕", "）")
    assert "等待登记" in words(ask(case, "k", on=MONDAY, code=loose, number=f" {number} "))


def test_guessing_is_stopped_for_a_while_and_honest_readers_are_not(world: World, ask: Ask) -> None:
    case = actions.receive(world.bureau, **application(key="k")).case
    for _ in range(30):
        assert ask(case, "k", on=MONDAY).status_code == 200
    for _ in range(10):
        ask(case, "wrong", on=MONDAY)
    assert ask(case, "k", on=MONDAY).status_code == 429
    caches["shared"].clear()
    assert "等待登记" in words(ask(case, "k", on=MONDAY))


def test_from_the_form_to_the_answer(world: World, ask: Ask) -> None:
    """One citizen, one browser, no script: apply, be registered, be answered."""
    with on_day(MONDAY):
        page = Citizen(world.bureau).apply().content.decode()
    case = Case.objects.get()
    code = re.search(r"[A-Z2-7]{6}(-[A-Z2-7]{6}){3}", page)[0]
    assert "2026年3月30日" in page and case.reply_by == date(2026, 3, 30)
    case = actions.register(case, subject="道路改造中标通知书", by=world.staff.registrar, today=MONDAY)
    case = actions.assign(case, handler=world.staff.handler, by=world.staff.registrar, today=MONDAY)
    case = actions.start_examination(case, by=world.staff.handler, today=MONDAY)
    case = actions.start_processing(case, by=world.staff.handler, today=MONDAY)
    text = words(ask(case, "", on=date(2026, 3, 3), code=code))
    assert "已登记" in text and "办理中" in text and "道路改造中标通知书" in text
    case = answer(case, world, "unable.not_held.not_exist", on=date(2026, 3, 12))
    text = words(ask(case, "", on=date(2026, 3, 12), code=code))
    assert "已答复" in text and "已送达" in text and FORMS["scan"] in text
