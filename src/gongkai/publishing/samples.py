"""抽查: what the disclosure office looks at after publication, because it reviews little before (domain-spec §11.2 item 10)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from gongkai.agencies.ledger import Period
from gongkai.agencies.models import Agency
from gongkai.agencies.office_settings import Declared, declare, whole
from gongkai.publishing.models import Draw, ItemVersion
from gongkai.publishing.querysets import midnight

GROUND = "条例第十七条、第四十七条"
SIZE = declare(
    Declared(
        "publishing.samples",
        "每月每单位事后抽查的条数",
        5,
        "条例第四十七条（数量由各地自定）",
        parse=whole(0),
    )
)


def month_of(day: date) -> Period:
    """The calendar month of a day."""
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def candidates(agency: Agency, month: Period) -> list[UUID]:
    """The versions that the organ made public in the month and the office did not review before, by public id.

    Those withdrawn or superseded since belong to it: the drawing can be repeated as long as the rows stand.
    """
    shown = ItemVersion.objects.filter(
        item__agency=agency,
        published_at__gte=midnight(month.first),
        published_at__lt=midnight(month.last + timedelta(days=1)),
    )
    rows = shown.select_related("batch").only("public_id", "chain", "sign_at", "batch__chain", "batch__sign_at")
    return sorted(row.public_id for row in rows.iterator(chunk_size=1000) if not _reviewed_by_office(row))


def _reviewed_by_office(version: ItemVersion) -> bool:
    walk = version.batch or version
    return any(step.role == "disclosure_office" for step in walk.steps[: walk.sign_at])


def drawn(seed: str, among: Iterable[UUID], count: int) -> list[UUID]:
    """The first `count` in an order that only the seed decides: the same seed draws the same."""
    return sorted(among, key=lambda key: hashlib.sha256(f"{seed}{key}".encode()).hexdigest())[:count]


def drawn_again(draw: Draw) -> list[UUID]:
    """What the draw's seed draws now, to be held against what was drawn."""
    return drawn(draw.seed, candidates(draw.agency, month_of(draw.month)), draw.samples.count())
