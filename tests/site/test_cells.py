"""Every figure of a year's table opens into its records, and the records give the figure (统计表逐格核对).

The recount below is written from the definitions of forms.json (`calc`, `table2_calc`, `table4_calc`) over plain
rows, one by one; it uses nothing of the site's figures.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from importlib import resources
from typing import Any

import pytest
from django.test import Client

from demonstration import Demonstration, home  # noqa: F401
from gongkai.agencies.models import Agency, Installation, ReportingLine, Role
from gongkai.casework.models import Case, Lawsuit, ReviewCase
from gongkai.operations.demonstration.returns import BREAKS
from gongkai.publishing.models import Item
from gongkai.statistics.models import Correction, Filing
from gongkai.statistics.views import desk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.xdist_group("demonstration"),
    pytest.mark.skipif(os.environ.get("GONGKAI_PROFILE") == "fast", reason="builds a whole county"),
]
FORM = json.loads(resources.files("gongkai_core.data").joinpath("forms.json").read_text("utf-8"))["form_2021"]
OUTCOMES_OF_ROW = {
    row["id"]: re.split(r",\s*", match[1])
    for row in FORM["table3"]["rows"]
    if (match := re.search(r"counted_outcome in \(([^)]*)\)", row["calc"]))
}
KINDS = [column["id"] for column in FORM["table3"]["cols"] if column["id"] != "total"]
UPHELD = {"upheld", "request_dismissed", "claim_dismissed", "confirmed_legal"}  # 维持、驳回复议或诉讼请求、确认合法
CORRECTED = {"revoked", "changed", "confirmed_illegal", "ordered"}  # 撤销、变更、确认违法、责令履行


# The recount, by the definitions ------------------------------------------------------------------------------------


@dataclass
class Recount:
    """Cells of the 2021 form for a year and some organs, counted row by row in Python."""

    year: int
    organs: set[int]
    cells: dict[str, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.first, self.last = date(self.year, 1, 1), date(self.year, 12, 31)
        for count in (self._documents, self._filings, self._cases, self._reviews, self._corrections, self._sums):
            count()

    def add(self, cell: str, amount: Decimal | int = 1) -> None:
        self.cells[cell] = self.cells.get(cell, Decimal(0)) + amount

    def within(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def _documents(self) -> None:
        for row in Item.objects.exclude(normative_kind="").values():
            if row["agency_id"] not in self.organs or row["state"] == "discarded":
                continue
            prefix = f"t2.{row['normative_kind']}"
            term = row["valid_until"] + timedelta(days=1) if row["valid_until"] else None
            ended = min(filter(None, (row["ended_on"], term)), default=None)
            if self.within(row["formed_on"]):
                self.add(f"{prefix}.made")
            if self.within(ended):
                self.add(f"{prefix}.repealed")
            if row["formed_on"] <= self.last and (ended is None or ended > self.last):
                self.add(f"{prefix}.valid")

    def _filings(self) -> None:
        for row in Filing.objects.filter(year=self.year, period="year").values("agency_id", "cell", "value"):
            if row["agency_id"] in self.organs:
                self.add(row["cell"], row["value"])

    def _cases(self) -> None:
        columns = ("agency_id", "applicant__kind", "received_on", "counted_on", "counted_outcome", "counted_year")
        for row in Case.objects.values(*columns):
            if row["agency_id"] not in self.organs:
                continue
            kind, received, counted = row["applicant__kind"], row["received_on"], row["counted_on"]
            if self.within(received):
                self.add(f"t3.r1.{kind}")
            if received and received < self.first and (counted is None or counted >= self.first):
                self.add(f"t3.r2.{kind}")
            if received and received <= self.last and (counted is None or counted > self.last):
                self.add(f"t3.r4.{kind}")
            if row["counted_year"] == self.year:
                [answered] = [each for each, codes in OUTCOMES_OF_ROW.items() if row["counted_outcome"] in codes]
                self.add(f"t3.{answered}.{kind}")

    def _reviews(self) -> None:
        groups = {
            "review": ReviewCase.objects.values(),
            "suit_direct": Lawsuit.objects.filter(prior_review=False).values(),
            "suit_after": Lawsuit.objects.filter(prior_review=True).values(),
        }
        for group, rows in groups.items():
            known = set()
            for row in rows.order_by("pk"):
                if row["agency_id"] not in self.organs or row["docket"] in known:
                    continue
                known.add(row["docket"])  # one docket once, whoever shares it
                if self.within(row["closed_on"]):
                    column = {**dict.fromkeys(UPHELD, "upheld"), **dict.fromkeys(CORRECTED, "corrected")}
                    self.add(f"t4.{group}.{column.get(row['outcome'], 'other')}")
                elif row["filed_on"] <= self.last and (row["closed_on"] is None or row["closed_on"] > self.last):
                    self.add(f"t4.{group}.pending")

    def _corrections(self) -> None:
        """Corrected by hand by the organs themselves."""
        for row in Correction.objects.filter(year=self.year, agency__in=self.organs, whole_region=False):
            self.add(row.cell, row.corrected - row.computed)

    def _sums(self) -> None:
        for kind in KINDS:
            self.add(f"t3.r3_7.{kind}", sum(self.cells.get(f"t3.{row}.{kind}", 0) for row in OUTCOMES_OF_ROW))
        for row in (*OUTCOMES_OF_ROW, "r1", "r2", "r3_7", "r4"):
            self.add(f"t3.{row}.total", sum(self.cells.get(f"t3.{row}.{kind}", 0) for kind in KINDS))
        for group in FORM["table4"]["groups"]:
            columns = [column["id"] for column in FORM["table4"]["cols"] if column["id"] != "total"]
            self.add(
                f"t4.{group['id']}.total", sum(self.cells.get(f"t4.{group['id']}.{column}", 0) for column in columns)
            )


def organs_of(short_name: str, year: int, *, whole_region: bool) -> set[int]:
    """The organ alone, or those that reported to the county on the year's last day (domain-spec §11.3 item 18)."""
    if not whole_region:
        return {Agency.objects.get(short_name=short_name).pk}
    last = date(year, 12, 31)
    return {
        line.agency_id
        for line in ReportingLine.objects.filter(reports_to="county")
        if line.valid_from <= last and (line.valid_to is None or line.valid_to >= last)
    }


