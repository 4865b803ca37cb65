"""Reviews, suits, complaints and money received: plain forms on the desk, through HTTP and through the actions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from freezing import on_day
from gongkai.agencies.ledger import Period, Scope
from gongkai.casework import actions
from gongkai.casework.actions import remedies
from gongkai.casework.figures import figures
from gongkai.casework.models import Complaint, FeeReceipt, Lawsuit, ReviewCase
from gongkai.casework.terms import reply_term
from gongkai.documents.cipher import SealedTextField
from gongkai.trail.models import Entry

from .conftest import MONDAY, Maker, World, application, refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TODAY = date(2026, 6, 1)
CLAIMANT = "欧阳若水"
REVIEW = {
    "docket": "清府复〔2026〕7号",
    "review_body": "清溪县人民政府",
    "filed_on": "2026-05-06",
    "claimant": CLAIMANT,
}
SUIT = {"docket": "（2026）清行初3号", "court": "清溪县人民法院", "filed_on": "2026-05-06", "claimant": CLAIMANT}
COMPLAINT = {
    "received_on": "2026-05-06", "source": "来信", "subject": "逾期未答复", "complainant": CLAIMANT,
    "matter": "欧阳若水反映住建局逾期未答复",
}  # fmt: skip
RECEIPT = {"amount": "380.00", "paid_on": "2026-05-06", "receipt_number": "0012345"}
FORMS = {"reviews": REVIEW, "lawsuits": SUIT, "complaints": COMPLAINT, "fee-receipts": RECEIPT}
MODELS = {"reviews": ReviewCase, "lawsuits": Lawsuit, "complaints": Complaint, "fee-receipts": FeeReceipt}


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def lawyer(world: World) -> Client:
    return signed_in(world.staff.lawyer)


def enter(client: Client, world: World, slug: str, **changes: str) -> Any:
    with on_day(TODAY):
        facts = {"agency": str(world.bureau.pk), **FORMS[slug], **changes}
        return client.post(f"/desk/casework/{slug}/new/", facts, follow=True)


def text(response: Any) -> str:
    return response.content.decode()


@pytest.mark.parametrize("slug", FORMS)
def test_a_row_is_entered_listed_and_opened(world: World, lawyer: Client, slug: str) -> None:
    page = text(enter(lawyer, world, slug))
    row = MODELS[slug].objects.get()
    assert row.agency == world.bureau and row.entered_by == world.staff.lawyer
    assert row.as_record().title.split()[0] in page
    with on_day(TODAY):
        listed = text(lawyer.get(f"/desk/casework/{slug}/"))
    assert row.get_absolute_url() in listed
    entry = Entry.objects.order_by("-id")[0]
    assert entry.verb.startswith("casework.enter_") and CLAIMANT not in str(entry.facts)


@pytest.mark.parametrize("slug", ["reviews", "lawsuits", "complaints"])
def test_names_are_sealed_and_shown_masked(world: World, lawyer: Client, slug: str) -> None:
    page = text(enter(lawyer, world, slug))
    assert "欧***" in page
    if slug != "complaints":  # its matter is the complaint itself
        assert CLAIMANT not in page
    assert CLAIMANT not in text(lawyer.get(f"/desk/casework/{slug}/"))
    for field in MODELS[slug]._meta.get_fields():
        if isinstance(field, SealedTextField):
            sealed = field.get_prep_value(CLAIMANT)
            assert sealed.startswith("aesgcm$") and CLAIMANT not in sealed


@pytest.mark.parametrize("slug", FORMS)
def test_the_door(world: World, slug: str) -> None:
    """Own organ's people see and enter; the office sees and enters all; others find nothing; a passer-by logs in."""
    enter(signed_in(world.staff.registrar), world, slug)
    address = MODELS[slug].objects.get().get_absolute_url()
    staff, new = world.staff, f"/desk/casework/{slug}/new/"
    expected = {
        staff.registrar: (200, 200, 200), staff.lawyer: (200, 200, 200), world.office: (200, 200, 200),
        staff.handler: (200, 200, 404), staff.statistician: (200, 200, 404), staff.head: (200, 200, 404),
        world.foreign: (200, 404, 200), staff.drafter: (404, 404, 404),
    }  # fmt: skip
    with on_day(TODAY):
        for user, statuses in expected.items():
            client = signed_in(user)
            found = tuple(client.get(one).status_code for one in (f"/desk/casework/{slug}/", address, new))
            assert found == statuses, user
        assert address not in text(signed_in(world.foreign).get(f"/desk/casework/{slug}/"))
        for one in (f"/desk/casework/{slug}/", address, new):
            assert Client().get(one).url.startswith("/desk/login/")
        assert (
            signed_in(staff.lawyer).get(f"/desk/casework/{slug}/00000000-0000-7000-8000-000000000000/").status_code
            == 404
        )


@pytest.mark.parametrize("slug", FORMS)
def test_another_organs_rows_cannot_be_entered(world: World, slug: str) -> None:
    enter(signed_in(world.foreign), world, slug)
    assert not MODELS[slug].objects.exists()


