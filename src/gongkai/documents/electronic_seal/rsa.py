"""Signatures with RSA keys that this installation keeps, by pyHanko: PAdES-B, without a time stamp (an office's own
network reaches no time stamping authority)."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

from asn1crypto import pem, x509
from django.utils import timezone
from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from gongkai.documents.electronic_seal import CHANGED, NONE, UNTRUSTED, VALID, Checked
from gongkai.documents.electronic_seal.mark import Mark
from gongkai.documents.models import Certificate
from gongkai_core.refusals import Refusal, Refused

NOON = time(12)


class RsaSealer:
    algorithm = "RSA-SHA256"

    def seal(self, pdf: bytes, certificate: Certificate, mark: Mark | None, *, password: str = "") -> bytes:
        signer = _signer(certificate, password)
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        signed = signers.PdfSigner(
            signers.PdfSignatureMetadata(
                field_name=f"Seal-{certificate.public_id}",
                md_algorithm="sha256",
                subfilter=fields.SigSeedSubFilter.PADES,
                name=certificate.name,
            ),
            signer=signer,
            stamp_style=_style(mark),
            new_field_spec=_field(certificate, mark),
        ).sign_pdf(writer)
        return bytes(signed.getvalue())

    def check(self, pdf: bytes, certificates: list[Certificate], *, on: date) -> Checked:
        try:
            return _checked(pdf, certificates, on)
        except Exception:
            return Checked(CHANGED)


def _signer(certificate: Certificate, password: str) -> signers.SimpleSigner:
    wrong = Refusal("wrong_password", "证书口令不对，没有签名", "电子签名法第十三条")
    if "\0" in password:  # cryptography ends the whole thread over it
        raise Refused(wrong)
    try:
        return signers.SimpleSigner.load_pkcs12_data(
            certificate.pkcs12, other_certs=[], passphrase=password.encode("utf-8", "replace") or None
        )
    except ValueError:
        raise Refused(wrong) from None


def _style(mark: Mark | None) -> StaticStampStyle | None:
    if mark is None:
        return None
    with Image.open(io.BytesIO(mark.picture)) as opened:
        picture = opened.convert("RGBA")
    whole = SimpleBoxLayoutRule(x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins())
    background = PdfImage(picture, box=BoxConstraints(*picture.size))
    return StaticStampStyle(background=background, background_layout=whole, border_width=0)


def _field(certificate: Certificate, mark: Mark | None) -> fields.SigFieldSpec:
    box = None
    if mark:
        with Image.open(io.BytesIO(mark.picture)) as opened:
            half = mark.width / 2, mark.width * opened.height / opened.width / 2
        place = mark.place
        box = (place.x - half[0], place.y - half[1], place.x + half[0], place.y + half[1])
    return fields.SigFieldSpec(
        f"Seal-{certificate.public_id}",
        on_page=mark.place.page if mark else 0,
        box=tuple(map(round, box)) if box else None,  # type: ignore[arg-type]
        readable_field_name=certificate.name,
    )


def _checked(pdf: bytes, certificates: list[Certificate], on: date) -> Checked:
    roots = [_parsed(row) for row in certificates]
    known = {root.dump() for root in roots}
    found = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_signatures
    serial = ""
    for place, signature in enumerate(found):
        serial = format(signature.signer_cert.serial_number, "X")
        moment = datetime.combine(on, NOON, tzinfo=timezone.get_default_timezone())
        status: Any = validate_pdf_signature(
            signature, ValidationContext(trust_roots=roots, moment=moment, allow_fetching=False)
        )
        last = place == len(found) - 1
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE or not last
        if not (status.intact and status.valid and whole and status.docmdp_ok):
            return Checked(CHANGED, serial)
        if not status.trusted or signature.signer_cert.dump() not in known:
            return Checked(UNTRUSTED, serial)
    if not found:  # one whose list of objects was broken still holds the bytes of its signature
        return Checked(CHANGED if b"/ByteRange" in pdf else NONE)
    return Checked(VALID, serial)


def _parsed(certificate: Certificate) -> x509.Certificate:
    return x509.Certificate.load(pem.unarmor(certificate.certificate.encode())[2])
