"""`gongkai text check`: a readable table, JSON, and one Chinese line for what can't be used."""

from __future__ import annotations

import json
from pathlib import Path

import office_samples as samples
import pytest

from gongkai_core.cli import main

TEXT = "关于防汛的通知\n联系人张三，手机13807971234。\n由国土资源局负责，青政发[2026]7号。\n"


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    status = main([str(argument) for argument in argv])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "通知.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_a_table_with_rule_place_and_suggestion(capsys: pytest.CaptureFixture[str], page: Path) -> None:
    status, out, err = run(capsys, "text", "check", page)
    assert (status, err) == (0, "")
    assert "3 处提示，其中 1 处涉及个人信息或者涉密标志" in out
    for words in ("手机号、住宅电话", "须写理由", "【138****1234】", "现为“自然资源局”", "年份用六角括号：〔2026〕7号"):
        assert words in out
    assert "13807971234" not in out


def test_json_masks_and_says_where(capsys: pytest.CaptureFixture[str], page: Path) -> None:
    status, out, _ = run(capsys, "text", "check", "--json", page)
    (told,) = json.loads(out)
    assert (status, told["name"]) == (0, "通知.txt")
    assert [(hit["rule"], hit["severity"], hit["where"]) for hit in told["hits"]] == [
        ("phone", "reason", "正文"),
        ("obsolete_words", "click", "正文"),
        ("document_numbers", "click", "正文"),
    ]
    assert TEXT[told["hits"][0]["start"] : told["hits"][0]["end"]] == "13807971234"
    assert "13807971234" not in out


def test_lists_and_a_day_are_given(capsys: pytest.CaptureFixture[str], page: Path, tmp_path: Path) -> None:
    white, forbidden = tmp_path / "白名单.txt", tmp_path / "词表.txt"
    white.write_text("13807971234\n国土资源局\n", encoding="utf-8")
    forbidden.write_text("防汛→防汛抗旱\n", encoding="utf-8")
    lists = ("--white", white, "--forbidden", forbidden, "--today", "2025-12-31")
    _, out, _ = run(capsys, "text", "check", *lists, page)
    assert "2 处提示" in out
    assert "改为“防汛抗旱”" in out
    assert "年份 2026 不合理" in out


def test_html_is_read_and_a_clean_file_has_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text("<p>见<a href=''>这里</a></p><img src='1.png'>", encoding="gb18030")
    assert "没有地址" in (out := run(capsys, "text", "check", file)[1])
    assert "补写替代文本" in out
    file.write_text("<p>关于防汛的通知</p>", encoding="utf-8")
    assert run(capsys, "text", "check", file)[1] == "a.html：没有提示\n"


def test_files_are_read_with_their_hidden_places(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file, broken = tmp_path / "a.docx", tmp_path / "b.docx"
    note = f"<w:comments {samples.W}><w:comment>{samples.p('手机13807971234')}</w:comment></w:comments>"
    file.write_bytes(
        samples.docx(samples.p("正文"), links=[("c", "comments", "comments.xml")], word__comments_xml=note)
    )
    broken.write_bytes(b"no word file")
    status, out, _ = run(capsys, "text", "check", file, broken)
    assert status == 1
    assert "批注" in out
    assert "【138****1234】" in out
    assert "b.docx：文件内容是" in out


def test_what_cannot_be_used_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], page: Path, tmp_path: Path
) -> None:
    bad_list, odd = tmp_path / "坏.txt", tmp_path / "a.exe"
    bad_list.write_text("甲\n", encoding="utf-8")
    odd.write_bytes(b"MZ")
    for argv, words in (
        ((tmp_path / "没有.txt",), "文件不存在"),
        ((odd,), "不认识的文件类型 .exe"),
        ((tmp_path,), "文件夹"),
        ((page, "--white", bad_list), "第 1 行“甲”：至少 2 个字"),
        ((page, "--today", "明天"), "不是日期"),
        ((), "缺少参数"),
    ):
        status, out, err = run(capsys, "text", "check", *argv)
        assert (status, out, err.count("\n")) == (2, "", 1), argv
        assert words in err
    status, out, _ = run(capsys, "text", "check", page, tmp_path / "没有.txt")
    assert status == 1
    assert "没有.txt：" in out
    status, out, _ = run(capsys, "text", "check", "--json", page, tmp_path / "没有.txt")
    assert status == 1
    assert "文件不存在" in json.loads(out)[1]["error"]["message"]
