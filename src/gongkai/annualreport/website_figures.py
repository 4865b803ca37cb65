"""A website return's figures: counted from items, filed, corrected by hand or added, and what is printed of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial

from django.db.models import Q, QuerySet

from gongkai.agencies.ledger import Figure, Period
from gongkai.agencies.models import Agency, Installation
from gongkai.annualreport.models import WebsiteCorrection, WebsiteReturn, WebsiteReturnState
from gongkai.annualreport.models.website_return import typed
from gongkai.publishing.models import Column, InterpretationForm, Item
from gongkai.publishing.querysets import first_published_in
from gongkai.publishing.skeleton import INTERPRETATION
from gongkai_core.website_return import CELLS, SECTIONS, Value, WebsiteCell, WebsiteFinding, check, completed, printed

PRODUCTS = (InterpretationForm.PICTURE, InterpretationForm.VIDEO, InterpretationForm.ANIMATION)
"""解读产品: pictures, film, animation; everything else is 解读材料."""
ORIGINS = {"computed": "台账", "filed": "填报", "corrected": "更正", "derived": "相加", "blank": "未填"}
SCOPE_NOTE = "统计口径：本网站，含各单位在本网站发布的信息。"


def counted(year: int) -> dict[str, Figure]:
    """The cells that the ledger of items knows: whatever first became public on this website in the year."""
    items = Item.objects.filter(first_published_in(Period.of_year(year)))
    column = Column.objects.filter(code=INTERPRETATION).values_list("pk", flat=True).first()
    read = Q(interprets__isnull=False) | Q(column_id=column)
    product = Q(interpretation_form__in=PRODUCTS)
    queries = {
        "w.info.catalogue": items,
        "w.read.texts": items.filter(read).exclude(product),
        "w.read.products": items.filter(read & product),
    }
    return {cell: Figure(query.count(), partial(_records, query)) for cell, query in queries.items()}


def _records(items: QuerySet[Item]) -> QuerySet[Item]:
    return items.select_related("agency").order_by("first_published_at", "pk")


@dataclass(frozen=True)
class ReturnFigures:
    """All cells of a return: `values` as they stand, `origins` whence each comes, `computed` before corrections."""

    values: Mapping[str, Value]
    origins: Mapping[str, str]
    computed: Mapping[str, Value]
    corrections: Mapping[str, WebsiteCorrection]
    before: Mapping[str, Value]

    @cached_property
    def findings(self) -> list[WebsiteFinding]:
        return check(self.values, self.before)

    @property
    def errors(self) -> list[WebsiteFinding]:
        return [finding for finding in self.findings if finding.level == "error"]


def figures_of(row: WebsiteReturn) -> ReturnFigures:
    """As they stand now while the return is filled in; as approved ever after."""
    corrections = {each.cell: each for each in row.corrections.select_related("corrected_by")}
    before = _year_before(row)
    if row.state != WebsiteReturnState.FILLING:
        kept = {cell: pair for cell, pair in row.frozen.items() if cell in CELLS}
        values = {cell: typed(cell, pair[0]) for cell, pair in kept.items()}
        return ReturnFigures(values, {cell: pair[1] for cell, pair in kept.items()}, {}, corrections, before)
    filed = row.filed_values
    ledger: dict[str, Value] = {cell: Decimal(figure.value) for cell, figure in counted(row.year).items()}
    corrected: dict[str, Value] = {cell: each.corrected for cell, each in corrections.items()}
    values = completed(filed | ledger | corrected)
    # What each corrected cell would be without its own correction.
    computed = {
        cell: completed({key: value for key, value in (filed | ledger | corrected).items() if key != cell} | {
            cell: ledger.get(cell)
        })[cell]
        for cell in corrections
    }  # fmt: skip
    origins = {cell: _origin(CELLS[cell], value, corrected) for cell, value in values.items()}
    return ReturnFigures(values, origins, computed, corrections, before)


def _origin(cell: WebsiteCell, value: Value, corrected: Mapping[str, Value]) -> str:
    if cell.id in corrected:
        return "corrected"
    if value is None:
        return "blank"
    return "computed" if cell.known else "derived" if cell.parts else "filed"


def _year_before(row: WebsiteReturn) -> dict[str, Value]:
    last = WebsiteReturn.objects.filter(agency=row.agency_id, year=row.year - 1).exclude(frozen={}).first()
    if last is None:
        return {}
    return {cell: typed(cell, pair[0]) for cell, pair in last.frozen.items() if cell in CELLS}


def frozen(row: WebsiteReturn) -> dict[str, object]:
    """What approval keeps: every cell with its origin, and the facts of the site."""
    found = figures_of(row)
    kept: dict[str, object] = {
        cell: [None if value is None else str(value), found.origins[cell]] for cell, value in found.values.items()
    }
    return kept | {"site": [list(pair) for pair in site_facts(row)]}


def site_facts(row: WebsiteReturn) -> list[tuple[str, str]]:
    """The head of the form: whose site it is and under which numbers; as approved once it is."""
    if "site" in row.frozen:
        return [(label, value) for label, value in row.frozen["site"]]
    installation = Installation.current()
    domain = installation.domain if installation else ""
    return [
        ("网站名称", row.site_name),
        ("首页网址", domain),
        ("主办单位", row.agency.name),
        ("网站类型", "政府门户网站"),
        ("政府网站标识码", installation.site_code if installation else ""),
        ("ICP 备案号", installation.icp_number if installation else ""),
        ("公安机关备案号", installation.police_number if installation else ""),
    ]


def signed_facts(row: WebsiteReturn) -> list[tuple[str, str]]:
    """The foot of the form."""
    return [
        ("单位负责人", row.head),
        ("审核人", row.approved_by.name if row.approved_by else ""),
        ("填报人", row.filled_by.name),
        ("联系电话", row.phone),
        ("填报日期", f"{row.filled_on:%Y-%m-%d}"),
    ]


def government() -> Agency | None:
    """Who runs the website of this installation."""
    installation = Installation.current()
    return installation.government if installation else None


@dataclass(frozen=True)
class ReturnLine:
    """One printed line of the form; `section` and `group` stand only where they begin, with how many lines they hold."""

    cell: WebsiteCell
    text: str
    origin: str
    section: str = ""
    section_rows: int = 0
    group: str = ""
    group_rows: int = 0


def lines(figures: ReturnFigures) -> list[ReturnLine]:
    """The form's lines in order, as every rendering draws them."""
    return list(_lines(figures))


def _lines(figures: ReturnFigures) -> Iterator[ReturnLine]:
    for section in SECTIONS:
        cells = [cell for cell in CELLS.values() if cell.section == section]
        before: WebsiteCell | None = None
        for cell in cells:
            alike = sum(1 for one in cells if one.group == cell.group) if cell.group else 1
            begins = not cell.group or before is None or before.group != cell.group
            yield ReturnLine(
                cell=cell,
                text=printed(cell, figures.values.get(cell.id)),
                origin=ORIGINS[figures.origins.get(cell.id, "blank")],
                section=section if before is None else "",
                section_rows=len(cells) if before is None else 0,
                group=cell.group if begins else "",
                group_rows=alike if begins and cell.group else 0,
            )
            before = cell


def label_of(line: ReturnLine) -> str:
    """A line's own label, with its unit."""
    return f"{line.cell.label}（单位：{line.cell.unit}）" if line.cell.unit else line.cell.label
