"""A given day as today, for the pages that ask which day it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from unittest import mock


@contextmanager
def on_day(day: date) -> Iterator[None]:
    """Requests inside the block happen on this Beijing date; instants stay real."""
    with mock.patch("django.utils.timezone.localdate", lambda *given, **named: day):
        yield
