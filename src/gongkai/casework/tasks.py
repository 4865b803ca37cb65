"""What the passing of days does by itself; run once a day, harmless when run again."""

from __future__ import annotations

from datetime import date

from gongkai.casework import actions, clock
from gongkai.casework.models import Case, Inquiry, Party
from gongkai_core.refusals import Refused


def nightly(today: date) -> dict[str, int]:
    """End questions whose last day has passed, and move the last days that move with today.

    Returns how many questions ended (`lapsed`) and how many cases moved (`moved`). A third party's silence leaves the
    decision to the organ (条例第三十二条), a co-maker's is consent (第三十四条); nobody is found abandoned by a machine.
    """
    return {"lapsed": sum(_lapse(inquiry, today) for inquiry in _silent(today)), "moved": _move(today)}


def _silent(today: date) -> list[Inquiry]:
    waiting = Inquiry.objects.filter(answered_on=None, opinion="", case__in=Case.objects.open())
    return list(waiting.exclude(party=Party.AGENCY).filter(sent_on__lt=today).select_related("case__agency"))


def _lapse(inquiry: Inquiry, today: date) -> bool:
    end = actions.reason_lapsed if inquiry.party == Party.APPLICANT else actions.lapsed
    try:
        end(inquiry, by=None, today=today)
    except Refused:  # its term still runs
        return False
    return True


def _move(today: date) -> int:
    moving = Case.objects.open().filter(open_ended=True).exclude(projected_on=today)
    return clock.recompute(moving, today=today, reason="未定期限随日推移") if moving.exists() else 0
