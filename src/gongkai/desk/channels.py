"""What carries a message (站内消息) further: e-mail, SMS, WeChat-work; never at hours of rest (免打扰).

Handlers of the outbox: `station.message` spreads a message over the ways its reader chose, one outbox message each, so
that a gateway that is down repeats nothing of the others. A message that was read meanwhile is not sent any more.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from gongkai.agencies.office_settings import Declared, declare
from gongkai.design.words import BEIJING
from gongkai.desk.models import ContactCard
from gongkai.outbox import station
from gongkai.outbox.models import StationMessage
from gongkai.outbox.queue import NotNow, left_to_worker, put

KEPT = timedelta(days=180)
SIGN = "政府信息公开工作台"
_HOURS = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$")


def _hours(text: str) -> str:
    if not _HOURS.match(text.strip()):
        raise ValueError(text)
    return text.strip()


QUIET_HOURS = declare(
    Declared(
        "desk.quiet_hours",
        "短信、企业微信和邮件的免打扰时段（如 20:00-08:00；起止相同为不设）",
        "20:00-08:00",
        "内部管理：提醒不在休息时间发出",
        parse=_hours,
    )
)


def spread(payload: dict[str, Any]) -> None:
    """Put one outbox message for each way the reader wants (outbox handler of `station.message`)."""
    message, card = _found(payload)
    if message is None or card is None:
        return
    # No request waits for a mail server or a gateway: the worker speaks to them.
    with left_to_worker(), transaction.atomic():
        for way, wanted in (("email", card.by_email), ("sms", card.by_sms), ("wecom", card.by_wecom)):
            if wanted:
                put(f"station.{way}", str(message.public_id), payload)


def send_email(payload: dict[str, Any]) -> None:
    """By Django's e-mail settings (outbox handler)."""

    def send(message: StationMessage, card: ContactCard) -> None:
        EmailMessage(f"【{SIGN}】{message.title}", text_of(message), to=[card.email]).send()

    _send(payload, "email", send)


def send_sms(payload: dict[str, Any]) -> None:
    """Through the SMS gateway of the settings (outbox handler)."""
    _send(payload, "mobile", lambda message, card: _through("sms", card.mobile, message))


def send_wecom(payload: dict[str, Any]) -> None:
    """Through the WeChat-work gateway of the settings (outbox handler)."""
    _send(payload, "wecom", lambda message, card: _through("wecom", card.wecom, message))


def _through(way: str, address: str, message: StationMessage) -> None:
    import_string(settings.GATEWAYS[way])(way, address, text_of(message), str(message.public_id))


def _send(payload: dict[str, Any], field: str, send: Callable[[StationMessage, ContactCard], None]) -> None:
    """Send what is still unread to who still wants it, or later when it is an hour of rest."""
    message, card = _found(payload)
    wanted = {"email": "by_email", "mobile": "by_sms", "wecom": "by_wecom"}[field]
    if message is None or card is None or message.read_at or not getattr(card, wanted) or not getattr(card, field):
        return
    if until := quiet_until(card, timezone.now()):
        raise NotNow(until)
    send(message, card)


def _found(payload: dict[str, Any]) -> tuple[StationMessage | None, ContactCard | None]:
    message = StationMessage.objects.filter(public_id=payload["message"], person__is_active=True).first()
    card = ContactCard.objects.filter(person=message.person_id).first() if message else None
    return message, card


def text_of(message: StationMessage) -> str:
    """What leaves the house: the line itself, which names no applicant, and where to go; no address of the network."""
    return f"【{SIGN}】{message.title}。请登录工作台办理。"


def quiet_until(card: ContactCard, now: datetime) -> datetime | None:
    """When the hours of rest in which `now` lies are over; None outside them."""
    first, last = _hours_of(card)
    local = now.astimezone(BEIJING)
    clock = local.time()
    if first == last:
        return None
    resting = first <= clock < last if first < last else clock >= first or clock < last
    if not resting:
        return None
    day = local.date() if clock < last else local.date() + timedelta(days=1)
    return datetime.combine(day, last, BEIJING)


def _hours_of(card: ContactCard) -> tuple[time, time]:
    if card.quiet_from is not None and card.quiet_until is not None:
        return card.quiet_from, card.quiet_until
    first, last = QUIET_HOURS.value().split("-")
    return time.fromisoformat(first), time.fromisoformat(last)


def email_is_on() -> bool:
    """Whether the installation has a mail server (GONGKAI_EMAIL_HOST)."""
    return bool(settings.EMAIL_HOST)


def erase_old(today: date) -> int:
    """Erase messages of half a year ago. Returns how many."""
    return station.erase(datetime.combine(today, time(), BEIJING) - KEPT)
