"""The instant of an act on a given legal day."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from gongkai.design.words import BEIJING


def moment(today: date) -> datetime:
    """Now; or noon of another legal day, for records of earlier years and the demonstration."""
    return timezone.now() if today == timezone.localdate() else datetime.combine(today, time(12), BEIJING)
