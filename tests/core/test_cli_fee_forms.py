"""`gongkai fee` and `gongkai forms`: tables for people, JSON with --json, one Chinese line for a refusal."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from gongkai_core.cli import main
from gongkai_core.cli.columns import aligned, width


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    status = main(argv)
    out, err = capsys.readouterr()
    return status, out, err


def answer(capsys: pytest.CaptureFixture[str], *argv: str) -> Any:
    status, out, err = run(capsys, *argv)
    assert (status, err) == (0, "")
    return json.loads(out)


def test_a_fee_is_printed_with_its_computation(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "fee", "--cases", "41")
    assert (status, err) == (0, "")
    assert "第 31–40 件" in out
    assert "合计 4300 元" in out
    assert "国办函〔2020〕109号" in out
    assert "次日起 20 个工作日内缴纳" in out


@pytest.mark.parametrize(
    ("argv", "method", "total"),
    [
        (("--pages", "68"), "per_page", 380),
        (("--cases", "60"), "per_case", 11000),
        (("--nth", "31"), "per_case", 200),
        (("--pages", "31", "--on", "2021-01-01"), "per_page", 10),
        (("--cases", "0"), "per_case", 0),
    ],
)
def test_a_fee_as_json(capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], method: str, total: int) -> None:
    result = answer(capsys, "fee", *argv, "--json")
    assert (result["method"], result["total"]) == (method, total)
    assert sum(line["amount"] for line in result["lines"]) == total


@pytest.mark.parametrize(
    ("argv", "reason"),
    [
        ((), "须给出一个"),
        (("--cases", "-1"), "整数"),
        (("--cases", "many"), "无效"),
        (("--cases", "1", "--pages", "1"), "不能同时使用"),
        (("--pages", "100001"), "整数"),
        (("--pages", "40", "--on", "2020-12-31"), "施行"),
        (("--pages", "40", "--on", "yesterday"), "不是日期"),
    ],
)
def test_a_fee_that_cannot_be_computed(capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], reason: str) -> None:
    refused(run(capsys, "fee", *argv), reason)


def refused(result: tuple[int, str, str], reason: str) -> None:
    status, out, err = result
    assert (status, out) == (2, "")
    assert reason in err
    assert err.count("\n") == 1


def test_the_three_editions(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "forms")
    assert all(doc in out for doc in ("国办发〔2014〕32号", "国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号"))
    assert [form["cells"] for form in answer(capsys, "forms", "--json")] == [58, 198, 200]


@pytest.mark.parametrize(
    ("argv", "texts"),
    [
        (("--year", "2017"), ("t14.8_3", "一、主动公开情况", "R-O3-a", "其中：涉及国家秘密")),
        (("--year", "2020"), ("t2.procure.amount", "t3.r3_6.〔列〕", "R19-T3-b")),
        (("--edition", "2021"), ("t2.fee.amount", "t3.r3_6_3.〔列〕", "与财政局核对", "R21-P6")),
    ],
)
def test_a_form_is_printed(capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], texts: tuple[str, ...]) -> None:
    status, out, _ = run(capsys, "forms", *argv)
    assert status == 0
    assert [text for text in texts if text not in out] == []


def test_a_form_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    form = answer(capsys, "forms", "--year", "2022", "--json")
    assert form["form"] == "2021"
    assert len(form["cells"]) == 200
    assert {"id", "label", "unit", "source", "manual"} <= set(form["cells"][0])
    assert next(rule["id"] for rule in form["rules"]) == "R21-T2-a"
    assert [table["id"] for table in form["layout"]] == ["t2", "t3", "t4"]


def test_a_filled_form_is_checked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "values.json"
    parts = {f"t14.3_1_{part}": 0 for part in (1, 2, 3, 4)}
    file.write_text(json.dumps({"t14.3_1": 3, "t14.3_2": 3, **parts}), "utf-8")
    status, out, _ = run(capsys, "forms", "--year", "2017", "--check", str(file))
    assert status == 0
    assert "收到申请数 3 ≠ 0+0+0+0 = 0" in out
    assert "不算通过" in out
    report = answer(capsys, "forms", "--year", "2017", "--check", str(file), "--ext", "carried_in=0", "--json")
    assert [(one["rule"], one["level"]) for one in report["findings"]] == [("R-O3-a", "error")]
    assert "R-O3-e" not in {one["rule"] for one in report["skipped"]}


def test_a_reading_says_its_form_itself(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = tmp_path / "before.json"
    before.write_text(json.dumps({"table": {"t3.r4.total": 2}}), "utf-8")
    reading = {"organ": "某县", "year": 2020, "form": "2019", "table": {"t3.r2.total": 1}}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(reading)))
    report = answer(capsys, "--json", "forms", "--check", "-", "--prev", str(before))
    assert report["form"] == "2019"
    assert [(one["rule"], one["expected"], one["found"]) for one in report["findings"]] == [("R19-T3-d", "2", "1")]


def test_the_seeds_pass_through_the_command(capsys: pytest.CaptureFixture[str], shared: Path) -> None:
    report = answer(capsys, "forms", "--check", str(shared / "seeds" / "004.gold.json"), "--json")
    assert {one["rule"] for one in report["findings"]} == {"R19-blank"}


@pytest.mark.parametrize(
    ("argv", "content", "reason"),
    [
        (("--year", "2013"), None, "2014 年度起"),
        (("--year", "x"), None, "无效"),
        (("--edition", "2015"), None, "不能是"),
        (("--check", "FILE"), "{}", "--year 或者 --edition"),
        (("--year", "2017", "--check", "FILE"), "[1]", "{单元格: 数}"),
        (("--year", "2017", "--check", "FILE"), "{", "不是 JSON"),
        (("--year", "2017", "--check", "FILE"), '{"t14.1_1": "多"}', "不是数"),
        (("--year", "2017", "--check", "FILE"), '{"t14.1_1": NaN}', "数值"),
        (("--year", "2017", "--check", "FILE"), '{"t3.r1.total": 1}', "没有这个单元格"),
        (("--check", "FILE"), '{"form": "2015", "table": {}}', "没有这一版"),
        (("--year", "2017", "--check", "FILE", "--ext", "carried_in"), "{}", "名=数"),
        (("--year", "2017", "--check", "FILE", "--ext", "nothing=1"), "{}", "没有这个表外数"),
        (("--year", "2017", "--check", "FILE", "--explained", "x"), "{}", "没有这个单元格"),
        (("--year", "2017", "--check", "FILE", "--level", "village"), "{}", "不能是"),
        (("--year", "2017", "--check", "missing.json"), None, "文件不存在"),
    ],
)
def test_a_form_that_cannot_be_used(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    argv: tuple[str, ...],
    content: str | None,
    reason: str,
) -> None:
    file = tmp_path / "values.json"
    if content is not None:
        file.write_text(content, "utf-8")
    refused(run(capsys, "forms", *(str(file) if word == "FILE" else word for word in argv)), reason)


def test_columns_count_chinese_characters_as_two_places() -> None:
    assert width("第 1–10 件") == 10
    lines = aligned([("名", "数"), ("一二三", "1"), ("a", "100")], right=(1,)).split("\n")
    assert lines == ["名       数", "───────────", "一二三    1", "a       100"]
