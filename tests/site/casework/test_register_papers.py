"""Papers of reviews and suits: drafted from the case, edited, signed by whom the rules say, sent; over HTTP."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.utils import timezone

from freezing import on_day
from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import User
from gongkai.casework import actions, volume
from gongkai.casework.actions import register_papers, remedies
from gongkai.casework.figures import figures
from gongkai.casework.models import Case, Lawsuit, RegisterPaper, ReviewCase
from gongkai.documents import fonts
from gongkai.documents.blobs import read
from gongkai.documents.models import RecordedInstruction
from gongkai.trail.models import Entry

from .conftest import NAME, WISH, Maker, World, answer, refused
from .over_http import act, case_page, signed_in, stamp_over_http
from .test_queues import kinds
from .test_sealed import raw_rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
ANSWERED, FILED, TODAY = date(2026, 3, 9), date(2026, 5, 6), date(2026, 5, 12)
FORM_LABEL = re.compile(r"<textarea[^>]*name=\"(\w+)\"[^>]*>([^<]*)</textarea>|<input[^>]*name=\"(\w+)\"[^>]*>")


@pytest.fixture
def closed(world: World, processing: Maker) -> Case:
    return answer(processing(), world, "refuse.internal_affairs", on=ANSWERED)


@pytest.fixture
def review(world: World, closed: Case) -> ReviewCase:
    return remedies.enter_review(
        world.bureau, docket="清府复〔2026〕7号", review_body="清溪县人民政府", filed_on=FILED, claimant=NAME, cases=[closed],
        notice_number="清府复答通〔2026〕7号", by=world.staff.lawyer, today=FILED,
    )  # fmt: skip


@pytest.fixture
def suit(world: World, closed: Case) -> Lawsuit:
    return remedies.enter_lawsuit(
        world.bureau, docket="（2026）清行初3号", court="清溪县人民法院", filed_on=FILED, claimant=NAME, cases=[closed],
        prior_review=True, by=world.staff.lawyer, today=FILED,
    )  # fmt: skip


def draft_over_http(user: User, row: Any, letter: str) -> RegisterPaper:
    with on_day(TODAY):
        answer = signed_in(user).post(f"{row.get_absolute_url()}draft/", {"letter": letter})
    assert answer.status_code == 302, answer.content.decode()
    return RegisterPaper.objects.get(letter=letter, voided_on=None)


def do(user: User, paper: RegisterPaper, what: str, **data: str) -> Any:
    with on_day(TODAY):
        return signed_in(user).post(paper.get_absolute_url(), {"do": what, **data})


def page_of(user: User, paper: RegisterPaper) -> str:
    with on_day(TODAY):
        return signed_in(user).get(paper.get_absolute_url()).content.decode()


def test_a_reply_from_the_draft_to_its_sending(world: World, review: ReviewCase, closed: Case) -> None:
    lawyer, head = world.staff.lawyer, world.staff.head
    assert kinds(lawyer, TODAY) == ["复议答复"]
    paper = draft_over_http(lawyer, review, "L34")
    number = closed.notices.get(decision__active=True).number
    drafted = paper.drafted
    assert drafted["claimant"] == NAME and drafted["review_docno"] == "清府复答通〔2026〕7号"
    assert number in drafted["decision_docno"] and WISH in drafted["facts"] and "2026年3月2日" in drafted["facts"]
    assert "《中华人民共和国政府信息公开条例》第十六条" in drafted["grounds"] and "依法予以维持" in drafted["opinion"]
    page = page_of(lawyer, paper)
    assert "预览" in page and "一、办理经过" in page and "拟稿人不能签发" in page
    assert do(lawyer, paper, "sign").status_code == 422
    assert do(lawyer, paper, "write", **{**drafted, "opinion": "请予维持。"}).status_code == 302

    assert "签发文书" in kinds(head, TODAY)
    assert do(head, paper, "sign").status_code == 302
    paper.refresh_from_db()
    assert (paper.number, paper.signed_by, paper.signed_on) == ("清建公开复答〔2026〕1号", head, TODAY)
    text = paper.rendered.text
    assert "现就申请人欧阳若水不服本机关" in text and "请予维持。" in text and paper.number in text
    with on_day(TODAY):
        word = signed_in(lawyer).get(f"{paper.get_absolute_url()}docx/")
        assert word.content[:2] == b"PK"
    assert do(lawyer, paper, "write", **drafted).status_code in (404, 422)
    early = do(lawyer, paper, "send", method="post", sent_on="2026-05-12", tracking="EA1")
    assert early.status_code == 422 and "还没有用印登记" in early.content.decode()
    stamp_over_http(lawyer, paper, TODAY)
    assert do(lawyer, paper, "send", method="post", sent_on="2026-05-12", tracking="EA1").status_code == 302
    review.refresh_from_db()
    assert review.replied_on == TODAY and "复议答复" not in kinds(lawyer, TODAY)
    with on_day(TODAY):
        listed = signed_in(lawyer).get(review.get_absolute_url()).content.decode()
    assert paper.number in listed and "已发出" in listed and NAME not in listed


def test_what_a_paper_says_is_sealed_and_each_opening_is_in_the_trail(world: World, review: ReviewCase) -> None:
    paper = draft_over_http(world.staff.lawyer, review, "L34")
    page_of(world.staff.handler, paper)
    do(world.staff.head, paper, "sign")
    paper.refresh_from_db()
    assert not [row for row in raw_rows() if NAME in row[1] or WISH in row[1]]
    assert paper.docx and paper.docx.sealed and read(paper.docx)[:2] == b"PK"
    opened = Entry.objects.filter(verb="casework.open_register_paper", object_id=str(review.public_id))
    assert [entry.actor for entry in opened] == [world.staff.handler]
    assert not Entry.objects.filter(facts__icontains=NAME).exists()


def test_papers_exist_for_those_who_work_with_them_alone(world: World, review: ReviewCase) -> None:
    paper = draft_over_http(world.staff.lawyer, review, "L37")
    with on_day(TODAY):
        for user, status in {
            world.office: 200, world.staff.registrar: 200, world.staff.handler: 200, world.staff.head: 200,
            world.staff.statistician: 404, world.staff.drafter: 404, world.foreign: 404,
        }.items():  # fmt: skip
            assert signed_in(user).get(paper.get_absolute_url()).status_code == status, user
            assert signed_in(user).get(f"{paper.get_absolute_url()}pdf/").status_code == 404  # unsigned: no file


def test_the_authority_is_signed_by_the_head_of_the_organ(world: World, suit: Lawsuit) -> None:
    lawyer, head = world.staff.lawyer, world.staff.head
    paper = draft_over_http(lawyer, suit, "L38")
    assert paper.drafted["addressee"] == "清溪县人民法院" and not paper.drafted["agents"]
    assert "还缺：代理人" in page_of(lawyer, paper)
    answer = do(head, paper, "sign")
    assert answer.status_code == 422 and "还缺：代理人" in answer.content.decode()
    do(lawyer, paper, "write", **{**paper.drafted, "agents": "王某，本机关法规股工作人员"})
    with refused("signing_level"):
        register_papers.sign_register_paper(paper, by=world.office, today=TODAY)
    assert do(head, paper, "sign").status_code == 302
    paper.refresh_from_db()
    assert paper.number == "" and "王某" in paper.rendered.text


def test_a_leaders_recorded_word_signs_a_paper_once(world: World, suit: Lawsuit) -> None:
    lawyer, registrar, head = world.staff.lawyer, world.staff.registrar, world.staff.head
    paper = draft_over_http(lawyer, suit, "L37")
    do(lawyer, paper, "write", **{**paper.drafted, "post": "局长"})
    word = RecordedInstruction.objects.create(
        agency=world.bureau,
        leader=head,
        channel="telephone",
        given_at=timezone.now(),
        words="同意",
        entered_by=registrar,
    )
    with refused("author_recorded"):
        register_papers.sign_register_paper(paper, by=lawyer, today=TODAY, instruction=word)
    assert do(registrar, paper, "sign", instruction=str(word.pk)).status_code == 302
    paper.refresh_from_db()
    assert paper.signed_by == head and "局长甲现任清溪县住房和城乡建设局局长" in paper.rendered.text
    other = draft_over_http(lawyer, suit, "L36")
    with refused("used_word"):
        register_papers.sign_register_paper(other, by=registrar, today=TODAY, instruction=word)


def test_a_defence_names_the_court_and_the_plaintiff(world: World, suit: Lawsuit) -> None:
    world.bureau.address = "清溪县人民路1号"
    world.bureau.save()
    suit.refresh_from_db()
    paper = draft_over_http(world.staff.handler, suit, "L36")  # the case's handler drafts
    do(world.staff.head, paper, "sign")
    paper.refresh_from_db()
    text = paper.rendered.text
    assert "答辩人：清溪县住房和城乡建设局，住所：清溪县人民路1号" in text and "清溪县人民法院：" in text
    assert f"就（2026）清行初3号原告{NAME}诉本机关" in text and "驳回原告的诉讼请求" in text
    assert kinds(world.staff.lawyer, TODAY) == ["答辩举证"]
    stamp_over_http(world.staff.handler, paper, TODAY)
    do(world.staff.handler, paper, "send", method="in_person", sent_on="2026-05-12")
    suit.refresh_from_db()
    assert suit.replied_on == TODAY


@pytest.mark.skipif(not fonts.available(), reason="no Chinese font on this machine")
def test_the_evidence_of_several_cases_is_one_list(world: World, review: ReviewCase, processing: Maker) -> None:
    other = answer(processing(applicant={"name": "司马青"}), world, "refuse.internal_affairs", on=ANSWERED)
    with on_day(TODAY):
        numbers = "\n".join(case.number for case in (*review.cases.all(), other))
        form = {"case_numbers": numbers, "notice_number": review.notice_number}
        assert (
            signed_in(world.staff.lawyer).post(f"{review.get_absolute_url()}act/revise_dispute/", form).status_code
            == 302
        )
    assert set(review.cases.all()) >= {other} and review.cases.count() == 2
    listed = draft_over_http(world.staff.lawyer, review, "L35")
    lines = listed.drafted["items"].splitlines()
    assert len(lines) > 6 and lines[0].startswith("1　") and lines[-1].startswith(f"{len(lines)}　")
    assert sum("政府信息公开申请" in line or "申请登记情况" in line for line in lines) >= 2
    reply = draft_over_http(world.staff.lawyer, review, "L34")
    assert int(reply.drafted["evidence_pages"]) > 0
    assert reply.drafted["facts"].startswith("第1件：") and "第2件：" in reply.drafted["facts"]
    page = case_page(world.staff.handler, other, TODAY)
    assert review.docket in page and review.get_absolute_url() in page


def test_an_overdue_answer_is_not_called_right(world: World, processing: Maker) -> None:
    late = answer(processing(), world, "refuse.internal_affairs", on=date(2026, 4, 20))
    assert late.counted_timely == "overdue"
    row = remedies.enter_review(
        world.bureau, docket="清府复〔2026〕8号", review_body="清溪县人民政府", filed_on=FILED, cases=[late],
        by=world.staff.lawyer, today=FILED,
    )  # fmt: skip
    paper = draft_over_http(world.staff.lawyer, row, "L34")
    assert paper.drafted["opinion"] == "" and "答复期限为2026年3月30日" in paper.drafted["facts"]


def test_a_void_paper_frees_its_letter_and_never_its_number(world: World, review: ReviewCase) -> None:
    first = draft_over_http(world.staff.lawyer, review, "L34")
    with refused("one_paper"):
        register_papers.draft_register_paper(review, letter="L34", by=world.staff.lawyer, today=TODAY)
    do(world.staff.head, first, "sign")
    assert do(world.staff.lawyer, first, "void", reason="").status_code == 422
    assert do(world.staff.lawyer, first, "void", reason="写错复议机关").status_code == 302
    second = draft_over_http(world.staff.lawyer, review, "L34")
    do(world.staff.head, second, "sign")
    second.refresh_from_db()
    assert second.number == "清建公开复答〔2026〕2号"
    with refused("wrong_letter"):
        register_papers.draft_register_paper(review, letter="L36", by=world.staff.lawyer, today=TODAY)


def test_a_case_of_the_old_law_gets_no_paper_from_a_template(world: World) -> None:
    old = actions.enter(
        world.bureau, key="old", subject="旧件", by=world.staff.registrar, today=TODAY,
        applicant={"kind": "natural_person", "name": NAME, "phone": "13812345678"}, info_desc=WISH, channel="in_person",
        provide_form="paper", provide_route="pickup", submitted_on=date(2019, 5, 6), files=[],
    ).case  # fmt: skip
    row = remedies.enter_review(
        world.bureau, docket="清府复〔2026〕9号", review_body="清溪县人民政府", filed_on=FILED, cases=[old],
        by=world.staff.lawyer, today=FILED,
    )  # fmt: skip
    with refused("old_law"):
        register_papers.draft_register_paper(row, letter="L34", by=world.staff.lawyer, today=TODAY)
    with on_day(TODAY):
        lawyer = signed_in(world.staff.lawyer)
        lawyer.post(f"{row.get_absolute_url()}act/record_reply/", {"on": "2026-05-11"})
    row.refresh_from_db()
    assert row.replied_on == date(2026, 5, 11)


def test_an_opinion_of_the_review_body_is_reported_on(world: World, review: ReviewCase) -> None:
    lawyer = signed_in(world.staff.lawyer)
    with on_day(TODAY):
        form = {"number": "清府复意〔2026〕2号", "received_on": "2026-05-11", "gist": "规范告知书的救济途径"}
        assert lawyer.post(f"{review.get_absolute_url()}act/add_advice/", form).status_code == 302
        page = lawyer.get(review.get_absolute_url()).content.decode()
    assert "2026-07-10 前函复落实情况（收到次日起 60 日；行政复议法第七十六条）" in page
    assert "函复落实情况" in kinds(world.staff.lawyer, TODAY)
    advice = review.advice.get()
    with on_day(TODAY):
        begun = lawyer.post(f"{review.get_absolute_url()}draft/", {"advice": str(advice.public_id)})
    assert begun.status_code == 302
    paper = RegisterPaper.objects.get(letter="L41")
    assert paper.drafted["advice_docno"] == "行政复议意见书（清府复意〔2026〕2号）"
    do(world.staff.lawyer, paper, "write", **{**paper.drafted, "measures": "已经改用新的救济条款。"})
    do(world.staff.head, paper, "sign")
    stamp_over_http(world.staff.lawyer, paper, TODAY)
    do(world.staff.lawyer, paper, "send", method="in_person", sent_on="2026-05-12")
    advice.refresh_from_db()
    paper.refresh_from_db()
    assert advice.reported_on == TODAY and paper.number == "清建公开〔2026〕1号"
    assert "函复落实情况" not in kinds(world.staff.lawyer, TODAY)


def test_the_result_leads_to_answering_anew(world: World, review: ReviewCase, closed: Case) -> None:
    remedies.decide_review(
        review, outcome="revoked", closed_on=date(2026, 5, 11), by=world.staff.lawyer, today=TODAY
    )  # fmt: skip
    with on_day(TODAY):
        page = signed_in(world.staff.handler).get(review.get_absolute_url()).content.decode()
    address = f"/desk/casework/{closed.public_id}/act/reopen/"
    assert address in page and "重新答复" in page
    act(
        world.staff.handler, closed, "reopen", TODAY, order=str(review.public_id), received_on="2026-05-12", unit="days"
    )  # fmt: skip
    with on_day(TODAY):
        page = signed_in(world.staff.handler).get(review.get_absolute_url()).content.decode()
    assert "已依本案重新办理" in page and address not in page
    with refused("answered_anew"):
        from gongkai.casework.actions.disputes import revise_dispute

        revise_dispute(review, cases=[], by=world.staff.lawyer, today=TODAY)


def test_a_suit_without_review_against_a_refusal_is_looked_at_again(world: World, closed: Case) -> None:
    row = remedies.enter_lawsuit(
        world.bureau, docket="（2026）清行初9号", court="清溪县人民法院", filed_on=FILED, cases=[closed],
        by=world.staff.lawyer, today=FILED,
    )  # fmt: skip
    with on_day(TODAY):
        page = signed_in(world.staff.lawyer).get(row.get_absolute_url()).content.decode()
    assert f"{closed.number} 是依条例第十四条至第十六条不予公开的" in page


@pytest.mark.parametrize("what", ["write", "sign", "send", "void", "other"])
def test_hostile_input_is_answered_in_words(world: World, review: ReviewCase, what: str) -> None:
    paper = draft_over_http(world.staff.lawyer, review, "L34")
    junk = dict.fromkeys((*paper.drafted, "reason", "method", "sent_on", "instruction"), "\x00�" + "长" * 60000)
    junk = {name: value.encode("utf-8", "replace").decode() for name, value in junk.items()}
    assert do(world.staff.lawyer, paper, what, **junk).status_code in (404, 422)
    with on_day(TODAY):
        client = signed_in(world.staff.lawyer)
        assert client.post(f"{review.get_absolute_url()}draft/", {"advice": "\x00"}).status_code in (302, 404)
        assert client.post(f"{review.get_absolute_url()}act/record_reply/", {"on": "\x00"}).status_code == 422
        assert client.get("/desk/casework/reviews/new/?case=%00").status_code == 200


def test_the_paper_is_in_the_name_of_who_answered(world: World, closed: Case) -> None:
    Case.objects.filter(pk=closed.pk).update(answering_body="designated_office")
    row = remedies.enter_review(
        world.bureau, docket="清府复〔2026〕10号", review_body="清溪县人民政府", filed_on=FILED, claimant=NAME,
        cases=[closed], by=world.staff.lawyer, today=FILED,
    )  # fmt: skip
    paper = draft_over_http(world.staff.lawyer, row, "L34")
    text = register_papers.compose(paper, signed_on=TODAY, number="x").text
    assert text.startswith("清溪县住房和城乡建设局政府信息公开办公室")


def test_the_archive_holds_what_was_said_in_a_review_and_the_evidence_does_not(
    world: World, review: ReviewCase, closed: Case
) -> None:
    paper = draft_over_http(world.staff.lawyer, review, "L34")
    do(world.staff.head, paper, "sign")
    for kind, holds in {"archive": True, "evidence": False}.items():
        made = volume.make(closed, kind, by=world.staff.registrar, today=TODAY)
        names = ZipFile(BytesIO(made.data)).namelist()
        assert any(name.startswith("08-复议诉讼") for name in names) == holds


def test_a_docket_of_two_cases_is_answered_anew_in_each(world: World, review: ReviewCase, processing: Maker) -> None:
    other = answer(processing(applicant={"name": "司马青"}), world, "refuse.internal_affairs", on=ANSWERED)
    review.cases.add(other)
    remedies.decide_review(review, outcome="ordered", closed_on=date(2026, 5, 11), by=world.staff.lawyer, today=TODAY)
    assert kinds(world.staff.handler, TODAY) == ["重新答复", "重新答复"]
    first = review.cases.exclude(pk=other.pk).get()
    for left, case in ((1, first), (0, other)):
        actions.reopen(case, order=review, received_on=TODAY, by=world.staff.handler, today=TODAY)
        assert kinds(world.staff.handler, TODAY).count("重新答复") == left
    assert review.redecisions.count() == 2
    counted = figures(Period.of_year(2026), Scope(world.bureau, whole_region=False))
    assert counted["t4.review.corrected"].value == 1
