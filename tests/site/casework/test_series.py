"""系列案: one examination, one draft, one signature; each case keeps number, clock, letter and delivery."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse
from docx import Document

from gongkai.casework import actions
from gongkai.casework.models import Case, Decision, Delivery, Notice, Series, SeriesMember
from gongkai.trail.models import Entry

from . import test_desk
from .conftest import FACTS, MONDAY, NAME, Maker, World, refused, sealed
from .test_desk import signed_in

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
