from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.annualreport import checks, exports
from gongkai.annualreport.models import PublishedFile, Report, ReportState
from gongkai.annualreport.permissions import may_publish
from gongkai.documents import blobs
from gongkai.outbox.queue import put
from gongkai.publishing.moments import moment
from gongkai.publishing.obligations import report_came_out
from gongkai.statistics.actions import release
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第四十九条"


def can_publish(report: Report, *, by: User, today: date) -> Refusal | None:
    if refusal := may_publish(report.agency, by=by, today=today):
        return refusal
    if report.state != ReportState.SIGNED:
        words = "报告还没有签发" if report.state == ReportState.DRAFT else "报告已经公布"
        return Refusal("not_signed", words, GROUND)
    if not report.snapshot.holds:
        return Refusal("snapshot_broken", "冻结的数与其摘要不符，不能公布，请报安全管理员", "条例第五十条")
    return None


@transaction.atomic
def publish(report: Report, *, by: User, today: date) -> Report:
    """Publish the report (公布): its files are made now and served unchanged ever after. Raises Refused."""
    row = locked(report)
    if refusal := can_publish(row, by=by, today=today):
        raise Refused(refusal)
    row.state, row.published_by, row.published_at = ReportState.PUBLISHED, by, moment(today)
    row.version += 1
    row.save(update_fields=["state", "published_by", "published_at", "version"])
    made = exports.everything(row)
    for name, data in made.items():
        kind = name.rpartition(".")[2]
        blob = blobs.store(data, name=f"{row.title}.{kind}", content_type=exports.TYPES[kind])
        PublishedFile.objects.create(report=row, name=name, blob=blob)
    release(row.snapshot, by=by, today=today)
    report_came_out(row.agency)
    put("annualreport.published", str(row.public_id), {"report": str(row.public_id)})
    record(
        "annualreport.publish", row, by=by, today=today, ground=GROUND, digest=checks.digest(row),
        files={file.name: file.blob.digest for file in row.files.select_related("blob")},
    )  # fmt: skip
    return row
