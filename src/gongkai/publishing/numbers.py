"""Index numbers (索引号): an organ's own rule over the installation's; the rule engine is the core's."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from gongkai.agencies.models import Agency
from gongkai.documents.models import Counter
from gongkai.documents.numbering import take
from gongkai.publishing.models import Item, Numbering
from gongkai_core.index_numbers import IndexNumber, IndexParts, IndexRule
from gongkai_core.refusals import Refused

DEFAULT = IndexRule()
SERIES = "publishing.index/"


def rule_for(agency: Agency | None) -> IndexRule:
    """The organ's own rule, else the installation's, else the most frequent one."""
    rows = {row.agency_id: row for row in Numbering.objects.filter(agency__isnull=True)}
    if agency is not None:
        rows |= {row.agency_id: row for row in Numbering.objects.filter(agency=agency)}
    found = rows.get(agency.pk if agency else None) or rows.get(None)
    return found.rule if found else DEFAULT


def parts_of(agency: Agency, *, catalogue: str, on: date) -> IndexParts:
    return IndexParts(agency.code, on, catalogue.replace("_", ""))


def take_index_numbers(agency: Agency, *, catalogue: str, on: date, count: int = 1) -> list[str]:
    """Take the next `count` numbers of an organ, inside the caller's transaction; never typed, never reused."""
    rule = rule_for(agency)
    parts = parts_of(agency, catalogue=catalogue, on=on)
    first = take(SERIES + rule.counter_key(parts), count)
    numbers = [rule.format(parts, first + offset) for offset in range(count)]
    for number in numbers:
        if refusal := rule.check(number):
            raise Refused(refusal)
    return numbers


def preview(rule: IndexRule, agency: Agency, *, catalogue: str, on: date, count: int = 3) -> list[str]:
    """The numbers that the organ would get next under a rule; takes none."""
    parts = parts_of(agency, catalogue=catalogue, on=on)
    last = max(_last(rule.counter_key(parts)), used_serials(rule, agency).get(rule.counter_key(parts), 0))
    return [rule.format(parts, last + offset) for offset in range(1, count + 1)]


def _last(key: str) -> int:
    return Counter.objects.filter(series=SERIES + key).values_list("last", flat=True).first() or 0


def used_serials(rule: IndexRule, agency: Agency) -> dict[str, int]:
    """The highest serial that an organ's numbers already have under a rule, by the counter it would come from."""
    highest: dict[str, int] = defaultdict(int)
    numbers = Item.objects.filter(agency=agency).exclude(index_no="").values_list("index_no", flat=True)
    for text in numbers.iterator(chunk_size=5000):
        try:
            number = rule.parse(text)
        except Refused:
            continue
        key = rule.counter_key(_parts(number))
        highest[key] = max(highest[key], number.serial)
    return dict(highest)


def _parts(number: IndexNumber) -> IndexParts:
    return IndexParts(number.code, date(number.year or 1, number.month or 1, 1), number.catalogue or "")


def never_again(rule: IndexRule, agency: Agency) -> None:
    """Lift the counters of a rule over every number the organ already has, so that none comes twice."""
    for key, serial in used_serials(rule, agency).items():
        counter, _ = Counter.objects.get_or_create(series=SERIES + key)
        Counter.objects.filter(pk=counter.pk, last__lt=serial).update(last=serial)
