from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.annualreport import website_exports
from gongkai.annualreport.models import WebsiteReturn, WebsiteReturnFile, WebsiteReturnState
from gongkai.annualreport.website_permissions import may_publish
from gongkai.documents import blobs
from gongkai.publishing.moments import moment
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.website_return import DOC


def can_publish_website_return(row: WebsiteReturn, *, by: User, today: date) -> Refusal | None:
    if refusal := may_publish(row.agency, by=by, today=today):
        return refusal
    if row.state != WebsiteReturnState.APPROVED:
        words = "报表还没有审核" if row.state == WebsiteReturnState.FILLING else "报表已经公布"
        return Refusal("not_approved", words, DOC)
    return None


@transaction.atomic
def publish_website_return(row: WebsiteReturn, *, by: User, today: date) -> WebsiteReturn:
    """Publish the return on the website (公布): its files are made now and served unchanged. Raises Refused."""
    row = locked(row)
    if refusal := can_publish_website_return(row, by=by, today=today):
        raise Refused(refusal)
    row.state, row.published_by, row.published_at = WebsiteReturnState.PUBLISHED, by, moment(today)
    row.version += 1
    row.save(update_fields=["state", "published_by", "published_at", "version"])
    for kind, data in website_exports.everything(row).items():
        blob = blobs.store(data, name=f"{row}.{kind}", content_type=website_exports.TYPES[kind])
        WebsiteReturnFile.objects.create(website_return=row, kind=kind, blob=blob)
    record(
        "annualreport.publish_website_return", row, by=by, today=today, ground=DOC,
        files={file.kind: file.blob.digest for file in row.files.select_related("blob")},
    )  # fmt: skip
    return row
