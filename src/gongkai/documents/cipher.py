"""Seal and open personal data, field by field and file by file.

A sealed text names its algorithm and its key: `aesgcm$<key id>$<base64 of nonce and cipher text>`, so that keys
rotate and an algorithm (AES-GCM, SM4-GCM) can be exchanged without touching old rows. What it belongs to (table and
field, or a file's digest) is authenticated with it: a value moved elsewhere does not open.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

_NONCE = 12


class CipherUnavailable(Exception):
    """The key file is missing or lacks the key that a value names."""


def make_keys(path: Path) -> None:
    """Make the key file of a new installation, readable by its owner only; an existing one is left alone."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = {
        "current": "k1",
        "keys": {"k1": base64.b64encode(os.urandom(32)).decode()},
        "index": base64.b64encode(os.urandom(32)).decode(),
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(keys, file)


@lru_cache(maxsize=4)
def _keys(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text()))
    except FileNotFoundError:
        raise CipherUnavailable(f"缺少密钥文件 {path.name}：先运行 gongkai site init") from None


@lru_cache(maxsize=16)
def _aead(path: Path, key_id: str) -> AESGCM:
    try:
        return AESGCM(base64.b64decode(_keys(path)["keys"][key_id]))
    except KeyError:
        raise CipherUnavailable(f"密钥文件中没有密钥 {key_id}") from None


def seal_bytes(data: bytes, belongs_to: str) -> bytes:
    """Seal a file's content: key id, zero byte, nonce, cipher text."""
    key_id = _keys(settings.KEY_FILE)["current"]
    nonce = os.urandom(_NONCE)
    sealed = _aead(settings.KEY_FILE, key_id).encrypt(nonce, data, belongs_to.encode())
    return b"aesgcm$" + key_id.encode() + b"\0" + nonce + sealed


def open_bytes(sealed: bytes, belongs_to: str) -> bytes:
    """Open what `seal_bytes` made; raises cryptography's InvalidTag when it was changed or moved."""
    header, body = sealed.split(b"\0", 1)
    key_id = header.removeprefix(b"aesgcm$").decode()
    return _aead(settings.KEY_FILE, key_id).decrypt(body[:_NONCE], body[_NONCE:], belongs_to.encode())


def seal(text: str, belongs_to: str) -> str:
    """Seal a text for a database column."""
    header, body = seal_bytes(text.encode(), belongs_to).split(b"\0", 1)
    return f"{header.decode()}${base64.b64encode(body).decode()}"


def unseal(sealed: str, belongs_to: str) -> str:
    """Open what `seal` made."""
    algorithm, key_id, body = sealed.split("$", 2)
    return open_bytes(f"{algorithm}${key_id}".encode() + b"\0" + base64.b64decode(body), belongs_to).decode()


def blind_index(value: str) -> str:
    """A keyed digest by which equal values can be found without opening them."""
    key = base64.b64decode(_keys(settings.KEY_FILE)["index"])
    return hmac.new(key, value.strip().upper().encode(), hashlib.sha256).hexdigest()


class SealedTextField(models.TextField):
    """A text column whose value is sealed in the database and plain in memory; empty stays empty."""

    def _belongs_to(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        return seal(value, self._belongs_to()) if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return unseal(value, self._belongs_to()) if value else value
