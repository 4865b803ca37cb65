from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, LegalKind, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.publishing.models import ItemClass, ReviewChain
from gongkai.publishing.review_chains import default_chain
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.review_chain import ARTICLE, Chain


def can_set_chain(
    agency: Agency | None, *, by: User, today: date, chain: Chain | None = None, urgent: bool = False
) -> Refusal | None:
    """The disclosure office; and what can't be configured stays so (domain-spec §11.2 item 8)."""
    if not is_disclosure_office(by, on=today):
        return Refusal("needs_role", "审核链由政务公开办设置", ARTICLE)
    if agency and agency.legal_kind == LegalKind.VILLAGE:
        return Refusal("no_organ", "村（居）民委员会没有政府信息条目", "条例第二条")
    return chain.problem(urgent=urgent) if chain else None


@transaction.atomic
def set_chain(
    agency: Agency | None, *, item_class: str, urgent: bool = False, chain: Chain | None, by: User, today: date
) -> Chain:
    """Set the chain (审核链) of a class of items at an organ, or with None of all organs that have none of their own.

    `chain` None takes the setting away: what holds for all, or the default, holds again. Texts already under review
    keep the chain they were submitted with. Returns the chain in force; raises Refused.
    """
    if refusal := can_set_chain(agency, by=by, today=today, chain=chain, urgent=urgent):
        raise Refused(refusal)
    if item_class not in ItemClass.values:
        raise Refused(Refusal("unknown_class", "没有这一条目类别", ARTICLE))
    place = {"agency": agency, "item_class": item_class, "urgent": urgent}
    before = ReviewChain.objects.select_for_update().filter(**place).first()
    if chain:
        ReviewChain.objects.update_or_create(**place, defaults={"steps": chain.to_data(), "changed_by": by})
    elif before:
        before.delete()
    record(
        "publishing.set_chain",
        agency,
        by=by,
        today=today,
        ground=ARTICLE,
        item_class=item_class,
        urgent=urgent,
        before=before.steps if before else None,
        after=chain.to_data() if chain else None,
    )
    return chain or default_chain(item_class, urgent=urgent)
