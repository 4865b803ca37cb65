"""总表: the figures of all organs' reports side by side, as a page and as .xlsx, and 年报汇编 as one archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Installation
from gongkai.annualreport.models import Collection
from gongkai.annualreport.standing import Standing, left_out, standings
from gongkai.documents import blobs
from gongkai.documents.sheets import list_sheet
from gongkai.statistics.compilation import frozen
from gongkai.statistics.models import Snapshot
from gongkai_core.returns import Form, form_for

_OF_2019 = {
    "t3.r1.total": "新收申请", "t3.r2.total": "上年结转", "t3.r3_7.total": "办结", "t3.r4.total": "结转下年",
    "t4.review.total": "行政复议",
}  # fmt: skip
SHOWN: Mapping[str, Mapping[str, str]] = {
    "2014": {
        "t14.1_1": "主动公开", "t14.3_1": "收到申请", "t14.3_2": "办结", "t14.4": "行政复议", "t14.5": "行政诉讼",
        "t14.6": "举报投诉",
    },
    "2019": _OF_2019,
    "2021": {"t2.normdoc.made": "制发文件", "t2.license.decided": "许可决定", **_OF_2019},
}  # fmt: skip
"""The cells that the page shows and their short names; the file has them all."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Row:
    """One line of the digest: whose figures, where they come from, the figures (None: nothing frozen)."""

    name: str
    words: str
    published_on: date | None
    values: Mapping[str, Any] | None


@dataclass(frozen=True)
class Digest:
    year: int
    form: Form
    rows: list[Row]
    total: Row
    region: Row | None
    """The county's own report: what its figures as frozen for the whole region say."""
    left_out: list[str]

    @property
    def comparable(self) -> bool:
        """Whether everybody's figures are frozen, the county's report among them."""
        return self.region is not None and all(row.values is not None for row in self.rows)

    @property
    def differing(self) -> list[tuple[str, Any, Any]]:
        """(label, sum of the organs, county's report) of cells where the two differ; empty while figures are missing."""
        if self.region is None or self.region.values is None or not self.comparable:
            return []
        pairs = [
            (cell, (self.total.values or {})[cell.id], self.region.values.get(cell.id)) for cell in self.form.cells
        ]
        return [(cell.label, summed, stated) for cell, summed, stated in pairs if (summed or 0) != (stated or 0)]


def digest(year: int, *, today: date) -> Digest:
    """The year's digest: the county's own level, then every organ, then their sum and the county's report."""
    form, found = form_for(year), standings(year, today=today)
    rows = [*_own_level(year), *(_row(one) for one in found)]
    total = Row("合计", "各单位相加", None, _summed(form, rows))
    names = [organ.name for organ in left_out(year)]
    return Digest(year, form, rows, total, _region(year), names)


def _row(one: Standing) -> Row:
    return Row(one.agency.name, one.words, one.published_on, one.snapshot.figures if one.snapshot else None)


def _own_level(year: int) -> list[Row]:
    """The government's own figures, which the region's report adds to those of its organs."""
    installation = Installation.current()
    if installation is None:
        return []
    snapshot = _government(year, whole_region=False)
    words = "数已冻结" if snapshot else "数没有冻结"
    return [Row(f"{installation.government.name}（本级）", words, None, snapshot.figures if snapshot else None)]


def _region(year: int) -> Row | None:
    snapshot = _government(year, whole_region=True)
    return Row("全域年报的数", "数已冻结", None, snapshot.figures) if snapshot else None


def _government(year: int, *, whole_region: bool) -> Snapshot | None:
    installation = Installation.current()
    return frozen(Scope(installation.government, whole_region), year) if installation else None


def _summed(form: Form, rows: list[Row]) -> dict[str, Any]:
    """The sum over all rows that have figures; a cell that is blank everywhere stays blank."""
    found: dict[str, Any] = {}
    for cell in form.cell_ids:
        known = [row.values[cell] for row in rows if row.values and row.values.get(cell) is not None]
        found[cell] = sum(known) if known else None
    return found


def sheet(found: Digest) -> bytes:
    """The digest as .xlsx with every cell of the form; equal digests give equal bytes."""
    heads = ["单位", "情况", "公布日期", *(cell.label for cell in found.form.cells)]
    rows = [*found.rows, found.total, *([found.region] if found.region else [])]
    notes = [f"{found.form.doc}；各行为各单位本级的数，空白为没有冻结或者没有填的数。"]
    if found.left_out:
        notes.append(f"未纳入汇总的单位：{'、'.join(found.left_out)}。")
    return list_sheet(
        f"{found.year}年度政府信息公开年报总表",
        heads,
        ([row.name, row.words, row.published_on, *cells(found.form.cell_ids, row.values)] for row in rows),
        titled=True,
        notes=notes,
    )


def cells(wanted: tuple[str, ...], values: Mapping[str, Any] | None) -> list[Any]:
    """Figures in an order, as a sheet takes them: a blank stays blank, zero is 0."""
    found = [(values or {}).get(cell) for cell in wanted]
    return [float(value) if isinstance(value, Decimal) else value for value in found]


def archive(year: int) -> bytes:
    """年报汇编: every report that was collected, as .docx, with a list of them."""
    rows = Collection.objects.filter(report__year=year).select_related("report__agency", "blob", "collected_by")
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        listed = []
        for number, row in enumerate(rows.order_by("report__agency__path"), 1):
            name = f"{number:03d}{row.report.agency.short_name}.docx"
            packed.writestr(zipfile.ZipInfo(name, _LONG_AGO), blobs.read(row.blob))
            listed.append([number, row.report.agency.name, row.report.title, row.collected_on, row.digest])
        heads = ["序号", "单位", "年报", "收到日期", "内容摘要"]
        packed.writestr(zipfile.ZipInfo("目录.xlsx", _LONG_AGO), list_sheet(f"{year}年度年报汇编目录", heads, listed))
    return written.getvalue()


def shown(found: Digest) -> list[tuple[Row, list[tuple[str, Any]]]]:
    """The rows of the page, each with (short name, figure) of the few cells it shows; the sum and the county's last."""
    names = SHOWN[found.form.edition]
    rows = [*found.rows, found.total, *([found.region] if found.region else [])]
    return [(row, list(zip(names.values(), cells(tuple(names), row.values), strict=True))) for row in rows]


def shown_labels(found: Digest) -> list[str]:
    return list(SHOWN[found.form.edition].values())
