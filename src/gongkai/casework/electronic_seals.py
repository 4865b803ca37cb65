"""What stands on a notice in the way of electronic seals and signatures, and whether they still hold."""

from __future__ import annotations

import hashlib

from django.db.models import QuerySet

from gongkai.casework.models import Case, ElectronicSealing, Notice
from gongkai.documents import electronic_seal
from gongkai.documents.electronic_seal import CHANGED, Checked
from gongkai.documents.models import Blob, Certificate, CertificateKind
from gongkai_core.refusals import Refusal

ARTICLE = "国务院关于在线政务服务的若干规定第九条；电子签名法第十四条"


def seals_of(case: Case) -> QuerySet[Certificate]:
    """The organ's seals that were not retired, the newest first."""
    return Certificate.objects.filter(agency=case.agency_id, kind=CertificateKind.SEAL, retired_on=None).order_by("-pk")


def offered(case: Case) -> set[str]:
    """Which electronic acts are worth a button: those for which there is a certificate, until the answer is sealed."""
    if sealing_on(case):
        return set()
    found = {"seal_electronically"} if seals_of(case).exists() else set()
    if signatures_on(case).exists():
        found.add("sign_electronically")
    return found


def signatures_on(case: Case) -> QuerySet[Certificate]:
    """The signatory's own certificates for the answer that waits to be sent."""
    signatories = case.notices.filter(decision__active=True, voided_on=None).values("signed_by")
    own = Certificate.objects.filter(kind=CertificateKind.SIGNATURE, retired_on=None, holder__in=signatories)
    return own.order_by("-pk")


def sealing_on(case: Case) -> ElectronicSealing | None:
    """The electronic seal on the answer that waits to be sent; a sample is none."""
    rows = ElectronicSealing.objects.filter(
        notice__case=case, notice__decision__active=True, notice__voided_on=None, is_sample=False
    )
    return rows.filter(kind=CertificateKind.SEAL).select_related("notice__pdf").first()


def has_sample(case: Case) -> bool:
    return ElectronicSealing.objects.filter(
        notice__case=case, notice__decision__active=True, notice__voided_on=None, is_sample=True
    ).exists()


def is_sealed(notice: Notice) -> bool:
    return notice.electronic_sealings.filter(is_sample=False, kind=CertificateKind.SEAL).exists()


def sample_of(notice: Notice) -> Blob | None:
    """The newest sample, to be looked at."""
    row = notice.electronic_sealings.filter(is_sample=True).select_related("after").last()
    return row.after if row else None


def check(notice: Notice) -> Checked | None:
    """Whether the notice's seal and signature hold, from the bytes that are kept; None when it bears none.

    Raises Refused where a seal service made them and none is set up to tell.
    """
    rows = list(notice.electronic_sealings.filter(is_sample=False).select_related("certificate"))
    if not rows or notice.pdf is None:
        return None
    return electronic_seal.stored(notice.pdf, [row.certificate for row in rows], on=rows[-1].sealed_on)


def check_file(notice: Notice, data: bytes) -> Checked | None:
    """The same for a file that somebody brings.

    The room that a signature leaves free is not covered by it: a change there shows by the digest alone.
    """
    rows = list(notice.electronic_sealings.filter(is_sample=False).select_related("certificate", "after"))
    if not rows:
        return None
    found = electronic_seal.checked(data, [row.certificate for row in rows], on=rows[-1].sealed_on)
    same = hashlib.sha256(data).hexdigest() == rows[-1].after.digest
    return Checked(CHANGED, found.serial) if found.valid and not same else found


def broken(sealing: ElectronicSealing) -> Refusal | None:
    """Why a sealed notice may not leave: its seal no longer holds."""
    found = check(sealing.notice)
    if found is None or found.valid:
        return None
    return Refusal("seal_broken", f"{found.words}，不能发出；请退回重拟或者查明原因", ARTICLE)
