"""What stands on a paper in the way of electronic seals and signatures, and whether they still hold."""

from __future__ import annotations

import hashlib

from django.db.models import QuerySet

from gongkai.casework import outgoing
from gongkai.casework.models import ElectronicSealing, Holder, Outgoing, belongs_to_paper
from gongkai.documents import electronic_seal
from gongkai.documents.electronic_seal import CHANGED, Checked
from gongkai.documents.models import Blob, Certificate, CertificateKind
from gongkai_core.refusals import Refusal

ARTICLE = "国务院关于在线政务服务的若干规定第九条；电子签名法第十四条"


def seals_of(holder: Holder) -> QuerySet[Certificate]:
    """The organ's seals that were not retired, the newest first."""
    rows = Certificate.objects.filter(agency=holder.agency_id, kind=CertificateKind.SEAL, retired_on=None)
    return rows.order_by("-pk")


def offered(holder: Holder) -> set[str]:
    """Which electronic acts are worth a button: those for which there is a certificate, until the paper is sealed."""
    if sealing_on(holder):
        return set()
    found = {"seal_electronically"} if seals_of(holder).exists() else set()
    if signatures_on(holder).exists():
        found.add("sign_electronically")
    return found


def signatures_on(holder: Holder) -> QuerySet[Certificate]:
    """The signatory's own certificates for the paper that waits to be sent."""
    paper = outgoing.waiting(holder)
    signatory = [paper.signed_by_id] if paper else []
    own = Certificate.objects.filter(kind=CertificateKind.SIGNATURE, retired_on=None, holder__in=signatory)
    return own.order_by("-pk")


def sealing_on(holder: Holder) -> ElectronicSealing | None:
    """The electronic seal on the paper that waits to be sent; a sample is none."""
    rows = _on(holder).filter(is_sample=False, kind=CertificateKind.SEAL)
    return rows.select_related("notice__pdf", "register_paper__pdf").first()


def has_sample(holder: Holder) -> bool:
    return _on(holder).filter(is_sample=True).exists()


def _on(holder: Holder) -> QuerySet[ElectronicSealing]:
    paper = outgoing.waiting(holder)
    return ElectronicSealing.objects.filter(**belongs_to_paper(paper)) if paper else ElectronicSealing.objects.none()


def is_sealed(paper: Outgoing) -> bool:
    return paper.electronic_sealings.filter(is_sample=False, kind=CertificateKind.SEAL).exists()


def sample_of(paper: Outgoing) -> Blob | None:
    """The newest sample, to be looked at."""
    row = paper.electronic_sealings.filter(is_sample=True).select_related("after").last()
    return row.after if row else None


def check(paper: Outgoing) -> Checked | None:
    """Whether the paper's seal and signature hold, from the bytes that are kept; None when it bears none.

    Raises Refused where a seal service made them and none is set up to tell.
    """
    rows = list(paper.electronic_sealings.filter(is_sample=False).select_related("certificate"))
    if not rows or paper.pdf is None:
        return None
    return electronic_seal.stored(paper.pdf, [row.certificate for row in rows], on=rows[-1].sealed_on)


def check_file(paper: Outgoing, data: bytes) -> Checked | None:
    """The same for a file that somebody brings.

    The room that a signature leaves free is not covered by it: a change there shows by the digest alone.
    """
    rows = list(paper.electronic_sealings.filter(is_sample=False).select_related("certificate", "after"))
    if not rows:
        return None
    found = electronic_seal.checked(data, [row.certificate for row in rows], on=rows[-1].sealed_on)
    same = hashlib.sha256(data).hexdigest() == rows[-1].after.digest
    return Checked(CHANGED, found.serial) if found.valid and not same else found


def broken(sealing: ElectronicSealing) -> Refusal | None:
    """Why a sealed paper may not leave: its seal no longer holds."""
    found = check(sealing.paper)
    if found is None or found.valid:
        return None
    return Refusal("seal_broken", f"{found.words}，不能发出；请退回重拟或者查明原因", ARTICLE)
