"""Cells as offices write them, read by the same fields in a form and in a pasted block: 2026.3.1, 1,200人次, 17万元, 是."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from gongkai.registers.models.events import FEN_PER_WAN

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?|(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
_COUNT = re.compile(r"(\d+)(?:人次|人|条|次|个)?")
_MONEY = re.compile(r"(\d+(?:\.\d+)?)(元|万元|亿元)?")
_FEN = {"元": 100, "万元": FEN_PER_WAN, "亿元": 10_000 * FEN_PER_WAN}
YES, NO = ("是", "√", "✓", "有", "参加", "on", "true"), ("", "否", "×", "无", "未参加", "false")
LARGEST = 99_999_999
LARGEST_FEN = 10_000_000 * FEN_PER_WAN


def plain(value: Any) -> str:
    """A cell's text without blanks, in half width, without thousands' commas."""
    return "".join(unicodedata.normalize("NFKC", str(value)).split()).replace(",", "")


class DayField(forms.DateField):
    """A day, as a browser or a person writes it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        if match := _DAY.fullmatch(" ".join(unicodedata.normalize("NFKC", str(value)).split())):
            year, month, day = (part for part in match.groups() if part)
            try:
                return date(int(year), int(month), int(day))
            except ValueError:
                pass
        raise forms.ValidationError(f"“{str(value)[:20]}”不是日期，如 2026-03-01")


class MonthField(forms.DateField):
    """A month; its value is its last day."""

    widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        match = _MONTH.fullmatch(plain(value))
        if match is None or not (1 <= int(match[2]) <= 12 and int(match[1]) >= 1):
            raise forms.ValidationError(f"“{str(value)[:20]}”不是月份，请写成年-月，如 2026-10")
        year, month = int(match[1]), int(match[2])
        return date(year, month, calendar.monthrange(year, month)[1])


class CountField(forms.IntegerField):
    """A whole number that may stand with its unit."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "min_value": 0, "max_value": LARGEST})

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or isinstance(value, int):
            return super().to_python(value)
        match = _COUNT.fullmatch(plain(value)[:20])
        if match is None:
            raise forms.ValidationError(f"“{str(value)[:20]}”不是整数")
        return int(match[1])


class MoneyField(forms.CharField):
    """An amount, in 万元 unless it says its own unit; its value is in fen."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, int):
            return value
        text = plain(super().to_python(value))
        if not text:
            return None
        match = _MONEY.fullmatch(text[:30])
        if match is None:
            raise forms.ValidationError(f"“{str(value)[:20]}”不是金额，如 17、17万元、170000元")
        fen = Decimal(match[1]) * _FEN[match[2] or "万元"]
        if fen != fen.to_integral_value():
            raise forms.ValidationError("金额精确到分")
        if fen > LARGEST_FEN:
            raise forms.ValidationError("金额太大，请核对单位")
        return int(fen)

    def prepare_value(self, value: Any) -> Any:
        return f"{(Decimal(value) / FEN_PER_WAN).normalize():f}" if isinstance(value, int) else value


class NamedChoiceField(forms.ModelChoiceField):
    """One of the organ's own rows; a pasted cell names it by its title."""

    def __init__(self, label: str) -> None:
        super().__init__(None, label=label, to_field_name="public_id", empty_label="请选择")


def yes_or_no(text: str) -> str:
    """A pasted 是 or 否 as a browser sends a tick. Raises ValidationError for any other word."""
    if plain(text) in YES:
        return "on"
    if plain(text) in NO:
        return ""
    raise forms.ValidationError(f"“{text[:20]}”请写“是”或者“否”")
