"""Rendered by the samples, read back: every cell equal, blanks kept apart from zeros, nothing guessed."""

from __future__ import annotations

import random

import pytest

from core import report_samples as samples
from gongkai_core.report import audit, read, text_of
from gongkai_core.report.labels import COLUMNS, MARKS, T4_CELLS, form_2014, table_2, table_3
from gongkai_core.returns import FORMS

EDITIONS = ("2014", "2019", "2021")


def rng(*key: object) -> random.Random:
    return random.Random("-".join(map(str, key)))


def test_the_lines_cover_the_cells_of_every_form() -> None:
    def cells(lines: object) -> set[str]:
        return {cell for line in lines for cell in line.cells}  # type: ignore[attr-defined]

    assert cells(form_2014()) == set(FORMS["2014"].cell_ids)
    third = cells(table_3())
    one = {cell for cell in third if cell.startswith("t3.r3_6.")}
    three = {cell for cell in third if cell.startswith("t3.r3_6_")}
    assert cells(table_2("2019")) | third - three | set(T4_CELLS) == set(FORMS["2019"].cell_ids)
    assert cells(table_2("2021")) | third - one | set(T4_CELLS) == set(FORMS["2021"].cell_ids)
    assert not set(MARKS["2019"]) & set(MARKS["2021"])


@pytest.mark.parametrize("layout", samples.KEEPING)
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("seed", range(4))
def test_every_cell_with_blanks(edition: str, layout: str, seed: int) -> None:
    values = samples.random_values(edition, rng(edition, layout, seed), blanks=0.15)
    values["t4.review.upheld"] = 1  # a row without a label has to begin with something
    values = {cell: value for cell, value in values.items() if cell in FORMS[edition].by_id}
    reading = read(samples.report(edition, values, samples.KEEPING[layout]))
    assert (reading.organ, reading.year, reading.form) == (
        "青禾县人民政府",
        samples.YEARS[edition],
        edition,
    )
    assert reading.table == values
    assert reading.shifts == () and reading.mixed == ()


@pytest.mark.parametrize("layout", samples.DROPPING)
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("seed", range(4))
def test_every_cell_without_blanks(edition: str, layout: str, seed: int) -> None:
    values = samples.random_values(edition, rng(edition, layout, seed))
    reading = read(samples.report(edition, values, samples.DROPPING[layout]))
    assert (reading.form, reading.table, reading.shifts) == (edition, values, ())


@pytest.mark.parametrize("edition", ("2019", "2021"))
@pytest.mark.parametrize("layout", samples.DROPPING)
def test_a_dropped_blank_is_never_guessed(edition: str, layout: str) -> None:
    values = samples.random_values(edition, rng(edition, layout, "shift"))
    for cell in ("t3.r3_2.ngo", "t3.r3_5_1.natural_person", "t3.r4.other"):
        values[cell] = None
    text = samples.report(edition, values, samples.DROPPING[layout])
    reading = read(text)
    rows = ("t3.r3_2.", "t3.r3_5_1.", "t3.r4.")
    left_out = {cell for shift in reading.shifts for cell in shift.cells}
    assert left_out == {cell for cell in values if cell.startswith(rows)}
    assert reading.table == {cell: value for cell, value in values.items() if cell not in left_out}
    reported = [found for found in audit(reading) if found.type == "layout_shift"]
    assert [found.level for found in reported] == ["warning"] * 3
    assert "应有 7 格，读到 6 个数" in reported[0].detail
    # No equation accuses a row that was not read.
    assert not {c for f in audit(reading) if f.type != "layout_shift" for c in f.cells} & left_out


