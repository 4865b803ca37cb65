"""系列案: one examination, one draft, one signature; each case keeps number, clock, letter and delivery."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

import keys
from gongkai.casework import actions, clock, electronic_seals, tasks, volume
from gongkai.casework.models import Case, Decision, Delivery, Inquiry, Notice, Sealing, Series, SeriesMember
from gongkai.documents import fonts
from gongkai.documents.blobs import read
from gongkai.documents.certificates import add_certificate
from gongkai.documents.pages import merged
from gongkai.trail.models import Entry

from . import test_desk
from .conftest import (
    ADDRESS,
    FACTS,
    MONDAY,
    NAME,
    SEALED,
    Maker,
    World,
    draft,
    refused,
    review,
    sealed,
    signed_off,
)
from .test_desk import signed_in
from .walking import paper

today = test_desk.today
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
THURSDAY = date(2026, 3, 5)


def url(name: str, series: Series, *more: str) -> str:
    return reverse(f"casework:{name}", args=[series.public_id, *more])


def all_of(cases: list[Case]) -> dict[str, list[str]]:
    return {"case": [str(case.public_id) for case in cases]}


def people(count: int, registered: Maker) -> list[Case]:
    return [
        registered(applicant={"name": f"村民{n}", "id_number": "", "id_type": ""}, info_desc=f"柳林路第{n}户补偿方案")
        for n in range(count)
    ]


def states(series: Series) -> set[str]:
    return set(Case.objects.filter(series_member__series=series).values_list("state", flat=True))


def test_three_cases_go_all_the_way_as_one_and_each_gets_its_own_letter(
    world: World,
    today: Any,
    registered: Maker,
) -> None:
    staff, cases = world.staff, people(3, registered)
    clerk, handler = signed_in(staff.registrar), signed_in(staff.handler)
    to = reverse("casework:series_link", args=[cases[0].public_id])
    assert clerk.post(to, {"title": "柳林路征地补偿"}).status_code == 302
    series = Series.objects.get()
    numbers = "\n".join(case.number for case in cases[1:])
    page = clerk.post(url("series", series), {"numbers": f"{numbers}\n查无此号"}).content.decode()
    assert "没有这些登记号：查无此号" in page and SeriesMember.objects.count() == 3

    clerk.post(url("series_act", series, "assign"), {"handler": staff.handler.pk, **all_of(cases)})
    for name in ("start_examination", "start_processing"):
        handler.post(url("series_act", series, name), all_of(cases))
    assert states(series) == {"processing"}
    today(THURSDAY)
    facts = {f"fact_{name}": value for name, value in FACTS["grant.provide"].items()}
    assert "grant.provide" in handler.get(url("series_decision", series)).content.decode()
    assert "村民" not in handler.get(f"{url('series_decision', series)}?outcome=grant.provide").content.decode()
    draft = {"outcome": "grant.provide", **facts, **all_of(cases)}
    done = handler.post(url("series_decision", series), {**draft, "submit_draft": "1"}).content.decode()
    assert "已送审 3 件" in done and states(series) == {"legal_review"}
    assert Decision.objects.filter(active=True).count() == 3

    lawyer, secrecy, head = signed_in(staff.lawyer), signed_in(staff.secrecy), signed_in(staff.head)
    shown = lawyer.get(url("series_act", series, "approve")).content.decode()
    assert "政府信息公开告知书" in shown and "查看全部文书" in shown
    lawyer.post(url("series_act", series, "approve"), {"approve": "1", "opinion": "同意", **all_of(cases)})
    secrecy.post(url("series_act", series, "pass_secrecy"), {"approve": "1", "opinion": "", **all_of(cases)})
    head.post(url("series_act", series, "sign"), all_of(cases))
    notices = list(Notice.objects.order_by("pk"))
    assert states(series) == {"delivering"} and len({notice.number for notice in notices}) == 3
    assert [notice.addressee for notice in notices] == ["村民0", "村民1", "村民2"]
    assert all(f"柳林路第{n}户" in notice.rendered.text for n, notice in enumerate(notices))

    letters = handler.get(url("series_letters", series)).content.decode()
    assert all(notice.number in letters for notice in notices)
    merged = handler.get(url("series_letters_pdf", series)).content
    assert len(pypdfium2.PdfDocument(merged)) >= 3
    for case in cases:
        sealed(case, world, on=date(2026, 3, 5))
    tracking = {f"tracking-{case.public_id}": f"EA00000000{n}CN" for n, case in enumerate(cases[:2])}
    sent = {"method": "post", "sent_on": "2026-03-05", **tracking, **all_of(cases)}
    page = handler.post(url("series_act", series, "deliver"), sent).content.decode()
    assert "发出：2 件已办理" in page and "邮寄的须登记邮件号" in page and cases[2].number in page
    assert states(series) == {"closed", "delivering"}
    assert sorted(Delivery.objects.values_list("tracking", flat=True)) == ["EA000000000CN", "EA000000001CN"]


def test_one_approval_sheet_lists_every_member(world: World, today: Any, processing: Maker) -> None:
    cases = [processing(), processing(applicant={"name": "村民乙"})]
    series = actions.open_series(cases, title="柳林路征地补偿", by=world.staff.handler, today=MONDAY)
    handler = signed_in(world.staff.handler)
    refusal = handler.get(url("series_sheet", series), follow=True).content.decode()
    assert "还没有拟办意见" in refusal
    for case in cases:
        actions.propose_decision(
            case, outcome="grant.provide", facts=FACTS["grant.provide"], by=world.staff.handler, today=MONDAY
        )
    sheet = handler.get(url("series_sheet", series))
    words = "\n".join(line.text for line in Document(BytesIO(sheet.content)).paragraphs)
    assert "政府信息公开申请办理审批单" in words and f"{NAME}等 2 人" in words
    assert all(case.number in words for case in cases) and "村民乙" in words
    assert Entry.objects.filter(verb="casework.open_notice").count() == 2


def test_a_member_that_cannot_is_left_as_it_was_and_stops_no_other(
    world: World,
    today: Any,
    processing: Maker,
    registered: Maker,
) -> None:
    ready, behind = processing(), registered()
    series = actions.open_series([ready, behind], title="柳林路", by=world.staff.registrar, today=MONDAY)
    foreign = actions.assign(behind, handler=world.staff.handler, by=world.staff.registrar, today=MONDAY)
    handler = signed_in(world.staff.handler)
    facts = {f"fact_{name}": value for name, value in FACTS["grant.provide"].items()}
    page = handler.post(
        url("series_decision", series),
        {"outcome": "grant.provide", "submit_draft": "1", **facts, **all_of([ready, behind])},
    )
    ready.refresh_from_db()
    foreign.refresh_from_db()
    assert page.status_code == 200 and (ready.state, foreign.state) == ("legal_review", "registered")
    done = handler.post(url("series_decision", series), {"outcome": "grant.provide", **all_of([])}, follow=True)
    assert "没有办件处在能拟办的环节" in done.content.decode()
    # By hand, past the page: the action itself refuses and is told with its reason.
    results = actions.in_series(
        [ready, behind], lambda case: actions.start_examination(case, by=world.staff.handler, today=MONDAY)
    )
    assert [row.refusal is None for row in results] == [False, True] and results[0].refusal.message


def test_who_may_link_and_what_may_not_be_linked(world: World, today: Any, registered: Maker) -> None:
    first, second = registered(), registered()
    with refused("needs_role"):
        actions.open_series([first], title="柳林路", by=world.staff.lawyer, today=MONDAY)
    with refused("no_applicant_data"):
        actions.open_series([first], title=f"{NAME}的申请", by=world.staff.registrar, today=MONDAY)
    series = actions.open_series([first], title="柳林路", by=world.staff.registrar, today=MONDAY)
    with refused("in_series"):
        actions.open_series([second, first], title="另一系列", by=world.staff.registrar, today=MONDAY)
    assert Series.objects.count() == 1  # all or none
    with refused("reason"):
        actions.leave_series(first, reason=" ", by=world.staff.handler, today=MONDAY)
    clerk = signed_in(world.staff.registrar)
    to = reverse("casework:series_link", args=[first.public_id])
    assert "移出系列案" in clerk.get(to).content.decode()
    clerk.post(to, {"reason": "另有争议"})
    assert not SeriesMember.objects.exists()
    assert "移出系列案" in clerk.get(first.get_absolute_url()).content.decode()  # in its thread
    with refused("no_series"):
        actions.leave_series(first, reason="再移一次", by=world.staff.registrar, today=MONDAY)
    foreign = signed_in(world.foreign)
    for name in ("series", "series_decision", "series_letters", "series_letters_pdf", "series_sheet"):
        assert foreign.get(url(name, series)).status_code == 404
    assert foreign.get(url("series_act", series, "sign")).status_code == 404
    assert series.title not in foreign.get("/desk/casework/series/").content.decode()
    assert series.title in clerk.get("/desk/casework/series/").content.decode()


def test_equal_texts_are_offered_when_a_series_is_made(world: World, today: Any, registered: Maker) -> None:
    first, second = registered(), registered(applicant={"name": "村民乙", "id_number": ""})
    clerk = signed_in(world.staff.registrar)
    to = reverse("casework:series_link", args=[first.public_id])
    page = clerk.get(to).content.decode()
    assert second.number in page and "村民乙" not in page
    bad = clerk.post(to, {"title": ""}).content.decode()
    assert "二者选一" in bad
    clerk.post(to, {"title": "柳林路", "others": [str(second.public_id)]})
    assert SeriesMember.objects.count() == 2


def test_a_statistician_sees_no_letter_of_a_series(world: World, today: Any, processing: Maker) -> None:
    series = actions.open_series([processing()], title="柳林路", by=world.staff.handler, today=MONDAY)
    answer = signed_in(world.staff.statistician).get(url("series_letters", series), follow=True).content.decode()
    assert "不需要查看" in answer and NAME not in answer


def in_work(count: int, processing: Maker, **changes: Any) -> list[Case]:
    return [
        processing(applicant={"name": f"村民{n}", "id_number": "", "id_type": "", **ADDRESSED}, **changes)
        for n in range(count)
    ]


ADDRESSED = {"phone": "", "email": ""}


@pytest.fixture
def signed(world: World, processing: Maker) -> tuple[Series, list[Case]]:
    """Three members whose answers are signed and wait for the stamp."""
    cases = in_work(3, processing, provide_route="post")
    series = actions.open_series(cases, title="柳林路征地补偿", by=world.staff.handler, today=MONDAY)
    for case in cases:
        case = review(draft(case, world, "refuse.internal_affairs", today=MONDAY), world, today=MONDAY)
        actions.sign(case, by=world.staff.head, today=MONDAY)
    return series, list(Case.objects.filter(series_member__series=series).order_by("pk"))


with_fonts = pytest.mark.skipif(not fonts.available(), reason="no Chinese font on this machine")


@with_fonts
def test_all_letters_are_stamped_and_scanned_back_as_one_stack(
    world: World, today: Any, signed: tuple[Series, list[Case]]
) -> None:
    series, cases = signed
    handler = signed_in(world.staff.handler)
    assert "用印登记" in handler.get(url("series", series)).content.decode()
    stamp = {**SEALED, "sealed_on": "2026-03-02", **all_of(cases)}
    assert "用印登记：3 件已办理" in handler.post(url("series_act", series, "record_sealing"), stamp).content.decode()
    assert Sealing.objects.count() == 3
    stack = handler.get(url("series_letters_pdf", series)).content
    back = url("series_act", series, "return_scan")

    def scanned(data: bytes, ticked: list[Case] = cases) -> str:
        return str(handler.post(back, {"scan": SimpleUploadedFile("s.pdf", data), **all_of(ticked)}).content.decode())

    short = scanned(read(cases[0].notices.get().pdf))
    assert "勾选的 3 份文书共" in short and not Sealing.objects.exclude(scan=None).exists()
    assert "传回扫描件：3 件已办理" in scanned(stack)
    assert all(row.agrees and row.notice.scan_id == row.scan_id for row in Sealing.objects.select_related("notice"))
    sent = {"method": "in_person", "sent_on": "2026-03-02", **all_of(cases)}
    assert "发出：3 件已办理" in handler.post(url("series_act", series, "deliver"), sent).content.decode()


@with_fonts
def test_a_stack_in_another_order_is_found_out(world: World, today: Any, signed: tuple[Series, list[Case]]) -> None:
    series, cases = signed
    handler = signed_in(world.staff.handler)
    for case in cases:
        actions.record_sealing(case, sealed_on=MONDAY, **SEALED, by=world.staff.handler, today=MONDAY)
    turned = merged([read(case.notices.get().pdf) for case in reversed(cases)])
    handler.post(
        url("series_act", series, "return_scan"), {"scan": SimpleUploadedFile("s.pdf", turned), **all_of(cases)}
    )
    rows = list(Sealing.objects.order_by("notice__case"))
    assert [row.done for row in rows] == [False, True, False]
    page = handler.post(
        url("series_act", series, "accept_scan"), {"remarks": "看过", **all_of([cases[0]])}
    ).content.decode()
    assert "确认比对：1 件已办理" in page


@with_fonts
def test_all_letters_get_the_electronic_seal_in_one_act(
    world: World, today: Any, signed: tuple[Series, list[Case]]
) -> None:
    series, cases = signed
    name = "清溪县住房和城乡建设局政府信息公开专用章"
    seal = add_certificate(
        world.bureau, kind="seal", name=name, file=keys.key_file(name), password=keys.PASSWORD, basis="清政办〔2026〕1号",
        by=world.office, today=MONDAY,
    )  # fmt: skip
    done = signed_in(world.staff.handler).post(
        url("series_act", series, "seal_electronically"), {"certificate": str(seal.public_id), **all_of(cases)}
    )
    assert "电子用印：3 件已办理" in done.content.decode()
    assert all(electronic_seals.is_sealed(case.notices.get()) for case in cases)


def test_list_labels_and_envelopes_of_a_series(world: World, today: Any, signed: tuple[Series, list[Case]]) -> None:
    series, cases = signed
    handler, to = signed_in(world.staff.handler), url("series_posting", series)
    page = handler.get(to).content.decode()
    assert all(case.number in page for case in cases) and ADDRESS not in page and "村民0" not in page
    who = {"purpose": "交寄系列案文书", **all_of(cases)}
    listed = handler.post(to, {"form": "sheet", **who})
    assert listed.status_code == 200, listed.content.decode()
    book = CalamineWorkbook.from_filelike(BytesIO(listed.content))
    cells = [str(cell) for line in book.get_sheet_by_index(0).to_python() for cell in line]
    assert {"村民0", "村民1", "村民2"} <= set(cells) and cells.count(ADDRESS) == 3
    assert Entry.objects.filter(verb="casework.open_personal_data").count() == 3
    if fonts.available():
        for form in ("label", "envelope"):
            made = handler.post(to, {"form": form, "purpose": "交寄系列案文书", **all_of(cases[:2])})
            assert len(pypdfium2.PdfDocument(made.content)) == 2
    assert handler.post(to, {"form": "sheet", "purpose": "", **all_of(cases)}).status_code == 422
    assert signed_in(world.foreign).get(to).status_code == 404
    cases[1].applicant.address = ""
    cases[1].applicant.save()
    assert f"{cases[1].number} 没有通信地址" in handler.post(to, {"form": "sheet", **who}).content.decode()


ASKED = {"name": "某某建设有限公司", "question": "柳林路项目投标文件", "method": "post", "sent_on": "2026-03-05"}


def asked_once(world: World, today: Any, processing: Maker) -> tuple[Series, list[Case], Inquiry]:
    cases = in_work(3, processing)
    series = actions.open_series(cases, title="柳林路征地补偿", by=world.staff.handler, today=MONDAY)
    today(THURSDAY)
    handler = signed_in(world.staff.handler)
    assert "征求第三方意见" in handler.get(url("series", series)).content.decode()
    answer = handler.post(url("series_ask", series), {**ASKED, **all_of(cases)})
    assert answer.status_code == 302, answer.content.decode()
    return series, cases, Inquiry.objects.get(notice__isnull=False)


def test_a_third_party_is_asked_once_and_every_clock_stands(world: World, today: Any, processing: Maker) -> None:
    series, cases, first = asked_once(world, today, processing)
    letter = Notice.objects.get(letter="L04")
    words = letter.rendered.text
    assert all(case.number in words for case in cases) and "共3件" in words and "村民" not in words
    assert states(series) == {"waiting_third_party"} and Inquiry.objects.count() == 3
    assert all(case.clock_events.in_force().get().sent_on == THURSDAY for case in cases)
    handler = signed_in(world.staff.handler)
    page = handler.get(url("series", series)).content.decode()
    assert letter.number in page and "3 件还没有结果" in page
    to = [series, str(first.public_id)]
    delivered = date(2026, 3, 9)
    today(delivered)
    handler.post(url("series_question", *to, "question_delivered"), {"on": "2026-03-09"})
    lines = {clock.replay(case, delivered).third_party_answer_by["1"] for case in cases}
    assert lines == {date(2026, 3, 30)} and letter.deliveries.get().delivered_on == delivered
    today(date(2026, 3, 12))
    said = {"on": "2026-03-12", "opinion": "refuse", "words": "商业秘密", "paper": paper("意见")}
    done = handler.post(url("series_question", *to, "answered"), said).content.decode()
    assert "登记意见：3 件已办理" in done and states(series) == {"processing"}
    assert {row.opinion for row in Inquiry.objects.all()} == {"refuse"}
    assert Case.objects.filter(reply_by=date(2026, 4, 7)).count() == 3
    shown = handler.get(cases[2].get_absolute_url()).content.decode()
    assert f"系列案一并征求（{letter.number}）" in shown
    papers = volume.make(cases[2], volume.ARCHIVE, by=world.staff.handler, today=date(2026, 3, 12))
    with ZipFile(BytesIO(papers.data)) as archive:
        assert any("征求第三方意见书" in name for name in archive.namelist())


def test_silence_ends_in_every_case_for_itself(world: World, today: Any, processing: Maker) -> None:
    asked_once(world, today, processing)
    for one in Inquiry.objects.all():
        actions.question_delivered(one, on=THURSDAY, by=world.staff.handler, today=THURSDAY)
    assert tasks.nightly(date(2026, 3, 27))["lapsed"] == 3
    assert set(Inquiry.objects.values_list("opinion", flat=True)) == {"none"}


def test_a_letter_for_all_names_no_applicant_of_any(world: World, today: Any, processing: Maker) -> None:
    cases = in_work(3, processing)
    with refused("no_applicant_data"):
        actions.ask_together(
            cases, name="某公司", question="村民2的补偿协议", method="post", by=world.staff.handler, today=THURSDAY
        )
    assert not Notice.objects.exists() and not Inquiry.objects.exists()


def test_one_that_cannot_be_asked_for_stops_the_letter(world: World, processing: Maker, examining: Maker) -> None:
    cases = [*in_work(2, processing), examining(applicant={"name": "村民乙"})]
    with refused("wrong_state"):
        actions.ask_together(
            cases, name="某公司", question="投标文件", method="post", by=world.staff.handler, today=THURSDAY
        )
    unsigned = in_work(2, processing, papers=())
    with refused("sign_off"):
        actions.ask_together(
            unsigned, name="某公司", question="投标文件", method="post", by=world.staff.handler, today=THURSDAY
        )
    signed_off(unsigned[1], world, "opinion", on=THURSDAY)  # one letter, one signature, in any of them
    asked = actions.ask_together(
        unsigned, name="某公司", question="投标文件", method="post", by=world.staff.handler, today=THURSDAY, files=False
    )
    assert [bool(row.notice) for row in asked] == [False, True]
    with refused("wrong_role"):
        actions.ask_together(
            in_work(1, processing), name="某公司", question="投标文件", method="post", by=world.foreign, today=THURSDAY
        )


def test_a_correction_is_put_before_its_signer_once_for_all(world: World, today: Any, examining: Maker) -> None:
    cases = [examining(papers=(), applicant={"name": f"村民{n}"}) for n in range(3)]
    series = actions.open_series(cases, title="柳林路征地补偿", by=world.staff.handler, today=MONDAY)
    handler, head = signed_in(world.staff.handler), signed_in(world.staff.head)
    letter = {
        "items": "写明年度", "guidance": "可以写项目名称", "return_by": "2026-03-20", "method": "in_person",
        "sent_on": "2026-03-02", **all_of(cases),
    }  # fmt: skip
    early = handler.post(url("series_act", series, "ask_correction"), letter).content.decode()
    assert early.count("须先呈政府信息公开工作机构负责人签发") >= 3 and states(series) == {"examining"}
    asked = {"kind": "correction", "words": "请写明年度，3月20日前补正"}
    done = handler.post(url("series_act", series, "ask_sign_off"), {**asked, **all_of(cases[:2])}).content.decode()
    assert "呈签：2 件已办理" in done
    actions.ask_sign_off(cases[2], kind="correction", words="另一种写法", by=world.staff.handler, today=MONDAY)
    page = head.get(url("series_act", series, "sign_off")).content.decode()
    assert "3月20日前补正" in page and cases[1].number in page and cases[2].number not in page
    signed = head.post(url("series_act", series, "sign_off"), {"approve": "1", **all_of(cases[:2])}).content.decode()
    assert "签发文书：2 件已办理" in signed
    sent = handler.post(url("series_act", series, "ask_correction"), letter).content.decode()
    assert "要求补正：2 件已办理" in sent and cases[2].number in sent
    assert {notice.signed_by for notice in Notice.objects.all()} == {world.staff.head}
