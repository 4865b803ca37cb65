"""必写事项: what a report has to say by law and by 30号, for each kind of organ, and what of it is missing.

Whether something is said is told from words, loosely: the list helps whoever signs, who reads the text. What the
条例 itself wants is missing so plainly when its words are nowhere that the report isn't signed without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongkai.agencies.models import LegalKind
from gongkai.annualreport import improvements, outline
from gongkai.annualreport.models import Report
from gongkai.publishing.report_days import is_governments

FORMAT = "国办公开办函〔2021〕30号"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One required item: the part it belongs to, what it is, whether it is there, whether the report waits for it."""

    part: str
    words: str
    source: str
    there: bool
    binding: bool = False


def level_of(report: Report) -> str:
    """county, department or town: what a report has to say depends on it."""
    if is_governments(report.scope):
        return "county"
    towns = (LegalKind.GOVERNMENT, LegalKind.SUBDISTRICT)
    return "town" if report.agency.legal_kind in towns else "department"


LEVELS = {"county": "县级政府", "department": "部门", "town": "乡镇、街道"}


def wanted(report: Report) -> list[Wanted]:
    """All that this report has to say, in the order of its parts. The reports of 2014 to 2018 had rules of their own."""
    if report.edition == "2014":
        return []
    return [*_preamble(report), *_blocks(report), *_results(report), *_problems(report), *_fee(report)]


def missing(report: Report) -> list[Wanted]:
    """What isn't there."""
    return [one for one in wanted(report) if not one.there]


def withheld(report: Report) -> list[Wanted]:
    """What the report waits for: items of the law itself that aren't there."""
    if report.edition == "2014":
        return []
    return [one for one in (*_results(report), *_fee(report)) if one.binding and not one.there]


def _text(report: Report, number: str = "") -> str:
    return "\n".join(section.text for section in report.sections.all() if number in ("", section.number))


_PREAMBLE: tuple[tuple[str, Callable[[Report], str]], ...] = (
    ("编制依据", lambda report: r"条例"),
    ("统计期限", lambda report: rf"{report.year}年1月1日"),
    ("查阅网址", lambda report: r"https?://|www\.|\.(?:cn|com|example)|网站"),
    ("联系方式", lambda report: r"电话|地址|联系|邮箱"),
)


def _preamble(report: Report) -> Iterator[Wanted]:
    text = _text(report, "0")
    for words, pattern in _PREAMBLE:
        yield Wanted("0", f"引言写明{words}", FORMAT, bool(re.search(pattern(report), text)))
    if level_of(report) == "county":
        told = re.search(r"汇总|所属部门|乡镇", text)
        yield Wanted("0", "引言写明数据为本级和所属部门、乡镇（街道）的汇总数", FORMAT, bool(told))


def _blocks(report: Report) -> Iterator[Wanted]:
    for part in outline.parts(report.edition):
        if part.level == 2 and part.required:
            yield Wanted(part.number, f"总体情况写“{part.heading}”", FORMAT, bool(_text(report, part.number).strip()))


_RESULTS = (("工作考核结果", r"考核"), ("社会评议结果", r"评议"), ("责任追究结果", r"责任|问责|追责"))


def _results(report: Report) -> Iterator[Wanted]:
    """各级人民政府, towns among them; a subdistrict office is no government."""
    if not report.whole_region and report.agency.legal_kind != LegalKind.GOVERNMENT:
        return
    text = _text(report)
    for words, pattern in _RESULTS:
        yield Wanted("1.5", words, "条例第五十条第一款第（四）项", bool(re.search(pattern, text)), binding=True)


def _problems(report: Report) -> Iterator[Wanted]:
    part = outline.PROBLEMS[report.edition]
    found = improvements.problems(_text(report, part))
    least = improvements.LEAST_PROBLEMS
    yield Wanted(part, f"列出 {least} 个以上的主要问题（一是、二是…）", FORMAT, len(found) >= least)
    measures = re.search(r"改进|措施|下一步|已|将|加强|推进|完善", _text(report, part))
    yield Wanted(part, "写明改进情况或者改进措施", "条例第五十条第一款第（四）项", bool(measures))
    for problem in improvements.beside(report, report.year_before()):
        words = f"交代上年所列问题的改进情况：{_short(problem.words)}"
        yield Wanted(part, words, FORMAT, bool(problem.improvement))


def _fee(report: Report) -> Iterator[Wanted]:
    """From 2021 on the fee of 国办函〔2020〕109号 is told, and where there was one, its cases and its amount."""
    if report.edition != "2021":
        return
    text, source = _text(report, "6"), "国办函〔2020〕109号；国办公开办函〔2021〕30号"
    yield Wanted("6", "写明收取信息处理费的情况，没有收取的也要写", source, "信息处理费" in text, binding=True)
    refused = int(report.snapshot.figures.get("t3.r3_6_2.total") or 0)
    if (report.basis.get("fee") or {}).get("count") or refused:
        said = re.search(r"\d+\s*件", text) and re.search(r"\d\s*(?:万)?元", text)
        yield Wanted("6", "写明收取信息处理费的件数和金额", source, bool(said), binding=True)


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:40]}…"
