"""电子用印 and 电子签名: what stands beside print, stamp and scan where the organ has certificates."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import electronic_seals, notices, outgoing, procedure
from gongkai.casework.actions.seal import no_seal, sealing_of
from gongkai.casework.electronic_seals import ARTICLE
from gongkai.casework.models import Case, ElectronicSealing, Holder, belongs_to_paper
from gongkai.documents import electronic_seal
from gongkai.documents.blobs import read, store
from gongkai.documents.models import Certificate, CertificateKind
from gongkai_core.refusals import Refusal

BY_HAND = "电子签名法第十三条"


def can_seal_electronically(holder: Holder, *, by: User, today: date) -> Refusal | None:
    """By who sends letters out, once, with a certificate of the organ that can be used today."""
    if refused := outgoing.sender_refusal(holder, by=by, today=today):
        return refused
    if refused := _closed(holder):
        return refused
    seals = list(electronic_seals.seals_of(holder))
    if not seals:
        return Refusal("no_certificate", f"{holder.agency.short_name}没有可用的电子印章，请打印后用印登记", ARTICLE)
    reasons = [electronic_seal.unusable(row, today) for row in seals]
    return None if None in reasons else reasons[0]


def _closed(holder: Holder) -> Refusal | None:
    """What rules out an electronic seal or signature whoever asks for it."""
    if refused := no_seal(holder):
        return refused
    if sealing_of(holder):
        return Refusal("sealed", "已经登记实物用印，不再电子用印", ARTICLE)
    return Refusal("sealed", "已经电子用印", ARTICLE) if electronic_seals.sealing_on(holder) else None


@transaction.atomic
def seal_electronically(holder: Holder, *, certificate: Certificate, by: User, today: date) -> ElectronicSealing:
    """Put the organ's electronic seal on the signed paper; its PDF becomes the sealed one. Raises Refused.

    With a test certificate a sample is made beside it, and the paper stays as it was.
    """
    holder = locked(holder)
    procedure.allow(can_seal_electronically(holder, by=by, today=today))
    certificate = locked(certificate)
    if certificate.agency_id != holder.agency_id or certificate.kind != CertificateKind.SEAL:
        procedure.allow(Refusal("foreign_certificate", "不是本机关的印章", ARTICLE))
    return _put(holder, certificate, "seal_electronically", by=by, today=today)


def can_sign_electronically(holder: Holder, *, by: User, today: date) -> Refusal | None:
    """By whoever signed the paper, with a certificate of their own, before the seal."""
    if isinstance(holder, Case) and holder.state != "delivering":
        return Refusal("wrong_state", "签发之后、发出之前才能电子签名", BY_HAND)
    if refused := _closed(holder):
        return refused
    paper = outgoing.waiting(holder)
    if paper is None or paper.signed_by_id != by.pk:
        return Refusal("not_signatory", "电子签名由签发人本人作出", BY_HAND)
    if not isinstance(holder, Case) and holder.sent_on:
        return Refusal("sent_already", f"已于 {holder.sent_on} 发出", BY_HAND)
    if paper.electronic_sealings.filter(kind=CertificateKind.SIGNATURE, is_sample=False).exists():
        return Refusal("signed", "已经电子签名", BY_HAND)
    own = list(Certificate.objects.filter(kind=CertificateKind.SIGNATURE, holder=by, retired_on=None).order_by("-pk"))
    if not own:
        return Refusal("no_certificate", "没有您的签名证书，请系统管理员录入", BY_HAND)
    reasons = [electronic_seal.unusable(row, today) for row in own]
    return None if None in reasons else reasons[0]


@transaction.atomic
def sign_electronically(
    holder: Holder, *, certificate: Certificate, password: str, by: User, today: date
) -> ElectronicSealing:
    """The signatory's own electronic signature in the paper's PDF, unseen on the page (信函 bears none). Raises Refused.

    The password is the signatory's alone and is kept nowhere (电子签名法第十三条第二项).
    """
    holder = locked(holder)
    procedure.allow(can_sign_electronically(holder, by=by, today=today))
    certificate = locked(certificate)
    if certificate.holder_id != by.pk:
        procedure.allow(Refusal("foreign_certificate", "不是您的签名证书", BY_HAND))
    return _put(holder, certificate, "sign_electronically", by=by, today=today, password=password)


def _put(
    holder: Holder, certificate: Certificate, verb: str, *, by: User, today: date, password: str = ""
) -> ElectronicSealing:
    found = outgoing.waiting(holder)
    assert found
    paper = locked(found)
    if paper.pdf is None:
        notices.render_files(paper)
    if paper.pdf is None:
        procedure.allow(Refusal("no_pdf", "服务器上没有中文字体，没有 PDF 可以电子用印；请打印 Word 文件后用印登记"))
    assert paper.pdf
    data = electronic_seal.sealed(
        read(paper.pdf), certificate, organ=paper.rendered.signature, day=paper.rendered.signed_on, on=today,
        password=password,
    )  # fmt: skip
    name = f"{paper.pdf.name.removesuffix('.pdf')}{'（样张 无效）' if certificate.is_test else ''}.pdf"
    sealing = ElectronicSealing.objects.create(
        **belongs_to_paper(paper), certificate=certificate, kind=certificate.kind, is_sample=certificate.is_test,
        algorithm=electronic_seal.sealer_for(certificate).algorithm, before=paper.pdf,
        after=store(data, name=name, content_type=notices.PDF, sealed=True), sealed_by=by, sealed_on=today,
    )  # fmt: skip
    if not sealing.is_sample:
        paper.pdf = sealing.after
    paper.save(update_fields=["docx", "pdf"])
    outgoing.note(
        verb, holder, by=by, today=today, ground=ARTICLE if verb == "seal_electronically" else BY_HAND, number=paper.number,
        serial=certificate.serial, algorithm=sealing.algorithm, digest=sealing.after.digest,
        approved=sealing.before.digest, sample=sealing.is_sample,
    )  # fmt: skip
    return sealing