@pytest.mark.parametrize("show", [samples.full_width, samples.in_words], ids=["full_width", "in_words"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_ways_of_writing_a_number(edition: str, show: object) -> None:
    values = samples.random_values(edition, rng(edition, "numbers"), blanks=0.1)
    text = samples.report(edition, values, samples.span_free_tab_rows, show)  # type: ignore[arg-type]
    assert read(text).table == values


@pytest.mark.parametrize("seed", range(4))
def test_2014_with_unit_and_value_grown_onto_the_label(seed: int) -> None:
    values = samples.random_values("2014", rng("glued", seed), blanks=0.15)
    reading = read(samples.glued_2014(values))
    assert (reading.year, reading.form) == (2016, "2014")
    assert reading.table == values
    assert reading.table_units == {"t14.7": "万元", "t14.8_4": "万元"}


VARIANTS = {
    "结果维持": "结果维护",
    "只计": "只记",
    "信访举报投诉类申请": "信访投诉举报类申请",
    "其他法律行政法规": "其他法律、行政法规",
    "“三安全一稳定”": "'三安全一稳定'",
    "规章": "规    章",
}


@pytest.mark.parametrize("edition", ("2019", "2021"))
@pytest.mark.parametrize("layout", [samples.span_free_tab_rows, samples.spaced_rows, samples.bare_cell_lines])
def test_variants_of_the_labels(edition: str, layout: object) -> None:
    values = samples.random_values(edition, rng(edition, "variants"))
    text = samples.report(edition, values, layout, variants=VARIANTS)  # type: ignore[arg-type]
    assert "结果维护" in text and "规    章" in text
    assert read(text).table == values


@pytest.mark.parametrize("edition", EDITIONS)
def test_traditional_characters(edition: str) -> None:
    values = samples.random_values(edition, rng(edition, "traditional"))
    table = str.maketrans("总计结转办数类请开关处对项", "總計結轉辦數類請開關處對項")
    text = samples.report(edition, values, samples.span_free_tab_rows).translate(table)
    reading = read(text)
    assert (reading.form, reading.year, reading.table) == (edition, samples.YEARS[edition], values)


@pytest.mark.parametrize("edition", EDITIONS)
def test_html(edition: str) -> None:
    values = samples.random_values(edition, rng(edition, "html"), blanks=0.1)
    page = samples.report(edition, values, samples.html_rows)
    page = "<html><head><title>x</title><script>var a='<td>9</td>'</script></head><body><table><tr><td>" + (
        page + "</td></tr></table></body></html>"
    )
    assert read(text_of(page.encode(), "a.html")).table == values


@pytest.mark.parametrize("heading, unit", [("（元）", "元"), ("（万元）", "万元"), ("(单位：亿元)", "亿元"), ("", "")])
def test_purchases_keep_figure_and_unit_as_printed(heading: str, unit: str) -> None:
    values = samples.random_values("2019", rng("procure")) | {"t2.procure.amount": 2.43}
    text = samples.report("2019", values, samples.span_free_tab_rows).replace("采购总金额", f"采购总金额{heading}")
    reading = read(text)
    assert reading.table["t2.procure.amount"] == 2.43
    assert reading.table_units == ({"t2.procure.amount": unit} if unit else {})


def test_the_unit_in_the_cell_itself() -> None:
    values = samples.random_values("2019", rng("procure")) | {"t2.procure.amount": 2.43}
    text = samples.report("2019", values, samples.span_free_tab_rows).replace("\t2.43", "\t2.43亿元")
    reading = read(text)
    assert (reading.table["t2.procure.amount"], reading.table_units) == (2.43, {"t2.procure.amount": "亿元"})


def test_places_point_at_the_printed_value() -> None:
    values = samples.random_values("2019", rng("places"))
    text = samples.report("2019", values, samples.spaced_rows)
    reading = read(text)
    for cell, (start, end) in reading.places.items():
        assert text[start:end] == str(values[cell])


def test_an_empty_line_is_a_blank_cell_where_values_follow_each_other_directly() -> None:
    values = samples.random_values("2019", rng("gaps"))
    text = samples.report("2019", values, samples.bare_cell_lines)
    figures = [values[f"t3.r3_5_2.{column}"] for column in COLUMNS]
    row = "2.重复申请\n" + "\n".join(map(str, figures)) + "\n"
    assert row in text
    inner = [str(f) for f in figures]
    inner[2] = inner[4] = ""
    reading = read(text.replace(row, "2.重复申请\n" + "\n".join(inner) + "\n"))
    assert reading.table == values | {"t3.r3_5_2.research": None, "t3.r3_5_2.legal": None}
    # At the end of the row an empty line may part it from the next: not guessed.
    inner[6] = ""
    reading = read(text.replace(row, "2.重复申请\n" + "\n".join(inner) + "\n"))
    assert [shift.found for shift in reading.shifts] == [4]
    assert not any(cell.startswith("t3.r3_5_2.") for cell in reading.table)


def test_page_numbers_between_rows_are_not_values() -> None:
    values = samples.random_values("2021", rng("pages"))
    text = samples.report("2021", values, samples.spaced_rows)
    text = text.replace("\n（四）无法提供", "\n— 7 —\n（四）无法提供").replace("\n（七）", "\n第 8 页 共 9 页\n（七）")
    assert "— 7 —" in text and read(text).table == values


def test_a_label_broken_around_its_values() -> None:
    values = samples.random_values("2019", rng("broken"))
    text = samples.report("2019", values, samples.spaced_rows)
    row = next(line for line in text.splitlines() if "部分公开" in line)
    label, _, figures = row.partition("  ")
    text = text.replace(row, f"{label[:18]}  {figures}\n{label[18:]}")
    assert read(text).table == values


def test_labels_first_and_values_after_are_reported_not_guessed() -> None:
    values = samples.random_values("2014", rng("columns"))
    rows = samples.grid(FORMS["2014"].layout[0], values)
    text = "\n".join([*(r[0] or "" for r in rows), *(r[2] for r in rows if r[2])])
    reading = read("青禾县2016年政府信息公开工作年度报告\n" + text)
    assert reading.table == {} and reading.form == "2014"
    assert [found.type for found in audit(reading)] == ["layout_shift"]


def test_prose_alone_has_no_form() -> None:
    prose = samples.report("2019", samples.random_values("2019", rng("prose")), lambda rows: "")
    reading = read(prose)
    assert (reading.form, reading.table, reading.organ, reading.year) == ("none", {}, "青禾县人民政府", 2019)
