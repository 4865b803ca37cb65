"""办公室工作台, lists, bulk acts and the year's self-check, over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role, User
from gongkai.casework import actions
from gongkai.casework.models import Case, CaseReminder
from gongkai.casework.turns import Turn, turn_of, waiting_for
from gongkai.casework.views.workbench import FIRST
from gongkai.outbox.models import StationMessage
from gongkai.trail.models import Entry

from .conftest import (
    BEGIN,
    ID_NUMBER,
    MONDAY,
    NAME,
    PHONE,
    WISH,
    Maker,
    World,
    answer,
    application,
    draft,
    person,
    refused,
    review,
)

pytestmark = pytest.mark.django_db
LATE, LAST_DAY = date(2026, 4, 2), date(2026, 3, 30)


@pytest.fixture(autouse=True)
def forget() -> None:
    caches["shared"].clear()


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Sets what day the desk lives in."""
    from django.utils import timezone

    def set_day(day: date) -> None:
        monkeypatch.setattr(timezone, "localdate", lambda *args: day)

    set_day(MONDAY)
    return set_day


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def groups(user: User, query: str = "") -> dict[str, list[str]]:
    """The numbers in each group of the workbench."""
    page = signed_in(user).get(reverse("casework:workbench") + query)
    assert page.status_code == 200
    return {group.key: [row.case.number for row in group.rows] for group in page.context["groups"]}


def html_of(user: User, name: str, **query: str) -> str:
    return str(signed_in(user).get(reverse(f"casework:{name}"), query).content.decode())


def listed(user: User, **query: str) -> list[str]:
    page = signed_in(user).get(reverse("casework:cases"), query)
    return [row.case.number for row in page.context["rows"]]


def test_the_workbench_tells_what_is_due_and_whom_to_ring(world: World, today: Any, processing: Maker) -> None:
    User.objects.filter(pk=world.staff.handler.pk).update(phone="0990-7654399")
    case = processing()
    waiting = actions.receive(world.bureau, **application()).case
    today(LATE)
    assert groups(world.office)["late"] == [waiting.number, case.number]
    today(LAST_DAY)
    assert groups(world.office)["today"] == [case.number]
    today(date(2026, 3, 24))
    assert groups(world.office)["soon"] == [case.number]
    html = html_of(world.office, "workbench")
    for words in (
        case.number,
        case.subject,
        "住建局",
        world.staff.handler.name,
        "0990-7654399",
        "承办人",
        "剩 4 个工作日",
    ):
        assert words in html, words
    for secret in (NAME, WISH, ID_NUMBER, PHONE):
        assert secret not in html


def test_each_case_stands_in_one_group(world: World, today: Any, registered: Maker) -> None:
    received = actions.receive(world.bureau, **application()).case
    case = registered()
    found = groups(world.office)
    assert found["received"] == [received.number] and found["registered"] == [case.number]
    assert sum(map(len, found.values())) == 2


def test_an_organ_sees_its_own_and_another_nothing(world: World, today: Any, processing: Maker) -> None:
    case = processing()
    today(LATE)
    assert groups(world.staff.handler)["late"] == groups(world.staff.head)["late"] == [case.number]
    for somebody in (world.foreign, world.staff.drafter):
        assert not any(groups(somebody).values())
    assert signed_in(world.office).get(reverse("casework:workbench"), {"group": "none"}).status_code == 404


def test_a_lapsed_term_of_the_applicant_is_not_the_organs_lateness(world: World, today: Any, examining: Maker) -> None:
    case = actions.ask_correction(
        examining(), items="写明年度", guidance="可以写文号", return_by=date(2026, 3, 10), method="online",
        sent_on=MONDAY, by=world.staff.handler, today=MONDAY, files=False,
    )  # fmt: skip
    case.refresh_from_db()
    assert turn_of(case, MONDAY) == Turn.APPLICANT
    today(LATE)
    assert turn_of(case, LATE) == Turn.HANDLER
    assert not any(groups(world.office).values())
    assert listed(world.office, lamp="red") == [] and listed(world.office, turn="handler") == [case.number]


