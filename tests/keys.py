"""Certificates as an authority would issue them, with their keys, for the tests of electronic seals."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

PASSWORD = "印章口令 7!"
FROM, UNTIL = date(2026, 1, 1), date(2028, 12, 31)
AUTHORITY = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "测试用的颁发机构")])


@cache
def key(name: str = "seal", bits: int = 2048) -> Any:
    """One key for a name: making them takes time."""
    return ec.generate_private_key(ec.SECP256R1()) if name == "curve" else rsa.generate_private_key(65537, bits)


def issued(
    name: str, *, first: date = FROM, last: date = UNTIL, by_itself: bool = False, of: Any = None
) -> x509.Certificate:
    """A certificate for a key, issued by an authority or (`by_itself`) by nobody."""
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    mine = of or key()
    issuer, signer = (called, mine) if by_itself else (AUTHORITY, key("authority"))
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
        .issuer_name(issuer)
        .public_key(mine.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.combine(first, time(0), tzinfo=UTC))
        .not_valid_after(datetime.combine(last, time(12), tzinfo=UTC))
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .sign(signer, hashes.SHA256())
    )


def key_file(name: str, *, password: str = PASSWORD, of: Any = None, **about: Any) -> bytes:
    """A .pfx as an office gets it."""
    locked = serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    return pkcs12.serialize_key_and_certificates(
        name.encode(), of or key(), issued(name, of=of, **about), None, locked
    )  # fmt: skip
