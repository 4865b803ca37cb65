from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked
from gongkai.casework import procedure
from gongkai.casework.actions.series import join_series, open_series
from gongkai.casework.models import Case, DuplicateJudgement, DuplicateVerdict, SeriesMember
from gongkai.casework.notices import refuse_leaks
from gongkai.casework.permissions import roles_at
from gongkai_core.refusals import Refusal

_ARTICLE = "条例第三十六条第（六）项"
JUDGES = {Role.CASE_REGISTRAR, Role.HANDLER}


def can_judge_duplicate(case: Case, *, by: User, today: date, verdict: str = "") -> Refusal | None:
    """A person of the organ decides what two equal texts are; only what was answered before can be repeated.

    Both are registered and both count as new whatever is decided (domain-spec §11.4 item 25).
    """
    if not roles_at(by, case.agency, on=today) & JUDGES:
        return Refusal("needs_role", f"由{case.agency.short_name}的登记人或者承办人判断", _ARTICLE)
    earlier = case.duplicate_of
    if earlier is None:
        return Refusal("no_duplicate", "这件没有疑似重复的前次申请", _ARTICLE)
    if case.finished:
        return Refusal("finished", "这件已经办结，不再判断", _ARTICLE)
    if verdict == DuplicateVerdict.REPEAT and (not earlier.counted_on or earlier.counted_outcome == "other.withdrawn"):
        return Refusal("earlier_open", f"前次申请 {earlier.number} 没有答复过，两件都要答复", _ARTICLE)
    return None


@transaction.atomic
def judge_duplicate(case: Case, *, verdict: str, reason: str, by: User, today: date) -> DuplicateJudgement:
    """Decide what a case marked 疑似重复 is, with the reason; decided anew, the last word stands. Raises Refused.

    `linked` puts the two into one series.
    """
    case = locked(case)
    procedure.allow(can_judge_duplicate(case, by=by, today=today, verdict=verdict))
    if verdict not in DuplicateVerdict.values:
        procedure.allow(Refusal("verdict", "请选择判断结果", _ARTICLE))
    if not reason.strip():
        procedure.allow(Refusal("reason", "须写判断的理由", _ARTICLE))
    refuse_leaks(case, "L08", reason)
    if verdict == DuplicateVerdict.LINKED:
        _link(case, by=by, today=today)
    judgement, _ = DuplicateJudgement.objects.update_or_create(
        case=case,
        defaults={
            "earlier": case.duplicate_of, "verdict": verdict, "reason": reason.strip(), "judged_by": by,
            "judged_on": today,
        },
    )  # fmt: skip
    procedure.note(
        "judge_duplicate", case, by=by, today=today, ground=_ARTICLE, verdict=judgement.get_verdict_display(),
        reason=judgement.reason, earlier=str(judgement.earlier),
    )  # fmt: skip
    return judgement


def _link(case: Case, *, by: User, today: date) -> None:
    """Into the series of the earlier one, or both into a new one; nothing where they are together already."""
    earlier = case.duplicate_of
    assert earlier
    there = SeriesMember.objects.filter(case=earlier).select_related("series__agency").first()
    mine = SeriesMember.objects.filter(case=case).first()
    if there and mine and there.series_id == mine.series_id:
        return
    if there:
        join_series(case, there.series, by=by, today=today)
    else:
        open_series([earlier, case], title=case.subject or f"{earlier.number}等", by=by, today=today)
