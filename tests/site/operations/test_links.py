"""One-time links: kept as a digest, used once, expired in time, void when a newer one is issued."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Role, User
from gongkai.operations.actions import choose_password, invite
from gongkai.operations.actions.invite import VALID_FOR, digest_of, new_token
from gongkai.operations.models import Invitation
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db

CLOSED = "不存在、已经用过或者已经过期"


@pytest.fixture
def clerk(db: None) -> User:
    return User.objects.create_user("li", "李拟稿")


def page(token: str) -> str:
    return reverse("operations:choose-password", args=[token])


def send(token: str, first: str, second: str | None = None) -> tuple[int, str]:
    answer = Client().post(page(token), {"first": first, "second": first if second is None else second})
    return answer.status_code, answer.content.decode()


def test_a_person_chooses_a_password_once(clerk: User, today: date) -> None:
    invitation, token = invite(clerk, by=None, today=today)
    shown = Client().get(page(token))
    assert "李拟稿" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert send(token, PASSWORD)[0] == 302
    assert Client().login(username="li", password=PASSWORD)
    assert (send(token, "Another-River-2032")[0], CLOSED in send(token, PASSWORD)[1]) == (404, True)
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)
    with pytest.raises(Refused, match=CLOSED):
        choose_password(invitation, PASSWORD)
    assert list(Entry.objects.values_list("verb", flat=True)) == ["operations.invite", "operations.choose_password"]


def test_the_token_itself_is_nowhere_kept(clerk: User, today: date) -> None:
    invitation, token = invite(clerk, by=None, today=today)
    for model in (Invitation, Entry, User):
        assert token not in str(list(model.objects.values()))
    assert invitation.digest == digest_of(token) == digest_of(f" {token.upper().replace('-', '')} ")
    assert len({new_token() for _ in range(200)}) == 200


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("short", None, "太短，至少 10 位"),
        ("password123", None, "太常见"),
        (PASSWORD, "other", "两次输入不一样"),
        ("", "", "请填写新口令"),
    ],
)
def test_a_refused_password_leaves_the_link_open(
    clerk: User, today: date, first: str, second: str | None, words: str
) -> None:
    _, token = invite(clerk, by=None, today=today)
    status, shown = send(token, first, second)
    assert (status, words in shown) == (200, True)
    assert send(token, PASSWORD)[0] == 302


def test_an_old_link_a_voided_one_and_a_frozen_account_stay_closed(clerk: User, today: date) -> None:
    _, first = invite(clerk, by=None, today=today)
    second_row, second = invite(clerk, by=None, today=today)
    assert send(first, PASSWORD)[0] == 404
    Invitation.objects.filter(pk=second_row.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert send(second, PASSWORD)[0] == 404
    Invitation.objects.filter(pk=second_row.pk).update(expires_at=timezone.now() + VALID_FOR)
    User.objects.update(is_active=False)
    assert send(second, PASSWORD)[0] == 404
    with pytest.raises(Refused, match="已冻结"):
        invite(User.objects.get(), by=None, today=today)
    assert send("never-issued", PASSWORD)[0] == 404


def test_the_database_holds_one_open_link_a_person(clerk: User, today: date) -> None:
    invite(clerk, by=None, today=today)
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(user=clerk, digest="0" * 64, issued_at=now, expires_at=now)


def test_a_new_password_ends_the_sessions_under_the_old_one(administrator: User, today: date) -> None:
    client = Client()
    client.force_login(administrator)
    assert client.get(reverse("operations:import")).status_code == 200
    invitation, _ = invite(administrator, by=None, today=today)
    choose_password(invitation, "Another-River-2032")
    assert client.get(reverse("operations:import")).status_code == 302


def test_the_page_issues_links_to_one_or_to_all_without_a_password(admin_client: Client, clerk: User) -> None:
    listed = admin_client.get(reverse("operations:accounts")).content.decode()
    assert "给 1 个没有口令的人发链接" in listed
    shown = admin_client.post(reverse("operations:issue-all")).content.decode()
    links = re.findall(r"http://testserver(/desk/password/[^<]+/)", shown)
    assert len(links) == 1
    assert Client().get(links[0]).status_code == 200
    reissued = admin_client.post(reverse("operations:issue", args=[clerk.public_id])).content.decode()
    assert Client().get(links[0]).status_code == 404
    assert re.search(r"/desk/password/[^<]+/", reissued)
    clerk.is_active = False
    clerk.save()
    refused = admin_client.post(reverse("operations:issue", args=[clerk.public_id]), follow=True)
    assert "已冻结" in refused.content.decode()


def test_only_the_system_administrator_issues(clerk: User, holder: Callable[[str], Client], today: date) -> None:
    client = holder(Role.DISCLOSURE_OFFICE)
    assert client.post(reverse("operations:issue", args=[clerk.public_id])).status_code == 404
    with pytest.raises(Refused, match="系统管理员"):
        invite(clerk, by=User.objects.get(username=f"holder-{Role.DISCLOSURE_OFFICE}"), today=today)
    assert Invitation.objects.count() == 0
