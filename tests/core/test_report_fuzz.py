"""Whatever the text: reading and auditing never raise, and no value is read that was not printed there."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import report_samples as samples
from gongkai_core.report import audit, read
from gongkai_core.report.input import ReportFileError, html_text, text_of
from gongkai_core.report.layout import Index, letters, normalise
from gongkai_core.returns import FORMS

pytestmark = [pytest.mark.soak, pytest.mark.usefixtures("budget")]  # make soak looks further, make test a little

PIECES = [
    *(cell.label for form in FORMS.values() for cell in form.cells),
    *("信息内容", "第二十条第（一）项", "结果维持", "复议后起诉", "总计", "其他", "（六）其他处理", "3.其他", "其中："),
    *(
        "青禾县2019年政府信息公开工作年度报告",
        "二〇一八年",
        "本年制发件数",
        "（不同渠道计1条）",
        "(",
        "）",
        "采购总金额（亿元）",
    ),
    *(
        "0",
        "48",
        "１２",
        "-2",
        "减3",
        "1,234",
        "2.43亿元",
        "件5",
        "/",
        "无",
        "—",
        "99999999999999999999",
        "٣",
        "²",
        "1e9",
    ),
    *("\t", "|", "\n", "\n\n", " ", "\u3000", "\r\n", "\r", "\u2028", "\0", "— 7 —", "件", "万元"),
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=120).map("".join)


@given(TEXTS)
def test_reading_and_auditing_never_raise(text: str) -> None:
    reading = read(text)
    audit(reading, prev=reading)
    for cell, (start, end) in reading.places.items():
        assert 0 <= start <= end <= len(text)
        assert reading.table[cell] is None or text[start:end].strip()


@given(st.text(max_size=300))
def test_repair_moves_no_character(text: str) -> None:
    clean = normalise(text)
    assert len(clean) == len(text)
    index = Index(clean)
    assert index.letters == letters(clean)


@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.html", "a.htm"]))
def test_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        read(text_of(data, name))
    except ReportFileError as refused:
        assert refused.message


TAGS = [f"<{end}{tag}>" for end in ("", "/") for tag in ("table", "tr", "td", "p", "script", "select", "br")]


@given(st.lists(st.one_of(st.sampled_from([*TAGS, "<!", "<![", "&nbsp;", "&#9;", "甲", "1"]), st.text(max_size=4))))
def test_any_page_has_a_text(pieces: list[str]) -> None:
    html_text("".join(pieces))


@given(
    st.sampled_from(["2014", "2019", "2021"]),
    st.sampled_from([*samples.KEEPING, *samples.DROPPING]),
    st.integers(0, 10**9),
    st.sampled_from([0.0, 0.05, 0.3, 0.6]),
)
def test_no_value_is_ever_put_into_another_cell(edition: str, layout: str, seed: int, blanks: float) -> None:
    values = samples.random_values(edition, random.Random(seed), blanks)
    reading = read(samples.report(edition, values, (samples.KEEPING | samples.DROPPING)[layout]))
    wrong = {cell: (value, values[cell]) for cell, value in reading.table.items() if value != values[cell]}
    assert wrong == {}


@pytest.mark.parametrize(
    "text",
    [
        "予以公开不予公开总计合计规章" * 20_000,
        "主动公开政府信息数\n" * 20_000,
        "（" * 100_000,
        "结果维持其他结果尚未审结" * 20_000,
        "2019年" * 50_000,
        "青禾县" * 50_000 + "政府信息公开",
        "\n" * 300_000,
        "\t" * 300_000,
        "1 " * 150_000,
        "收到申请数 " + "\t\n" * 100_000,
    ],
    ids=range(10),
)
def test_hostile_texts_take_no_long_time(text: str) -> None:
    started = time.perf_counter()
    audit(read(text))
    assert time.perf_counter() - started < 4
