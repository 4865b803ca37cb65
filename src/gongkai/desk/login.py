"""Slow down guessing: ten wrong passwords in fifteen minutes close an account for the rest of them."""

from django.core.cache import cache

LIMIT, WINDOW = 10, 15 * 60


def _key(username: str) -> str:
    return f"desk.login.{username.strip().lower()[:40]}"


def is_closed(username: str) -> bool:
    return int(cache.get(_key(username), 0)) >= LIMIT


def failed(username: str) -> None:
    cache.add(_key(username), 0, WINDOW)
    cache.incr(_key(username))


def succeeded(username: str) -> None:
    cache.delete(_key(username))
