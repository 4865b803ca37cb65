"""Short ways to write a case in a test.

The ordinary case is received on Monday 2021-03-01: its 7th working day is 03-10, its 20th 03-29, and, 清明
(04-03 to 04-05) and the working Sunday 04-25 counted, its 40th 04-26.
"""

from __future__ import annotations

import pytest

from gongkai_core.clock import ClockError, compute


def event(kind, on, **more):
    """Return an event; `on` goes where its type has it."""
    name = {
        "third_party_asked": "sent_on",
        "co_maker_asked": "sent_on",
        "agency_consulted": "sent_on",
        "extended": "notice_sent_on",
        "fee_notified": "delivered_on",
    }.get(kind, "on")
    return {"type": kind, name: on, **more}


def third_party(sent_on, delivered_on=None, ref="a"):
    return event("third_party_asked", sent_on, ref=ref, **({"delivered_on": delivered_on} if delivered_on else {}))


def co_maker(sent_on, delivered_on=None, ref="b"):
    return event("co_maker_asked", sent_on, ref=ref, **({"delivered_on": delivered_on} if delivered_on else {}))


def agency(sent_on, ref="c"):
    return event("agency_consulted", sent_on, ref=ref)


def correction(on, return_by="2021-03-31"):
    return event("correction_asked", on, return_by=return_by)


def clock(*events, received_on="2021-03-01", calendar=None, **case):
    """Return the result of a case, which is the ordinary one unless said otherwise."""
    if received_on is not None:
        case["received_on"] = received_on
    return compute({**case, "events": list(events)}, calendar)


def codes(result):
    return [warning["code"] for warning in result["warnings"]]


def refused(code, *events, **case):
    """Assert that the case is refused with this code, in Chinese."""
    with pytest.raises(ClockError) as caught:
        clock(*events, **case)
    assert caught.value.code == code
    assert any("\u4e00" <= letter <= "\u9fff" for letter in caught.value.message)
    assert set(caught.value.as_json()) == {"code", "message", "article"}
    return caught.value


def pick(result, **expected):
    """Return the fields of a result that are expected, for one comparison that shows all differences."""
    return {key: result[key] for key in expected}
