"""签发权限: who signs which paper, as data; 呈签 where the office wants it; a leader's word wherever one signs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from freezing import on_day
from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role, Setting, User
from gongkai.casework import actions, rules, signing
from gongkai.casework.models import Case, PaperKind, SigningLevel, SigningRule
from gongkai.casework.procedure import allow
from gongkai.documents.actions import record_instruction
from gongkai.documents.models import RecordedInstruction

from .conftest import MONDAY, Maker, World, draft, person, refused, review
from .over_http import act, case_page, send, signed_in
from .test_queues import kinds

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
CORRECTION = {
    "items": "写明年度", "guidance": "可以写项目名称", "return_by": "2026-03-20", "method": "online",
    "sent_on": "2026-03-02",
}  # fmt: skip


@pytest.fixture
def deputy(world: World) -> User:
    """Signs by delegation, and is not the organ's head."""
    user = person("deputy", "副局长")
    appoint(user, Role.SIGNATORY, world.bureau, by=None, on=MONDAY)
    return user


@pytest.fixture
def word(world: World) -> RecordedInstruction:
    return said(world)


def said(world: World, by: User | None = None, leader: User | None = None) -> RecordedInstruction:
    given = timezone.make_aware(datetime(2026, 3, 2, 9))
    return record_instruction(
        world.bureau, leader=leader or world.staff.head, channel="telephone", given_at=given, words="同意",
        by=by or world.staff.registrar, today=MONDAY,
    )  # fmt: skip


def to_sign(case: Case, world: World, outcome: str) -> Case:
    return review(draft(case, world, outcome, today=MONDAY), world, today=MONDAY)


def test_a_refusal_is_the_heads_and_other_answers_are_delegated(world: World, processing: Maker, deputy: User) -> None:
    refusal = to_sign(processing(), world, "refuse.internal_affairs")
    with refused("signing_level"):
        actions.sign(refusal, by=deputy, today=MONDAY, files=False)
    grant = to_sign(processing(), world, "other.not_gov_info")
    assert actions.sign(grant, by=deputy, today=MONDAY, files=False).signed_by == deputy
    actions.set_signing_rule(kind="refusal", level="signatory", agency=world.bureau, by=world.office, today=MONDAY)
    assert actions.sign(refusal, by=deputy, today=MONDAY, files=False).number


def test_the_office_sets_the_matrix_for_all_and_for_one(world: World) -> None:
    with on_day(MONDAY):
        office = signed_in(world.office)
        assert signed_in(world.staff.head).get("/desk/casework/signing/").status_code == 404
        assert "不予公开" in office.get("/desk/casework/signing/").content.decode()
        assert office.post("/desk/casework/signing/", {"correction": "handler", "fee": "organ_head"}).status_code == 302
        one = f"/desk/casework/signing/?organ={world.bureau.public_id}"
        assert office.post(one, {"correction": "signatory"}).status_code == 302
        wrong = office.post("/desk/casework/signing/", {"extension": "handler"})
        assert wrong.status_code == 422
        assert office.get("/desk/casework/signing/?organ=1").status_code == 404
    assert signing.level_for(world.county, PaperKind.CORRECTION) == SigningLevel.HANDLER
    assert signing.level_for(world.bureau, PaperKind.CORRECTION) == SigningLevel.SIGNATORY
    assert signing.level_for(world.bureau, PaperKind.FEE) == SigningLevel.ORGAN_HEAD
    assert signing.level_for(world.bureau, PaperKind.OPINION) == SigningLevel.OFFICE_HEAD
    with refused("needs_role"):
        actions.set_signing_rule(kind="fee", level="handler", agency=None, by=world.staff.head, today=MONDAY)
    with refused("level"):
        actions.set_signing_rule(kind="extension", level="handler", agency=None, by=world.office, today=MONDAY)
    actions.set_signing_rule(kind="fee", level="", agency=None, by=world.office, today=MONDAY)
    assert not SigningRule.objects.filter(kind="fee").exists()


def test_every_letter_along_the_way_has_a_kind() -> None:
    assert {signing.kind_of_letter(code) for code in signing.LETTER_OF.values()} <= set(signing.DEFAULTS)
    assert set(signing.DEFAULTS) == set(PaperKind) and all(
        row.level in row.allowed for row in signing.DEFAULTS.values()
    )


def test_by_default_correction_opinion_and_fee_are_signed_by_the_head_of_the_work() -> None:
    """domain-spec §11.3 item 24: those by the office's head, the rest by delegation."""
    assert rules.SIGN_OFF_FIRST.default == 1
    by_head = {kind for kind, row in signing.DEFAULTS.items() if row.level == SigningLevel.OFFICE_HEAD}
    assert by_head & set(signing.ALONG_THE_WAY) == {PaperKind.CORRECTION, PaperKind.OPINION, PaperKind.FEE}


def test_where_handlers_send_by_delegation_nobody_is_asked(world: World, examining: Maker) -> None:
    Setting.objects.create(key=rules.SIGN_OFF_FIRST.key, value=0)
    act(world.staff.handler, examining(papers=()), "ask_correction", MONDAY, **CORRECTION)


