"""Files of whole days for a telephone's calendar (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from gongkai_core.icalendar import DayEvent, to_ics

MADE = datetime(2026, 1, 5, 1, 2, 3, tzinfo=UTC)
EVENT = DayEvent(
    "a@gongkai", "年度报告; 公布, 全部", date(2026, 1, 1), date(2026, 1, 31), "第一行\n第二行", remind_days=3
)


def lines(data: bytes) -> list[str]:
    """The file's lines, unfolded."""
    return data.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_an_event_covers_its_last_day_and_says_what_it_is():
    found = lines(to_ics("工作日历", [EVENT], made_at=MADE))
    assert found[0] == "BEGIN:VCALENDAR"
    assert found[-1] == "END:VCALENDAR"
    for line in (
        "DTSTAMP:20260105T010203Z", "DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20260201", "UID:a@gongkai",
        "SUMMARY:年度报告\\; 公布\\, 全部", "DESCRIPTION:第一行\\n第二行", "TRIGGER;RELATED=END:-P3DT15H",
    ):  # fmt: skip
        assert line in found


def test_what_is_done_reminds_nobody():
    done = DayEvent(EVENT.uid, EVENT.title, EVENT.first, EVENT.last, done=True, remind_days=3)
    assert b"VALARM" not in to_ics("工作日历", [done], made_at=MADE)


def test_equal_events_give_equal_bytes():
    assert to_ics("甲", [EVENT], made_at=MADE) == to_ics("甲", [EVENT], made_at=MADE)


@given(st.text(max_size=300))
def test_no_text_breaks_a_line_or_a_character(text: str):
    data = to_ics("甲", [DayEvent("x@y", text, date(2026, 1, 1), date(2026, 1, 1))], made_at=MADE)
    folded = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in folded)
    assert all(line.decode() is not None for line in folded)
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert len(lines(data)) == 15  # the same lines whatever the text: nothing in it begins one of its own
