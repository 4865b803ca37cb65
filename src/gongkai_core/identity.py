"""Identity numbers of persons and organisations, and masks (遮蔽) for showing personal data.

Sources: GB 11643—1999 (公民身份号码), GB 32100—2015 (统一社会信用代码); 个人信息保护法第五十一条 for masking.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: without I, O, S, V, Z
_CREDIT_CODE: Final = re.compile(rf"[{_CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{_CREDIT_ALPHABET}]{{10}}")
_RESIDENT_ID: Final = re.compile(r"([0-9]{6})([0-9]{4})([0-9]{2})([0-9]{2})[0-9]{3}[0-9X]")
_RESIDENT_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
PROVINCES: Final = frozenset(
    [
        *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43"),
        *("44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83"),
    ]
)
"""First two digits of a 公民身份号码."""
_STARS: Final = "****"

# Province, prefecture and county at the head of an address; 社区, 小区, 工业区 and the like are no districts.
_PLACES: Final = re.compile(
    r"(?:[^省区市县]{2,6}(?:省|自治区))?"
    r"(?:[^省市县区]{1,10}?(?:市|自治州|地区|盟))?"
    r"(?:[^省市县区旗]{1,10}(?:县|旗|市)|"
    r"[^省市县区旗][^省市县区旗乡镇街道路村号]{0,7}(?<![社小园校片库厂院业])区)?"
)


def valid_credit_code(text: str) -> bool:
    """Whether `text` is a 统一社会信用代码 whose check character fits (GB 32100—2015). Upper case only."""
    if not _CREDIT_CODE.fullmatch(text):
        return False
    total = sum(_CREDIT_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(text[:17]))
    return _CREDIT_ALPHABET[-total % 31] == text[17]


def valid_resident_id(text: str) -> bool:
    """Whether `text` is an 18-character 公民身份号码: province, day of birth and check character fit."""
    match = _RESIDENT_ID.fullmatch(text)
    if match is None or match[1][:2] not in PROVINCES:
        return False
    try:
        date(int(match[2]), int(match[3]), int(match[4]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], _RESIDENT_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == text[17]


def mask_name(name: str) -> str:
    """A person's name with all but its first character starred: 张**."""
    name = name.strip()
    return name[:1] + "*" * (len(name) - 1) if len(name) > 1 else "*" * len(name)


def mask_id_number(number: str) -> str:
    """An identity number with its first and last character only.

    The last four, a customary key for queries, stay hidden. Numbers under six characters vanish wholly.
    """
    number = number.strip()
    if not number:
        return ""
    return _STARS if len(number) < 6 else f"{number[0]}{'*' * (len(number) - 2)}{number[-1]}"


def mask_phone(phone: str) -> str:
    """A mobile as 138****8000; any other number with its last two digits only."""
    digits = re.sub(r"[^0-9]", "", phone)
    if not digits:
        return _STARS if phone.strip() else ""
    if len(digits) == 11 and digits[0] == "1":
        return f"{digits[:3]}{_STARS}{digits[-4:]}"
    return _STARS + digits[-2:] if len(digits) >= 7 else _STARS


def mask_email(address: str) -> str:
    """An e-mail address with the first character of its name and its domain: z****@example.cn."""
    address = address.strip()
    name, at, domain = address.rpartition("@")
    if not at or not name:
        return _STARS if address else ""
    return f"{name[0] if len(name) > 1 else ''}{_STARS}@{domain}"


def mask_address(address: str) -> str:
    """An address down to its county: 江西省赣州市信丰县****. Where none is recognised, nothing is shown."""
    address = re.sub(r"\s+", "", address)
    if not address:
        return ""
    places = _PLACES.match(address)
    head = places[0] if places else ""
    return head + _STARS
