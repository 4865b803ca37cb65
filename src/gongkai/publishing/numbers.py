"""Index numbers (索引号) by the office's rule; the rule engine is the core's."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.models import Agency
from gongkai.agencies.office_settings import Declared, declare
from gongkai.documents.numbering import take
from gongkai_core.index_numbers import IndexParts, IndexRule

PATTERN = declare(
    Declared(
        "publishing.index_pattern",
        "索引号的组成",
        "{code}/{year}-{serial:05d}",
        "条例第十二条第三款（索引由各级政府自定）",
        parse=str,
    )
)
RESET = declare(
    Declared("publishing.index_reset", "索引号流水何时归零（year、month、never）", "year", PATTERN.source, parse=str)
)


def take_index_numbers(agency: Agency, *, catalogue: str, on: date, count: int = 1) -> list[str]:
    """Take the next `count` numbers of an organ, inside the caller's transaction; never typed, never reused."""
    rule = IndexRule(PATTERN.value(), RESET.value())
    parts = IndexParts(agency.code, on, catalogue.replace("_", ""))
    first = take(f"publishing.index/{rule.counter_key(parts)}", count)
    return [rule.format(parts, first + offset) for offset in range(count)]
