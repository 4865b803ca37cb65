"""Rules that practice has not settled (【疑】) are settings with a default, shown as unconfirmed (待核)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Setting, User
from gongkai.trail.chain import record


def whole(least: int = 1, most: int = 1000) -> Callable[[str], int]:
    """A `parse` that takes whole numbers between two: days, months and counts that dates can be reckoned with."""

    def parse(text: str) -> int:
        if not least <= (value := int(text)) <= most:
            raise ValueError(text)
        return value

    return parse


_BY_DEFAULT = whole()
_read: ContextVar[dict[str, Any] | None] = ContextVar("settings read", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Inside the block the settings are those of its beginning, read together: for acts that ask for several."""
    before = _read.set(dict(Setting.objects.values_list("key", "value")))
    try:
        yield
    finally:
        _read.reset(before)


@dataclass(frozen=True)
class Declared:
    """One setting: its key, what it is, its default, where the default comes from, whether that is certain."""

    key: str
    label: str
    default: Any
    source: str
    confirmed: bool = False
    parse: Callable[[str], Any] = _BY_DEFAULT

    def value(self) -> Any:
        """The office's value, or the default."""
        known = _read.get()
        if known is None:
            changed = Setting.objects.filter(key=self.key).values_list("value", flat=True).first()
        else:
            changed = known.get(self.key)
        return self.default if changed is None else changed

    @transaction.atomic
    def change(self, text: str, *, by: User) -> None:
        """Set the office's value, which is confirmed thereby; ValueError when the text is not such a value."""
        value = self.parse(text)
        Setting.objects.update_or_create(key=self.key, defaults={"value": value, "confirmed": True, "changed_by": by})
        record("agencies.change_setting", None, by=by, ground=self.source, key=self.key, value=value)


def one_of(*words: str) -> Callable[[str], str]:
    """A `parse` that takes one of these words and nothing else."""

    def parse(text: str) -> str:
        if text.strip() not in words:
            raise ValueError(text)
        return text.strip()

    return parse


DECLARED: dict[str, Declared] = {}


def declare(setting: Declared) -> Declared:
    """Add a setting to the office's list; a key is declared once."""
    if setting.key in DECLARED:
        raise ValueError(f"setting {setting.key} is declared twice")
    DECLARED[setting.key] = setting
    return setting