def test_a_long_group_has_pages_of_its_own(world: World, today: Any) -> None:
    for number in range(FIRST + 3):
        actions.receive(world.bureau, **application(key=f"long-{number}"))
    first = signed_in(world.office).get(reverse("casework:workbench"))
    assert len(groups(world.office)["received"]) == FIRST and f"{FIRST} 件以上" in first.content.decode()
    seen, query = list[str](), "?group=received"
    while query:
        page = signed_in(world.office).get(reverse("casework:workbench") + query)
        seen += [row.case.number for row in page.context["groups"][0].rows]
        query = page.context["after"]
    assert len(seen) == len(set(seen)) == FIRST + 3


def test_the_number_of_queries_does_not_grow_with_the_cases(world: World, today: Any, processing: Maker) -> None:
    office = signed_in(world.office)

    def queries() -> int:
        office.get(reverse("casework:workbench"))
        with CaptureQueriesContext(
            connection,
        ) as caught:
            office.get(reverse("casework:workbench"))
        return len(caught)

    processing()
    today(LATE)
    one = queries()
    for _ in range(6):
        processing()
    assert queries() == one


def test_whose_turn_the_database_finds_is_whose_turn_it_is(world: World, today: Any, processing: Maker) -> None:
    staff = world.staff
    actions.receive(world.bureau, **application())
    processing()
    signing = review(draft(processing(), world, "other.not_gov_info", today=MONDAY), world, today=MONDAY)
    delivering = review(draft(processing(), world, "other.not_gov_info", today=MONDAY), world, today=MONDAY)
    actions.sign(delivering, by=staff.head, today=MONDAY, files=False)
    draft(processing(), world, "grant.provide", today=MONDAY)
    asked = processing()
    actions.ask(
        asked, "third_party", name="某公司", question="文件", method="in_person", by=staff.handler, delivered_on=MONDAY,
        today=MONDAY, files=False,
    )  # fmt: skip
    for day in (MONDAY, LATE):
        cases = list(Case.objects.open())
        for turn in Turn:
            found = set(Case.objects.open().filter(waiting_for(turn, day)).values_list("pk", flat=True))
            assert found == {case.pk for case in cases if turn_of(case, day) == turn}, turn
    assert listed(world.office, turn="signatory") == [signing.number]
    assert staff.head.name in html_of(world.office, "cases", turn="signatory")


def test_filters_by_lamp_state_person_and_organ(world: World, today: Any, processing: Maker) -> None:
    case = processing()
    today(date(2026, 3, 26))
    assert listed(world.office, lamp="orange") == [case.number] and listed(world.office, lamp="green") == []
    assert listed(world.office, state="processing") == [case.number] and listed(world.office, state="signing") == []
    assert listed(world.staff.handler, whose="mine") == [case.number]
    assert listed(world.staff.head, whose="mine") == [] and listed(world.staff.head, whose="organ") == [case.number]
    assert listed(world.office, whose="organ") == []  # the office's own organ has none
    assert listed(world.office, agency=str(world.bureau.public_id)) == [case.number]
    assert listed(world.office, agency=str(world.county.public_id)) == []
    assert listed(world.staff.handler, agency=str(world.county.public_id)) == [case.number]  # not one of theirs
    assert listed(world.office, q="\0", lamp="nonsense", state="x" * 9000) == [case.number]


def sheet_of(response: Any) -> str:
    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    return "\n".join(" ".join(map(str, row)) for row in rows)


def test_the_filtered_list_is_exported_masked_and_the_export_is_in_the_trail(
    world: World, today: Any, processing: Maker
) -> None:
    case, other = processing(), actions.receive(world.bureau, **application()).case
    office = signed_in(world.office)
    text = sheet_of(office.get(reverse("casework:cases_export"), {"turn": "handler"}))
    assert case.number in text and other.number not in text and "欧*" in text and "承办人" in text
    for secret in (NAME, ID_NUMBER, PHONE, WISH):
        assert secret not in text
    assert Entry.objects.get(verb="casework.export_list").facts == {"count": 1}
    assert case.number not in sheet_of(signed_in(world.foreign).get(reverse("casework:cases_export")))


def bulk(user: User, act: str, *cases: Case, confirm: bool = True, **data: Any) -> Any:
    given = {"act": act, "case": [str(case.public_id) for case in cases], **data}
    return signed_in(user).post(reverse("casework:bulk"), {**given, "confirm": "1"} if confirm else given)


