"""`gongkai report read|audit`: JSON, batches, refusals, files written whole."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from core import report_samples as samples
from gongkai_core.cli import main

VALUES = samples.random_values("2019", random.Random("cli"), blanks=0.1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "甲.txt").write_bytes(samples.report("2019", VALUES, samples.pipe_rows).encode("gb18030"))
    page = samples.report("2019", VALUES, samples.html_rows)
    (tmp_path / "乙.html").write_text(f"<html><body>{page}</body></html>", "utf-8")
    (tmp_path / "坏.txt").write_bytes(b"\xff\xff\x80")
    return tmp_path


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


@pytest.mark.parametrize("verb", ["read", "audit"])
def test_one_list_on_standard_output(verb: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("report", verb, folder / "甲.txt", folder / "乙.html") == 0
    out, err = capsys.readouterr()
    first, second = json.loads(out)
    assert err == ""
    assert (first["name"], second["name"]) == ("甲.txt", "乙.html")
    for result in (first, second):
        assert {key: result[key] for key in ("organ", "year", "form", "facts")} == {
            "organ": "青禾县人民政府",
            "year": 2019,
            "form": "2019",
            "facts": [],
        }
        assert result["table"] == VALUES
    for anomaly in first["anomalies"]:
        assert set(anomaly) == {"type", "rule", "level", "cells", "detail", "expected", "found"}
    assert bool(first["anomalies"]) == (verb == "audit")


def test_out_writes_one_file_per_input(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "结果" / "一"
    assert run("report", "audit", folder / "甲.txt", folder / "乙.html", "--out", out) == 0
    assert capsys.readouterr() == ("", "")
    assert sorted(path.name for path in out.iterdir()) == ["乙.json", "甲.json"]
    assert json.loads((out / "甲.json").read_text("utf-8"))["table"] == VALUES


def test_a_bad_file_in_a_batch_is_reported_in_its_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = (folder / "甲.txt", folder / "坏.txt", folder / "没有.txt", folder)
    assert run("report", "read", *files) == 1
    good, bad, missing, directory = json.loads(capsys.readouterr().out)
    assert good["table"] == VALUES
    assert bad["name"] == "坏.txt" and bad["error"]["code"] == "encoding"
    assert missing["error"]["code"] == "not_found" and "文件不存在" in missing["error"]["message"]
    assert "文件夹" in directory["error"]["message"]
    assert run("report", "read", *files[:2], "--out", folder / "out") == 1
    assert json.loads((folder / "out" / "坏.json").read_text("utf-8"))["error"]["code"] == "encoding"
    assert json.loads((folder / "out" / "甲.json").read_text("utf-8"))["year"] == 2019


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["report", "read", "坏.txt"], "编码无法识别"),
        (["report", "audit", "没有.txt"], "文件不存在"),
        (["report", "read", "a.docx"], "以后的版本"),
        (["report", "read", "甲.txt", "--nope"], "--nope"),
        (["report", "read"], "缺少参数"),
        (["report"], "缺少参数"),
        (["report", "read", "甲.txt", "--out", "甲.txt"], "无法建立文件夹"),
    ],
)
def test_refusals_are_one_chinese_line(
    arguments: list[str], words: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    (folder / "a.docx").write_bytes(b"PK\x03\x04")
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and words in err


def test_two_results_of_one_name_are_refused_before_anything_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "甲.html").write_text("<p>甲</p>", "utf-8")
    out = folder / "out"
    assert run("report", "read", folder / "甲.txt", folder / "甲.html", "--out", out) == 2
    assert "甲.json" in capsys.readouterr().err
    assert not out.exists()


def test_a_failed_write_leaves_the_old_result_and_no_fragment(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = folder / "out"
    out.mkdir()
    (out / "甲.json").write_text("old", "utf-8")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert run("report", "read", folder / "甲.txt", "--out", out) == 2
    assert "无法写入" in capsys.readouterr().err
    assert [(path.name, path.read_text("utf-8")) for path in out.iterdir()] == [("甲.json", "old")]
