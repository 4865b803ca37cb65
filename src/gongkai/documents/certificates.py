"""数字证书: an organ's seals and its people's signatures are entered, tried out and retired."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import is_disclosure_office, locked
from gongkai.documents import electronic_seal
from gongkai.documents.blobs import store
from gongkai.documents.electronic_seal.mark import see_through
from gongkai.documents.intake import PAPER_MB, Door, Taken
from gongkai.documents.models import Blob, Certificate, CertificateKind
from gongkai.documents.models.certificate import LAW
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

PICTURES = Door(("png", "jpg"), PAPER_MB)
"""印模: what the picture of a seal comes in as."""
LARGEST_KEY_FILE = 64 * 1024
LEAST_BITS = 2048
TEST_DAYS = 365
ALGORITHM = "RSA-SHA256"
UNREADABLE = Refusal("unreadable", "证书文件打不开：不是 PKCS#12（.pfx、.p12）文件，或者口令不对", LAW)


@dataclass(frozen=True, slots=True)
class Material:
    """What a key file held: the certificate and, where it was there, its key with the chain as PKCS#12."""

    certificate: x509.Certificate
    pkcs12: bytes


def can_keep_certificates(*, by: User, today: date) -> Refusal | None:
    """The system administrator or the disclosure office, for all organs alike."""
    if by.holds(Role.SYSTEM_ADMIN, on=today) or is_disclosure_office(by, on=today):
        return None
    return Refusal("needs_role", "数字证书由系统管理员或者政务公开办管理", LAW)


def opened(data: bytes, password: str, kind: str) -> Material:
    """Read a PKCS#12 file. An organ's key is freed of its password, a person's stays under it. Raises Refused."""
    if "\0" in password:  # cryptography ends the whole thread over it
        raise Refused(UNREADABLE)
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, password.encode("utf-8", "replace"))
    except (ValueError, TypeError):
        raise Refused(UNREADABLE) from None
    if key is None or certificate is None:
        raise Refused(Refusal("no_key", "证书文件里没有私钥或者证书", LAW))
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < LEAST_BITS:
        raise Refused(
            Refusal(
                "algorithm", f"本系统保管的密钥须为 RSA，不短于 {LEAST_BITS} 位；国密（SM2）印章用统一电子印章系统", LAW
            )
        )
    if kind == CertificateKind.SIGNATURE and not password:
        raise Refused(Refusal("no_password", "个人签名的证书须有口令，由本人每次签名时输入", LAW))
    if kind == CertificateKind.SEAL:
        data = pkcs12.serialize_key_and_certificates(None, key, certificate, others, serialization.NoEncryption())
    return Material(certificate, data)


def public_part(data: bytes) -> Material:
    """Read a certificate whose key is kept elsewhere. Raises Refused."""
    try:
        load = x509.load_pem_x509_certificate if b"-----BEGIN" in data else x509.load_der_x509_certificate
        return Material(load(data), b"")
    except ValueError:
        raise Refused(Refusal("unreadable", "证书文件打不开：不是 X.509 证书（.cer、.crt、.pem）", LAW)) from None


@transaction.atomic
def add_certificate(
    agency: Agency,
    *,
    kind: str,
    name: str,
    file: bytes,
    password: str,
    by: User,
    today: date,
    at_service: bool = False,
    basis: str = "",
    holder: User | None = None,
    picture: Taken | None = None,
    width_mm: int = 42,
) -> Certificate:
    """Enter a certificate with its key, or (`at_service`) one whose key the seal service keeps. Raises Refused.

    The password opens the file once and is kept nowhere.
    """
    if refusal := can_keep_certificates(by=by, today=today):
        raise Refused(refusal)
    if len(file) > LARGEST_KEY_FILE:
        raise Refused(Refusal("too_large", "文件太大，不是证书文件"))
    algorithm = electronic_seal.service().algorithm if at_service else ALGORITHM
    material = public_part(file) if at_service else opened(file, password, kind)
    row = _row(agency, material, kind=kind, name=name, algorithm=algorithm, holder=holder, by=by, today=today)
    row.basis, row.width_mm, row.at_service = basis.strip(), width_mm, at_service
    if refusal := row.unusable(today) or _wanting(row):
        raise Refused(refusal)
    row.picture = _picture(picture, row) if picture else None
    return _saved(row, by=by, today=today)


