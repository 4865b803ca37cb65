"""Encodings and web pages."""

from __future__ import annotations

import pytest

from gongkai_core.report.input import LARGEST, ReportFileError, html_text, text_of

TEXT = "青禾县2017年政府信息公开工作年度报告\n收到申请数\t件\t3\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert text_of(TEXT.encode(encoding), "a.txt") == TEXT


@pytest.mark.parametrize(
    "data, name, code, words",
    [
        (b"", "a.txt", "empty", "没有文字"),
        (b" \n\t", "a.txt", "empty", "没有文字"),
        (b"\xff\xff\xfe\xfd\x80\x81", "a.txt", "encoding", "编码无法识别"),
        (bytes(range(256)) * 4, "a.txt", "encoding", "编码无法识别"),
        (b"abc\0def", "a.txt", "encoding", "编码无法识别"),
        (b"\xff\xfe\x00", "a.txt", "encoding", "编码无法识别"),
        (b"%PDF-1.4", "a.txt", "unsupported", "PDF"),
        (b"PK\x03\x04", "a.docx", "unsupported", "以后的版本"),
        (b"x", "a.PDF", "unsupported", "以后的版本"),
        (b"x", "a.exe", "unsupported", "不认识的文件类型"),
        (b" " * (LARGEST + 1), "a.txt", "too_large", "超过"),
        (b"<html><script>x</script></html>", "a.html", "empty", "没有文字"),
    ],
)
def test_what_cannot_be_read_says_why_and_names_the_file(data: bytes, name: str, code: str, words: str) -> None:
    with pytest.raises(ReportFileError) as refused:
        text_of(data, name)
    assert refused.value.code == code
    assert words in refused.value.message and name in refused.value.message and "\n" not in refused.value.message


def lines(page: str) -> list[str]:
    return [line for line in html_text(page).splitlines() if line.strip()]


def test_rows_become_lines_and_cells_are_opened_by_tabs() -> None:
    page = "<p>甲&nbsp;乙</p><table><tr><th>行\n政</th><td></td><td><p>1</p><p>2</p></td></tr><tr><td>3</td></tr></table>尾"
    assert lines(page) == ["甲\xa0乙", "\t行 政\t\t1 2", "\t3", "尾"]


def test_tables_within_a_layout_table_keep_their_rows() -> None:
    page = "<table><tr><td>前<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>后</td></tr></table>"
    assert lines(page) == ["前", "\t1\t2", "\t3", "后"]


def test_missing_end_tags() -> None:
    assert lines("<table><tr><td>1<td>2<tr><td>3") == ["\t1\t2", "\t3"]


def test_scripts_styles_and_broken_declarations_are_not_text() -> None:
    assert lines("<style>p{}</style><script>if(a<b){}</script><p>甲</p>") == ["甲"]
    assert "甲" in html_text("<p>甲</p><![x[ <p>乙</p>")


def test_a_web_page_saved_as_text_is_read_as_a_page() -> None:
    assert "<p>" not in text_of("<!DOCTYPE html><p>甲</p>".encode(), "a.txt")
