"""Before an application is filed: what is public already, and how often that was the answer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import caches
from django.utils import timezone

from citizen import Citizen
from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role, User
from gongkai.casework import suggestions, throttle
from gongkai.casework.models import ApplicationDraft, Case, SuggestionCount
from gongkai.publishing import actions as publishing
from gongkai.publishing.models import Column, Item
from gongkai.publishing.skeleton import seed_columns
from gongkai.publishing.vouched import ALL_GATES

from .conftest import BEGIN, World, person
from .test_desk import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
TITLES = (
    "清溪县住房和城乡建设局关于印发柳林路道路改造项目中标通知书的公告", "清溪县人民政府关于做好防汛工作的通知",
    "清溪县人民政府关于公布便民服务站名单的通知", "清溪县住房和城乡建设局关于印发行政执法事项目录的通知",
)  # fmt: skip


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    caches["shared"].clear()


@pytest.fixture
def public(world: World, django_capture_on_commit_callbacks: Any) -> list[Item]:
    """Four public items of the bureau."""
    seed_columns()
    reviewer, publisher = person("reviewer", "审核人甲"), person("publisher", "发布人甲")
    appoint(reviewer, Role.REVIEWER, world.bureau, by=None, on=BEGIN)
    appoint(publisher, Role.PUBLISHER, world.bureau, by=None, on=BEGIN)
    return [published(world, title, reviewer, publisher, django_capture_on_commit_callbacks) for title in TITLES]


def published(world: World, title: str, reviewer: User, publisher: User, capture: Any) -> Item:
    today, drafter = timezone.localdate(), world.staff.drafter
    facts = {"docno": "清建发〔2026〕7号", "formed_on": today} if "执法" in title else {}
    with capture(execute=True):
        version = publishing.draft(
            world.bureau, title=title, column=Column.objects.get(code="A20_01"), body="一、按时办理。", by=drafter,
            today=today, **facts,
        )  # fmt: skip
        version = publishing.submit(version, by=drafter, today=today)
        version = publishing.approve_review(version, by=reviewer, today=today, vouched=ALL_GATES)
        return publishing.sign_and_publish(version, by=publisher, today=today).item


def found(text: str) -> list[str]:
    return [str(item) for item in suggestions.items([str(key) for key in suggestions.find(text)])]


def test_titles_are_found_by_what_few_of_them_share(public: list[Item]) -> None:
    assert found("柳林路2025年道路改造项目的中标通知书") == [TITLES[0]]
    assert found("请公开便民服务站的建设资金") == [TITLES[2]]
    assert found("请公开清溪县人民政府的通知") == []  # words that all titles have
    assert found("我要 清建发[2026]7号 文件") == [TITLES[3]]
    for text in ("", "a", "\0", "2026", "，。" * 500, "长" * 1000):
        assert found(text) == []


def numbers() -> tuple[int, int, int]:
    row = SuggestionCount.objects.get()
    return row.shown, row.opened, row.answered


def test_a_citizen_is_shown_opens_and_goes_on(world: World, public: list[Item]) -> None:
    citizen = Citizen(world.bureau)
    citizen.choose_organ()
    citizen.identify()
    citizen.fill("contact", phone="13812345678")
    citizen.fill("agent", by_agent="no")
    page = citizen.fill("content", info_desc=citizen.wish)
    html = page.content.decode()
    assert page.redirect_chain[-1][0] == "/apply/suggest/" and TITLES[0] in html and "我已找到，不再申请" in html
    assert numbers() == (1, 0, 0)
    opened = re.search(r'name="open" value="([^"]+)"', html)[1]
    for _ in range(2):
        answer = citizen.client.post("/apply/suggest/", {"open": opened, "key": citizen.key()})
        assert answer.headers["Location"] == public[0].get_absolute_url()
    assert numbers() == (1, 1, 0)  # once for each application
    on = citizen.post("/apply/suggest/", {"go": "on", "key": citizen.key()})
    assert on.redirect_chain[-1][0] == "/apply/fill/supply/"
    again = citizen.fill("content", info_desc=citizen.wish)
    assert again.redirect_chain[-1][0] == "/apply/fill/supply/"  # shown once
    citizen.fill("supply", provide_form="electronic", provide_route="online")
    citizen.submit()
    assert Case.objects.count() == 1 and numbers() == (1, 1, 0)


def test_a_citizen_who_has_found_it_leaves_nothing_behind(world: World, public: list[Item]) -> None:
    citizen = Citizen(world.bureau)
    citizen.choose_organ()
    citizen.identify()
    citizen.fill("content", info_desc=citizen.wish)
    key = citizen.key()
    foreign = citizen.client.post("/apply/suggest/", {"go": "found", "key": "another"})
    assert foreign.status_code == 200 and ApplicationDraft.objects.exists()
    made_up = citizen.client.post("/apply/suggest/", {"open": str(world.bureau.public_id), "key": key})
    assert made_up.status_code == 404
    page = citizen.post("/apply/suggest/", {"go": "found", "key": key})
    assert "没有提交申请" in page.content.decode() and not ApplicationDraft.objects.exists()
    assert numbers() == (1, 0, 1) and not Case.objects.exists()
    assert citizen.client.get("/apply/suggest/").headers["Location"] == "/apply/organ/"


def test_without_anything_like_it_nobody_is_held_up(world: World) -> None:
    citizen = Citizen(world.bureau)
    citizen.until_confirm()
    assert not SuggestionCount.objects.exists()


def typed(citizen: Citizen, text: str, **more: str) -> Any:
    return citizen.client.post("/apply/suggest/typing/", {"key": citizen.key(), "text": text, **more})


def at_the_wish(world: World) -> Citizen:
    citizen = Citizen(world.bureau)
    citizen.choose_organ()
    citizen.identify()
    return citizen


def test_while_the_wish_is_typed_what_is_public_is_shown_and_counted_once(world: World, public: list[Item]) -> None:
    citizen = at_the_wish(world)
    page = citizen.client.get("/apply/fill/content/").content.decode()
    assert 'data-typing="/apply/suggest/typing/"' in page and 'aria-live="polite"' in page and "typing.js" in page
    assert "typing.js" not in citizen.client.get("/apply/fill/contact/").content.decode()
    assert typed(citizen, "柳林").content.decode().strip() == "" and not SuggestionCount.objects.exists()
    for _ in range(2):
        answer = typed(citizen, citizen.wish)
        piece = answer.content.decode()
        assert answer.status_code == 200 and TITLES[0] in piece and "找到 1 条已经公开的相近信息" in piece
        assert "<html" not in piece and citizen.wish not in piece and "no-store" in answer["Cache-Control"]
        assert numbers() == (1, 0, 0)
    opened = re.search(r'name="open" value="([^"]+)"', piece)[1]
    other = citizen.client.post("/apply/suggest/", {"open": str(public[1].public_id), "key": citizen.key()})
    assert other.status_code == 404
    answer = citizen.client.post("/apply/suggest/", {"open": opened, "key": citizen.key()})
    assert answer.headers["Location"] == public[0].get_absolute_url() and numbers() == (1, 1, 0)
    page = citizen.fill("content", info_desc=citizen.wish)
    assert page.redirect_chain[-1][0] == "/apply/suggest/" and numbers() == (1, 1, 0)
    found_it = citizen.post("/apply/suggest/", {"go": "found", "key": citizen.key()})
    assert "没有提交申请" in found_it.content.decode() and numbers() == (1, 1, 1)


def test_typing_undoes_no_answer_and_answers_nobody_else(
    world: World, public: list[Item], monkeypatch: pytest.MonkeyPatch
) -> None:
    citizen = at_the_wish(world)
    stale = ApplicationDraft.objects.get()
    citizen.fill("contact", phone="13812345678")
    suggestions.while_typing(stale, world.bureau, citizen.wish, on=timezone.localdate())
    assert ApplicationDraft.objects.get().answers["contact"]["phone"] == "13812345678"
    assert typed(citizen, citizen.wish, key="another").status_code == 404
    assert Citizen(world.bureau).client.post("/apply/suggest/typing/", {"text": citizen.wish}).status_code == 404
    assert citizen.client.get("/apply/suggest/typing/").status_code == 405
    for text in ("\0", "长" * 5000, "<script>", "\ud800"):
        assert typed(citizen, text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")).status_code == 200
    monkeypatch.setattr(throttle, "TYPING", throttle.Limit("typing-test", 1, 60))
    assert [typed(citizen, "水库").status_code for _ in range(2)] == [200, 429]


def test_what_was_withdrawn_or_published_meanwhile_is_seen_at_once(
    world: World, public: list[Item], django_capture_on_commit_callbacks: Any
) -> None:
    assert found("柳林路道路改造项目中标通知书") == [TITLES[0]]
    publisher, today = User.objects.get(username="publisher"), timezone.localdate()
    publishing.withdraw(public[0], by=publisher, today=today, kind="silent", reason="个人隐私")
    assert found("柳林路道路改造项目中标通知书") == []
    new = "清溪县水利局关于公布滨河水库除险加固验收结论的公告"
    reviewer = User.objects.get(username="reviewer")
    published(world, new, reviewer, publisher, django_capture_on_commit_callbacks)
    assert found("滨河水库除险加固验收") == [new]


def test_the_office_sees_the_numbers(world: World) -> None:
    suggestions.count(world.bureau, "shown", on=timezone.localdate())
    page = signed_in(world.office).get("/desk/casework/suggestions/").content.decode()
    assert "住建局" in page and "已找到，不再申请" in page
    assert signed_in(world.staff.handler).get("/desk/casework/suggestions/").status_code == 404
