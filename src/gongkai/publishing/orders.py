"""督办单: its number, its days, its paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Agency
from gongkai.agencies.office_settings import Declared, declare
from gongkai.design.words import day, long_day
from gongkai.documents.numbering import take
from gongkai.documents.pdf import typeset
from gongkai.publishing.models import Obligation
from gongkai.publishing.obligations import standing_of

_TEMPLATE = Path(__file__).parent / "typst" / "order.typ"
_GROUND = "《中华人民共和国政府信息公开条例》第四十七条第一款"


def _pattern(text: str) -> str:
    text.format(prefix="", year=2000, serial=1)
    if "{serial" not in text or "{year" not in text:
        raise ValueError(text)
    return text


NUMBER = declare(
    Declared(
        "publishing.supervision_number",
        "督办单编号的组成",
        "{prefix}公开督〔{year}〕{serial}号",
        "本级政府公文编号规则",
        parse=_pattern,
    )
)
FINISH_WORKDAYS = declare(
    Declared("publishing.supervision_workdays", "督办单整改时限（工作日）", 5, "条例第四十七条（期限由主管部门定）")
)


def take_order_number(agency: Agency, *, on: date) -> str:
    """The next number of the year, under the government whose office supervises."""
    government = office_of(agency)
    serial = take(f"publishing.supervision/{government.code}/{on.year}")
    return NUMBER.value().format(prefix=government.document_prefix, year=on.year, serial=serial)


def office_of(agency: Agency) -> Agency:
    """The government whose disclosure office supervises the organ: the county's, for a town's government too."""
    while agency.parent:
        agency = agency.parent
    return agency


def print_order(agency: Agency, rows: Sequence[Obligation], *, number: str, issued_on: date, finish_by: date) -> bytes:
    """The order as PDF; equal orders give equal bytes. Raises FontsMissing without a Chinese face."""
    calendar = office_calendar()
    standings = [standing_of(row, today=issued_on, calendar=calendar) for row in rows]
    overdue = sum(standing.state == "overdue" for standing in standings)
    empty = f"、空着的栏目 {len(rows) - overdue} 项" if len(rows) > overdue else ""
    paragraphs = [
        f"经查，截至{long_day(issued_on)}，你单位应当主动公开的政府信息中，逾期未公开的 {overdue} 项{empty}（见下表）。",
        f"根据{_GROUND}，请不晚于{long_day(finish_by)}（含当日）公开；本年度确无此类事项的，在系统中写明说明。"
        "整改情况经责任领导签字后报送我办复核销号。",
    ]
    return typeset(
        _TEMPLATE,
        {
            "title": f"政府信息公开督办单 {number}",
            "heading": "政府信息公开督办单",
            "number": number,
            "organ": agency.name,
            "paragraphs": paragraphs,
            "head": ["序号", "栏目（事项）", "期间", "期限", "情况"],
            "rows": [
                [str(at), row.entry.title, row.period_words, day(row.due_on), _words(standing.state, standing.days)]
                for at, (row, standing) in enumerate(zip(rows, standings, strict=True), start=1)
            ],
            "office": f"{office_of(agency).name}办公室",
            "date": long_day(issued_on),
            "blank_date": "年　　月　　日",
        },
    )


def _words(state: str, days: int) -> str:
    if state != "overdue":
        return "空栏"
    return f"逾期 {-days} 个工作日" if days else "逾期"
