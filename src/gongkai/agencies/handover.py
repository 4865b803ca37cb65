"""一键交接: what every app that holds a person's work answers about it, asked by the desk.

Each has in its `handover.py`: `held_by(user, *, on)`, what moves; `obstacles(user, to, *, on)`, why it may not move to
this successor; and `hand_over(user, to, *, by, today)`, which moves it inside the caller's transaction.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.agencies.models import Agency


@dataclass(frozen=True)
class Held:
    """One thing a person has in hand, as a list names it: never with an applicant's data."""

    kind: str
    title: str
    agency: Agency | None = None
    standing: str = ""
    url: str = ""
