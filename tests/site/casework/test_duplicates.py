"""Equal texts are two cases; a person decides what they are. Many who ask for the same call for publishing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.casework import actions, evidence
from gongkai.casework.models import Case, DuplicateJudgement, SeriesMember
from gongkai.trail.models import Entry

from . import test_desk
from .conftest import BEGIN, MONDAY, Maker, World, answer, refused
from .test_desk import signed_in

today = test_desk.today
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
THURSDAY = date(2026, 3, 5)


def judge(case: Case, world: World, verdict: str, **more: Any) -> DuplicateJudgement:
    given = {"reason": "同一人同一内容", "by": world.staff.handler, "today": THURSDAY, **more}
    return actions.judge_duplicate(case, verdict=verdict, **given)


def test_only_what_was_answered_can_be_repeated(world: World, today: Any, processing: Maker) -> None:
    first, second = processing(), processing()
    assert second.duplicate_of == first and first.duplicate_of is None
    with refused("earlier_open"):
        judge(second, world, "repeat")
    answer(first, world, "grant.provide", on=THURSDAY)
    second.refresh_from_db()
    judge(second, world, "repeat")
    known = evidence.suggested(second, "decline.repeat")
    assert known["prev_on"] == THURSDAY and known["prev_docno"] == first.notices.get().number
    assert Entry.objects.get(verb="casework.judge_duplicate").facts["earlier"] == first.number
    answer(
        second, world, "decline.repeat", on=THURSDAY,
        facts={"prev_on": THURSDAY.isoformat(), "prev_docno": known["prev_docno"]},
    )  # fmt: skip
    assert Case.objects.filter(counted_year=2026).count() == 2  # both count
    with refused("finished"):
        judge(second, world, "separate")


def test_two_open_ones_may_be_linked_and_judged_anew(world: World, today: Any, processing: Maker) -> None:
    first, second = processing(), processing()
    handler = signed_in(world.staff.handler)
    url = reverse("casework:duplicate", args=[second.public_id])
    assert first.number in handler.get(url).content.decode()
    assert "请填写理由" in handler.post(url, {"verdict": "linked", "reason": ""}).content.decode()
    assert "没有答复过" in handler.post(url, {"verdict": "repeat", "reason": "重复"}).content.decode()
    handler.post(url, {"verdict": "linked", "reason": "同一事项"})
    assert {member.case for member in SeriesMember.objects.all()} == {first, second}
    handler.post(url, {"verdict": "linked", "reason": "同一事项，再看一遍"})  # together already
    handler.post(url, {"verdict": "separate", "reason": "内容有别"})
    page = handler.get(second.get_absolute_url()).content.decode()
    assert "两件分别办理" in page and "内容有别" in page and "改判" in page
    assert DuplicateJudgement.objects.count() == 1
    assert signed_in(world.foreign).get(url).status_code == 404
    assert handler.get(reverse("casework:duplicate", args=[first.public_id])).status_code == 404
    with refused("needs_role"):
        judge(second, world, "separate", by=world.staff.lawyer)


def test_a_third_joins_the_series_of_the_first(world: World, today: Any, processing: Maker) -> None:
    first, second, third = processing(), processing(), processing()
    judge(second, world, "linked")
    judge(third, world, "linked")
    assert SeriesMember.objects.values("series").distinct().count() == 1 and SeriesMember.objects.count() == 3
    assert first.series_member.series.title == "道路改造项目中标通知书"


def test_many_applicants_for_the_same_prompt_to_publish(world: World, today: Any, processing: Maker) -> None:
    first = processing()
    processing()  # the same person again is no second applicant
    handler = signed_in(world.staff.handler)
    assert "纳入主动公开" not in handler.get(first.get_absolute_url()).content.decode()
    other = processing(applicant={"name": "村民乙", "id_number": ""})
    page = handler.get(first.get_absolute_url()).content.decode()
    assert "已有 2 个申请人" in page and "条例第四十四条" in page and "去发稿" not in page
    appoint(world.staff.handler, Role.DRAFTER, world.bureau, by=None, on=BEGIN)
    assert "去发稿" in handler.get(first.get_absolute_url()).content.decode()
    answer(other, world, "refuse.internal_affairs", on=MONDAY)
    assert "纳入主动公开" not in handler.get(other.get_absolute_url()).content.decode()
