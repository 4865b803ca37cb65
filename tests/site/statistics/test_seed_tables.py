"""The tables of two real reports, rebuilt from records through the ordinary models and compiled again.

Filings are made only for cells that forms.json marks manual or filing and for the five that no app records yet; every
other cell is counted from rows. Where the label contradicts itself or is blank, the cell is listed with its reason.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from county import County
from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Role
from gongkai.casework import actions as casework
from gongkai.casework.models import Case, ReviewCase
from gongkai.outbox.queue import left_to_worker
from gongkai.publishing.actions import approve_batch, import_batch, publish_batch, tick_channel
from gongkai.publishing.batches import BatchRow
from gongkai.publishing.models import Channel, Column, Item
from gongkai.publishing.skeleton import seed_columns
from gongkai.publishing.vouched import ALL_GATES
from gongkai.registers.actions import enter
from gongkai.registers.models import Meeting, PressConference
from gongkai.statistics.actions import file
from gongkai.statistics.compilation import Compilation, compile_year

from ..casework.conftest import sealed

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SEEDS.exists(), reason="the real reports are not part of the repository"),
]

CONTRADICTED_2017 = {
    "t14.3_1_1": "三件申请的渠道原表全填 0，与收到申请 3 件矛盾",
    "t14.3_1_2": "同上",
    "t14.3_1_3": "同上",
    "t14.3_1_4": "同上",
    "t14.8_3": "原表空白，而专职 2 加兼职 91",
    "t14.2_2_4": "原表空白",
    "t14.2_2_5": "原表空白",
    "t14.8_4": "原表空白",
    "t14.9_2": "原表空白",
    "t14.9_3": "原表空白",
}
BLANK_2020 = {"t3.r3_1.ngo": "原表空白", "t3.r3_1.other": "原表空白"}
NO_APP_YET = {"t14.2_1", "t14.2_2_2", "t14.2_2_2_a", "t14.2_2_4", "t14.2_2_5"}


IN_WAN = {"万元": 1, "亿元": 10_000}


def label(number: str) -> dict[str, Any]:
    """The cells as printed; money in 万元, in which cells are kept (a report may print 亿元)."""
    gold = json.loads((SEEDS / f"{number}.gold.json").read_text())
    units = {cell: IN_WAN[unit] for cell, unit in (gold.get("table_units") or {}).items()}
    money = {
        cell: float(Decimal(str(gold["table"][cell])) * units[cell])
        for cell in units
        if gold["table"][cell] is not None
    }
    return gold["table"] | money


def file_manual_cells(county: County, year: int, table: dict[str, Any], scope: Scope) -> None:
    """File what no ledger knows, and nothing else: the action itself refuses any other cell."""
    form = compile_year(year, scope).form
    values = {cell.id: table[cell.id] for cell in form.cells if cell.manual and table[cell.id] is not None}
    assert NO_APP_YET & set(form.by_id) <= {cell.id for cell in form.cells if cell.manual}
    by = county.person("县政府", Role.STATISTICIAN)
    file(
        county.government, year, {cell: Decimal(str(value)) for cell, value in values.items()}, by=by,
        today=date(year, 12, 31),
    )  # fmt: skip


def publish(county: County, organ: str, rows: list[BatchRow], column: Column, day: date) -> list[Item]:
    """Through the real bulk path: one digest, one review with secrecy review, one signature, three people."""
    agency = county.organs[organ]
    author = county.person(organ, Role.DRAFTER)
    batch = import_batch(agency, title=f"{day} 批次", column=column, rows=rows, by=author, today=day)
    batch = approve_batch(batch, by=county.person(organ, Role.REVIEWER), today=day, vouched=ALL_GATES)
    publish_batch(batch, by=county.person(organ, Role.PUBLISHER), today=day)
    return list(Item.objects.filter(versions__batch=batch).order_by("pk"))


def daily(count: int, prefix: str) -> list[BatchRow]:
    return [BatchRow(f"{prefix}第{n}期", f"<p>{prefix}第{n}期，依法公开。</p>") for n in range(1, count + 1)]


def documents(count: int, prefix: str, day: date, first: int = 1) -> list[BatchRow]:
    return [
        BatchRow(
            f"关于{prefix}的通知（{n}）", "<p>各单位：请遵照执行。</p>", docno=f"{prefix}〔{day.year}〕{n}号", formed_on=day,
            normative_kind="normdoc",
        )
        for n in range(first, first + count)
    ]  # fmt: skip


def receive(county: County, day: date, serial: int) -> Case:
    return casework.receive(
        county.government, key=f"seed-{serial}", applicant={"kind": "natural_person", "name": "申请人", "phone": "19900000000"},
        info_desc=f"申请公开第 {serial} 号文件", channel="in_person", provide_form="electronic", provide_route="pickup",
        by=county.person("县政府", Role.CASE_REGISTRAR), today=day, submitted_on=day,
    ).case  # fmt: skip


def compared(compilation: Compilation, table: dict[str, Any], excepted: dict[str, str]) -> dict[str, tuple[Any, Any]]:
    """Cells that differ from the label, apart from those excepted; blanks and decimals by value."""
    different = {}
    for cell, expected in table.items():
        found = compilation.cells[cell].value
        if cell not in excepted and (None if found is None else float(found)) != (
            None if expected is None else float(expected)
        ):
            different[cell] = (expected, found)
    return different


@pytest.fixture
def columns(db) -> dict[str, Column]:
    return {column.code: column for column in seed_columns()}


@pytest.mark.once
def test_the_form_of_2014_for_2017(county, columns):
    table, day = label("001"), date(2017, 6, 1)
    departments, towns = 31152, 9953
    with left_to_worker():
        norms = publish(county, "教育局", documents(table["t14.1_1_b"], "青教发", day), columns["A20_01"], day)
        explained = [
            BatchRow(f"政策解读第{n}篇", "<p>解读正文。</p>", interprets=norms[n]) for n in range(table["t14.2_2_3"])
        ]
        publish(county, "教育局", explained, columns["A20_01_I"], day)
        rest = departments - len(norms) - len(explained)
        items = publish(county, "财政局", daily(rest, "财政信息"), columns["A20_07"], day)
        publish(county, "河口镇", daily(towns, "镇务信息"), columns["A20_15"], day)
        by = county.person("财政局", Role.PUBLISHER)
        for channel, cell in ((Channel.WEIBO, "3"), (Channel.WECHAT, "4"), (Channel.OTHER, "5")):
            ticked = items[: table[f"t14.1_2_{cell}"]]
            tick_channel(county.organs["财政局"], ticked, channel=channel, on=day, by=by, today=day)
    clerk = county.person("县政府", Role.STATISTICIAN)
    for _ in range(table["t14.9_1"]):
        enter(Meeting, county.government, by=clerk, today=day, held_on=day, title="政府信息公开工作会议")
    for n in range(table["t14.2_2_1"]):
        enter(
            PressConference, county.government, by=clerk, today=day, held_on=day, title="新闻发布会",
            principal_attended=n < table["t14.2_2_1_a"],
        )  # fmt: skip
    for serial in range(table["t14.3_1"]):
        receive(county, date(2017, 12, 20), serial)
    for case in Case.objects.all():
        casework.register(
            case, subject="文件", by=county.person("县政府", Role.CASE_REGISTRAR), today=date(2017, 12, 21)
        )
    scope = Scope(county.government, whole_region=True)
    file_manual_cells(county, 2017, table, scope)
    compilation = compile_year(2017, scope)
    assert compilation.form.edition == "2014"
    assert compared(compilation, table, CONTRADICTED_2017) == {}
    # The excepted ones say what the records say.
    assert compilation.cells["t14.3_1_1"].value == table["t14.3_1"]
    assert compilation.cells["t14.8_3"].value == 93
    assert Item.objects.public().count() == departments + towns
    assert compilation.cells["t14.1_1"].records().count() == 41105


def test_the_form_of_2019_for_2020(county, columns):
    table = label("004")
    made, public, total = (table[f"t2.normdoc.{name}"] for name in ("made", "public", "total"))
    earlier, day = date(2018, 5, 8), date(2020, 5, 8)
    with left_to_worker():
        publish(county, "财政局", documents(total - public, "青财发", earlier), columns["A20_01"], earlier)
        publish(county, "财政局", documents(public, "青财发", day), columns["A20_01"], day)
    # Made in the year but not published in it: imported, never signed.
    author = county.person("财政局", Role.DRAFTER)
    import_batch(
        county.organs["财政局"], title="未公开", column=columns["A20_01"], by=author, today=day,
        rows=documents(made - public, "青财发", day, first=public + 1),
    )  # fmt: skip
    answered = table["t3.r3_1.natural_person"]
    for serial in range(answered):
        _answer(county, serial, date(2020, 3, 2) + timedelta(days=serial * 5))
    scope = Scope(county.government, whole_region=True)
    _reviews(county, table)
    file_manual_cells(county, 2020, table, scope)
    compilation = compile_year(2020, scope)
    assert compilation.form.edition == "2019"
    assert compared(compilation, table, BLANK_2020) == {}
    assert {cell: compilation.cells[cell].value for cell in BLANK_2020} == dict.fromkeys(BLANK_2020, 0)
    assert compilation.cells["t3.r1.natural_person"].records().count() == 48
    assert ReviewCase.objects.count() == 12


def _answer(county: County, serial: int, day: date) -> None:
    """From receipt to delivery by five people, within the week."""
    case = receive(county, day, serial)
    who = lambda role: county.person("县政府", role)  # noqa: E731
    casework.register(case, subject="文件", by=who(Role.CASE_REGISTRAR), today=day)
    casework.assign(case, handler=who(Role.HANDLER), by=who(Role.CASE_REGISTRAR), today=day)
    casework.start_examination(case, by=who(Role.HANDLER), today=day)
    casework.start_processing(case, by=who(Role.HANDLER), today=day)
    casework.propose_decision(
        case, outcome="grant.provide", by=who(Role.HANDLER), today=day,
        facts={"provide_form": "纸质", "pages": 3, "attachments": "文件复制件"},
    )  # fmt: skip
    casework.submit_draft(case, by=who(Role.HANDLER), today=day)
    casework.legal_review(case, approve=True, opinion="同意", by=who(Role.LEGAL_REVIEWER), today=day)
    casework.pass_secrecy(case, by=who(Role.SECRECY_REVIEWER), today=day)
    casework.sign(case, by=who(Role.SIGNATORY), today=day, files=False)
    case = sealed(case, SimpleNamespace(staff=SimpleNamespace(handler=who(Role.HANDLER))), on=day)
    casework.deliver(case, method="in_person", by=who(Role.HANDLER), today=day)


def _reviews(county: County, table: dict[str, Any]) -> None:
    outcomes = (
        ["upheld"] * table["t4.review.upheld"]
        + ["withdrawn"] * table["t4.review.other"]
        + [""] * table["t4.review.pending"]
    )
    for serial, outcome in enumerate(outcomes, start=1):
        ReviewCase.objects.create(
            agency=county.government, docket=f"江政复〔2020〕{serial}号", review_body="江州市人民政府",
            filed_on=date(2020, 8, 3), outcome=outcome, closed_on=date(2020, 9, 28) if outcome else None,
        )  # fmt: skip
