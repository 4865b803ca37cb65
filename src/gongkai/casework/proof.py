"""Proof of work against robots, where there is script: the browser computes for a moment what nobody has to read.

The task is signed and bound to one draft, so that work done for one application helps no other; it ends after half an
hour. Without script the question in words stands in its place (challenge.py). Nothing is asked of anybody outside.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core import signing

from gongkai.agencies.office_settings import Declared, declare, whole
from gongkai.casework.models import ApplicationDraft

BITS = declare(
    Declared(
        "casework.proof_bits",
        "在线申请防机器提交的计算难度（位；0 表示不用，只出文字题）",
        16,
        "本单位规定；16 位在普通电脑上约需 1 秒",
        parse=whole(0, 24),
    )
)
MINUTES = 30
LONGEST = 20
"""Digits of a counter: no honest one comes near."""
_SIGNER = signing.TimestampSigner(salt="gongkai.casework.proof")


@dataclass(frozen=True)
class Work:
    """What the browser is to find: a counter whose digest with the nonce begins with so many zero bits."""

    nonce: str
    bits: int


def work_for(draft: ApplicationDraft) -> Work | None:
    """A new task for this draft; None where the office does without."""
    bits = int(BITS.value())
    return Work(_SIGNER.sign(f"{_of(draft)}.{bits}"), bits) if bits else None


def holds(draft: ApplicationDraft, nonce: str, counter: str) -> bool:
    """Whether the work was done, for this draft, not longer ago than its time."""
    if not (counter.isascii() and counter.isdigit() and len(counter) <= LONGEST):
        return False
    try:
        owner, bits = _SIGNER.unsign(nonce, max_age=MINUTES * 60).split(".")
    except (signing.BadSignature, ValueError):
        return False
    return owner == _of(draft) and zero_bits(f"{nonce}.{counter}") >= int(bits)


def zero_bits(text: str) -> int:
    """How many zero bits the SHA-256 digest of the text begins with."""
    digest = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    return 256 - digest.bit_length()


def _of(draft: ApplicationDraft) -> str:
    return hashlib.sha256(f"proof:{draft.form_key}".encode()).hexdigest()[:32]
