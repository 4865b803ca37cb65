"""电子用印: a certificate's seal on a PDF, and whether a sealed PDF is still what was sealed.

How a signature is computed is behind `Sealer`: keys that this installation keeps are used by `rsa`, keys of the
province's 统一电子印章系统 (SM2) by whatever `settings.SEAL_SERVICE` names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.utils.module_loading import import_string

from gongkai.documents.blobs import read
from gongkai.documents.electronic_seal import mark
from gongkai.documents.electronic_seal.mark import Mark
from gongkai.documents.electronic_seal.place import locate, what_it_says
from gongkai.documents.models import Blob, Certificate, CertificateKind
from gongkai_core.refusals import Refusal, Refused

LAW = "电子签名法第十三条；国务院关于在线政务服务的若干规定第九条"
RSA = "gongkai.documents.electronic_seal.rsa.RsaSealer"
NO_SERVICE = Refusal(
    "no_seal_service",
    "本系统没有接入统一电子印章系统，密钥不在本系统的证书现在不能用印；请打印后加盖实物印章，或者由系统管理员接入",
    LAW,
)
VALID, CHANGED, UNTRUSTED, NONE, GONE = "valid", "changed", "untrusted", "none", "gone"


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of a sealed file found: `state` is valid, changed, untrusted, none or gone."""

    state: str
    serial: str = ""

    @property
    def valid(self) -> bool:
        return self.state == VALID

    @property
    def words(self) -> str:
        return {
            VALID: "签章有效",
            CHANGED: "文件在签章后被改动",
            UNTRUSTED: "文件没有改动，但签章不是用登记的证书作的",
            NONE: "文件没有签章",
            GONE: "文件已经清除",
        }[self.state]


class Sealer(Protocol):
    """What makes and checks signatures with certificates of one sort."""

    algorithm: str
    """Its name, such as RSA-SHA256 or SM2-SM3; kept with every paper it seals."""

    def seal(self, pdf: bytes, certificate: Certificate, mark: Mark | None, *, password: str = "") -> bytes:
        """The PDF with one more signature, shown as `mark` (None: not shown). Raises Refused."""

    def check(self, pdf: bytes, certificates: list[Certificate], *, on: date) -> Checked:
        """Whether every signature of the PDF holds and was made with these certificates, valid on that day."""


def unusable(certificate: Certificate, on: date) -> Refusal | None:
    """Why nothing can be sealed with it here on this day, or None."""
    if refusal := certificate.unusable(on):
        return refusal
    return NO_SERVICE if certificate.at_service and not settings.SEAL_SERVICE else None


def sealer_for(certificate: Certificate) -> Sealer:
    """The one that can use this certificate's key. Raises Refused where none is set up."""
    return service() if certificate.at_service else _made(RSA)


def service() -> Sealer:
    """The seal service of this installation. Raises Refused (no_seal_service) when it has none."""
    if not settings.SEAL_SERVICE:
        raise Refused(NO_SERVICE)
    return _made(settings.SEAL_SERVICE)


def _made(path: str) -> Sealer:
    # Loaded when first used: pyHanko takes most of a second to import.
    sealer: Sealer = import_string(path)()
    return sealer


def sealed(pdf: bytes, certificate: Certificate, *, organ: str, day: str, on: date, password: str = "") -> bytes:
    """Put an organ's seal over its name and the date, or a person's signature into a PDF that says the same as before.

    A test certificate prints 样张 无效 on every page. Raises Refused for a certificate that can't be used, a paper
    without a place for the seal, or one that would say something else afterwards.
    """
    if refusal := unusable(certificate, on):
        raise Refused(refusal)
    shown = None
    if certificate.kind == CertificateKind.SEAL:
        shown = mark.of(certificate, locate(pdf, organ, day))
    before = what_it_says(pdf)
    stamped = mark.sample(pdf) if certificate.is_test else pdf
    data = sealer_for(certificate).seal(stamped, certificate, shown, password=password)
    if what_it_says(data) != before:
        raise Refused(Refusal("text_changed", "签章后的文件与审定稿的页数或者文字不一致，没有采用", LAW))
    return data


def stored(blob: Blob, certificates: list[Certificate], *, on: date) -> Checked:
    """Check the bytes that are kept: content that no longer opens or has another digest was changed too."""
    try:
        data = read(blob)
    except FileNotFoundError:
        return Checked(GONE)
    except (InvalidTag, ValueError):
        return Checked(CHANGED)
    return checked(data, certificates, on=on)


def checked(pdf: bytes, certificates: list[Certificate], *, on: date) -> Checked:
    """Check a sealed file against the certificates it was sealed with. Raises Refused where no service can tell."""
    at_service = any(row.at_service for row in certificates)
    return (service() if at_service else _made(RSA)).check(pdf, certificates, on=on)
