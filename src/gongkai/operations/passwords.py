"""What the validators (AUTH_PASSWORD_VALIDATORS) say against a password, in our words: Django's are not all Chinese."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from gongkai.agencies.models import User
from gongkai_core.refusals import Refusal

_WORDS = {
    "password_too_short": "太短，至少 {min_length} 位",
    "password_too_common": "太常见，容易被猜中",
    "password_too_similar": "和账号或者姓名太像",
    "password_entirely_numeric": "不能全是数字",
}


def wrong_password(password: str, user: User) -> Refusal | None:
    """The refusal for a password that this person may not have, or None."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        faults = [
            _WORDS[fault.code].format(**fault.params or {}) if fault.code in _WORDS else fault.message
            for fault in error.error_list
        ]
        return Refusal("weak_password", f"口令不合要求：{'；'.join(map(str, faults))}")
    return None