def test_a_paper_is_put_before_its_signer_and_leaves_under_his_name(world: World, examining: Maker) -> None:
    case, staff = examining(papers=()), world.staff
    page = send(staff.handler, case, "ask_correction", MONDAY, **CORRECTION)
    assert "须先呈政府信息公开工作机构负责人签发" in page.content.decode() and "写明年度" in page.content.decode()
    assert "呈签" in case_page(staff.handler, case, MONDAY)
    act(staff.handler, case, "ask_sign_off", MONDAY, kind="correction", words="请写明年度，3月20日前补正")
    row = case.sign_offs.get()
    assert "签发文书" in kinds(staff.head)
    with refused("own_request"):
        actions.sign_off(row, approve=True, by=staff.handler, today=MONDAY)
    with refused("signing_level"):
        actions.sign_off(row, approve=True, by=staff.lawyer, today=MONDAY)
    act(staff.head, case, "sign_off", MONDAY, row.public_id, approve="0", remarks="补正期限太短")
    act(staff.handler, case, "ask_sign_off", MONDAY, kind="correction", words="请写明年度，3月25日前补正")
    act(staff.head, case, "sign_off", MONDAY, case.sign_offs.last().public_id, approve="1")
    assert "签发文书" not in kinds(staff.head)
    act(staff.handler, case, "ask_correction", MONDAY, **CORRECTION)
    notice = case.notices.get(letter="L02")
    assert notice.signed_by == staff.head and case.sign_offs.last().notice == notice
    page = case_page(staff.handler, case, MONDAY)
    assert "补正期限太短" in page and "已发出" in page


def test_one_signature_serves_one_letter_and_who_may_sign_sends_himself(world: World, processing: Maker) -> None:
    case, handler = processing(papers=()), world.staff.handler
    given: dict[str, Any] = {"question": "投标文件", "method": "post", "by": handler, "today": MONDAY, "files": False}
    row = actions.ask_sign_off(case, kind="opinion", words="征求某公司", by=handler, today=MONDAY)
    with refused("sign_off_once"):
        actions.ask_sign_off(case, kind="opinion", words="又一次", by=handler, today=MONDAY)
    with refused("sign_off"):
        actions.ask(case, "third_party", name="某公司", **given)
    actions.sign_off(row, approve=True, by=world.office, today=MONDAY)
    actions.ask(case, "third_party", name="某公司", **given)
    case.refresh_from_db()
    with refused("sign_off"):
        actions.ask(case, "third_party", name="另一公司", **given)
    appoint(handler, Role.SIGNATORY, world.bureau, by=None, on=MONDAY)
    handler.__dict__.pop("_posts", None)
    actions.ask(case, "third_party", name="另一公司", **given)


def test_a_leaders_word_signs_an_answer_and_counts_as_his(
    world: World, processing: Maker, word: RecordedInstruction
) -> None:
    case, staff = to_sign(processing(), world, "refuse.internal_affairs"), world.staff
    with refused("author_recorded"):
        actions.sign_recorded(case, instruction=word, by=staff.handler, today=MONDAY)
    with refused("wrong_role"):
        actions.sign_recorded(case, instruction=word, by=staff.lawyer, today=MONDAY)
    assert "代录签发" in case_page(staff.registrar, case, MONDAY)
    act(staff.registrar, case, "sign_recorded", MONDAY, instruction=word.pk)
    decision = case.decisions.get(active=True)
    assert case.state == "delivering" and (decision.signed_by, decision.instruction) == (staff.head, word)
    assert case.notices.get().signed_by == staff.head
    other = to_sign(processing(), world, "refuse.internal_affairs")
    with refused("used_word"):
        actions.sign_recorded(other, instruction=word, by=staff.registrar, today=MONDAY)
    with refused("no_instruction"):
        allow(actions.can_sign_recorded(other, by=staff.registrar, today=MONDAY))


def test_a_word_entered_by_the_handler_or_of_somebody_without_the_right_signs_nothing(
    world: World, processing: Maker
) -> None:
    case, staff = to_sign(processing(), world, "refuse.internal_affairs"), world.staff
    with refused("author_recorded"):
        actions.sign_recorded(case, instruction=said(world, by=staff.handler), by=staff.registrar, today=MONDAY)
    with refused("wrong_role"):
        actions.sign_recorded(case, instruction=said(world, leader=staff.lawyer), by=staff.registrar, today=MONDAY)


def test_a_leaders_word_agrees_to_an_extension_and_signs_a_paper(world: World, processing: Maker) -> None:
    case, staff = processing(papers=()), world.staff
    act(staff.handler, case, "propose_extension", MONDAY, reason="数量较多")
    first, second = said(world), said(world)
    act(staff.registrar, case, "agree_recorded", MONDAY, instruction=first.pk)
    extension = case.extensions.get()
    assert (extension.agreed_by, extension.instruction) == (staff.head, first)
    act(staff.handler, case, "extend", MONDAY, method="online", sent_on="2026-03-02")
    assert case.reply_by == date(2026, 4, 28)
    row = actions.ask_sign_off(case, kind="fee", words="按量 68 页", by=staff.handler, today=MONDAY)
    with refused("used_word"):
        actions.sign_off(row, approve=True, instruction=first, by=staff.registrar, today=MONDAY)
    assert "签发文书" in case_page(staff.registrar, case, MONDAY)
    act(staff.registrar, case, "sign_off", MONDAY, row.public_id, approve="1", instruction=second.pk)
    row.refresh_from_db()
    assert (row.signed_by, row.instruction) == (staff.head, second)
