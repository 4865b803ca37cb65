"""Two real years come out of old ledgers, and of old tables, in every export: read back, the cells are those of the model.

Everything but the applications comes in as an office pastes it from Excel (`statistics.former`); the applications pass
through casework's own acts. The exceptions are those of the rebuilt tables (`test_seed_tables`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from types import SimpleNamespace
from typing import Any

import pytest

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Role
from gongkai.annualreport import exports, pages
from gongkai.annualreport.actions import compile_report
from gongkai.annualreport.content import document
from gongkai.casework import actions as casework
from gongkai.casework.models import Case
from gongkai.documents import fonts
from gongkai.statistics.actions import freeze, import_ledger, import_table
from gongkai.statistics.compilation import compile_year, frozen
from gongkai.statistics.former import read_sheet, read_tables, text_of
from gongkai.statistics.models import FormerRow
from gongkai_core import reading
from gongkai_core import report as core

from ..statistics.test_seed_tables import BLANK_2020, CONTRADICTED_2017, SEEDS, _answer, compared, label, receive

TODAY = date(2026, 3, 20)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.once,
    pytest.mark.skipif(not SEEDS.exists(), reason="the real reports are not part of the repository"),
]


@pytest.fixture
def office(county: Any) -> Any:
    return county.person("县政府", Role.DISCLOSURE_OFFICE)


@pytest.fixture
def scope(county: Any) -> Scope:
    return Scope(county.government, whole_region=True)


@pytest.fixture
def bring(county: Any, office: Any) -> Any:
    """Paste a sheet, as many times as it is too long for one import."""

    def bring(kind: str, head: str, rows: list[str]) -> None:
        waiting = iter(rows)
        while part := list(islice(waiting, 20_000)):
            text = "\n".join([head, *part])
            read = read_sheet(kind, text, default=county.government, channel="website", today=TODAY)
            assert (read.problem, read.faults) == ("", [])
            import_ledger(county.government, read, file_name=f"{kind}.xlsx", by=office, today=TODAY)

    return bring


def file_figures(bring: Any, year: int, table: dict[str, Any], scope: Scope) -> None:
    cells = [cell.id for cell in compile_year(year, scope).form.cells if cell.manual and table[cell.id] is not None]
    bring("figure", "年度\t指标\t数", [f"{year}\t{cell}\t{table[cell]}" for cell in cells])


def items(table: dict[str, Any]) -> Iterator[str]:
    """The year's public items: documents, interpretations, then the rest, the first of them in more channels."""
    for n in range(table["t14.1_1_b"]):
        yield f"关于规范管理的通知（{n}）\t2017-06-01\t规范性文件\t\t青教发〔2017〕{n}号\t2017-05-20\t教育局"
    for n in range(table["t14.2_2_3"]):
        yield f"政策解读第{n}篇\t2017-06-02\t政策解读\t\t\t\t教育局"
    channels = {"微博": "t14.1_2_3", "微信": "t14.1_2_4", "其他": "t14.1_2_5"}
    for n in range(table["t14.1_1"] - table["t14.1_1_b"] - table["t14.2_2_3"]):
        shown = "、".join(["网站", *(name for name, cell in channels.items() if n < table[cell])])
        organ = "河口镇" if n >= 31_152 else "财政局"
        yield f"政务信息第{n}期\t2017-06-03\t\t{shown}\t\t\t{organ}"


def read_back(report: Any) -> dict[str, core.Reading]:
    """Every export of a report, read as any report is read."""
    files = {kind: exports.one(report, kind) for kind in ("docx", "xlsx", "json")}
    if fonts.available():
        files["pdf"] = exports.one(report, "pdf")
    files["html"] = pages.blocks(document(report), chart_url=str).encode()
    readings = {}
    for kind, data in files.items():
        if kind == "json":
            readings[kind] = SimpleNamespace(table=json.loads(data)["table"], shifts=())
            continue
        paper = reading.read(data, f"report.{kind}")
        taken: Any = SimpleNamespace(kind=kind, data=data, name=f"report.{kind}", paper=paper)
        readings[kind] = core.read(text_of(taken))
    return readings


def in_every_export(year: int, scope: Scope, office: Any) -> None:
    freeze(year, scope, by=office, today=TODAY)
    snapshot = frozen(scope, year)
    assert snapshot is not None
    model = {cell: None if value is None else float(value) for cell, value in snapshot.figures.items()}
    for kind, found in read_back(compile_report(year, scope, by=office, today=TODAY)).items():
        assert {cell: None if value is None else float(value) for cell, value in found.table.items()} == model, kind
        assert found.shifts == ()


