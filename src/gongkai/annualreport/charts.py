"""Two or three quiet charts (图) over a report's figures: what they show. `pictures` draws them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.annualreport.drafting import Number, outcome_groups, printed

APPLICANTS = {
    "自然人": "natural_person",
    "商业企业": "business",
    "科研机构": "research",
    "社会公益组织": "ngo",
    "法律服务机构": "legal",
    "其他": "other",
}
CHANNELS = ("政府公报", "政府网站", "政务微博", "政务微信", "其他方式")
REQUESTS = ("当面", "传真", "网络", "信函")
ANSWERS = (
    "已主动公开",
    "同意公开",
    "同意部分公开",
    "不同意公开",
    "不属本机关公开",
    "信息不存在",
    "告知更改补充",
    "其他途径办理",
)
Values = Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: bars by kind, or columns by year when `upright`. `rows` are (label, value), zero-based."""

    name: str
    title: str
    unit: str
    rows: tuple[tuple[str, int | Decimal], ...]
    upright: bool = False

    @property
    def alt(self) -> str:
        """What the picture says, for those who can't see it."""
        listed = "，".join(f"{label}{printed(value)}{self.unit}" for label, value in self.rows)
        return f"{self.title}：{listed}"


def chart(name: str, edition: str, figures: Values, basis: Mapping[str, Any]) -> Chart | None:
    """The chart of this name (`outline.Part.charts`), or None where its figures are blank or all zero."""
    title, unit, rows = _SOURCES[name](edition, figures, basis)
    upright = name == "received"
    if any(value is None for _, value in rows) or not any(value for _, value in rows):
        return None
    if upright and len(rows) < 2:
        return None
    return Chart(name, title, unit, tuple((label, value) for label, value in rows if value is not None), upright)


Rows = list[tuple[str, Number]]


def _outcomes(edition: str, figures: Values, basis: Mapping[str, Any]) -> tuple[str, str, Rows]:
    return "办理结果", "件", [(name, _sum(figures, cells)) for name, cells in outcome_groups(edition)]


def _applicants(edition: str, figures: Values, basis: Mapping[str, Any]) -> tuple[str, str, Rows]:
    return "新收申请的申请人", "件", [(label, figures.get(f"t3.r1.{kind}")) for label, kind in APPLICANTS.items()]


def _received(edition: str, figures: Values, basis: Mapping[str, Any]) -> tuple[str, str, Rows]:
    return "各年新收申请", "件", [(f"{year}年", count) for year, count in sorted(basis.get("received", {}).items())]


def _channels(edition: str, figures: Values, basis: Mapping[str, Any]) -> tuple[str, str, Rows]:
    rows: Rows = [(name, figures.get(f"t14.1_2_{at}")) for at, name in enumerate(CHANNELS, 1)]
    return "各渠道公开的政府信息", "条", rows


def _requests(edition: str, figures: Values, basis: Mapping[str, Any]) -> tuple[str, str, Rows]:
    return "申请的方式", "件", [(name, figures.get(f"t14.3_1_{at}")) for at, name in enumerate(REQUESTS, 1)]


def _answers(edition: str, figures: Values, basis: Mapping[str, Any]) -> tuple[str, str, Rows]:
    return "申请的答复", "件", [(name, figures.get(f"t14.3_3_{at}")) for at, name in enumerate(ANSWERS, 1)]


def _sum(figures: Values, cells: tuple[str, ...]) -> Number:
    values = [figures.get(cell) for cell in cells]
    return None if None in values else sum((value for value in values if value is not None), 0)


_SOURCES: Mapping[str, Callable[[str, Values, Mapping[str, Any]], tuple[str, str, Rows]]] = {
    "outcomes": _outcomes,
    "applicants": _applicants,
    "received": _received,
    "channels": _channels,
    "requests": _requests,
    "answers": _answers,
}
