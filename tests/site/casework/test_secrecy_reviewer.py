"""保密审查: who reviews sees what is to be disclosed, while it is to be reviewed or after, and nothing of who asked."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from freezing import on_day
from gongkai.casework import actions
from gongkai.casework.models import Case, CaseFile
from gongkai.documents.blobs import store

from .conftest import ADDRESS, MONDAY, NAME, PHONE, WISH, Maker, World, answer, draft, refused
from .over_http import act, case_page, send, signed_in
from .test_materials import brought

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def with_papers(world: World, processing: Maker) -> Case:
    identity = store(b"%PDF-1.7 id", name="id.pdf", content_type="application/pdf", sealed=True)
    case = processing(files=[("identity", identity)])
    who = {"by": world.staff.handler, "today": MONDAY}
    material = brought(case, world)
    actions.provide_material(actions.make_redacted(material, keep_pictures=False, **who), **who)
    return Case.objects.get(pk=case.pk)


def file_url(file: CaseFile) -> str:
    return reverse("casework:case_file", args=[file.case.public_id, file.public_id])


def test_what_is_to_be_given_is_seen_and_nothing_else(world: World, processing: Maker) -> None:
    case, reviewer = with_papers(world, processing), world.staff.secrecy
    given, identity = case.files.get(kind="provided"), case.files.get(kind="identity")
    materials = reverse("casework:materials", args=[case.public_id])
    client = signed_in(reviewer)
    with on_day(MONDAY):
        assert client.get(file_url(given)).status_code == 302, "not before it waits for the review"
        assert client.get(materials).status_code == 302
    case = draft(case, world, "partial", today=MONDAY)
    case = actions.legal_review(case, approve=True, opinion="同意", by=world.staff.lawyer, today=MONDAY)
    assert case.state == "secrecy_review"
    with on_day(MONDAY):
        assert client.get(file_url(given)).status_code == 200 and client.get(materials).status_code == 200
        assert client.get(file_url(identity)).status_code == 302
        page = client.get(reverse("casework:act", args=[case.public_id, "pass_secrecy"])).content.decode()
    assert "中标单位和金额" in page and WISH in page and "文书" in page
    for personal in (NAME, PHONE, ADDRESS):
        assert personal not in page, personal
    html = case_page(reviewer, case, MONDAY)
    assert file_url(given) in html and file_url(identity) not in html and "查看明文" not in html
    with refused("needs_role"):
        actions.open_personal_data(case, purpose="保密审查", by=reviewer, today=MONDAY)
    act(reviewer, case, "pass_secrecy", MONDAY, approve="1", opinion="")
    with on_day(MONDAY):
        assert client.get(file_url(given)).status_code == 200, "what he has passed he may look at again"
        page = signed_in(world.staff.head).get(reverse("casework:act", args=[case.public_id, "sign"])).content.decode()
    assert NAME in page, "who signs sees the letter as it goes out"


def test_a_day_and_a_failure_together_are_refused(world: World, processing: Maker) -> None:
    case = processing(provide_form="paper", provide_route="post")
    case = answer(case, world, "refuse.internal_affairs", on=MONDAY)
    delivery = case.notices.get().deliveries.get()
    both = {"delivered_on": MONDAY.isoformat(), "failed": "查无此人", "receiver": "张某"}
    page = send(world.staff.registrar, case, "confirm_delivery", MONDAY, delivery.public_id, **both)
    assert "只填一项" in page.content.decode() and "查无此人" in page.content.decode()
    delivery.refresh_from_db()
    assert delivery.failed == "" and delivery.receiver == ""
    with refused("delivered_and_failed"):
        actions.confirm_delivery(delivery, delivered_on=MONDAY, failed="退回", by=world.staff.registrar, today=MONDAY)


def test_one_refusal_is_said_once_on_a_page(world: World, processing: Maker) -> None:
    from gongkai.casework.actions import remedies

    review = remedies.enter_review(
        world.bureau, docket="清府复〔2026〕3号", review_body="清溪县人民政府", filed_on=date(2026, 3, 2),
        by=world.staff.registrar, today=MONDAY,
    )  # fmt: skip
    with on_day(MONDAY):
        page = signed_in(world.staff.handler).get(review.get_absolute_url()).content.decode()
    words = "由住建局的法制审核人、申请登记员或者政务公开办登记"
    assert page.count('aria-disabled="true"') >= 3 and page.count(words) == 1
    html = case_page(world.staff.lawyer, processing(), MONDAY)
    reasons = [line.split(">", 1)[1].split("</span>")[0] for line in html.split('class="act-why"')[1:]]
    assert len(reasons) == len(set(reasons)) and html.count('aria-disabled="true"') > len(reasons)
