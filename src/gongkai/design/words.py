"""How dates, sizes and figures are written on the site. Legal dates are Beijing dates."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def _beijing(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(BEIJING)
    return value


def day(value: date | datetime | None) -> str:
    """``2026-04-06``; empty when there is no date."""
    return "" if value is None else f"{_beijing(value):%Y-%m-%d}"


def short_day(value: date | datetime | None) -> str:
    """``04-06``: for narrow columns, where the full date stands in the markup."""
    return "" if value is None else f"{_beijing(value):%m-%d}"


def minute(value: date | datetime | None) -> str:
    """``2026-04-06 16:34`` in Beijing time (the form WEB-04 asks of PubDate); a bare date stays a day."""
    if isinstance(value, datetime):
        return f"{_beijing(value):%Y-%m-%d %H:%M}"
    return day(value)


def long_day(value: date | datetime | None) -> str:
    """``2026年4月6日`` as official documents write it (GB/T 9704: no leading zeros)."""
    if value is None:
        return ""
    value = _beijing(value)
    return f"{value.year}年{value.month}月{value.day}日"


def month_day(value: date) -> str:
    """``12 月 4 日``, the form of the desk's lamps."""
    return f"{value.month} 月 {value.day} 日"


def file_size(octets: int) -> str:
    """``26 KB`` or ``1.2 MB``; under one kilobyte in bytes."""
    if octets < 1024:
        return f"{octets} B"
    if octets < 1024 * 1024:
        return f"{octets / 1024:.0f} KB"
    return f"{octets / 1024 / 1024:.1f} MB"


KINDS = {
    "doc": "Word", "docx": "Word", "wps": "WPS", "pdf": "PDF", "ofd": "OFD", "xls": "Excel", "xlsx": "Excel",
    "et": "WPS 表格", "zip": "压缩包", "jpg": "图片", "jpeg": "图片", "png": "图片", "txt": "文本", "html": "网页",
    "json": "JSON",
}  # fmt: skip


def file_kind(name: str) -> str:
    """What a reader calls a file of this name: ``Word``, ``PDF``, …; the bare ending when unknown."""
    _, dot, ending = name.rpartition(".")
    return KINDS.get(ending.lower(), ending.upper()) if dot else ""


def grouped(value: int | Decimal) -> str:
    """``41,105``: for headline figures; the official forms write figures ungrouped."""
    return f"{value:,}"
