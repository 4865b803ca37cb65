"""征求其他机关意见 with its basis, 保密请示 to who may tell, and 不再等候."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.casework import actions
from gongkai.casework.actions.ask import AGENCY_BASES
from gongkai.casework.models import Case

from .conftest import MONDAY, NAME, Maker, World, answer, refused, signed_off
from .over_http import act, case_page, send

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
FORM = {
    "name": "澄江市某局", "question": "柳林路项目材料甲", "answer_term": "尽快", "method": "post", "sent_on": "2026-03-02",
}  # fmt: skip


@pytest.mark.parametrize("basis", AGENCY_BASES)
def test_an_organ_is_asked_on_a_basis_that_its_letter_prints(world: World, processing: Maker, basis: str) -> None:
    case = act(world.staff.handler, processing(), "ask_agency", MONDAY, basis=basis, **FORM)
    assert case.state == "waiting_agency" and case.open_ended
    text = case.notices.get(letter="L39").rendered.text
    assert basis.replace("条例", "《中华人民共和国政府信息公开条例》", 1) in text and "是否可以公开的问题" in text
    assert NAME not in text


def test_without_a_basis_nothing_is_asked(world: World, processing: Maker) -> None:
    case = processing()
    page = send(world.staff.handler, case, "ask_agency", MONDAY, **FORM)
    assert page.status_code == 422 and "法院多不认可" in page.content.decode()
    with refused("agency_basis"):
        actions.ask(
            case, "agency", name="某局", question="材料", basis="条例第三十三条第一款", method="post",
            by=world.staff.handler, today=MONDAY, files=False,
        )  # fmt: skip
    case.refresh_from_db()
    assert case.state == "processing"


def test_a_question_of_secrecy_goes_to_who_may_tell(world: World, processing: Maker) -> None:
    case = processing()
    assert send(world.staff.handler, case, "refer_secrecy", MONDAY, to="county", **FORM).status_code == 422
    case = act(world.staff.handler, case, "refer_secrecy", MONDAY, to="province", **FORM)
    text = case.notices.get(letter="L39").rendered.text
    assert "第十七条第三款" in text and "是否属于国家秘密、属于何种密级的问题" in text
    assert case.state == "waiting_agency" and case.clock_events.get().type == "agency_consulted"


def waiting(case: Case, world: World) -> Case:
    actions.ask(
        case, "agency", name="某局", question="材料", basis="条例第十一条", method="post", by=world.staff.handler,
        today=MONDAY, files=False,
    )  # fmt: skip
    case.refresh_from_db()
    return case


def test_who_stops_waiting_says_why_and_the_clock_goes_on(world: World, processing: Maker) -> None:
    case, handler = waiting(processing(), world), world.staff.handler
    assert send(handler, case, "resume", date(2026, 3, 6), reason="").status_code == 422
    case = act(handler, case, "resume", date(2026, 3, 6), reason="多次催询，未见答复")
    assert case.state == "processing" and not case.open_ended
    assert case.reply_by == date(2026, 4, 3)  # four working days not counted
    assert "逾期未答" in case_page(handler, case, date(2026, 3, 6))
    with refused("wrong_state"):
        actions.resume(case, reason="再来", by=handler, today=date(2026, 3, 6))
    case = answer(case, world, "other.not_gov_info", on=date(2026, 3, 9))
    assert case.state == "closed"


def test_waiting_for_a_third_party_is_not_given_up(world: World, processing: Maker) -> None:
    case = signed_off(waiting(processing(), world), world, "opinion", on=MONDAY)
    actions.ask(
        case, "third_party", name="某公司", question="投标文件", method="post", by=world.staff.handler, today=MONDAY,
        files=False,
    )  # fmt: skip
    case.refresh_from_db()
    with refused("wrong_state"):
        actions.resume(case, reason="不等了", by=world.staff.handler, today=MONDAY)
