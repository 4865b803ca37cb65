"""One story for each way an application ends, through the real actions."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document

from gongkai.casework import actions, clock
from gongkai.casework.models import Case, EventType, FeeReceipt
from gongkai.documents.blobs import read
from gongkai.documents.models import Blob
from gongkai.trail.chain import verify
from gongkai.trail.models import Entry
from gongkai_core.outcomes import OUTCOMES

from .conftest import MONDAY, NAME, WISH, Maker, World, answer, application, draft, refused, review, sealed, signed_off

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 30)  # twenty working days after 2 March 2026


def test_an_application_is_answered_in_time_and_counted(world: World) -> None:
    staff = world.staff
    received = actions.receive(world.bureau, **application())
    case = received.case
    assert (case.state, case.number) == ("received", "清建公开申〔2026〕1号")
    assert (case.received_on, case.law, case.reply_by) == (MONDAY, "711", DUE)
    assert case.due_on == date(2026, 3, 3)  # one working day to register

    case = actions.register(case, subject="中标通知书", by=staff.registrar, today=MONDAY)
    assert (case.state, case.due_on, case.reply_by) == ("registered", DUE, DUE)
    case = actions.assign(case, handler=staff.handler, by=staff.registrar, today=MONDAY)
    case = actions.start_examination(case, by=staff.handler, today=date(2026, 3, 3))
    case = actions.start_processing(case, by=staff.handler, today=date(2026, 3, 4))
    case = draft(case, world, "grant.provide", today=date(2026, 3, 9))
    assert case.state == "legal_review"
    case = review(case, world, today=date(2026, 3, 10))
    assert case.state == "signing"
    notice = actions.sign(case, by=staff.head, today=date(2026, 3, 11))
    assert notice.number == "清建公开告〔2026〕1号"
    text = notice.rendered.text
    assert WISH in text and NAME in text and "2026年3月11日" in text
    assert "清溪县人民政府申请行政复议" in text and "清溪县人民法院提起行政诉讼" in text
    assert notice.docx and notice.pdf
    words = "\n".join(line.text for line in Document(BytesIO(read(notice.docx))).paragraphs)
    assert NAME in words and notice.number in words
    assert read(notice.pdf).startswith(b"%PDF")

    case.refresh_from_db()
    with refused("not_sealed"):
        actions.deliver(case, method="online", by=staff.handler, today=date(2026, 3, 12))
    case = sealed(case, world, on=date(2026, 3, 12))
    case = actions.deliver(case, method="online", by=staff.handler, today=date(2026, 3, 12))
    assert (case.state, case.counted_on, case.counted_year) == ("closed", date(2026, 3, 12), 2026)
    assert (case.counted_outcome, case.counted_timely, case.due_on) == ("grant.provide", "ontime", None)
    case = actions.archive(case, by=staff.registrar, today=date(2026, 4, 1))
    assert case.state == "archived"
    assert verify().holds
    verbs = Entry.objects.filter(object_id=str(case.public_id)).values_list("verb", flat=True)
    assert [verb.removeprefix("casework.") for verb in verbs] == [
        "receive", "register", "assign", "start_examination", "start_processing", "propose_decision", "submit_draft",
        "legal_review", "pass_secrecy", "sign", "record_sealing", "return_scan", "deliver", "archive",
    ]  # fmt: skip


def test_the_same_transmission_twice_is_one_case(world: World) -> None:
    form = application(key="one")
    first = actions.receive(world.bureau, **form)
    again = actions.receive(world.bureau, **{**form, "info_desc": "别的内容"})
    assert again.case == first.case and not again.created and again.query_code == first.query_code
    other = actions.receive(world.bureau, **application(key="two"))
    assert other.case != first.case and other.case.duplicate_of == first.case
    assert other.query_code != first.query_code
    assert actions.query_digest_of(first.query_code.lower()) == first.case.query_digest
    assert len(first.query_code.replace("-", "")) * 5 >= 80


def test_a_letter_by_ordinary_post_is_received_when_confirmed(world: World) -> None:
    case = actions.receive(
        world.bureau, **application(channel="post_ordinary", by=world.staff.registrar, provide_route="post")
    ).case
    assert case.received_on is None and case.reply_by is None and case.due_on == date(2026, 3, 3)
    with refused("no_receipt"):
        actions.register(case, subject="通知书", by=world.staff.registrar, today=date(2026, 3, 4))
    case = actions.register(
        case, subject="通知书", confirmed_on=date(2026, 3, 4), by=world.staff.registrar, today=date(2026, 3, 4)
    )
    assert case.received_on == date(2026, 3, 4)


def test_a_correction_starts_the_clock_anew(world: World, examining: Maker) -> None:
    case = examining()
    case = ask_for_correction(case, world, on=date(2026, 3, 5))
    assert (case.state, case.reply_by, case.due_on) == ("waiting_correction", None, date(2026, 3, 20))
    notice = case.notices.get(letter="L02")
    assert notice.printed_dates == [{"name": "amend_by", "date": "2026-03-20"}]
    case = actions.correction_received(
        case, on=date(2026, 3, 12), info_desc="2025年柳林路", by=None, today=date(2026, 3, 12)
    )
    assert (case.state, case.reply_by, case.info_desc) == ("examining", date(2026, 4, 10), "2025年柳林路")
    with refused("correction_once"):
        ask_for_correction(case, world, on=date(2026, 3, 13))


def test_a_correction_asked_too_late_resets_nothing(world: World, examining: Maker) -> None:
    case = ask_for_correction(examining(), world, on=date(2026, 3, 16))
    assert (case.state, case.reply_by) == ("examining", DUE)


def test_no_correction_ends_in_a_letter_and_is_counted_when_it_leaves(world: World, examining: Maker) -> None:
    case = ask_for_correction(examining(), world, on=date(2026, 3, 5))
    with refused("G14"):
        actions.abandon(case, by=world.staff.handler, today=date(2026, 3, 20))
    with refused("correction_in_time"):
        actions.correction_received(case, on=date(2026, 3, 23), by=None, today=date(2026, 3, 23))
    case = actions.abandon(case, by=world.staff.handler, today=date(2026, 3, 23))
    assert case.state == "abandoned" and case.counted_on is None
    case = answer(case, world, "other.no_amend", on=date(2026, 3, 25))
    assert (case.counted_outcome, case.counted_on, case.counted_timely) == (
        "other.no_amend",
        date(2026, 3, 25),
        "ontime",
    )
    assert not case.clock_events.filter(type=EventType.REPLIED).exists()
    assert "行政复议" in case.notices.get(letter="L25").remedy_text


def test_a_third_party_stops_the_clock(world: World, processing: Maker) -> None:
    case = processing(on=date(2021, 3, 1))
    inquiry = ask_third_party(case, world, on=date(2021, 3, 10))
    case.refresh_from_db()
    assert case.state == "waiting_third_party" and case.open_ended  # not delivered yet: no last day
    actions.question_delivered(inquiry, on=date(2021, 3, 12), by=world.staff.handler, today=date(2021, 3, 12))
    case.refresh_from_db()
    assert (case.reply_by, case.open_ended) == (date(2021, 4, 22), False)
    inquiry.refresh_from_db()
    actions.answered(
        inquiry,
        on=date(2021, 3, 29),
        opinion="refuse",
        words="涉及商业秘密",
        by=world.staff.handler,
        today=date(2021, 3, 29),
    )
    case.refresh_from_db()
    assert (case.state, case.reply_by) == ("processing", date(2021, 4, 16))  # vector D08
    assert NAME not in case.notices.get(letter="L04").rendered.text
    assert_replayed(case, date(2021, 3, 29))


def test_silence_of_a_third_party_ends_with_its_last_day(world: World, processing: Maker) -> None:
    case = processing(on=date(2021, 3, 1))
    inquiry = ask_third_party(
        case, world, on=date(2021, 3, 10), delivered_on=date(2021, 3, 12), today=date(2021, 3, 12)
    )
    with refused("opinion_term_over"):
        actions.lapsed(inquiry, by=world.staff.handler, today=date(2021, 4, 2))
    actions.lapsed(inquiry, by=None, today=date(2021, 4, 6))
    case.refresh_from_db()
    assert (case.state, case.reply_by) == ("processing", date(2021, 4, 22))  # vector D09
    case = answer(case, world, "refuse.third_party", on=date(2021, 4, 22))
    assert (case.counted_timely, case.counted_ground) == ("ontime", "privacy")


def test_another_organ_stops_the_clock_only_on_a_legal_basis(world: World, processing: Maker) -> None:
    case = processing()
    question = {"name": "清溪县自然资源局", "question": "用地批复", "method": "fax", "by": world.staff.handler}
    with refused("agency_basis"):
        actions.ask(case, "agency", basis="惯例", today=date(2026, 3, 4), **question)
    inquiry = actions.ask(case, "agency", basis="条例第十一条", today=date(2026, 3, 4), **question)
    case.refresh_from_db()
    assert case.state == "waiting_agency" and case.open_ended
    assert clock.due_now(case, date(2026, 3, 11)) == date(2026, 4, 7)
    actions.answered(inquiry, on=date(2026, 3, 11), opinion="agree", by=world.staff.handler, today=date(2026, 3, 11))
    case.refresh_from_db()
    assert (case.state, case.open_ended) == ("processing", False)


def test_several_questions_name_the_first_open_one(world: World, processing: Maker) -> None:
    case = processing()
    third = ask_third_party(case, world, on=date(2026, 3, 4), delivered_on=date(2026, 3, 4))
    signed_off(case, world, "opinion", on=date(2026, 3, 4))
    agency = actions.ask(
        case, "agency", basis="条例第十一条", name="清溪县财政局", question="用地批复", method="fax",
        by=world.staff.handler, today=date(2026, 3, 4),
    )  # fmt: skip
    actions.answered(third, on=date(2026, 3, 6), opinion="agree", by=world.staff.handler, today=date(2026, 3, 6))
    case.refresh_from_db()
    assert case.state == "waiting_agency"
    actions.answered(agency, on=date(2026, 3, 9), opinion="agree", by=world.staff.handler, today=date(2026, 3, 9))
    case.refresh_from_db()
    assert case.state == "processing"


def test_an_extension_needs_the_heads_consent(world: World, processing: Maker) -> None:
    case, staff = processing(), world.staff
    with refused("head_agreed"):
        actions.extend(case, method="online", by=staff.handler, today=date(2026, 3, 20))
    actions.propose_extension(case, reason="数量较多", by=staff.handler, today=date(2026, 3, 20))
    with refused("head_agreed"):
        actions.extend(case, method="online", by=staff.handler, today=date(2026, 3, 20))
    with refused("head_agreed"):
        actions.agree_extension(case, by=staff.registrar, today=date(2026, 3, 20))
    actions.agree_extension(case, by=staff.head, today=date(2026, 3, 23))
    case = actions.extend(case, method="online", by=staff.handler, today=DUE)
    assert case.reply_by == date(2026, 4, 28) and case.reply_by_original == DUE
    notice = case.notices.get(letter="L03")
    assert {row["name"]: row["date"] for row in notice.printed_dates} == {
        "reply_by": "2026-03-30", "extended_by": "2026-04-28",
    }  # fmt: skip
    with refused("extension_once"):
        actions.propose_extension(case, reason="再延", by=staff.handler, today=date(2026, 4, 1))
    case = answer(case, world, "grant.provide", on=date(2026, 4, 10))
    assert case.counted_timely == "extended"


def test_a_late_extension_is_refused_and_the_answer_is_overdue(world: World, processing: Maker) -> None:
    case = processing()
    late = DUE + timedelta(days=1)
    with refused("extension_in_time"):
        actions.propose_extension(case, reason="数量较多", by=world.staff.handler, today=late)
    case = answer(case, world, "grant.provide", on=late)
    assert case.counted_timely == "overdue"


def test_a_fee_waits_for_payment_and_starts_anew(world: World, processing: Maker) -> None:
    case = processing(on=date(2021, 4, 12))
    charge = notify_fee(case, world, on=date(2021, 4, 30))
    case.refresh_from_db()
    assert charge.amount_fen == 38_000
    assert (case.state, case.reply_by, case.due_on) == ("waiting_fee", None, date(2021, 6, 1))  # vector D11
    receipt = actions.fee_paid(case, on=date(2021, 5, 20), by=world.staff.registrar, today=date(2021, 5, 20))
    case.refresh_from_db()
    assert (case.state, case.reply_by) == ("processing", date(2021, 6, 18))
    assert receipt.amount_fen == 38_000 and FeeReceipt.objects.count() == 1
    with refused("fee_once"):
        notify_fee(case, world, on=date(2021, 5, 21))


def test_no_payment_ends_in_a_letter(world: World, processing: Maker) -> None:
    case = processing(on=date(2021, 4, 12))
    notify_fee(case, world, on=date(2021, 4, 30))
    with refused("G15"):
        actions.abandon(case, by=world.staff.handler, today=date(2021, 6, 1))
    with refused("fee_in_time"):
        actions.fee_paid(case, on=date(2021, 6, 2), by=world.staff.handler, today=date(2021, 6, 2))
    case = actions.abandon(case, by=world.staff.handler, today=date(2021, 6, 2))
    case = answer(case, world, "other.no_payment", on=date(2021, 6, 3))
    assert case.counted_outcome == "other.no_payment"


def test_no_fee_before_2021_and_none_for_thirty_pages(world: World, processing: Maker) -> None:
    with refused("fee_in_force"):
        notify_fee(processing(on=date(2020, 11, 2)), world, on=date(2020, 11, 4))
    with refused("no_fee"):
        notify_fee(processing(on=date(2021, 4, 12)), world, on=date(2021, 4, 14), pages=30)


def test_the_fee_by_case_counts_the_applicants_month(world: World, processing: Maker) -> None:
    for _ in range(10):
        actions.receive(world.bureau, **application(today=MONDAY))
    eleventh = processing()
    charge = actions.notify_fee(
        eleventh, tariff="per_case", pay_method="县财政专户", method="in_person", delivered_on=date(2026, 3, 4),
        by=world.staff.handler, today=date(2026, 3, 4), files=False,
    )  # fmt: skip
    assert (charge.quantity, charge.amount_fen) == (11, 10_000)


def test_a_withdrawal_needs_its_paper_and_closes(world: World, processing: Maker, scan: Blob) -> None:
    case = processing()
    with refused("G21"):
        actions.withdraw(case, paper=None, by=world.staff.handler, today=date(2026, 3, 5))
    case = actions.withdraw(case, paper=scan, by=None, today=date(2026, 3, 5))
    assert (case.state, case.counted_outcome, case.counted_timely) == ("withdrawn", "other.withdrawn", "withdrawn")
    notice = actions.notify_end(case, method="online", by=world.staff.handler, today=date(2026, 3, 6), files=False)
    assert notice.letter == "L25" and notice.remedy_text == ""


def test_an_unconfirmed_letter_can_be_withdrawn(world: World, scan: Blob) -> None:
    case = actions.receive(world.bureau, **application(channel="post_ordinary", by=world.staff.registrar)).case
    case = actions.withdraw(case, paper=scan, by=None, today=date(2026, 3, 4))
    assert case.state == "withdrawn" and case.received_on == date(2026, 3, 4)


def test_excessive_applications_are_asked_for_reasons_first(world: World, examining: Maker) -> None:
    case = examining()
    inquiry = actions.ask_reason(
        case, answer_by=date(2026, 3, 10), method="online", by=world.staff.handler, today=date(2026, 3, 3), files=False
    )
    with refused("reason_term_over"):
        actions.reason_lapsed(inquiry, by=world.staff.handler, today=date(2026, 3, 10))
    actions.reason_received(
        inquiry, on=date(2026, 3, 9), reasonable=False, words="研究", by=world.staff.handler, today=date(2026, 3, 9)
    )
    case.refresh_from_db()
    assert (case.state, case.reply_by) == ("examining", DUE)  # 第三十五条 stops nothing
    case = answer(case, world, "decline.excessive", on=date(2026, 3, 12))
    assert case.counted_outcome == "decline.excessive"


SIMPLE = sorted(
    set(OUTCOMES)
    - {
        "other.no_amend", "other.no_payment", "other.withdrawn", "refuse.third_party", "unable.still_unclear",
        "decline.excessive",
    }
)  # fmt: skip


@pytest.mark.parametrize("outcome", SIMPLE)
def test_every_outcome_reaches_its_letter(world: World, processing: Maker, outcome: str) -> None:
    case = answer(processing(), world, outcome, on=date(2026, 3, 9))
    notice = case.notices.get(voided_on=None)
    assert notice.letter in OUTCOMES[outcome].letters
    assert case.counted_outcome == outcome
    assert notice.remedy_text
    assert_replayed(case, date(2026, 3, 9))


def test_still_unclear_after_a_correction(world: World, examining: Maker) -> None:
    case = ask_for_correction(examining(), world, on=date(2026, 3, 5))
    case = actions.correction_received(case, on=date(2026, 3, 10), by=None, today=date(2026, 3, 10))
    case = answer(case, world, "unable.still_unclear", on=date(2026, 3, 12))
    assert case.counted_outcome == "unable.still_unclear"


def test_a_case_under_the_old_law_is_recorded_with_the_paper_that_was_sent(
    world: World, processing: Maker, scan: Blob
) -> None:
    on = date(2018, 1, 26)
    case = processing(on=on)
    assert (case.law, case.reply_by) == ("492", date(2018, 2, 22))  # vector D05
    case = draft(case, world, "grant.provide", today=on)
    case = review(case, world, today=on)
    with refused("old_law"):
        actions.sign(case, by=world.staff.head, today=on)
    notice = actions.sign(case, by=world.staff.head, today=on, number="清建告〔2018〕7号", scan=scan)
    assert notice.scan == scan and notice.docx is None
    case.refresh_from_db()
    case = actions.deliver(case, method="online", by=world.staff.handler, today=on)
    assert case.counted_year == 2018


def test_a_signed_letter_that_has_not_left_can_be_recalled(world: World, processing: Maker) -> None:
    case = review(draft(processing(), world, "other.not_gov_info", today=MONDAY), world, today=MONDAY)
    first = actions.sign(case, by=world.staff.head, today=MONDAY, files=False)
    case.refresh_from_db()
    case = actions.return_draft(case, remarks="理由写得不够", by=world.staff.head, today=MONDAY)
    first.refresh_from_db()
    assert first.voided_on == MONDAY and case.state == "drafting"
    case = answer(case, world, "other.not_gov_info", on=date(2026, 3, 3))
    assert case.notices.get(voided_on=None).number != first.number


def test_fonts_may_be_missing(world: World, processing: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.documents import pdf
    from gongkai.documents.fonts import FontsMissing

    def nothing(letter: object) -> bytes:
        raise FontsMissing()

    monkeypatch.setattr(pdf, "render", nothing)
    case = answer(processing(), world, "other.not_gov_info", on=date(2026, 3, 9), files=True)
    notice = case.notices.get()
    assert notice.docx is not None and notice.pdf is None


# Steps of the stories ------------------------------------------------------------------------------------------------


def ask_for_correction(case: Case, world: World, *, on: date) -> Case:
    return actions.ask_correction(
        case, items="写明年度", guidance="可以写项目名称", return_by=date(2026, 3, 20), method="online",
        by=world.staff.handler, today=on, files=False,
    )  # fmt: skip


def ask_third_party(case: Case, world: World, *, on: date, delivered_on: date | None = None, today: date | None = None):
    return actions.ask(
        case, "third_party", name="某某建设有限公司", question="柳林路项目投标文件", method="post", by=world.staff.handler,
        sent_on=on, delivered_on=delivered_on, today=today or on, files=False,
    )  # fmt: skip


def notify_fee(case: Case, world: World, *, on: date, pages: int = 68):
    return actions.notify_fee(
        case, tariff="per_page", pages=pages, pay_method="县财政专户", method="in_person", delivered_on=on,
        by=world.staff.handler, today=on, files=False,
    )  # fmt: skip


def assert_replayed(case: Case, today: date) -> None:
    """The stored last days are those of the replay."""
    result = clock.replay(case, today)
    assert (case.reply_by, case.reply_by_original) == (result.reply_by, result.reply_by_original)