def test_2017_out_of_old_ledgers(county: Any, office: Any, scope: Scope, bring: Any) -> None:
    table = label("001")
    head = "标题\t公开日期\t类别\t渠道\t文号\t成文日期\t单位"
    bring("item", head, list(items(table)))
    bring("meeting", "会议名称\t召开日期", [f"第{n}次工作会议\t2017-03-01" for n in range(table["t14.9_1"])])
    attended = lambda n: "是" if n < table["t14.2_2_1_a"] else "否"  # noqa: E731
    conferences = [f"第{n}场\t2017-04-01\t{attended(n)}" for n in range(table["t14.2_2_1"])]
    bring("conference", "发布会名称\t日期\t主要负责同志参加", conferences)
    file_figures(bring, 2017, table, scope)
    for serial in range(table["t14.3_1"]):
        receive(county, date(2017, 12, 20), serial)
    for case in Case.objects.all():
        registrar = county.person("县政府", Role.CASE_REGISTRAR)
        casework.register(case, subject="文件", by=registrar, today=date(2017, 12, 21))
    compilation = compile_year(2017, scope)
    assert compared(compilation, table, CONTRADICTED_2017) == {}
    assert compilation.cells["t14.1_1"].former().count() == table["t14.1_1"]
    towns = FormerRow.objects.filter(agency=county.organs["河口镇"]).count()
    assert 0 < towns < table["t14.1_1"]
    in_every_export(2017, scope, office)


def test_2020_out_of_old_ledgers(county: Any, office: Any, scope: Scope, bring: Any) -> None:
    table = label("004")
    made, public, total = (table[f"t2.normdoc.{name}"] for name in ("made", "public", "total"))
    rows = [f"旧文（{n}）\t2018-05-08\t规范性文件\t青财发〔2018〕{n}号\t2018-05-01" for n in range(total - public)]
    rows += [f"新文（{n}）\t2020-05-08\t规范性文件\t青财发〔2020〕{n}号\t2020-05-01" for n in range(public)]
    rows += [f"未公开（{n}）\t\t规范性文件\t青财密〔2020〕{n}号\t2020-05-01" for n in range(made - public)]
    bring("item", "标题\t公开日期\t类别\t文号\t成文日期", rows)
    outcomes = ["维持\t2020-09-28"] * table["t4.review.upheld"] + ["撤回\t2020-09-28"] * table["t4.review.other"]
    outcomes += ["\t"] * table["t4.review.pending"]
    reviews = [f"江政复〔2020〕{n}号\t2020-08-03\t{outcome}" for n, outcome in enumerate(outcomes)]
    bring("review", "案号\t收到日期\t结果\t审结日期", reviews)
    file_figures(bring, 2020, table, scope)
    for serial in range(table["t3.r3_1.natural_person"]):
        _answer(county, serial, date(2020, 3, 2) + timedelta(days=serial * 5))
    compilation = compile_year(2020, scope)
    assert compared(compilation, table, BLANK_2020) == {}
    assert compilation.cells["t4.review.upheld"].former().count() == table["t4.review.upheld"]
    in_every_export(2020, scope, office)


@pytest.mark.parametrize("number", ["001", "004"])
def test_the_printed_tables_come_in_with_their_contradictions(office: Any, scope: Scope, number: str) -> None:
    """Where no ledger is left: the report's own text is read, and nothing in it is put right (domain-spec §11.8 item 60)."""
    (text,) = SEEDS.glob(f"{number}_*.txt")
    gold = json.loads((SEEDS / f"{number}.gold.json").read_text("utf-8"))
    year, table = gold["year"], gold["table"]
    read = read_tables(text.read_text("utf-8"), year)
    assert dict(read.values) == table
    import_table(
        scope, year, read.form, read.values, as_printed=dict.fromkeys(read.doubtful, "已对照公布的年报"),
        file_name=text.name, digest="", evidence="已公布的年报", by=office, today=TODAY,
    )  # fmt: skip
    compilation = compile_year(year, scope)
    assert compared(compilation, table, {}) == {}
    assert {cell.origin for cell in compilation.cells.values()} <= {"filed", "blank"}
    assert set(compilation.explanations) == set(read.doubtful)
    in_every_export(year, scope, office)
