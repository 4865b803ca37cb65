"""A question in words against robots: it needs no script, no picture and no ear, and is answered once.

It is a low step, not a wall: what keeps floods away are the limits per address (throttle.py).
"""

from __future__ import annotations

import secrets
import unicodedata

_DIGITS = "零一二三四五六七八九"
_WORDS = ("政府信息公开", "人民政府", "行政复议", "公共服务", "阳光政务", "便民大厅", "依法行政")
_ORDINALS = "一二三四五六"
_WEEK = "一二三四五六日"
_chance = secrets.SystemRandom()


def ask() -> tuple[str, str]:
    """A question and its answer, both to be kept by the caller."""
    return _chance.choice((_sum, _difference, _sign, _weekday))()


def matches(answer: str, given: str) -> bool:
    """Whether the words given are the answer, in whatever digits or form they are written."""
    return bool(given.strip()) and _plain(given) == _plain(answer)


def _sum() -> tuple[str, str]:
    first, second = _chance.randint(2, 9), _chance.randint(2, 9)
    return f"{_DIGITS[first]}加{_DIGITS[second]}等于几？", str(first + second)


def _difference() -> tuple[str, str]:
    second = _chance.randint(1, 8)
    first = _chance.randint(second + 1, 9)
    return f"{_DIGITS[first]}减{_DIGITS[second]}等于几？", str(first - second)


def _sign() -> tuple[str, str]:
    word = _chance.choice(_WORDS)
    place = _chance.randrange(len(word))
    return f"“{word}”的第{_ORDINALS[place]}个字是什么？", word[place]


def _weekday() -> tuple[str, str]:
    day = _chance.randrange(7)
    return f"星期{_WEEK[day]}的后一天是星期几？", f"星期{_WEEK[(day + 1) % 7]}"


def _plain(text: str) -> str:
    """Without blanks and stops, full width as half width, 十二 as 12, 周四 and 星期四 as 4, 星期天 as 7."""
    text = "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())
    for name in ("星期", "礼拜", "周"):
        if text.startswith(name):
            text = text.removeprefix(name)
    text = "七" if text in ("日", "天") else text
    head, ten, tail = text.partition("十")
    if ten and all(part in (*_DIGITS, "") for part in (head, tail)):
        return str((_DIGITS.index(head) if head else 1) * 10 + (_DIGITS.index(tail) if tail else 0))
    return str(_DIGITS.index(text)) if len(text) == 1 and text in _DIGITS else text
