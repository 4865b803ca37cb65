from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.annualreport import checks, exports
from gongkai.annualreport.models import PublishedFile, PublishedVersion, Report, ReportState
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
    """Publish the report (公布), or its correction (更正): the files are made now and served unchanged ever after.

    A correction takes the address over; the version before stays at its own, with its files. Raises Refused.
    """
    row = locked(report)
    if refusal := can_publish(row, by=by, today=today):
        raise Refused(refusal)
    again = row.is_out
    row.state = ReportState.PUBLISHED
    if not again:
        row.published_by, row.published_at = by, moment(today)
    row.version += 1
    row.save(update_fields=["state", "published_by", "published_at", "version"])
    publication = _publication(row, by=by, today=today)
    release(row.snapshot, by=by, today=today)
    if not again:
        report_came_out(row.agency)
    put("annualreport.published", f"{row.public_id}/{publication.number}", {"report": str(row.public_id)})
    record(
        "annualreport.publish", row, by=by, today=today, ground=GROUND, digest=checks.digest(row),
        publication=publication.number, reason=publication.reason,
        files={file.name: file.blob.digest for file in publication.files.select_related("blob")},
    )  # fmt: skip
    return row


def _publication(row: Report, *, by: User, today: date) -> PublishedVersion:
    """The version that comes out now, with its files; those before it stay as they are."""
    before = row.current
    publication = PublishedVersion.objects.create(
        report=row,
        number=before.number + 1 if before else 1,
        snapshot=row.snapshot,
        basis=row.basis,
        title=row.title,
        texts=[list(pair) for pair in row.sections.values_list("number", "text")],
        reason=row.correction_reason,
        compiled_by=row.compiled_by,
        compiled_on=row.compiled_on,
        signed_by=row.signed_by,
        signed_on=row.signed_on,
        published_by=by,
        published_at=moment(today),
    )
    for name, data in exports.everything(row).items():
        kind = name.rpartition(".")[2]
        blob = blobs.store(data, name=f"{row.title}.{kind}", content_type=exports.TYPES[kind])
        PublishedFile.objects.create(publication=publication, name=name, blob=blob)
    return publication