def test_a_handler_reads_but_does_not_record(world: World, lawyer: Client) -> None:
    enter(lawyer, world, "reviews")
    address = ReviewCase.objects.get().get_absolute_url()
    client = signed_in(world.staff.handler)
    assert "法制审核人、申请登记员或者政务公开办登记" in text(client.get(address))
    assert client.post(address, {"outcome": "upheld", "closed_on": "2026-05-29"}).status_code == 404
    assert ReviewCase.objects.get().outcome == ""


def test_the_reply_to_the_review_body_is_due_in_ten_working_days(world: World, lawyer: Client) -> None:
    page = text(enter(lawyer, world, "reviews"))
    assert reply_term(ReviewCase.objects.get()).last_day == date(2026, 5, 19)  # Saturday the 9th was worked
    assert "2026-05-19（普通程序，收到次日起 10 个工作日；行政复议法第四十八条、第八十八条）" in page
    page = text(enter(lawyer, world, "reviews", docket="清府复〔2026〕8号", simplified="on"))
    assert "2026-05-12（简易程序" in page
    page = text(enter(lawyer, world, "reviews", docket="清府复〔2026〕9号", reply_due_on="2026-05-13"))
    assert "2026-05-13（来文载明的期限" in page
    page = text(enter(lawyer, world, "lawsuits"))
    assert "2026-05-21（收到次日起 15 日，证据一并提交；行政诉讼法第六十七条）" in page


def test_results_fall_into_the_columns_of_table_four(world: World, lawyer: Client) -> None:
    scope, year = Scope(world.bureau, whole_region=False), Period.of_year(2026)
    enter(lawyer, world, "reviews")
    enter(lawyer, world, "lawsuits", prior_review="on")
    assert figures(year, scope)["t4.review.pending"].value == 1
    assert figures(year, scope)["t4.suit_after.pending"].value == 1
    with on_day(TODAY):
        page = lawyer.post(
            ReviewCase.objects.get().get_absolute_url(), {"outcome": "revoked", "closed_on": "2026-05-29"}, follow=True
        )
        lawyer.post(Lawsuit.objects.get().get_absolute_url(), {"outcome": "claim_dismissed", "closed_on": "2026-05-29"})
    assert "撤销（结果纠正）" in text(page)
    counted = figures(year, scope)
    assert (counted["t4.review.corrected"].value, counted["t4.review.pending"].value) == (1, 0)
    assert (counted["t4.suit_after.upheld"].value, counted["t4.suit_after.pending"].value) == (1, 0)


def test_a_judgment_under_appeal_stays_pending(world: World, lawyer: Client) -> None:
    enter(lawyer, world, "lawsuits")
    suit = Lawsuit.objects.get()
    with on_day(TODAY):
        page = text(lawyer.post(suit.get_absolute_url(), {"judged_on": "2026-05-28"}, follow=True))
        assert "尚未审结（一审 2026-05-28 已判，未生效）" in page
        page = text(lawyer.post(suit.get_absolute_url(), {"outcome": "upheld"}))
        assert "生效结果和生效日要一起填" in page
        lawyer.post(
            suit.get_absolute_url(), {"judged_on": "2026-05-28", "outcome": "upheld", "closed_on": "2026-06-01"}
        )
    suit.refresh_from_db()
    assert (suit.outcome, suit.judged_on, suit.closed_on) == ("upheld", date(2026, 5, 28), date(2026, 6, 1))


def test_a_result_is_put_right_only_with_a_reason(world: World, lawyer: Client) -> None:
    enter(lawyer, world, "reviews")
    review = ReviewCase.objects.get()
    facts = {"outcome": "upheld", "closed_on": "2026-05-29"}
    with on_day(TODAY):
        lawyer.post(review.get_absolute_url(), facts)
        assert "请填写更正的理由" in text(lawyer.post(review.get_absolute_url(), facts | {"outcome": "revoked"}))
        lawyer.post(review.get_absolute_url(), facts | {"outcome": "revoked", "reason": "登记时看错"})
    review.refresh_from_db()
    assert review.outcome == "revoked"
    page = text(lawyer.get(review.get_absolute_url()))
    assert page.index("登记复议结果") < page.rindex("登记复议结果") and "理由 登记时看错，撤销" in page
    entry = Entry.objects.filter(verb="casework.decide_review").order_by("-id")[0]
    assert (entry.facts["before"], entry.facts["reason"], entry.facts["column"]) == (
        "upheld",
        "登记时看错",
        "corrected",
    )
    with refused("reason"):
        remedies.decide_review(review, outcome="changed", closed_on=TODAY, by=world.staff.lawyer, today=TODAY)


