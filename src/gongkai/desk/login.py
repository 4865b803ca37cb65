"""Slow down guessing: ten wrong passwords in fifteen minutes close an account for the rest of them."""

import hashlib

from django.core.cache import BaseCache, caches

LIMIT, WINDOW = 10, 15 * 60


def _tries() -> BaseCache:
    return caches["shared"]


def _key(username: str) -> str:
    # Whatever was typed, with blanks and control characters, is a key that any cache takes.
    return f"desk.login.{hashlib.sha256(username.strip().lower().encode()).hexdigest()}"


def is_closed(username: str) -> bool:
    return int(_tries().get(_key(username), 0)) >= LIMIT


def failed(username: str) -> None:
    _tries().add(_key(username), 0, WINDOW)
    _tries().incr(_key(username))


def succeeded(username: str) -> None:
    _tries().delete(_key(username))
