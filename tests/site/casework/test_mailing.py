"""电子邮件送达: an answer sent by the system to who asked for it so; refused, tried again, sent another way."""

from __future__ import annotations

import logging
import smtplib
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from freezing import on_day
from gongkai.casework import actions
from gongkai.casework.models import Case, Delivery
from gongkai.documents.blobs import read
from gongkai.outbox.models import Message, StationMessage
from gongkai.outbox.queue import drain
from gongkai.trail.models import Entry

from .conftest import EMAIL, MONDAY, NAME, Maker, World, draft, refused, review, sealed
from .over_http import act, case_page, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
GONE = "applicant-moved@example.cn"


class Failing(EmailBackend):
    """A mail server that says what is set in `error`, which names the address as real ones do."""

    error: Exception | None = None

    def send_messages(self, messages: Any) -> int:
        if Failing.error:
            raise Failing.error
        return int(super().send_messages(messages))


@pytest.fixture(autouse=True)
def server(settings: Any) -> None:
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example.cn", "gongkai@example.cn"
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    Failing.error = None


@pytest.fixture
def waiting(world: World, processing: Maker) -> Case:
    """A stamped answer to somebody who asked for it by e-mail."""
    case = processing(provide_route="email")
    case = review(draft(case, world, "refuse.internal_affairs", today=MONDAY), world, today=MONDAY)
    actions.sign(case, by=world.staff.head, today=MONDAY)
    return sealed(Case.objects.get(pk=case.pk), world, on=MONDAY)


def mailed(world: World, case: Case) -> Delivery:
    act(world.staff.handler, case, "deliver", MONDAY, method="email", sent_on=MONDAY.isoformat())
    return Delivery.objects.get(notice__decision__active=True, notice__case=case)


def carried_out() -> None:
    with on_day(MONDAY):
        drain()


def test_a_stamped_letter_is_sent_and_told(world: World, waiting: Case) -> None:
    delivery = mailed(world, waiting)
    assert (delivery.mailing, delivery.delivered_on, waiting.state) == ("waiting", None, "closed")
    assert waiting.counted_on == MONDAY and mail.outbox == [], "no request waits for a mail server"
    assert "系统等待发送" in case_page(world.staff.handler, waiting, MONDAY)
    message = Message.objects.get(topic="casework.letter")
    assert EMAIL not in str(message.payload) + message.key
    carried_out()
    delivery.refresh_from_db()
    (letter,) = mail.outbox
    assert letter.to == [EMAIL] and letter.attachments[0][1] == read(waiting.notices.get().scan)
    assert waiting.number in letter.subject and NAME not in letter.subject + letter.body
    assert delivery.mailing == "sent" and delivery.mailed_at
    assert "邮件服务器" in case_page(world.staff.handler, waiting, MONDAY)
    assert Entry.objects.get(verb="casework.mail_letter").actor_id is None
    act(world.staff.registrar, waiting, "confirm_delivery", MONDAY, delivery.public_id, delivered_on="2026-03-02")
    carried_out()
    assert len(mail.outbox) == 1


