"""What a case's answer and a paper of a register have in common between signature and arrival: which paper waits, who
sends it, on whose thread it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.agencies.models import User
from gongkai.casework import procedure
from gongkai.casework.models import Case, Holder, Law, Outgoing, RegisterPaper
from gongkai.casework.register_rights import worker_refusal
from gongkai.trail.chain import record
from gongkai_core.letters import LETTERS
from gongkai_core.refusals import Refusal

_UNSIGNED = Refusal("unsigned", "签发以后才能用印、发出", "签发权限（内部规定）")


def waiting(holder: Holder) -> Outgoing | None:
    """The signed paper that waits to be sent, or was sent last."""
    if isinstance(holder, RegisterPaper):
        return holder if holder.signed_on and not holder.voided_on else None
    return holder.notices.filter(decision__active=True, voided_on=None).select_related("pdf").first()


def sender_refusal(holder: Holder, *, by: User, today: date) -> Refusal | None:
    """Why this person may not stamp and send the paper now: of a case, its state; of a register, who works on it."""
    if isinstance(holder, Case):
        return procedure.refusal(holder, "deliver", by=by, today=today)
    if waiting(holder) is None:
        return _UNSIGNED
    if sent_on := holder.sent_on:
        return Refusal("sent_already", f"已于 {sent_on} 发出")
    return worker_refusal(holder.row, by=by, today=today)


def is_old(holder: Holder) -> bool:
    """Papers of the old 条例 were stamped then; today only their originals are kept (domain-spec §11.6 item 38)."""
    return isinstance(holder, Case) and holder.law == Law.OLD


def bears_seal(paper: Outgoing) -> bool:
    """Whether the letter has a place for the organ's seal; a list (证据清单) has none."""
    return "（印章）" in LETTERS[paper.letter].template


def note(verb: str, holder: Holder, *, by: User, today: date, ground: str, **facts: Any) -> None:
    """Write an act on the paper into the trail, on the thread of its case or of its register's row."""
    if isinstance(holder, Case):
        procedure.note(verb, holder, by=by, today=today, ground=ground, **facts)
        return
    facts = {"letter": holder.letter, "number": holder.number} | facts
    record(f"casework.{verb}", holder.row, by=by, today=today, ground=ground, **facts)
