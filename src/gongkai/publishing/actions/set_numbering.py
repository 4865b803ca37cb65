from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, Role, User
from gongkai.publishing.models import Item, Numbering
from gongkai.publishing.numbers import never_again
from gongkai.trail.chain import record
from gongkai_core.index_numbers import ARTICLE, IndexRule
from gongkai_core.refusals import Refusal, Refused


def can_set_numbering(*, by: User, today: date) -> Refusal | None:
    """The disclosure office keeps the rules of the whole county's catalogue (条例第三条)."""
    if by.holds(Role.DISCLOSURE_OFFICE, on=today):
        return None
    return Refusal("needs_role", "索引号规则由政务公开办设置", ARTICLE)


@transaction.atomic
def set_numbering(agency: Agency | None, *, pattern: str, reset: str, by: User, today: date) -> IndexRule:
    """Set the installation's rule (no organ) or one organ's own. Raises Refused, for a rule whose numbers could repeat.

    Numbers already given stay as they are; the new rule goes on above those that it could give again.
    """
    if refusal := can_set_numbering(by=by, today=today):
        raise Refused(refusal)
    rule = IndexRule(pattern, reset)
    values = {"pattern": pattern, "reset": reset, "changed_by": by}
    Numbering.objects.update_or_create(agency=agency, defaults=values)
    for organ in _concerned(agency):
        never_again(rule, organ)
    record("publishing.set_numbering", agency, by=by, today=today, ground=ARTICLE, pattern=pattern, reset=reset)
    return rule


@transaction.atomic
def drop_numbering(agency: Agency, *, by: User, today: date) -> None:
    """Let an organ follow the installation's rule again. Raises Refused."""
    if refusal := can_set_numbering(by=by, today=today):
        raise Refused(refusal)
    Numbering.objects.filter(agency=agency).delete()
    common = Numbering.objects.filter(agency=None).first()
    never_again(common.rule if common else IndexRule(), agency)
    record("publishing.drop_numbering", agency, by=by, today=today, ground=ARTICLE)


def _concerned(agency: Agency | None) -> list[Agency]:
    """The organs that follow the rule being set and have numbers already."""
    if agency is not None:
        return [agency]
    own = Numbering.objects.exclude(agency=None).values("agency")
    numbered = Item.objects.exclude(index_no="").values("agency")
    return list(Agency.objects.filter(pk__in=numbered).exclude(pk__in=own))
