"""表文一致: the numbers of the prose against the tables they speak of.

Where a sentence says what a number counts (新收…申请 48 件), the number must be the cell's. A number of cases whose
sentence names none of these is looked for among the cells of the table that the part speaks of. Years, days, document
numbers, percentages and other years' figures are passed over, rounded ones (余、多、约) are compared as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from gongkai.annualreport.drafting import money_unit, outcome_groups, printed
from gongkai.annualreport.models import Report
from gongkai_core.returns import form_of

_NUMBER = r"(?P<about>约|近|超过|超|逾|不少于|不低于)?(?P<number>\d+(?:\.\d+)?)(?P<more>余|多)?(?P<unit>件次|万元|亿元|元|件|项|个|次|宗|起|条|篇|人次|人)(?P<after>以上|左右)?"
_FIGURE = re.compile(rf"(?<![\d.]){_NUMBER}")
_GAP = r"(?:(?!复议|诉讼)[^\d。；;，,、：:]){0,16}?"
_OTHER_YEAR = re.compile(r"上年(?!结转)|去年|前年|同比|较上|比上|增加|增长|减少|下降|上升|月均|平均|计划|预计|力争")
_OTHER_SCOPE = re.compile(
    r"(?:市|县|区|政府|局|镇|乡)本级|县政府办公室(?:收|受理|办)|其中[^，。；]{0,12}(?:局|镇|乡|街道)"
)
_NONE = r"(?:没有|未发生|未|无|没)"


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that sentences count: the words that name it right before its number, and the cells it is the sum of."""

    name: str
    words: str
    cells: tuple[str, ...]
    units: str = "件|项|次|宗|起"
    none: str = ""
    """Words after 没有 that say there was none of it."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A number of the prose that isn't the table's: both sides, the cells, and the sentence it stands in."""

    part: str
    said: str
    name: str
    table: str
    cells: tuple[str, ...]
    sentence: str

    @property
    def words(self) -> str:
        if not self.cells:
            return f"正文写 {self.said}，统计表里没有这个数：“{self.sentence}”"
        return f"正文写{self.name} {self.said}，统计表是 {self.table}：“{self.sentence}”"


@cache
def measures(edition: str) -> tuple[Measure, ...]:
    """What the sentences of an edition count, the narrower words before the wider."""
    return (*_documents(edition), *_actions(edition), *_applications(edition), *_disputes(edition))


def _documents(edition: str) -> tuple[Measure, ...]:
    document = r"(?:行政)?规范性文件"
    if edition == "2021":
        return (
            Measure(
                "制发行政规范性文件", rf"(?:制发|制定|制定印发|印发|出台|发布){_GAP}{document}", ("t2.normdoc.made",)
            ),
            Measure("废止行政规范性文件", rf"废止{_GAP}{document}", ("t2.normdoc.repealed",)),
            Measure("现行有效行政规范性文件", r"现行有效(?:的)?(?:行政规范性文件)?", ("t2.normdoc.valid",)),
        )
    if edition == "2019":
        return (
            Measure("新制作规范性文件", rf"(?:新制作|制发|制定){_GAP}{document}", ("t2.normdoc.made",)),
            Measure("新公开规范性文件", r"新公开(?:规范性文件)?", ("t2.normdoc.public",)),
            Measure("对外公开总数", r"对外公开总数", ("t2.normdoc.total",)),
        )
    return (Measure("主动公开政府信息", r"主动公开(?:各类)?政府信息", ("t14.1_1",), "条"),)


def _actions(edition: str) -> tuple[Measure, ...]:
    if edition == "2014":
        return ()
    kinds = (("行政许可", "license"), ("行政处罚", "penalty"), ("行政强制", "coercion"))
    found = tuple(
        Measure(f"{name}决定", rf"{name}(?:处理)?(?:决定)?(?:数量)?", (f"t2.{key}.decided",)) for name, key in kinds
    )
    if edition == "2021":
        return (
            *found,
            Measure("行政事业性收费", r"行政事业性收费(?:收费)?(?:金额)?", ("t2.fee.amount",), "万元|亿元|元"),
        )
    return found


