from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import is_disclosure_office, locked
from gongkai.publishing.models import Sample, SampleVerdict
from gongkai.publishing.moments import moment
from gongkai.publishing.samples import GROUND
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_check_sample(
    sample: Sample, *, by: User, today: date, verdict: str = SampleVerdict.PASSED, remarks: str = ""
) -> Refusal | None:
    """The disclosure office, once, not of one's own text; what is wrong is said."""
    if not is_disclosure_office(by, on=today):
        return Refusal("needs_role", "事后抽查由政务公开办办理", GROUND)
    if sample.verdict:
        return Refusal("checked", f"{sample.checked_by}已作出抽查结果：{sample.get_verdict_display()}", GROUND)
    if sample.version.author_id == by.pk:
        return Refusal("not_author", "拟稿人不抽查自己的稿件", GROUND)
    if verdict not in SampleVerdict.values or (verdict == SampleVerdict.FINDING and not remarks.strip()):
        return Refusal("remarks", "请选择结果；有问题的写明问题", GROUND)
    return None


@transaction.atomic
def check_sample(sample: Sample, *, verdict: str, remarks: str = "", by: User, today: date) -> Sample:
    """Record what was found in a sample; a finding goes to the organ as a task. Raises Refused."""
    sample = locked(sample)
    if refusal := can_check_sample(sample, by=by, today=today, verdict=verdict, remarks=remarks):
        raise Refused(refusal)
    sample.verdict, sample.remarks = verdict, remarks.strip()
    sample.checked_by, sample.checked_at = by, moment(today)
    sample.save(update_fields=["verdict", "remarks", "checked_by", "checked_at"])
    record(
        "publishing.check_sample",
        sample.version.item,
        by=by,
        today=today,
        ground=GROUND,
        verdict=verdict,
        remarks=sample.remarks,
    )
    return sample