def test_many_cases_are_given_to_a_person_at_once(world: World, today: Any, registered: Maker) -> None:
    cases = [registered() for _ in range(3)]
    page = bulk(world.staff.registrar, "assign", *cases, confirm=False)
    assert page.status_code == 200 and all(case.number in page.content.decode() for case in cases)
    assert Case.objects.filter(handler=None).count() == 3
    empty = bulk(world.staff.registrar, "assign", *cases)
    assert empty.status_code == 422 and "请选择承办人" in empty.content.decode()
    done = bulk(world.staff.registrar, "assign", *cases, handler=str(world.staff.handler.public_id))
    assert len(done.context["done"]) == 3 and done.context["failed"] == []
    assert Case.objects.filter(handler=world.staff.handler).count() == 3


def test_what_cannot_be_done_is_listed_with_its_reason_and_stops_nothing(
    world: World, today: Any, registered: Maker, processing: Maker
) -> None:
    fit, unfit = processing(), registered()
    page = bulk(world.staff.handler, "propose_extension", fit, unfit, reason="检索范围较大")
    assert [row.case for row in page.context["done"]] == [fit]
    (failed,) = page.context["failed"]
    assert failed.case == unfit and failed.refusal.message in page.content.decode()
    assert fit.extensions.get().reason == "检索范围较大" and not unfit.extensions.exists()
    again = bulk(world.staff.handler, "propose_extension", fit, reason="检索范围较大")
    assert again.context["done"] == [] and "已经提出拟延期" in again.content.decode()


def test_the_handler_of_another_organ_is_refused_by_each_case(world: World, today: Any, registered: Maker) -> None:
    case = registered()
    water = world.foreign.posts_on(MONDAY)[0].agency
    other = actions.register(
        actions.receive(water, **application()).case, subject="水库水位", by=world.foreign, today=MONDAY
    )  # fmt: skip
    page = bulk(world.office, "assign", case, other, handler=str(world.staff.handler.public_id))
    assert [row.case for row in page.context["done"]] == [case]
    assert [row.case for row in page.context["failed"]] == [other]


def test_ticked_cases_of_another_organ_are_not_there(world: World, today: Any, processing: Maker) -> None:
    case = processing()
    for act in ("assign", "propose_extension", "remind", "export"):
        answer_ = bulk(world.foreign, act, case, reason="原因", handler=str(world.foreign.public_id))
        assert answer_.status_code == 302, act
    assert not CaseReminder.objects.exists() and not case.extensions.exists()
    assert bulk(world.office, "delete", case).status_code == 404
    assert signed_in(world.office).get(reverse("casework:bulk")).status_code == 405
    assert bulk(world.office, "remind").status_code == 302  # nothing ticked
    junk = signed_in(world.office).post(reverse("casework:bulk"), {"act": "remind", "case": ["x", "\0", "1" * 900]})
    assert junk.status_code == 302


def test_the_way_back_leads_to_the_list_and_nowhere_else(world: World, today: Any, processing: Maker) -> None:
    case = processing()
    home = reverse("casework:cases")
    for back, expected in (
        ("?lamp=red", f"{home}?lamp=red"),
        ("//evil.example/", home),
        ("https://evil.example", home),
    ):
        assert bulk(world.office, "remind", case, back=back, confirm=False).context["back"] == expected


def test_selected_cases_are_exported(world: World, today: Any, processing: Maker) -> None:
    case, other = processing(), processing()
    text = sheet_of(bulk(world.office, "export", case))
    assert case.number in text and other.number not in text and NAME not in text


def test_urging_tells_whoever_has_the_next_step_once_a_day(world: World, today: Any, processing: Maker) -> None:
    case = processing()
    bulk(world.office, "remind", case)
    message = StationMessage.objects.get()
    assert message.person == world.staff.handler and case.number in message.title
    for secret in (NAME, WISH, case.subject):
        assert secret not in message.title
    assert "今天已经催办过" in bulk(world.office, "remind", case).content.decode()
    today(date(2026, 3, 3))
    assert len(bulk(world.staff.head, "remind", case).context["done"]) == 1
    with refused("needs_role"):
        actions.remind(case, by=world.staff.lawyer, today=MONDAY)
    assert CaseReminder.objects.count() == 2 and StationMessage.objects.count() == 2
    assert "催办" in signed_in(world.staff.handler).get(case.get_absolute_url()).content.decode()


