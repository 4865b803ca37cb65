"""电子用印 and 电子签名: what stands beside print, stamp and scan where the organ has certificates."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import electronic_seals, notices, procedure
from gongkai.casework.actions.seal import notice_of, sealing_of
from gongkai.casework.electronic_seals import ARTICLE
from gongkai.casework.models import Case, ElectronicSealing, Law
from gongkai.documents import electronic_seal
from gongkai.documents.blobs import read, store
from gongkai.documents.models import Certificate, CertificateKind
from gongkai_core.refusals import Refusal

BY_HAND = "电子签名法第十三条"


def can_seal_electronically(case: Case, *, by: User, today: date) -> Refusal | None:
    """By who sends letters out, once, with a certificate of the organ that can be used today."""
    if refused := procedure.refusal(case, "deliver", by=by, today=today):
        return refused
    if refused := _closed(case):
        return refused
    seals = list(electronic_seals.seals_of(case))
    if not seals:
        return Refusal("no_certificate", f"{case.agency.short_name}没有可用的电子印章，请打印后用印登记", ARTICLE)
    reasons = [electronic_seal.unusable(row, today) for row in seals]
    return None if None in reasons else reasons[0]


def _closed(case: Case) -> Refusal | None:
    """What rules out an electronic seal or signature whoever asks for it."""
    if case.law == Law.OLD:
        return Refusal("old_law", "旧条例案件登记的是当时发出的原件，不再用印", ARTICLE)
    if sealing_of(case):
        return Refusal("sealed", "已经登记实物用印，不再电子用印", ARTICLE)
    return Refusal("sealed", "已经电子用印", ARTICLE) if electronic_seals.sealing_on(case) else None


@transaction.atomic
def seal_electronically(case: Case, *, certificate: Certificate, by: User, today: date) -> ElectronicSealing:
    """Put the organ's electronic seal on the signed answer; its PDF becomes the sealed one. Raises Refused.

    With a test certificate a sample is made beside it, and the answer stays as it was.
    """
    case = locked(case)
    procedure.allow(can_seal_electronically(case, by=by, today=today))
    certificate = locked(certificate)
    if certificate.agency_id != case.agency_id or certificate.kind != CertificateKind.SEAL:
        procedure.allow(Refusal("foreign_certificate", "不是本机关的印章", ARTICLE))
    return _put(case, certificate, "seal_electronically", by=by, today=today)


def can_sign_electronically(case: Case, *, by: User, today: date) -> Refusal | None:
    """By whoever signed the answer, with a certificate of their own, before the seal."""
    if case.state != "delivering":
        return Refusal("wrong_state", "签发之后、发出之前才能电子签名", BY_HAND)
    if refused := _closed(case):
        return refused
    notice = notice_of(case)
    if notice is None or notice.signed_by_id != by.pk:
        return Refusal("not_signatory", "电子签名由签发人本人作出", BY_HAND)
    if notice.electronic_sealings.filter(kind=CertificateKind.SIGNATURE, is_sample=False).exists():
        return Refusal("signed", "已经电子签名", BY_HAND)
    own = list(Certificate.objects.filter(kind=CertificateKind.SIGNATURE, holder=by, retired_on=None).order_by("-pk"))
    if not own:
        return Refusal("no_certificate", "没有您的签名证书，请系统管理员录入", BY_HAND)
    reasons = [electronic_seal.unusable(row, today) for row in own]
    return None if None in reasons else reasons[0]


@transaction.atomic
def sign_electronically(
    case: Case, *, certificate: Certificate, password: str, by: User, today: date
) -> ElectronicSealing:
    """The signatory's own electronic signature in the answer's PDF, unseen on the page (信函 bears none). Raises Refused.

    The password is the signatory's alone and is kept nowhere (电子签名法第十三条第二项).
    """
    case = locked(case)
    procedure.allow(can_sign_electronically(case, by=by, today=today))
    certificate = locked(certificate)
    if certificate.holder_id != by.pk:
        procedure.allow(Refusal("foreign_certificate", "不是您的签名证书", BY_HAND))
    return _put(case, certificate, "sign_electronically", by=by, today=today, password=password)


def _put(
    case: Case, certificate: Certificate, verb: str, *, by: User, today: date, password: str = ""
) -> ElectronicSealing:
    found = notice_of(case)
    assert found
    notice = locked(found)
    if notice.pdf is None:
        notices.render_files(notice)
    if notice.pdf is None:
        procedure.allow(Refusal("no_pdf", "服务器上没有中文字体，没有 PDF 可以电子用印；请打印 Word 文件后用印登记"))
    assert notice.pdf
    data = electronic_seal.sealed(
        read(notice.pdf), certificate, organ=notice.rendered.signature, day=notice.rendered.signed_on, on=today,
        password=password,
    )  # fmt: skip
    name = f"{notice.pdf.name.removesuffix('.pdf')}{'（样张 无效）' if certificate.is_test else ''}.pdf"
    sealing = ElectronicSealing.objects.create(
        notice=notice, certificate=certificate, kind=certificate.kind, is_sample=certificate.is_test,
        algorithm=electronic_seal.sealer_for(certificate).algorithm, before=notice.pdf,
        after=store(data, name=name, content_type=notices.PDF, sealed=True), sealed_by=by, sealed_on=today,
    )  # fmt: skip
    if not sealing.is_sample:
        notice.pdf = sealing.after
    notice.save(update_fields=["docx", "pdf"])
    procedure.note(
        verb, case, by=by, today=today, ground=ARTICLE if verb == "seal_electronically" else BY_HAND, number=notice.number,
        serial=certificate.serial, algorithm=sealing.algorithm, digest=sealing.after.digest,
        approved=sealing.before.digest, sample=sealing.is_sample,
    )  # fmt: skip
    return sealing
