"""Issue a paper and record that it left: what every act with a letter does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gongkai.agencies.models import User
from gongkai.casework import notices, signing
from gongkai.casework.models import Case, Delivery, Notice
from gongkai_core.letters import FIRST_DAY, Value


def send_notice(
    case: Case,
    code: str,
    variables: Mapping[str, Value | None],
    *,
    method: str,
    sent_on: date,
    by: User,
    addressee: str = "",
    delivered_on: date | None = None,
    outcome: str | None = None,
    files: bool = True,
) -> Notice:
    """Write the letter with its number and send it, inside the caller's transaction. Raises Refused.

    Papers under the old 条例 were sent long ago: only that they were sent is kept (domain-spec §11.6 item 38).
    """
    if case.received_on and case.received_on < FIRST_DAY:
        notice = Notice.objects.create(case=case, letter=code, signed_on=sent_on, signed_by=by, addressee=addressee)
    else:
        notice = notices.issue(
            case,
            code,
            variables,
            signed_on=sent_on,
            signed_by=by,
            addressee=addressee,
            delivered_by=method,
            outcome=outcome,
            files=files,
        )
    signing.use(case, code, notice)
    Delivery.objects.create(notice=notice, method=method, sent_on=sent_on, delivered_on=delivered_on, recorded_by=by)
    return notice