def test_a_complaint_gets_a_number_and_a_result(world: World, lawyer: Client) -> None:
    enter(lawyer, world, "complaints")
    enter(lawyer, world, "complaints", subject="公开栏没有更新")
    assert list(Complaint.objects.order_by("pk").values_list("number", flat=True)) == [
        "清建公开诉〔2026〕1号", "清建公开诉〔2026〕2号",
    ]  # fmt: skip
    complaint = Complaint.objects.order_by("pk")[0]
    facts = {"result": "substantiated", "closed_on": "2026-05-20", "result_words": "已责令答复"}
    with on_day(TODAY):
        assert "属实，责令改正" in text(lawyer.post(complaint.get_absolute_url(), facts, follow=True))
    assert figures(Period.of_year(2026), Scope(world.bureau, whole_region=False))["t14.6"].value == 2


def test_money_is_kept_in_fen_with_its_papers(world: World, lawyer: Client) -> None:
    page = text(enter(lawyer, world, "fee-receipts"))
    assert FeeReceipt.objects.get().amount_fen == 38000 and "380.00" in page
    assert "票据号 0012345 已经登记过" in text(enter(lawyer, world, "fee-receipts"))
    assert "票据号和缴款书号至少填一项" in text(enter(lawyer, world, "fee-receipts", receipt_number=""))
    assert FeeReceipt.objects.count() == 1


def test_money_of_a_case_that_waits_for_it_is_entered_on_the_case(
    world: World, lawyer: Client, processing: Maker
) -> None:
    case = processing()
    actions.notify_fee(
        case, tariff="per_page", pages=68, pay_method="县财政专户", method="in_person", delivered_on=MONDAY,
        by=world.staff.handler, today=MONDAY, files=False,
    )  # fmt: skip
    page = text(enter(lawyer, world, "fee-receipts", case_number=case.number))
    assert "请在办件页登记缴费" in page and "380.00" in page and not FeeReceipt.objects.exists()


def test_a_row_is_tied_to_its_case_and_to_no_other_organs(world: World, lawyer: Client, registered: Maker) -> None:
    case = registered()
    page = text(enter(lawyer, world, "reviews", case_numbers=case.number))
    assert case.number in page and list(ReviewCase.objects.get().cases.all()) == [case]
    county = actions.receive(world.county, **application()).case
    page = text(enter(lawyer, world, "lawsuits", case_numbers=county.number))
    assert f"没有登记号为“{county.number}”的办件" in page and SUIT["docket"] in page
    with refused("foreign_case"):
        remedies.enter_lawsuit(
            world.bureau, docket="x", court="y", filed_on=MONDAY, cases=[county], by=world.office, today=TODAY
        )


def test_wrong_entries_are_refused_with_their_reason(world: World, lawyer: Client) -> None:
    enter(lawyer, world, "reviews")
    assert "已经登记过" in text(enter(lawyer, world, "reviews")) and ReviewCase.objects.count() == 1
    assert "还没有到" in text(enter(lawyer, world, "lawsuits", filed_on="2026-06-02"))
    review, lawsuits = ReviewCase.objects.get(), Lawsuit.objects.all()
    with on_day(TODAY):
        page = lawyer.post(review.get_absolute_url(), {"outcome": "upheld", "closed_on": "2026-05-01"})
    assert "早于收到日" in text(page) and not lawsuits.exists()
    with refused("needs_role"):
        remedies.enter_review(world.bureau, docket="x", review_body="y", filed_on=MONDAY, by=world.foreign, today=TODAY)
    with refused("dates_out_of_order"):
        suit = remedies.enter_lawsuit(
            world.bureau, docket="z", court="y", filed_on=MONDAY, by=world.office, today=TODAY
        )
        remedies.decide_lawsuit(suit, judged_on=date(2026, 1, 1), by=world.office, today=TODAY)


def test_two_at_the_same_moment_enter_one_docket(world: World) -> None:
    facts: dict[str, Any] = {"court": "y", "filed_on": MONDAY, "by": world.staff.lawyer, "today": TODAY}
    remedies.enter_lawsuit(world.bureau, docket="同一案号", **facts)
    with pytest.MonkeyPatch.context() as patch:
        seen = iter([None])  # the check before writing came too early to see the other row
        real = remedies._docket_used
        patch.setattr(remedies, "_docket_used", lambda *given: next(seen, real(*given)))
        with refused("docket_once"):
            remedies.enter_lawsuit(world.bureau, docket="同一案号", **facts)
    assert Lawsuit.objects.count() == 1


def test_the_list_pages_by_key(world: World, lawyer: Client) -> None:
    for number in range(35):
        remedies.enter_complaint(
            world.bureau, source="来电", subject=f"第{number}件", matter="略", received_on=MONDAY, by=world.staff.lawyer,
            today=TODAY,
        )  # fmt: skip
    first = text(lawyer.get("/desk/casework/complaints/"))
    assert "第34件" in first and "第4件" not in first
    following = first[first.rindex('href="?after=') + 6 :].split('"')[0].replace("&amp;", "&")
    second = text(lawyer.get(f"/desk/casework/complaints/{following}"))
    assert "第4件" in second and "第0件" in second and "第34件" not in second