def _applications(edition: str) -> tuple[Measure, ...]:
    asked = r"(?:政府)?(?:信息)?(?:公开)?申请"
    if edition == "2014":
        return (
            Measure("收到申请", rf"(?:收到|受理){_GAP}{asked}", ("t14.3_1",), none=rf"(?:收到|受理){_GAP}{asked}"),
            Measure("办结申请", r"办结(?:申请)?", ("t14.3_2",)),
        )
    groups = tuple(Measure(name, name, cells) for name, cells in outcome_groups(edition))
    return (
        Measure(
            "新收申请",
            rf"(?:新收|收到|受理|接收){_GAP}{asked}(?:数量)?",
            ("t3.r1.total",),
            none=rf"(?:收到|受理){_GAP}{asked}",
        ),
        Measure("上年结转", r"上年(?:度)?结转(?:的)?(?:申请)?", ("t3.r2.total",)),
        Measure("结转下年度", r"结转(?:下|至下|到下)(?:一)?年(?:度)?(?:继续)?(?:办理)?", ("t3.r4.total",)),
        Measure("办结", r"(?<!公开)(?:办结|答复|办理完毕)(?:申请)?", ("t3.r3_7.total",)),
        *groups,
    )


def _disputes(edition: str) -> tuple[Measure, ...]:
    if edition == "2014":
        return (
            Measure("行政复议", r"行政复议(?:案件|申请)?", ("t14.4",), none="行政复议"),
            Measure("行政诉讼", r"行政诉讼(?:案件)?", ("t14.5",), none="行政诉讼"),
        )
    suits = ("t4.suit_direct.total", "t4.suit_after.total")
    lost = ("t4.suit_direct.corrected", "t4.suit_after.corrected")
    return (
        Measure("复议纠正", r"复议(?:机关)?纠正", ("t4.review.corrected",)),
        Measure("诉讼纠正", r"(?:诉讼(?:结果)?纠正|败诉)", lost),
        Measure("行政复议", r"行政复议(?:案件|申请)?", ("t4.review.total",), none="行政复议"),
        Measure("行政诉讼", r"行政诉讼(?:案件)?", suits, none="行政诉讼"),
    )


def mismatches(report: Report) -> list[Mismatch]:
    """The numbers in the report's prose that are not the table's, in the order in which they stand."""
    return [one for section in report.sections.all() if section.number != "0" for one in _of_part(report, section)]


def _of_part(report: Report, section: Any) -> Iterator[Mismatch]:
    allowed = {number for _, number in section.figures} | _of_basis(report.basis)
    for sentence in re.split(r"(?<=[。；;])|\n", section.text):
        if sentence.strip():
            yield from _of_sentence(report, section.number, sentence.strip(), allowed)


def _of_sentence(report: Report, part: str, sentence: str, allowed: set[str]) -> Iterator[Mismatch]:
    values, plain = report.snapshot.figures, _plain(sentence)
    named: set[int] = set()
    for measure in measures(report.edition):
        value = _sum(values, measure.cells)
        if value is None:
            continue
        for match in _told(measure, plain):
            if match.start("number") in named or _elsewhere(report, plain, match):
                named.add(match.start("number"))
                continue
            named.add(match.start("number"))
            if not _agrees(match, value, measure, report.edition):
                yield _mismatch(part, match, measure, value, sentence, report.edition)
        if measure.none and value and re.search(rf"{_NONE}[^，。；\d]{{0,14}}{measure.none}", plain):
            yield Mismatch(
                part, "没有", measure.name, _shown(value, measure, report.edition), measure.cells, _cut(sentence)
            )
    if part in _CASES.get(report.edition, ()):
        yield from _unknown(report, part, plain, sentence, named, allowed)


_CASES: Mapping[str, tuple[str, ...]] = {"2014": ("4", "6"), "2019": ("1.2",), "2021": ("1.2",)}
"""Parts whose every number of cases is one of a table's."""