def test_an_organ_without_anybody_has_to_be_rung(world: World, today: Any) -> None:
    case = actions.receive(world.county, **application()).case
    with refused("nobody"):
        actions.remind(case, by=world.office, today=MONDAY)
    assert not CaseReminder.objects.exists()


def test_a_finished_case_is_not_urged(world: World, today: Any, processing: Maker) -> None:
    case = answer(processing(), world, "other.not_gov_info", on=MONDAY)
    with refused("finished"):
        actions.remind(case, by=world.office, today=MONDAY)


def test_the_years_self_check_says_what_each_open_case_will_count_as(
    world: World, today: Any, processing: Maker
) -> None:
    december = date(2026, 12, 22)
    early, late = processing(on=date(2026, 12, 1)), processing(on=december)
    done = answer(processing(on=december), world, "other.not_gov_info", on=december)
    today(december)
    html = html_of(world.office, "year_end")
    assert early.number in html and late.number in html and done.number not in html
    assert "年内到期，应在年内答复" in html and "期限在下一年" in html and "不办结即计结转" in html
    assert "年末自查" in html_of(world.staff.handler, "workbench")  # in the menu of December
    sheet = sheet_of(signed_in(world.office).get(reverse("casework:year_end_export")))
    assert early.number in sheet and NAME not in sheet
    assert early.number not in html_of(world.foreign, "year_end")
    assert early.number in html_of(world.office, "year_end", agency=str(world.bureau.public_id))
    assert early.number not in html_of(world.office, "year_end", agency=str(world.county.public_id))
    today(MONDAY)
    assert "年末自查" not in html_of(world.staff.handler, "workbench")


def test_earlier_answers_alike_are_offered_on_the_decision_page(world: World, today: Any, processing: Maker) -> None:
    alike = answer(processing(), world, "other.not_gov_info", on=MONDAY)
    unlike = processing()
    Case.objects.filter(pk=unlike.pk).update(subject="水库移民补偿标准")
    unlike.refresh_from_db()
    unlike = answer(unlike, world, "other.not_gov_info", on=MONDAY)
    case = processing()
    handler = signed_in(world.staff.handler)
    url = reverse("casework:decision", args=[case.public_id])
    for page in (handler.get(url), handler.get(url, {"outcome": "grant.provide"})):
        html = page.content.decode()
        assert alike.number in html and unlike.number not in html
    assert [row.case for row in page.context["similar"]] == [alike]


def test_answers_of_organs_one_may_not_see_are_not_offered(world: World, today: Any, processing: Maker) -> None:
    from gongkai.casework.similar import earlier_answers

    answer(processing(), world, "other.not_gov_info", on=MONDAY)
    water = world.foreign.posts_on(MONDAY)[0].agency
    mine = actions.register(
        actions.receive(water, **application()).case, subject="道路改造项目中标通知书", by=world.foreign, today=MONDAY
    )  # fmt: skip
    assert earlier_answers(mine, world.foreign, on=MONDAY) == []
    assert len(earlier_answers(mine, world.office, on=MONDAY)) == 1


def test_answers_that_came_another_way_are_found_after_the_night(world: World, processing: Maker) -> None:
    from gongkai.casework import similar
    from gongkai.casework.models import SubjectSign

    answer(processing(), world, "other.not_gov_info", on=MONDAY)
    SubjectSign.objects.all().delete()
    case = processing()
    assert similar.earlier_answers(case, world.office, on=MONDAY) == []
    assert similar.catch_up(MONDAY) == 1 and similar.catch_up(MONDAY) == 0
    assert len(similar.earlier_answers(case, world.office, on=MONDAY)) == 1


def test_a_second_organs_handler_sees_both_organs(world: World, today: Any, processing: Maker) -> None:
    both = person("both", "两处承办人")
    for agency in (world.bureau, world.county):
        appoint(both, Role.HANDLER, agency, by=None, on=BEGIN)
    case = processing()
    today(LATE)
    assert groups(both)["late"] == [case.number]
