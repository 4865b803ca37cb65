"""By which day a report is due (条例第四十九条; until 2019-05-14 492号条例第三十一条)."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import LegalKind
from gongkai.agencies.office_settings import Declared, declare

FIRST_YEAR_OF_711 = 2019
"""The report on 2018 was due before the revised 条例 came into force on 2019-05-15."""


def day_of_year(text: str) -> str:
    """A day of the year as MM-DD; ValueError when there is no such day in every year."""
    return date.fromisoformat(f"2023-{text.strip()}").strftime("%m-%d")


TOWN_DAY = declare(
    Declared(
        key="annualreport.town_report_by",
        label="乡镇、街道年度报告的报送公布期限（月-日）",
        default="01-31",
        source="条例第四十九条未规定乡镇、街道的期限；domain-spec §11.8 第56条",
        parse=day_of_year,
    )
)


def is_governments(scope: Scope) -> bool:
    """Whether a report is that of a government of county level or above, not of one of its organs."""
    return scope.whole_region or (scope.agency.legal_kind == LegalKind.GOVERNMENT and scope.agency.parent_id is None)


def due_on(scope: Scope, year: int) -> tuple[date, str]:
    """The last day to publish the report of a year, with its article."""
    if year < FIRST_YEAR_OF_711:
        return date(year + 1, 3, 31), "政府信息公开条例（2007年）第三十一条"
    if is_governments(scope):
        return date(year + 1, 3, 31), "条例第四十九条第二款"
    if scope.agency.legal_kind in (LegalKind.GOVERNMENT, LegalKind.SUBDISTRICT):
        return date.fromisoformat(f"{year + 1}-{TOWN_DAY.value()}"), "条例第四十九条（乡镇、街道依设置）"
    return date(year + 1, 1, 31), "条例第四十九条第一款"