def _wanting(row: Certificate) -> Refusal | None:
    if row.kind == CertificateKind.SIGNATURE and row.holder is None:
        return Refusal("no_holder", "个人签名须选签名人", LAW)
    if not row.is_test and row.kind == CertificateKind.SEAL and not row.basis:
        return Refusal("no_basis", "请填写印章的制发依据（批准制发的机关和文号、备案编号）", electronic_seal.LAW)
    return None


@transaction.atomic
def make_test_certificate(agency: Agency, *, by: User, today: date) -> Certificate:
    """A seal for trying out: issued by itself for a year, and everything it seals says 样张 无效. Raises Refused."""
    if refusal := can_keep_certificates(by=by, today=today):
        raise Refused(refusal)
    key = rsa.generate_private_key(public_exponent=65537, key_size=LEAST_BITS)
    certificate = _self_issued(f"{agency.name}（测试，无效）"[:64], key, today)
    name = f"{agency.name}（测试）"[:60]
    data = pkcs12.serialize_key_and_certificates(None, key, certificate, None, serialization.NoEncryption())
    row = _row(
        agency, Material(certificate, data), kind=CertificateKind.SEAL, name=name, algorithm=ALGORITHM, holder=None, by=by,
        today=today,
    )  # fmt: skip
    return _saved(row, by=by, today=today)


def _self_issued(name: str, key: rsa.RSAPrivateKey, today: date) -> x509.Certificate:
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begin = datetime.combine(today, time(0), tzinfo=timezone.get_default_timezone())
    usage = dict.fromkeys(
        (
            "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only",
            "decipher_only",
        ),
        False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin.astimezone(UTC))
        .not_valid_after((begin + timedelta(days=TEST_DAYS)).astimezone(UTC))
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .sign(key, hashes.SHA256())
    )


def _row(
    agency: Agency,
    material: Material,
    *,
    kind: str,
    name: str,
    algorithm: str,
    holder: User | None,
    by: User,
    today: date,
) -> Certificate:
    issued = material.certificate
    row = Certificate(
        agency=agency,
        kind=kind,
        name="".join(filter(str.isprintable, name)).strip(),  # it is drawn
        holder=holder if kind == CertificateKind.SIGNATURE else None,
        subject=issued.subject.rfc4514_string()[:300],
        issuer=issued.issuer.rfc4514_string()[:300],
        serial=format(issued.serial_number, "X")[:64],
        algorithm=algorithm,
        valid_from=issued.not_valid_before_utc,
        valid_until=issued.not_valid_after_utc,
        is_test=issued.subject == issued.issuer,
        certificate=issued.public_bytes(serialization.Encoding.PEM).decode(),
        added_by=by,
        added_on=today,
    )
    if material.pkcs12:
        row.pkcs12 = material.pkcs12
    return row


def _picture(taken: Taken, row: Certificate) -> Blob:
    return store(see_through(taken.data), name=f"{row.name} 印模.png", content_type="image/png", sealed=True)


def _saved(row: Certificate, *, by: User, today: date) -> Certificate:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refused(Refusal("known", f"序列号 {row.serial} 的证书已经录入", LAW)) from None
    _note("add_certificate", row, by=by, today=today, test=row.is_test, until=row.last_day)
    return row


def can_retire_certificate(row: Certificate, *, by: User, today: date) -> Refusal | None:
    if refusal := can_keep_certificates(by=by, today=today):
        return refusal
    return Refusal("retired", f"证书已于 {row.retired_on} 停用", LAW) if row.retired_on else None


@transaction.atomic
def retire_certificate(row: Certificate, *, reason: str, by: User, today: date) -> Certificate:
    """Destroy the key: nothing is sealed with it any more; what was sealed is checked by the certificate. Raises Refused."""
    row = locked(row)
    if refusal := can_retire_certificate(row, by=by, today=today):
        raise Refused(refusal)
    row.retired_by, row.retired_on, row.retire_reason = by, today, reason.strip()[:100]
    row.key_sealed = ""
    row.save()
    _note("retire_certificate", row, by=by, today=today, reason=row.retire_reason)
    return row


def _note(verb: str, row: Certificate, *, by: User, today: date, **facts: Any) -> None:
    record(
        f"documents.{verb}", row, by=by, today=today, ground=LAW, agency=str(row.agency.public_id), kind=str(row.kind),
        serial=row.serial, **facts,
    )  # fmt: skip
