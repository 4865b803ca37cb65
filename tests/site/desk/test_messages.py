"""站内消息 on the desk, and how they go further: e-mail, gateways, hours of rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from county import County, build
from gongkai.agencies.models import Role, Setting, User
from gongkai.design.words import BEIJING
from gongkai.desk import channels, gateways
from gongkai.desk.models import ContactCard
from gongkai.outbox import station
from gongkai.outbox.models import Message, StationMessage
from gongkai.outbox.queue import deliver, drain
from gongkai.trail.models import Entry

pytestmark = pytest.mark.django_db
# Later than any message a test can write: nothing that is due waits for the machine's own clock.
NOON, NIGHT = datetime(2096, 3, 2, 12, 0, tzinfo=BEIJING), datetime(2096, 3, 2, 23, 30, tzinfo=BEIJING)


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    caches["shared"].clear()
    yield
    caches["shared"].clear()


@pytest.fixture
def county() -> County:
    return build()


@pytest.fixture
def clerk(county: County) -> User:
    return county.person("财政局", Role.HANDLER)


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Any:
    def set_moment(at: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: at)

    return set_moment


def say(
    user: User, key: str = "k", title: str = "青财公开申〔2026〕1号 剩 2 个工作日", url: str = "/desk/"
) -> StationMessage:
    with transaction.atomic():
        station.tell([station.Line(user.pk, key, title, url)])
    return StationMessage.objects.get(person=user, key=key)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_message_is_counted_on_every_page_opened_and_read(clerk: User) -> None:
    row = say(clerk)
    client = signed_in(clerk)
    assert '1<span class="visually-hidden"> 条未读' in client.get(reverse("desk:home")).content.decode()
    page = client.get(reverse("desk:messages")).content.decode()
    assert row.title in page
    opened = client.post(reverse("desk:message-open", args=[row.public_id]))
    assert opened.headers["Location"] == "/desk/"
    row.refresh_from_db()
    assert row.read_at
    assert "条未读" not in client.get(reverse("desk:home")).content.decode()
    say(clerk, "second"), say(clerk, "third")
    client.post(reverse("desk:messages-read"))
    assert station.unread(clerk) == 0


def test_pages_do_not_ask_the_database_for_the_count_each_time(clerk: User) -> None:
    say(clerk)
    client = signed_in(clerk)
    client.get(reverse("desk:kept"))
    with CaptureQueriesContext(connection) as caught:
        client.get(reverse("desk:kept"))
    assert not any("stationmessage" in query["sql"] for query in caught.captured_queries)


def test_the_count_is_bounded(clerk: User) -> None:
    with transaction.atomic():
        station.tell(station.Line(clerk.pk, f"k{n}", "事") for n in range(130))
    assert station.unread(clerk) == 100
    assert "99+" in signed_in(clerk).get(reverse("desk:home")).content.decode()


def test_messages_of_others_do_not_exist(county: County, clerk: User) -> None:
    row = say(clerk)
    other = signed_in(county.person("教育局", Role.HANDLER))
    assert other.post(reverse("desk:message-open", args=[row.public_id])).status_code == 404
    assert row.title not in other.get(reverse("desk:messages")).content.decode()
    other.post(reverse("desk:messages-read"))
    row.refresh_from_db()
    assert row.read_at is None


def test_a_link_leads_nowhere_outside_the_desk(clerk: User) -> None:
    for number, url in enumerate(("//evil.example/", "https://evil.example/desk/", "javascript:alert(1)", "/apply/")):
        row = say(clerk, f"u{number}", url=url)
        answer = signed_in(clerk).post(reverse("desk:message-open", args=[row.public_id]))
        assert answer.headers["Location"] == reverse("desk:messages"), url


def test_the_same_is_said_once(clerk: User) -> None:
    say(clerk), say(clerk)
    assert StationMessage.objects.count() == 1 and Message.objects.filter(topic=station.TOPIC).count() == 1


def test_messages_are_paged_by_key(clerk: User) -> None:
    with transaction.atomic():
        station.tell(station.Line(clerk.pk, f"k{n}", f"事{n}") for n in range(120))
    client, seen, query = signed_in(clerk), list[str](), ""
    for _ in range(3):
        page = client.get(reverse("desk:messages") + query)
        seen += [row.title for row in page.context["rows"]]
        query = page.context["older"] or ""
    assert len(seen) == len(set(seen)) == 120 and query == ""
    assert client.get(reverse("desk:messages") + "?before=x").status_code == 200


CARD = {"phone": "0000-1234567 转 801", "by_sms": "on", "mobile": "19912345678", "by_wecom": "on", "wecom": "zhang.san"}


def test_a_person_sets_telephone_and_ways_and_the_addresses_are_sealed(clerk: User) -> None:
    client = signed_in(clerk)
    assert client.post(reverse("desk:me"), CARD).status_code == 302
    clerk.refresh_from_db()
    assert clerk.phone == "0000-1234567 转 801"
    with connection.cursor() as cursor:
        cursor.execute("SELECT mobile, wecom FROM desk_contactcard")
        assert all(value.startswith("aesgcm$") for value in cursor.fetchone())
    assert Entry.objects.get(verb="desk.set_contact_card").facts == {}
    page = client.get(reverse("desk:me")).content.decode()
    assert "19912345678" in page and "还没有设邮件服务器" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"mobile": "12345"}, "11 位数字"), ({"mobile": ""}, "请写明地址"), ({"wecom": "张 三"}, "企业微信账号只有"),
        ({"phone": "<b>"}, "电话写数字"), ({"phone": "0\0" * 9}, "不能保存"), ({"quiet_from": "20:00"}, "要么都写"),
        ({"quiet_from": "99:00", "quiet_until": "08:00"}, "时间"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_lost(clerk: User, wrong: dict[str, str], words: str) -> None:
    page = signed_in(clerk).post(reverse("desk:me"), {**CARD, **wrong})
    assert page.status_code == 422 and words in page.content.decode()
    assert "zhang.san" in page.content.decode() or "wecom" in wrong
    assert not ContactCard.objects.exists()


def test_the_administrator_enters_a_telephone_with_the_post(county: County) -> None:
    admin = signed_in(county.person("县政府", Role.SYSTEM_ADMIN))
    facts = {
        "username": "zhang3", "name": "张三", "agency": county.organs["财政局"].pk, "role": Role.HANDLER, "title": "",
        "phone": "0000-7654321",
    }  # fmt: skip
    assert admin.post(reverse("desk:people"), facts).status_code == 302
    assert User.objects.get(username="zhang3").phone == "0000-7654321"
    admin.post(reverse("desk:people"), {**facts, "role": Role.CASE_REGISTRAR, "phone": ""})
    assert User.objects.get(username="zhang3").phone == "0000-7654321"
    assert "0000-7654321" in admin.get(reverse("desk:people")).content.decode()


def carried(row: StationMessage, **card: Any) -> None:
    """Everything the worker does for one message."""
    ContactCard.objects.create(person=row.person, **card)
    for message in Message.objects.filter(topic=station.TOPIC, key=str(row.public_id)):
        deliver(message)
    drain()


def test_gateways_write_sealed_files_that_a_command_gives_out(clerk: User, moment: Any) -> None:
    row = say(clerk)
    moment(NOON)
    carried(row, by_sms=True, mobile="19912345678", by_wecom=True, wecom="zhang.san")
    files = list((Path(settings.HOME) / "gateway").rglob("*"))
    written = b"".join(file.read_bytes() for file in files if file.is_file())
    assert b"19912345678" not in written and row.title.encode() not in written
    out = StringIO()
    call_command("gateway", "sms", stdout=out)
    (line,) = [json.loads(text) for text in out.getvalue().splitlines()]
    assert line["to"] == "19912345678" and row.title in line["text"]
    call_command("gateway", "sms", "--done", line["key"], "../../keys/secret", stdout=StringIO())
    assert gateways.waiting("sms") == [] and len(gateways.waiting("wecom")) == 1


def test_mail_goes_by_djangos_settings(clerk: User, moment: Any) -> None:
    row = say(clerk)
    moment(NOON)
    carried(row, by_email=True, email="zhang@example.cn")
    (letter,) = mail.outbox
    assert letter.to == ["zhang@example.cn"] and row.title in letter.subject


def test_nothing_goes_out_in_hours_of_rest_and_all_of_it_afterwards(clerk: User, moment: Any) -> None:
    row = say(clerk)
    moment(NIGHT)
    carried(row, by_email=True, email="zhang@example.cn")
    waiting = Message.objects.get(topic="station.email")
    assert mail.outbox == [] and waiting.done_at is None and waiting.last_error == "" and waiting.attempts == 0
    assert waiting.due_at == datetime(2096, 3, 3, 8, 0, tzinfo=BEIJING)
    moment(datetime(2096, 3, 3, 8, 0, 1, tzinfo=BEIJING))
    drain()
    assert len(mail.outbox) == 1
    drain()
    assert len(mail.outbox) == 1


def test_a_message_read_meanwhile_is_not_sent(clerk: User, moment: Any) -> None:
    row = say(clerk)
    moment(NIGHT)
    carried(row, by_email=True, email="zhang@example.cn")
    station.mark_read(station.messages_of(clerk).order_by(), clerk)
    moment(datetime(2096, 3, 3, 9, 0, tzinfo=BEIJING))
    drain()
    assert mail.outbox == [] and not Message.objects.filter(topic="station.email", done_at=None).exists()


@pytest.mark.parametrize(
    ("office", "own", "at", "until"),
    [
        ("20:00-08:00", None, (12, 0), None),
        ("20:00-08:00", None, (20, 0), (3, 8, 0)),
        ("20:00-08:00", None, (7, 59), (2, 8, 0)),
        ("20:00-08:00", None, (8, 0), None),
        ("12:00-14:00", None, (13, 0), (2, 14, 0)),
        ("00:00-00:00", None, (3, 0), None),
        ("20:00-08:00", ("12:00", "13:00"), (12, 30), (2, 13, 0)),
        ("20:00-08:00", ("12:00", "13:00"), (23, 0), None),
    ],
)
def test_hours_of_rest_are_ones_own_or_the_offices(db: None, office: str, own: Any, at: Any, until: Any) -> None:
    Setting.objects.create(key=channels.QUIET_HOURS.key, value=office)
    card = ContactCard()
    if own:
        card.quiet_from, card.quiet_until = (datetime.strptime(text, "%H:%M").time() for text in own)
    expected = datetime(2026, 3, until[0], until[1], until[2], tzinfo=BEIJING) if until else None
    assert channels.quiet_until(card, datetime(2026, 3, 2, *at, tzinfo=BEIJING)) == expected


def test_hours_that_are_no_hours_are_refused(county: County) -> None:
    office = signed_in(county.person("县政府", Role.DISCLOSURE_OFFICE))
    for value in ("25:00-08:00", "晚上", "20:00", ""):
        office.post(reverse("desk:settings"), {"key": channels.QUIET_HOURS.key, "value": value})
    assert not Setting.objects.exists()
    office.post(reverse("desk:settings"), {"key": channels.QUIET_HOURS.key, "value": "21:00-07:30"})
    assert channels.QUIET_HOURS.value() == "21:00-07:30"