# What the pages say -------------------------------------------------------------------------------------------------


@dataclass
class Reader:
    """A member of staff at the tables; every link is opened once."""

    client: Client
    opened: set[str] = field(default_factory=set)

    def page(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, f"{answer.status_code} for {address}"
        return answer.content.decode()

    def table(self, address: str) -> dict[str, tuple[str, str]]:
        """Cell id → (value as printed, address of its records)."""
        squares = re.findall(
            r'<td class="figure[^>]* id="([^"]+)"[^>]*><a href="([^"]+)">(.*?)</a>', self.page(address), re.S
        )
        return {cell: (text, unescape(link)) for cell, link, text in squares}

    def records(self, address: str) -> tuple[str, list[tuple[Decimal, str]], Decimal | None]:
        """The first page of a cell, its records over all pages as (amount, link), and the ledger's sum if corrected."""
        page = first = self.page(address)
        rows: list[tuple[Decimal, str]] = []
        while True:
            found = re.findall(r'<tr data-amount="([^"]+)">.*?href="([^"]+)"', page, re.S)
            rows += [(Decimal(amount), unescape(link)) for amount, link in found]
            following = re.search(r'<a href="([^"]+)" rel="next">', page)
            if following is None:
                break
            page = self.page(address.partition("?")[0] + unescape(following[1]))
        computed = re.search(r'data-computed="([^"]+)"', first)
        return first, rows, Decimal(computed[1]) if computed else None

    def open_once(self, link: str) -> None:
        if link not in self.opened:
            self.opened.add(link)
            self.page(link)


READERS = [
    ("县政府", Role.STATISTICIAN, "", 0),
    (BREAKS, Role.STATISTICIAN, "", 0),
    ("县政府", Role.DISCLOSURE_OFFICE, "?scope=region", 0),
    ("县政府", Role.DISCLOSURE_OFFICE, "?scope=region", 1),
]


@pytest.mark.parametrize(("organ", "role", "query", "ago"), READERS)
def test_every_cell_that_is_not_zero_opens_into_records_that_give_it(
    demonstration: Demonstration, monkeypatch: Any, client: Client, organ: str, role: str, query: str, ago: int
) -> None:
    monkeypatch.setattr(desk, "PAGE", 7)  # so that a small county's lists have pages, too
    client.force_login(demonstration.person(organ, role))
    year = demonstration.today.year - ago
    expected = Recount(year, organs_of(organ, year, whole_region=bool(query))).cells
    reader = Reader(client)
    squares = reader.table(f"/desk/statistics/{year}/{query}")
    assert set(expected) <= set(squares)
    counted = {"records": 0, "parts": 0, "pages": 0}
    for cell, (text, link) in squares.items():
        value = Decimal(text) if re.fullmatch(r"-?[\d.]+", text) else Decimal(0)
        assert value == expected.get(cell, 0), f"{cell} on the page and recounted"
        if not value:
            continue
        page, rows, computed = reader.records(link)
        assert f'data-value="{text}"' in page
        if parts := re.findall(r'<tr data-cell="([^"]+)">.*?<td class="num"[^>]*>([^<]*)<', page, re.S):
            assert sum(Decimal(number or 0) for _, number in parts) == value, cell
            assert all(squares[part][0] == number for part, number in parts), cell
            counted["parts"] += 1
            continue
        assert sum(amount for amount, _ in rows) == (value if computed is None else computed), cell
        assert len({record for _, record in rows}) == len(rows), f"{cell} lists a record twice"
        counted["records"] += 1
        counted["pages"] += len(rows) > desk.PAGE
        for _, record in rows:
            reader.open_once(record)
    assert counted["records"] >= 10
    assert counted["parts"] >= 3
    assert counted["pages"] or not query


def test_what_is_carried_over_is_last_years_open_row(demonstration: Demonstration) -> None:
    """r2 is defined as prev(r4): the same rows seen from the other side of the night."""
    government = Installation.objects.get().government
    year = demonstration.today.year
    before = Recount(year - 1, organs_of(government.short_name, year - 1, whole_region=True)).cells
    now = Recount(year, organs_of(government.short_name, year, whole_region=True)).cells
    assert now["t3.r2.total"] == before["t3.r4.total"]


def test_a_cell_of_another_organ_is_not_opened_by_its_address(demonstration: Demonstration, client: Client) -> None:
    """There is no address of another organ's figures: whoever asks for the region and isn't the office gets 404."""
    client.force_login(demonstration.person(BREAKS, Role.STATISTICIAN))
    year = demonstration.today.year
    assert client.get(f"/desk/statistics/{year}/t3.r1.total/?scope=region").status_code == 404
    foreign = demonstration.organ("教育局").public_id
    assert client.get(f"/desk/statistics/{year}/filing/?organ={foreign}").status_code == 404
    assert client.post(f"/desk/statistics/{year}/filing/?organ={foreign}", {}).status_code == 404
    assert client.get(f"/desk/statistics/{year}/filing/?organ=none").status_code == 404
