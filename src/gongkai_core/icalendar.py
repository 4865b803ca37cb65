"""Writing .ics files (RFC 5545): whole days that a telephone's calendar takes over, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

LINE_OCTETS = 75
"""RFC 5545 §3.1: longer lines are folded, never within a character."""


@dataclass(frozen=True)
class DayEvent:
    """An event of whole days, `first` to `last` both included; `uid` is the same in every export."""

    uid: str
    title: str
    first: date
    last: date
    description: str = ""
    done: bool = False
    remind_days: int = 0
    """Days before the last day on which the telephone reminds; none with 0."""


def to_ics(name: str, events: Iterable[DayEvent], *, made_at: datetime) -> bytes:
    """The calendar as a file; equal events and moment (UTC) give equal bytes."""
    stamp = f"{made_at:%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Gongkai//Work calendar//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(event: DayEvent, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
    # The end is the day after: RFC 5545 §3.6.1 leaves it out.
    yield f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event.title)}"
    if event.description:
        yield f"DESCRIPTION:{_escaped(event.description)}"
    yield "TRANSP:TRANSPARENT"
    if event.remind_days and not event.done:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_escaped(event.title)}"
        # From the end, which is midnight after the last day: nine in the morning so many days before the last one.
        yield f"TRIGGER;RELATED=END:-P{event.remind_days}DT15H"
        yield "END:VALARM"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """RFC 5545 §3.3.11; what a line cannot hold becomes a space."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    plain = plain.replace("\r\n", "\\n").replace("\n", "\\n")
    return "".join(sign if sign >= " " and sign != "\x7f" else " " for sign in plain)


def _folded(line: str) -> bytes:
    pieces: list[bytes] = []
    piece = b""
    for sign in line:
        octets = sign.encode("utf-8", "replace")
        if len(piece) + len(octets) > LINE_OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
