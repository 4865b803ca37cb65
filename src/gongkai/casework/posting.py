"""Posting (邮寄): to whom a paper goes, and the papers that bear an address: label, envelope, list for the post office.

Names and addresses stand on these papers alone; none of them is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.casework.models import (
    Applicant,
    Case,
    Complaint,
    Delivery,
    Method,
    Notice,
    Outgoing,
    ProvideRoute,
    RecordCorrection,
    RegisterPaper,
)
from gongkai.documents import pdf
from gongkai.documents.pages import merged
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


def recipient(paper: Outgoing) -> Recipient:
    """The applicant, or whoever was asked or written to; without an address where none is known."""
    if isinstance(paper, RegisterPaper):
        return _of_register(paper)
    if LETTERS[paper.letter].addressee == "applicant":
        return _person(paper.case.applicant)
    inquiry = getattr(paper, "inquiry", None)
    return Recipient(inquiry.name, inquiry.contact) if inquiry else Recipient(paper.addressee, "")


def _person(person: Applicant) -> Recipient:
    return Recipient(person.name, person.address, person.postcode, person.phone)


def _of_register(paper: RegisterPaper) -> Recipient:
    """A correction's applicant and organ, a complaint's organ; of a review body or a court the name alone is kept."""
    row = paper.row
    if isinstance(row, RecordCorrection):
        if LETTERS[paper.letter].addressee == "applicant":
            return _person(row.applicant)
        return Recipient(row.right_organ, row.right_contact)
    if isinstance(row, Complaint) and (organ := row.assigned_to):
        return Recipient(organ.name, organ.address, organ.postcode, organ.phone)
    return Recipient(paper.drafted.get("addressee", ""), "")


def render(paper: Outgoing, form: str, *, address: str = "") -> bytes:
    """A label or an envelope as PDF; `address` stands in where none is known. Raises FontsMissing."""
    to, organ = recipient(paper), paper.agency
    wide, tall = _SIZES[form]
    sender = [organ.name, organ.address, organ.phone]
    return pdf.typeset(
        _TEMPLATE,
        {
            "title": FORMS[form].split("（")[0],
            "form": form,
            "wide": wide,
            "tall": tall,
            "to": {"name": to.name, "address": to.address or address, "postcode": to.postcode, "phone": to.phone},
            "sender": [line for line in sender if line],
            "postcode": organ.postcode,
            "note": inside(paper),
        },
    )


def inside(paper: Outgoing) -> str:
    """What the outside says is inside: a number, never the letter's name."""
    return paper.number or (paper.case.number if isinstance(paper, Notice) else "")


def of_the_day(cases: Iterable[Case], on: date, *, most: int) -> list[Notice]:
    """Notices by post of a day: those sent on it, and the signed answers that are still to be posted; up to `most`."""
    sent = Delivery.objects.filter(notice__case__in=cases, method=Method.POST, sent_on=on)
    waiting = Q(
        case__in=cases, case__state="delivering", case__provide_route=ProvideRoute.POST, decision__active=True,
        deliveries=None,
    )  # fmt: skip
    rows = Notice.objects.filter(Q(pk__in=sent.values("notice")) | waiting, voided_on=None).order_by("pk")
    return list(rows.select_related("case__agency", "case__applicant", "inquiry").defer("content")[:most])


def papers_of_the_day(organs: QuerySet[Agency], on: date, *, most: int) -> list[RegisterPaper]:
    """Papers of these organs' registers that were posted on a day; up to `most`."""
    sent = Delivery.objects.filter(register_paper__agency__in=organs, method=Method.POST, sent_on=on)
    rows = RegisterPaper.objects.filter(pk__in=sent.values("register_paper"), voided_on=None).order_by("pk")
    return list(rows.select_related("agency", "review", "lawsuit", "complaint", "correction").defer("content")[:most])


def render_all(papers: Iterable[Outgoing], form: str) -> bytes:
    """The labels or envelopes of several papers as one PDF, in their order. Raises FontsMissing."""
    return merged([render(paper, form) for paper in papers])


def sheet(papers: Iterable[Outgoing], on: date, *, any_day: bool = False) -> bytes:
    """The list that a post office takes in (EMS 大客户收寄清单), as .xlsx; with the numbers of the day, or of any day."""
    rows = []
    for number, paper in enumerate(papers, 1):
        to, organ = recipient(paper), paper.agency
        sent = paper.deliveries.filter(method=Method.POST)
        last = (sent if any_day else sent.filter(sent_on=on)).last()
        # Not the letter's name: whoever carries it needs not know what it says.
        person, tracking = (to.name, to.phone, to.address, to.postcode), last.tracking if last else ""
        rows.append((number, *person, inside(paper), organ.name, organ.phone, tracking))
    return list_sheet(f"邮寄清单 {on}", HEADS, rows, widths=_WIDTHS)
