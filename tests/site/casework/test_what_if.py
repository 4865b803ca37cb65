"""今天……会怎样, and the computation sheet as PDF."""

from __future__ import annotations

from datetime import date

import pytest

from freezing import on_day
from gongkai.casework import actions
from gongkai.casework.models import ClockEvent
from gongkai.casework.sheet import content
from gongkai.casework.what_if import what_if

from .conftest import MONDAY, NAME, Maker, World, answer
from .over_http import case_page, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
DUE = date(2026, 3, 30)


def trials(case, today=MONDAY):
    return {trial.label: trial for trial in what_if(case, today)}


def test_each_trial_is_what_the_act_then_gives(world: World, processing: Maker) -> None:
    case = processing()
    found = trials(case)
    third, extended = found["今天征求第三方意见"], found["今天告知延期"]
    assert third.moved == 15 and extended.reply_by == date(2026, 4, 28) and extended.moved == 20
    assert any("条例第三十二条" in article for _, article in third.lines)
    assert any("第三十三条第二款" in article for _, article in extended.lines)
    correction = found["今天要求补正"]
    assert correction.moved == 15 and any("条例第三十条" in article for _, article in correction.lines)
    assert found["今天送达收费通知"].moved == 20 and not ClockEvent.objects.exists()

    actions.ask(
        case, "third_party", name="某公司", question="投标文件", method="in_person", delivered_on=MONDAY,
        by=world.staff.handler, today=MONDAY, files=False,
    )  # fmt: skip
    case.refresh_from_db()
    assert case.reply_by == third.reply_by


def test_what_changes_nothing_says_so_with_its_reason(world: World, processing: Maker) -> None:
    case = processing()
    late = trials(case, date(2026, 3, 12))["今天要求补正"]
    assert late.moved == 0 and any("超过7个工作日" in words for words, _ in late.lines)
    assert trials(case, date(2026, 3, 31))["今天征求第三方意见"].moved == 0


def test_only_what_the_state_knows_is_tried_and_nothing_is_written(world: World, examining: Maker) -> None:
    case = examining()
    assert "今天征求第三方意见" not in trials(case) and "今天要求补正" in trials(case)
    html = case_page(world.staff.handler, case, MONDAY)
    assert "今天办理会怎样" in html and "后移 15 个工作日" in html
    closed = answer(case, world, "other.not_gov_info", on=date(2026, 3, 9))
    assert what_if(closed, date(2026, 3, 9)) == []
    assert "今天办理会怎样" not in case_page(world.staff.handler, closed, date(2026, 3, 9))


def test_the_sheet_is_printed_with_every_line_and_no_name(world: World, processing: Maker) -> None:
    case = processing()
    with on_day(MONDAY):
        response = signed_in(world.staff.handler).get(f"{case.get_absolute_url()}sheet.pdf")
        foreign = signed_in(world.foreign).get(f"{case.get_absolute_url()}sheet.pdf")
    assert response.status_code == 200 and response.content.startswith(b"%PDF") and foreign.status_code == 404
    said = content(case, MONDAY)
    assert NAME not in str(said) and ("答复期限", "2026年3月30日") in said["results"]
    assert len(said["lines"]) >= 4 and all(line[4] for line in said["lines"])
