"""电子邮件送达: an answer sent by this system to an applicant who asked for it by e-mail (条例第四十条).

The outbox knows the delivery alone; whoever sends opens the address then, and no failure that is logged names it.
The day that counts is that of the sending (domain-spec §1.5.2); whether it arrived is for a person to enter.
"""

from __future__ import annotations

import smtplib
from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from gongkai.casework import notices, procedure, progress
from gongkai.casework.models import Case, Delivery, Mailing, Method, Notice, Outgoing, ProvideRoute
from gongkai.documents.blobs import read
from gongkai.documents.models import Blob
from gongkai.outbox import station
from gongkai.outbox.queue import left_to_worker, put
from gongkai_core.letters import LETTERS

TOPIC = "casework.letter"
ARTICLE = "条例第四十条；电子签名法第十一条"
MOST = 18 * 2**20
"""What mail servers commonly take; information beyond it is fetched on the query page."""


class NotSent(Exception):
    """The mail server could not take it now. Holds the kind of failure alone: its words may name the address."""


def by_this_system(paper: Outgoing, method: str) -> bool:
    """Whether this sending is an e-mail that the system sends itself: asked for, addressable, a mail server there."""
    if method != Method.EMAIL or not settings.EMAIL_HOST or not isinstance(paper, Notice):
        return False
    case, to_applicant = paper.case, LETTERS[paper.letter].addressee == "applicant"
    wanted = case.provide_route == ProvideRoute.EMAIL and bool(case.applicant.email)
    return wanted and to_applicant and paper.decision_id is not None and _file_of(paper) is not None


def _file_of(notice: Notice) -> Blob | None:
    """The letter as it was sealed: the scan that was compared, else the PDF with its electronic seal."""
    return notice.scan or notice.pdf


def post(delivery: Delivery) -> None:
    """Put the e-mail into the outbox within the act that sends the letter; no request waits for a mail server."""
    if not by_this_system(delivery.paper, delivery.method):
        return
    delivery.mailing = Mailing.WAITING
    delivery.save(update_fields=["mailing"])
    with left_to_worker():
        put(TOPIC, str(delivery.public_id), {"delivery": str(delivery.public_id)})


def send(payload: dict[str, Any]) -> None:
    """Hand the letter to the mail server (outbox handler). Raises NotSent, to be tried again.

    An address that is refused for good ends it: the delivery has failed, and the handler is told.
    """
    rows = Delivery.objects.filter(public_id=payload["delivery"], mailing=Mailing.WAITING)
    delivery = rows.select_related("notice__case__agency", "notice__case__applicant").first()
    if delivery is None or delivery.notice is None:
        return
    try:
        _message(delivery.notice, timezone.localdate()).send()
    except smtplib.SMTPRecipientsRefused as refused:
        if any(code < 500 for code, _ in refused.recipients.values()):
            raise NotSent("SMTPRecipientsRefused") from None
        _failed(delivery, "邮件服务器不接受收件地址")
    except (ValueError, IndexError):
        _failed(delivery, "收件地址不是有效的电子邮箱")
    except Exception as error:
        raise NotSent(type(error).__name__) from None
    else:
        _sent(delivery)


def _message(notice: Notice, today: date) -> EmailMessage:
    """Letter and information as attachments; the words name nobody."""
    case, letter = notice.case, _file_of(notice)
    assert letter is not None  # asked before it was put
    files = [letter]
    given = progress.provided_files(case, today) if notice.decision and notice.decision.discloses else []
    whole = sum(row.blob.size for row in given) + letter.size <= MOST
    files += [row.blob for row in given] if whole else []
    message = EmailMessage(
        f"政府信息公开申请答复（登记号：{case.number}）", _words(notice, whole), to=[case.applicant.email]
    )
    for blob in files:
        message.attach(blob.name, read(blob), blob.content_type)
    return message


def _words(notice: Notice, whole: bool) -> str:
    case = notice.case
    lines = [
        f"政府信息公开申请（登记号：{case.number}）的答复见附件《{notice.name}》（{notice.number}）。",
        "" if whole else "公开的信息文件较大，请凭登记号和查询码在查询页下载。",
        "收到后请回复“收到”。",
        "",
        notices.answering_organ(case),
        f"联系电话：{case.agency.phone}" if case.agency.phone else "",
    ]
    return "\n".join(line for place, line in enumerate(lines) if line or place == 3)


@transaction.atomic
def _sent(delivery: Delivery) -> None:
    _settle(delivery, "mail_letter", mailing=Mailing.SENT, mailed_at=timezone.now())


@transaction.atomic
def _failed(delivery: Delivery, why: str) -> None:
    case = delivery.notice.case if delivery.notice else None
    assert case is not None
    _settle(delivery, "mail_refused", mailing=Mailing.REFUSED, failed=f"电子邮件没有发出：{why}")
    people = [person for person in (case.handler, delivery.recorded_by) if person and person.is_active]
    title = f"{case.number} 的答复没有以电子邮件发出：{why}，请再次送达"
    key = f"mail:{delivery.public_id}"
    station.tell(station.Line(person.pk, key, title, case.get_absolute_url()) for person in dict.fromkeys(people))


def _settle(delivery: Delivery, verb: str, **result: Any) -> None:
    """Keep what became of it, and leave it in the trail as the system's."""
    Delivery.objects.filter(pk=delivery.pk).update(**result)
    assert delivery.notice is not None
    case: Case = delivery.notice.case
    procedure.note(verb, case, by=None, today=timezone.localdate(), ground=ARTICLE, number=delivery.notice.number)
