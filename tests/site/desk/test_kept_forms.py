"""Nothing typed is lost: autosaved forms, and forms that arrive after the log-in has expired."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import county as a_county
from gongkai.agencies.models import Role
from gongkai.desk import kept_forms
from gongkai.desk.filling import fill
from gongkai.desk.models import KeptForm, KeptReason
from gongkai.publishing.models import Column, Item
from gongkai.publishing.skeleton import seed_columns

pytestmark = pytest.mark.django_db

SECRET_WORDS = "杏林路改造<方案>&说明"
FORM = '<form method="post" enctype="multipart/form-data" novalidate data-autosave'
COMPOSE, AUTOSAVE = "/desk/publishing/new/", "/desk/kept/autosave/"


@pytest.fixture
def county(db):
    seed_columns()
    return a_county.build()


@pytest.fixture
def clerk(county):
    return county.person("财政局", Role.DRAFTER)


@pytest.fixture
def typed(county):
    return {
        "title": SECRET_WORDS, "column": str(Column.objects.get(code="A20_06").pk), "openness": "open",
        "body": "一、\n二、<p>甲&amp;乙</p>", "item_class": "important", "by_head": "on", "then": "keep",
    }  # fmt: skip


def entered(user) -> Client:
    """A browser in which the person has logged in and opened the page."""
    client = Client(headers={"host": "testserver"})
    client.post(reverse("desk:login"), {"username": user.username, "password": "correct horse"})
    assert client.get(COMPOSE).status_code == 200
    return client


def expire(client: Client) -> None:
    client.session.flush()
    client.cookies.pop("sessionid", None)


def log_in(client: Client, user, where: str):
    address = urlsplit(where)
    assert address.path == reverse("desk:login")
    answer = client.post(where, {"username": user.username, "password": "correct horse"})
    return client.get(answer["Location"])


def shows(page: str) -> None:
    """Every control of the form as it was typed."""
    assert 'value="杏林路改造&lt;方案&gt;&amp;说明"' in page
    assert "\n一、\n二、&lt;p&gt;甲&amp;amp;乙&lt;/p&gt;</textarea>" in page.replace("\r\n", "\n")
    assert f'<option value="{Column.objects.get(code="A20_06").pk}" selected>' in page
    assert '<option value="important" selected>' in page
    assert re.search(r'<input[^>]*name="by_head"[^>]* checked>', page)


def test_what_is_sent_after_the_log_in_expired_comes_back_filled(clerk, typed):
    client = entered(clerk)
    expire(client)
    answer = client.post(COMPOSE, {**typed, "csrfmiddlewaretoken": "x"})
    assert answer.status_code == 302 and not Item.objects.exists()
    row = KeptForm.objects.get()
    assert "csrfmiddlewaretoken" not in dict(row.values)
    with connection.cursor() as cursor:  # sealed at rest
        cursor.execute("SELECT fields_sealed FROM desk_keptform")
        assert cursor.fetchone()[0].startswith("aesgcm$")
    page = log_in(client, clerk, answer["Location"]).content.decode()
    shows(page)
    assert "登录过期时提交的内容已放回" in page
    sent = client.post(row.page, typed)
    assert sent.status_code == 302 and Item.objects.get().title == SECRET_WORDS
    assert not KeptForm.objects.exists()


def test_another_person_never_sees_it(county, clerk, typed):
    client = entered(clerk)
    expire(client)
    where = client.post(COMPOSE, typed)["Location"]
    other = county.person("教育局", Role.DRAFTER)
    page = log_in(client, other, where).content.decode()
    assert "杏林路" not in page
    row = KeptForm.objects.get()
    assert client.post(reverse("desk:kept-drop", args=[row.public_id])).status_code == 404
    assert "杏林路" not in client.get(reverse("desk:kept")).content.decode()
    # The badge of another, or a forged one, keeps nothing for this person.
    stranger = Client()
    stranger.cookies[kept_forms.COOKIE] = "forged:x:y"
    assert "kept" not in stranger.post(COMPOSE, typed)["Location"]
    assert KeptForm.objects.count() == 1


def test_what_bears_a_mark_is_not_kept_either(clerk, typed):
    client = entered(clerk)
    marked = {**typed, "body": "<p>机密★10年</p><p>正文</p>"}
    answer = client.post(AUTOSAVE, marked, headers={"referer": f"http://testserver{COMPOSE}"})
    assert answer.status_code == 422 and "非涉密" in answer.content.decode()
    expire(client)
    answer = client.post(COMPOSE, marked, follow=True)
    assert "非涉密" in answer.content.decode()
    assert not KeptForm.objects.exists()


def test_the_page_opens_with_what_was_autosaved_until_it_is_sent_or_dropped(clerk, typed):
    client, referer = entered(clerk), {"referer": f"http://testserver{COMPOSE}"}
    assert "已自动保存" in client.post(AUTOSAVE, {**typed, "title": "先前"}, headers=referer).content.decode()
    client.post(AUTOSAVE, typed, headers=referer)
    row = KeptForm.objects.get()  # one a form, the latest
    page = client.get(COMPOSE).content.decode()
    shows(page)
    assert "自动保存、还没有提交的内容" in page
    listed = client.get(reverse("desk:kept")).content.decode()
    assert "杏林路改造" in listed and "甲&amp;乙" in listed
    assert "item_class" not in listed and "important" not in listed  # what a form is made of says nothing to an office
    assert "1 份填写还没有提交" in client.get(reverse("desk:home")).content.decode()
    client.post(reverse("desk:kept-drop", args=[row.public_id]))
    assert "杏林路" not in client.get(COMPOSE).content.decode()
    client.post(AUTOSAVE, typed, headers=referer)
    client.post(COMPOSE, typed)
    assert Item.objects.count() == 1 and not KeptForm.objects.exists()


def test_an_older_autosave_does_not_overwrite_a_newer_text(clerk, typed):
    client = entered(clerk)
    client.post(COMPOSE, typed)
    item = Item.objects.get()
    edit = reverse("publishing:desk_edit", args=[item.public_id])
    old = item.versions.get().digest
    client.post(AUTOSAVE, {**typed, "body": "旧窗口", "seen": old}, headers={"referer": f"http://testserver{edit}"})
    client.post(edit, {**typed, "body": "新窗口", "seen": old})
    KeptForm.objects.create(
        person=clerk, page=edit, target=edit, reason="autosave", fields_sealed=json.dumps([["body", "旧窗口"], ["seen", old]]),
        saved_at=timezone.now(), expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    page = client.get(edit).content.decode()
    assert "旧窗口" in page and f'value="{old}"' in page
    assert "已在别的窗口保存过" in client.post(edit, {**typed, "body": "旧窗口", "seen": old}).content.decode()
    assert "新窗口" in item.versions.get().body


def test_what_has_expired_is_gone(clerk, typed):
    client = entered(clerk)
    client.post(AUTOSAVE, typed, headers={"referer": f"http://testserver{COMPOSE}"})
    KeptForm.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "杏林路" not in client.get(COMPOSE).content.decode()
    assert kept_forms.purge() == 1 and not KeptForm.objects.exists()


@pytest.mark.parametrize(
    "referer", ["", "http://elsewhere.example/desk/publishing/new/", f"http://testserver{AUTOSAVE}"]
)
def test_only_a_page_of_this_desk_is_saved(clerk, typed, referer):
    client = entered(clerk)
    assert client.post(AUTOSAVE, typed, headers={"referer": referer}).status_code == 404
    assert not KeptForm.objects.exists()


def test_among_forms_of_one_address_the_right_one_is_filled():
    html = "".join(
        f'<form method="post" action="/x/"><input type="hidden" name="no" value="{n}"><input name="why" value=""></form>'
        for n in (1, 2, 3)
    )
    text, left = fill(
        html, page="/y/", target="/x/", pairs=[("no", "2"), ("why", 'a"b'), ("gone", "丢不得")], notice="<hr>"
    )
    assert text.count("<hr>") == 1
    assert '<hr><form method="post" action="/x/"><input type="hidden" name="no" value="2">' in text
    assert text.count('name="why" value="a&quot;b"') == 1
    assert left == [("gone", "丢不得")]
    assert fill(html, page="/y/", target="/z/", pairs=[("no", "2")], notice="") is None


def test_a_page_comes_through_the_filler_unchanged_but_for_its_form(clerk):
    client = entered(clerk)
    html = client.get(COMPOSE).content.decode()
    text, left = fill(html, page=COMPOSE, target=COMPOSE, pairs=[], notice="")
    assert left == []
    before, after = (part.split(FORM, 1)[0] for part in (html, text))
    assert before == after
    assert html.rsplit("</form>", 1)[1] == text.rsplit("</form>", 1)[1]
    assert KeptReason.values == ["autosave", "expired"]
