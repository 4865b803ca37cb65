from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.publishing.models import Draw, ItemVersion, Sample
from gongkai.publishing.moments import moment
from gongkai.publishing.samples import GROUND, SIZE, candidates, drawn, month_of
from gongkai.trail.chain import record
from gongkai.trail.models import Head
from gongkai_core.refusals import Refusal, Refused

EARLIEST = 2000


def can_draw_samples(*, by: User, today: date, month: date | None = None) -> Refusal | None:
    """The disclosure office, for a month that is over."""
    if not is_disclosure_office(by, on=today):
        return Refusal("needs_role", "事后抽查由政务公开办办理", GROUND)
    if month and month.year < EARLIEST:
        return Refusal("no_such_month", f"{month.year}年没有可抽的条目", GROUND)
    if month and month >= today.replace(day=1):
        return Refusal("month_not_over", f"{month:%Y年%m月}还没有结束，月底以后再抽", GROUND)
    return None


@transaction.atomic
def draw_samples(*, month: date, by: User, today: date) -> list[Draw]:
    """Draw a month's samples (抽查) of every organ that published something and was not drawn yet. Raises Refused.

    The seed is the trail's head as it is now, so that who draws can't choose and everybody can draw again.
    """
    if refusal := can_draw_samples(by=by, today=today, month=month):
        raise Refused(refusal)
    period = month_of(month)
    seed = Head.objects.select_for_update().get(pk=1).digest
    done = set(Draw.objects.filter(month=period.first).values_list("agency", flat=True))
    draws = []
    for agency in Agency.objects.exclude(pk__in=done).order_by("path"):
        among = candidates(agency, period)
        if not among:
            continue
        draw = Draw.objects.create(
            agency=agency,
            month=period.first,
            seed=seed,
            candidates=len(among),
            drawn_by=by,
            drawn_at=moment(today),
        )
        keys = drawn(seed, among, SIZE.value())
        versions = ItemVersion.objects.in_bulk(keys, field_name="public_id")
        Sample.objects.bulk_create([Sample(draw=draw, version=versions[key]) for key in keys])
        draws.append(draw)
    if not draws:
        raise Refused(Refusal("nothing_to_draw", f"{month:%Y年%m月}没有可抽的条目，或者都已抽过", GROUND))
    record(
        "publishing.draw_samples",
        None,
        by=by,
        today=today,
        ground=GROUND,
        month=period.first,
        seed=seed,
        organs=len(draws),
    )
    return draws