def _unknown(
    report: Report, part: str, plain: str, sentence: str, named: set[int], allowed: set[str]
) -> Iterator[Mismatch]:
    tables = ("t14.",) if report.edition == "2014" else ("t3.", "t4.")
    known = {printed(value) for cell, value in report.snapshot.figures.items() if cell.startswith(tables)}
    known |= {printed(_sum(report.snapshot.figures, measure.cells)) for measure in measures(report.edition)}
    for match in _FIGURE.finditer(plain):
        if (
            match["unit"] not in ("件", "宗", "起")
            or match.start("number") in named
            or _elsewhere(report, plain, match)
        ):
            continue
        if match["number"] not in known | allowed and not (match["about"] or match["more"] or match["after"]):
            yield Mismatch(part, f"{match['number']}{match['unit']}", "", "", (), _cut(sentence))


def _told(measure: Measure, plain: str) -> Iterator[re.Match[str]]:
    number = _NUMBER.replace("件次|万元|亿元|元|件|项|个|次|宗|起|条|篇|人次|人", measure.units)
    joint = r"(?:共计|合计|总计|共|数量|数|为|的有|有|了|的|：|:){0,3}"
    return re.finditer(rf"{measure.words}{joint}{number}", plain)


def _elsewhere(report: Report, plain: str, match: re.Match[str]) -> bool:
    """Whether the number is another year's, or in a region's report that of one organ."""
    start = max(plain.rfind(sign, 0, match.start("number")) for sign in "，,、；。") + 1
    clause = plain[min(start, match.start()) : match.start("number")]
    other_year = any(int(year) != report.year for year in re.findall(r"(\d{4})年", clause))
    other_scope = report.whole_region and _OTHER_SCOPE.search(clause)
    return bool(other_year or _OTHER_YEAR.search(clause) or other_scope)


def _agrees(match: re.Match[str], value: int | Decimal, measure: Measure, edition: str) -> bool:
    said = Decimal(match["number"]) * _scale(match["unit"], measure, edition)
    if match["more"] or match["about"] in ("超过", "超", "逾", "不少于", "不低于") or match["after"] == "以上":
        return said <= value <= said * 2
    if match["about"] or match["after"]:
        return abs(said - value) <= abs(value) / 10
    return said == value


def _scale(unit: str, measure: Measure, edition: str) -> Decimal:
    """How much one of the unit said is in the unit of the table."""
    if "元" not in unit:
        return Decimal(1)
    worth = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
    return worth[unit] / worth[money_unit(form_of(edition).cell(measure.cells[0]))]


def _mismatch(
    part: str, match: re.Match[str], measure: Measure, value: int | Decimal, sentence: str, edition: str
) -> Mismatch:
    said = "".join(match[name] or "" for name in ("about", "number", "more", "unit", "after"))
    return Mismatch(part, said, measure.name, _shown(value, measure, edition), measure.cells, _cut(sentence))


def _shown(value: int | Decimal, measure: Measure, edition: str) -> str:
    cell = form_of(edition).cell(measure.cells[0])
    return f"{printed(value)}{money_unit(cell) if cell.is_money else cell.unit}"


def _sum(values: Mapping[str, Any], cells: tuple[str, ...]) -> int | Decimal | None:
    """The sum of cells; None where one is blank or the form has none such."""
    found = [values.get(cell) for cell in cells]
    return None if any(value is None for value in found) else sum(value for value in found if value is not None)


def _of_basis(basis: Mapping[str, Any]) -> set[str]:
    fee = basis.get("fee") or {}
    return {str(fee.get("count", "")), printed(Decimal(fee.get("yuan") or 0))}


_CHINESE = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def _plain(sentence: str) -> str:
    """The sentence with full-width figures, grouping and blanks gone, and 三件, 十二起 in figures."""
    text = sentence.translate(str.maketrans("０１２３４５６７８９．", "0123456789."))
    text = re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))|\s", "", text)
    return re.sub(r"[一二两三四五六七八九十]{1,3}(?=件|宗|起)", _in_figures, text)


def _in_figures(match: re.Match[str]) -> str:
    word = match[0]
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return str(_CHINESE[word]) if word in _CHINESE else word
    if any(piece and piece not in _CHINESE for piece in (tens, ones)):
        return word
    return str(10 * _CHINESE.get(tens, 1) + _CHINESE.get(ones, 0))


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= 60 else f"{sentence[:60]}…"
