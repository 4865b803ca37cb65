"""协办: several units help with one case; each sees its own row and nothing of the applicant; no clock stops."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from freezing import on_day
from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role, User
from gongkai.casework import actions, clock, evidence
from gongkai.casework.models import Assistance, Case
from gongkai.documents.blobs import read
from gongkai_core.workdays import Calendar

from .conftest import ADDRESS, MONDAY, NAME, PHONE, WISH, Maker, World, answer, person, refused
from .over_http import act, case_page, send, signed_in
from .test_queues import kinds
from .test_sealed import raw_rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
DUE = date(2026, 3, 9)
MATTER = "柳林路道路改造中标通知书"


@pytest.fixture
def colleague(world: World) -> User:
    user = person("colleague", "工程股某人")
    appoint(user, Role.DRAFTER, world.bureau, by=None, on=MONDAY)
    return user


def asked(case: Case, world: World, **changes: Any) -> Assistance:
    given = {"matter": MATTER, "due_on": DUE, "by": world.staff.handler, "today": MONDAY, "files": False, **changes}
    return actions.ask_assistance(case, **given)


def open_page(user: User, row: Assistance, on: date = MONDAY) -> Any:
    with on_day(on):
        return signed_in(user).get(row.get_absolute_url())


def test_who_is_asked_sees_the_matter_and_answers(world: World, processing: Maker, colleague: User) -> None:
    case, handler = processing(), world.staff.handler
    before = case.reply_by
    act(handler, case, "ask_assistance", MONDAY, person=colleague.pk, matter=MATTER, due_on="2026-03-09",
        method="post", sent_on="2026-03-02")  # fmt: skip
    act(handler, case, "ask_assistance", MONDAY, agency=world.foreign.appointments.first().agency_id, matter=MATTER,
        due_on="2026-03-06", method="post", sent_on="2026-03-02")  # fmt: skip
    assert (case.state, case.reply_by) == ("processing", before) and not case.clock_events.exists()
    mine, theirs = case.assistances.all()
    assert kinds(colleague) == ["协办"] and kinds(world.foreign) == ["协办"]

    page = open_page(colleague, mine).content.decode()
    assert MATTER in page and case.number in page
    for secret in (NAME, PHONE, ADDRESS, WISH, "申请人信息"):
        assert secret not in page
    for user, row in ((colleague, theirs), (world.foreign, mine), (world.staff.secrecy, mine), (world.office, mine)):
        assert open_page(user, row).status_code == 404
    with on_day(MONDAY):
        assert signed_in(colleague).get(case.get_absolute_url()).status_code == 404
        assert MATTER in signed_in(colleague).get("/desk/casework/assistance/").content.decode()

    with on_day(DUE):
        bad = signed_in(colleague).post(mine.get_absolute_url(), {"on": "2026-03-09", "words": "查了档案室"})
        assert bad.status_code == 422 and "查了档案室" in bad.content.decode()
        form = {"on": "2026-03-09", "held": "no", "words": "查了档案室，没有"}
        assert signed_in(colleague).post(mine.get_absolute_url(), form).status_code == 302
    page = case_page(handler, case, DUE)
    assert "查了档案室，没有" in page and "没有制作，也没有保存" in page and "逾期未反馈" in page
    assert kinds(colleague, DUE) == [] and kinds(world.foreign, DUE) == ["协办"]
    with on_day(DUE):
        again = signed_in(colleague).post(mine.get_absolute_url(), form)
    assert "已经反馈" in again.content.decode()


def test_a_letter_where_paper_is_wanted_and_its_answer_entered_by_the_handler(world: World, processing: Maker) -> None:
    case, handler = processing(), world.staff.handler
    act(handler, case, "ask_assistance", MONDAY, unit="县档案馆", matter=MATTER, due_on="2026-03-09", letter="on",
        method="post", sent_on="2026-03-02")  # fmt: skip
    row = case.assistances.get()
    words = "\n".join(line.text for line in Document(BytesIO(read(row.notice.docx))).paragraphs)
    assert "县档案馆" in words and MATTER in words and "不晚于2026年3月9日" in words and NAME not in words
    act(handler, case, "answer_assistance", DUE, row.public_id, on="2026-03-06", held="yes", disclosable="yes")
    row.refresh_from_db()
    assert (row.answered_on, row.answered_by, row.held) == (date(2026, 3, 6), handler, "yes")


def test_the_applicant_is_never_named_and_one_unit_is_asked_at_a_time(
    world: World, processing: Maker, colleague: User
) -> None:
    case = processing()
    with refused("no_applicant_data"):
        asked(case, world, unit="县档案馆", matter=f"{NAME}要的中标通知书")
    for whom in ({}, {"unit": "县档案馆", "person": colleague}, {"agency": world.bureau}, {"person": world.foreign}):
        with refused("whom"):
            asked(case, world, **whom)
    with refused("due_on"):
        asked(case, world, unit="县档案馆", due_on=date(2026, 3, 1))
    with refused("wrong_role"):
        asked(case, world, unit="县档案馆", by=world.staff.lawyer)
    assert not Assistance.objects.exists()
    page = send(world.staff.handler, case, "ask_assistance", MONDAY, matter=MATTER, due_on="2026-03-09",
                method="post", sent_on="2026-03-02")  # fmt: skip
    assert "三项填一项" in page.content.decode() and MATTER in page.content.decode()


def test_what_is_no_longer_needed_is_cancelled_and_a_closed_case_wants_nothing(
    world: World, processing: Maker, colleague: User
) -> None:
    case = processing()
    first, second = asked(case, world, person=colleague), asked(case, world, person=colleague)
    with refused("wrong_role"):
        actions.cancel_assistance(first, by=colleague, today=MONDAY)
    act(world.staff.handler, case, "cancel_assistance", MONDAY, first.public_id)
    first.refresh_from_db()
    with refused("cancelled"):
        actions.answer_assistance(first, held="no", by=colleague, today=MONDAY)
    with refused("not_asked"):
        actions.answer_assistance(second, held="no", by=world.foreign, today=MONDAY)
    answer(case, world, "other.not_gov_info", on=date(2026, 3, 4))
    second.refresh_from_db()
    with refused("finished"):
        actions.answer_assistance(second, held="no", by=colleague, today=DUE)
    assert kinds(colleague, DUE) == []


def test_somebody_who_left_the_organ_is_asked_no_longer(world: World, processing: Maker, colleague: User) -> None:
    row = asked(processing(), world, person=colleague)
    colleague.appointments.update(valid_to=date(2026, 3, 3))
    assert open_page(colleague, row, date(2026, 3, 4)).status_code == 404


def test_what_was_answered_is_sealed_and_fills_the_search_log(world: World, processing: Maker) -> None:
    case = processing()
    row = asked(case, world, unit="县档案馆")
    actions.answer_assistance(row, held="no", words=f"问过{NAME}，没有", by=world.staff.handler, today=MONDAY)
    assert not [line for line in raw_rows() if NAME in line[1]]
    assert evidence.suggested(case, "unable.not_held.not_exist")["units"] == "县档案馆"


def test_a_calendar_change_finds_the_day_printed_in_a_letter_of_help(world: World, processing: Maker) -> None:
    asked(processing(), world, unit="县档案馆", letter=True, method="post")
    changed = Calendar.default().with_local(off_days=[DUE])
    (found,) = clock.printed_dates_affected(changed, today=MONDAY)
    assert (found.printed, found.new) == (DUE, date(2026, 3, 10))
