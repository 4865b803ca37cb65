"""期限计算单: the whole computation of a case's last days as a paper, each line with its article."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from gongkai.agencies.calendar import office_calendar
from gongkai.casework import clock, masking
from gongkai.casework.models import Case
from gongkai.design.words import long_day
from gongkai.documents import pdf
from gongkai_core.clock import Result

_TEMPLATE = Path(__file__).parent / "typst" / "sheet.typ"


def render(case: Case, today: date) -> bytes:
    """The sheet as of a day as tagged PDF, the applicant masked. Raises FontsMissing, and Refused as `clock.replay`."""
    return pdf.typeset(_TEMPLATE, content(case, today))


def content(case: Case, today: date) -> dict[str, Any]:
    """Everything the sheet says, in words."""
    result = clock.replay(case, today)
    return {
        "title": "政府信息公开申请期限计算单",
        "facts": [
            ("登记号", case.number),
            ("机关", case.agency.name),
            ("申请人", masking.masked_name(case.applicant)),
            ("渠道", case.get_channel_display()),
            ("收到日", long_day(case.received_on)),
            ("适用", case.get_law_display()),
        ],
        "lines": [
            [line["from"], line["to"], str(line["working_days"]), line["text"], line["article"]]
            for line in result.explanation
        ],
        "warnings": [_with_article(warning["message"], warning["article"]) for warning in result.warnings],
        "results": _results(case, result, today),
        "ground": "本单由系统按登记的事项重新计算生成，每一日期可由所列条款复核。",
    }


def _results(case: Case, result: Result, today: date) -> list[tuple[str, str]]:
    projected = "（推算）" if result.projected else ""
    rows = [
        ("答复期限", f"{long_day(result.reply_by)}{projected}" if result.reply_by else "不在计算中"),
        ("原期限", long_day(result.reply_by_original) if result.reply_by_original else "—"),
        ("最长可至", long_day(result.longest_reply_by) if result.longest_reply_by else "—"),
    ]
    if case.agreed_reply_on:
        rows.append(("延迟答复至", f"{long_day(case.agreed_reply_on)}（条例第三十五条，不改变答复期限）"))
    calendar = office_calendar().version + ("（有年份的放假安排尚未公布，暂按周末推算）" if result.provisional else "")
    return [*rows, ("计算之日", long_day(today)), ("放假安排版本", calendar)]


def _with_article(words: str, article: str | None) -> str:
    return f"{words}（{article}）" if article else words
