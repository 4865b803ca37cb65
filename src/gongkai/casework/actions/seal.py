"""用印登记 and 扫描回传: the default way of a paper between signature and delivery (domain-spec §11.6 item 43).

One way for an answer and for a paper of a register: each act is done to whose paper waits (`Holder`).
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, outgoing, procedure, rules
from gongkai.casework.electronic_seals import broken, has_sample, sealing_on
from gongkai.casework.models import Holder, Sealing, belongs_to_paper
from gongkai.documents import blobs, scan_back
from gongkai.documents.models import Blob
from gongkai_core.reading import Unreadable
from gongkai_core.refusals import Refusal, Refused

ARTICLE = "条例第三十六条；本单位用印规定"
DEFAULT_SEAL = "信息公开专用章"


def sealing_of(holder: Holder) -> Sealing | None:
    paper = outgoing.waiting(holder)
    return Sealing.objects.filter(**belongs_to_paper(paper)).first() if paper else None


def must_be_sealed(holder: Holder) -> bool:
    """Whether this office lets the paper not leave unless it was stamped, scanned and compared."""
    paper = outgoing.waiting(holder)
    asked = rules.SEAL_BEFORE_DELIVERY.value() == "是" and not outgoing.is_old(holder)
    return asked and paper is not None and outgoing.bears_seal(paper)


def unsealed(holder: Holder) -> Refusal | None:
    """Why the paper may not leave yet for want of its seal."""
    if electronic := sealing_on(holder):
        return broken(electronic)
    if not must_be_sealed(holder):
        return None
    sealing = sealing_of(holder)
    if sealing is None and has_sample(holder):
        return Refusal("sample", "只盖了测试印章（样张 无效），不能作为用印的文书发出", ARTICLE)
    if sealing is None:
        return Refusal("not_sealed", "还没有用印登记；打印、用印后登记并传回扫描件", ARTICLE)
    if sealing.scan_id is None:
        return Refusal("not_scanned", "还没有传回用印后的扫描件", ARTICLE)
    return (
        None if sealing.done else Refusal("not_compared", "扫描件和审定稿不一致或者没有核对，须由人比对确认", ARTICLE)
    )


def can_record_sealing(holder: Holder, *, by: User, today: date) -> Refusal | None:
    if refused := outgoing.sender_refusal(holder, by=by, today=today) or no_seal(holder):
        return refused
    if sealing_on(holder):
        return Refusal("sealed", "已经电子用印，不再用实物印章", ARTICLE)
    return Refusal("sealed", "已经登记用印", ARTICLE) if sealing_of(holder) else None


def no_seal(holder: Holder) -> Refusal | None:
    """What is never sealed here: papers of the old 条例, and lists without a place for a seal."""
    if outgoing.is_old(holder):
        return Refusal("old_law", "旧条例案件登记的是当时发出的原件，不再用印", ARTICLE)
    paper = outgoing.waiting(holder)
    if paper and not outgoing.bears_seal(paper):
        return Refusal("no_seal", f"{paper.name}不盖机关印章", ARTICLE)
    return None


@transaction.atomic
def record_sealing(
    holder: Holder, *, seal: str, sealed_on: date, sealed_by: str, copies: int, by: User, today: date
) -> Sealing:
    """Enter which seal was put on how many copies, by whom, when. Raises Refused."""
    holder = locked(holder)
    procedure.allow(can_record_sealing(holder, by=by, today=today))
    paper = outgoing.waiting(holder)
    assert paper and paper.signed_on
    clock.refuse_future(sealed_on, today)
    if sealed_on < paper.signed_on:
        procedure.allow(Refusal("dates_out_of_order", f"用印日期早于成文日期 {paper.signed_on}"))
    sealing = Sealing.objects.create(
        **belongs_to_paper(paper),
        seal=seal.strip(),
        sealed_on=sealed_on,
        sealed_by=sealed_by.strip(),
        copies=copies,
        recorded_by=by,
    )
    outgoing.note(
        "record_sealing", holder, by=by, today=today, ground=ARTICLE, number=paper.number, seal=sealing.seal, copies=copies,
    )  # fmt: skip
    return sealing


def can_return_scan(holder: Holder, *, by: User, today: date) -> Refusal | None:
    if refused := outgoing.sender_refusal(holder, by=by, today=today):
        return refused
    return None if sealing_of(holder) else Refusal("not_sealed", "先登记用印，再传回扫描件", ARTICLE)


@transaction.atomic
def return_scan(holder: Holder, *, scan: Blob, by: User, today: date) -> Sealing:
    """Keep the scan of the stamped paper and compare it with the approved version; a further one replaces it.

    Raises Refused for a file that is no scan.
    """
    holder = locked(holder)
    procedure.allow(can_return_scan(holder, by=by, today=today))
    sealing = sealing_of(holder)
    assert sealing
    paper = sealing.paper
    try:
        approved_pdf = blobs.read(paper.pdf) if paper.pdf else None
        found = scan_back.compare(paper.rendered.text, approved_pdf, blobs.read(scan), scan.name)
    except Unreadable as unreadable:
        raise Refused(Refusal(unreadable.code, str(unreadable), ARTICLE)) from None
    sealing.scan, sealing.has_words = scan, found.has_words
    sealing.pages_approved, sealing.pages_scanned = found.pages_approved, found.pages_scanned
    sealing.differences = [{"approved": old, "scanned": new} for old, new in found.differences]
    sealing.accepted_by = sealing.accepted_on = None
    sealing.remarks = ""
    sealing.save()
    _keep_with_paper(sealing)
    outgoing.note(
        "return_scan", holder, by=by, today=today, ground=ARTICLE, number=paper.number, pages=found.pages_scanned,
        agrees=sealing.agrees, differences=len(found.differences),
    )  # fmt: skip
    return sealing


def can_accept_scan(holder: Holder, *, by: User, today: date) -> Refusal | None:
    if refused := can_return_scan(holder, by=by, today=today):
        return refused
    sealing = sealing_of(holder)
    if sealing is None or sealing.scan_id is None:
        return Refusal("not_scanned", "还没有传回用印后的扫描件", ARTICLE)
    if not sealing.pages_agree:
        return Refusal(
            "pages", f"扫描件 {sealing.pages_scanned} 页，审定稿 {sealing.pages_approved} 页，须重新扫描传回", ARTICLE
        )
    return Refusal("compared", "已经比对一致", ARTICLE) if sealing.done else None


@transaction.atomic
def accept_scan(holder: Holder, *, remarks: str, by: User, today: date) -> Sealing:
    """A person has compared the scan, page by page, and says what the differences are. Raises Refused."""
    holder = locked(holder)
    procedure.allow(can_accept_scan(holder, by=by, today=today))
    sealing = sealing_of(holder)
    assert sealing
    sealing.accepted_by, sealing.accepted_on, sealing.remarks = by, today, remarks.strip()[:200]
    sealing.save()
    _keep_with_paper(sealing)
    outgoing.note("accept_scan", holder, by=by, today=today, ground=ARTICLE, number=sealing.paper.number)
    return sealing


def _keep_with_paper(sealing: Sealing) -> None:
    """The compared scan is what its addressee gets; one that does not agree is nobody's."""
    paper = sealing.paper
    paper.scan = sealing.scan if sealing.done else None
    paper.save(update_fields=["scan"])