def test_an_address_refused_for_good_fails_and_is_sent_another_way(
    world: World, waiting: Case, caplog: pytest.LogCaptureFixture
) -> None:
    Failing.error = smtplib.SMTPRecipientsRefused({GONE: (550, f"<{GONE}>: no such user".encode())})
    delivery = mailed(world, waiting)
    carried_out()
    delivery.refresh_from_db()
    assert delivery.mailing == "refused" and "不接受收件地址" in delivery.failed
    page = case_page(world.staff.handler, waiting, MONDAY)
    assert "电子邮件没有发出：邮件服务器不接受收件地址" in page and "再次送达" in page
    told = StationMessage.objects.get(person=world.staff.handler, key__startswith="mail:")
    assert waiting.number in told.title and EMAIL not in told.title + str(Entry.objects.last().facts)
    with refused("G7"):
        actions.archive(waiting, by=world.staff.registrar, today=MONDAY)
    with caplog.at_level(logging.DEBUG):
        carried_out()
    assert GONE not in caplog.text and EMAIL not in caplog.text
    act(world.staff.handler, waiting, "deliver_again", MONDAY, delivery.public_id, method="email",
        sent_on=MONDAY.isoformat())  # fmt: skip
    Failing.error = None
    carried_out()
    assert len(mail.outbox) == 1 and waiting.counted_on == MONDAY


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({GONE: (451, b"try again later")}),
        smtplib.SMTPServerDisconnected(f"while sending to {GONE}"),
        OSError(f"no route for {GONE}"),
    ],
)
def test_a_server_that_is_down_is_tried_again_and_no_log_names_the_address(
    world: World, waiting: Case, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    Failing.error = error
    delivery = mailed(world, waiting)
    with caplog.at_level(logging.DEBUG):
        carried_out()
    delivery.refresh_from_db()
    message = Message.objects.get(topic="casework.letter")
    assert (delivery.mailing, delivery.failed, message.last_error) == ("waiting", "", "NotSent")
    assert "NotSent" in caplog.text and GONE not in caplog.text and EMAIL not in caplog.text
    Failing.error = None
    Message.objects.update(due_at=message.created_at)
    carried_out()
    delivery.refresh_from_db()
    assert delivery.mailing == "sent" and len(mail.outbox) == 1


def test_an_address_that_is_none_fails_at_once(world: World, waiting: Case) -> None:
    waiting.applicant.email = "nobody@exa\nmple"
    waiting.applicant.save()
    delivery = mailed(world, waiting)
    carried_out()
    delivery.refresh_from_db()
    assert delivery.mailing == "refused" and "不是有效的电子邮箱" in delivery.failed and mail.outbox == []


@pytest.mark.parametrize("wanted", ["post", "online"])
def test_who_did_not_ask_for_it_gets_no_mail_of_the_systems(world: World, waiting: Case, wanted: str) -> None:
    Case.objects.filter(pk=waiting.pk).update(provide_route=wanted)
    assert mailed(world, waiting).mailing == "" and not Message.objects.filter(topic="casework.letter").exists()


def test_without_a_mail_server_the_handlers_own_mail_is_recorded(world: World, waiting: Case, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    assert mailed(world, waiting).mailing == ""


def test_the_information_that_is_given_goes_with_the_letter(world: World, processing: Maker) -> None:
    from gongkai.casework.models import CaseFile, FileKind
    from gongkai.documents.blobs import store

    case = processing(provide_route="email")
    file = store(b"%PDF-1.7 given", name="中标通知书.pdf", content_type="application/pdf", sealed=True)
    CaseFile.objects.create(case=case, kind=FileKind.PROVIDED, blob=file, added_by=world.staff.handler)
    case = review(draft(case, world, "grant.provide", today=MONDAY), world, today=MONDAY)
    actions.sign(case, by=world.staff.head, today=MONDAY)
    mailed(world, sealed(Case.objects.get(pk=case.pk), world, on=MONDAY))
    carried_out()
    assert [name for name, *_ in mail.outbox[0].attachments][1:] == ["中标通知书.pdf"]


def test_the_form_says_what_the_system_will_do(world: World, waiting: Case) -> None:
    with on_day(MONDAY):
        page = signed_in(world.staff.handler).get(reverse("casework:act", args=[waiting.public_id, "deliver"]))
    assert "由系统发送到申请人的电子邮箱" in page.content.decode() and EMAIL not in page.content.decode()


def test_an_unstamped_letter_is_not_mailed(world: World, processing: Maker) -> None:
    case = processing(provide_route="email")
    case = review(draft(case, world, "refuse.internal_affairs", today=MONDAY), world, today=MONDAY)
    actions.sign(case, by=world.staff.head, today=MONDAY)
    with refused("not_sealed"):
        actions.deliver(case, method="email", by=world.staff.handler, today=date(2026, 3, 2))
    assert not Message.objects.filter(topic="casework.letter").exists()
