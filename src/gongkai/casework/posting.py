"""Posting (邮寄): to whom a notice goes, and the papers that bear an address: label, envelope, list for the post office.

Names and addresses stand on these papers alone; none of them is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Q

from gongkai.casework.models import Case, Delivery, Method, Notice, ProvideRoute
from gongkai.documents import pdf
from gongkai.documents.sheets import list_sheet
from gongkai_core.letters import LETTERS

_TEMPLATE = Path(__file__).parent / "typst" / "envelope.typ"
FORMS = {"label": "地址标签（100×60 毫米）", "envelope": "信封（7 号，229×162 毫米）"}
_SIZES = {"label": (100, 60), "envelope": (229, 162)}
HEADS = ("序号", "收件人", "联系电话", "收件地址", "邮政编码", "内件", "寄件单位", "寄件电话", "邮件号")
_WIDTHS = (6, 18, 16, 40, 10, 36, 28, 16, 18)


@dataclass(frozen=True, slots=True)
class Recipient:
    name: str
    address: str
    postcode: str = ""
    phone: str = ""


def recipient(notice: Notice) -> Recipient:
    """The applicant, or whoever was asked; of the latter the contact stands in for the address."""
    if LETTERS[notice.letter].addressee == "applicant":
        person = notice.case.applicant
        return Recipient(person.name, person.address, person.postcode, person.phone)
    inquiry = getattr(notice, "inquiry", None)
    return Recipient(inquiry.name, inquiry.contact) if inquiry else Recipient(notice.addressee, "")


def render(notice: Notice, form: str) -> bytes:
    """A label or an envelope as PDF. Raises FontsMissing."""
    to, organ = recipient(notice), notice.case.agency
    wide, tall = _SIZES[form]
    sender = [organ.name, organ.address, organ.phone]
    return pdf.typeset(
        _TEMPLATE,
        {
            "title": FORMS[form].split("（")[0],
            "form": form,
            "wide": wide,
            "tall": tall,
            "to": {"name": to.name, "address": to.address, "postcode": to.postcode, "phone": to.phone},
            "sender": [line for line in sender if line],
            "postcode": organ.postcode,
            "note": notice.number or notice.case.number,
        },
    )


def of_the_day(cases: Iterable[Case], on: date, *, most: int) -> list[Notice]:
    """Notices by post of a day: those sent on it, and the signed answers that are still to be posted; up to `most`."""
    sent = Delivery.objects.filter(notice__case__in=cases, method=Method.POST, sent_on=on)
    waiting = Q(
        case__in=cases, case__state="delivering", case__provide_route=ProvideRoute.POST, decision__active=True,
        deliveries=None,
    )  # fmt: skip
    rows = Notice.objects.filter(Q(pk__in=sent.values("notice")) | waiting, voided_on=None).order_by("pk")
    return list(rows.select_related("case__agency", "case__applicant", "inquiry").defer("content")[:most])


def sheet(notices: Iterable[Notice], on: date) -> bytes:
    """The list that a post office takes in (EMS 大客户收寄清单), as .xlsx."""
    rows = []
    for number, notice in enumerate(notices, 1):
        to, organ = recipient(notice), notice.case.agency
        last = notice.deliveries.filter(method=Method.POST, sent_on=on).last()
        # Not the letter's name: whoever carries it needs not know what it says.
        inside, tracking = notice.number or notice.case.number, last.tracking if last else ""
        person = (to.name, to.phone, to.address, to.postcode)
        rows.append((number, *person, inside, organ.name, organ.phone, tracking))
    return list_sheet(f"邮寄清单 {on}", HEADS, rows, widths=_WIDTHS)
