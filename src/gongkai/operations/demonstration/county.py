"""Build the county: organs, items, cases, registers, returns, reports — in the order of a real year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from gongkai.operations.demonstration.cases import build_cases, settle
from gongkai.operations.demonstration.catalogue import build_catalogue
from gongkai.operations.demonstration.filing_round import build_filing_round
from gongkai.operations.demonstration.gazette import build_gazette
from gongkai.operations.demonstration.handling import build_handling
from gongkai.operations.demonstration.items import build_items
from gongkai.operations.demonstration.organs import County, build_organs
from gongkai.operations.demonstration.registers import build_registers
from gongkai.operations.demonstration.remedies import build_remedies
from gongkai.operations.demonstration.returns import build_returns
from gongkai.operations.demonstration.reviews import build_reviews, set_chains
from gongkai.operations.demonstration.standing import build_standing
from gongkai.operations.demonstration.upkeep import build_upkeep
from gongkai.operations.demonstration.year import build_year
from gongkai.publishing.skeleton import seed_columns

ITEMS_PER_ORGAN_AND_YEAR = 40
CASES = 200


def build_county(
    today: date, *, seed: int = 1, years: int = 3, scale: float = 1.0, say: Callable[[str], None] = lambda _: None
) -> County:
    """Build the whole demonstration for a given day; the same day and seed give the same county.

    `scale` multiplies items and applications; `say` is told what is being done.
    """
    first_year = today.year - years + 1
    span = list(range(first_year, today.year + 1))
    say("机关和人员")
    county = build_organs(today, date(first_year - 1, 12, 1), Random(seed))  # noqa: S311 - repeatable, not secret
    seed_columns()
    set_chains(county, date(first_year - 1, 12, 1))
    say("公开条目")
    build_items(county, span, max(4, round(ITEMS_PER_ORGAN_AND_YEAR * scale)))
    build_reviews(county)
    say("公开目录")
    build_catalogue(county)
    say("政府公报")
    build_gazette(county)
    say("有效性、解读、清理和送交")
    build_upkeep(county)
    say("申请")
    build_cases(county, span, max(40, round(CASES * scale)))
    build_handling(county)
    settle(county)
    say("复议、诉讼和投诉")
    build_remedies(county, span)
    say("台账")
    build_registers(county, span)
    build_standing(county, span)
    say("填报、年末快照和年报")
    build_returns(county, span)
    build_filing_round(county)
    say("网站年度报表、重点工作、预决算")
    build_year(county, span)
    return county
