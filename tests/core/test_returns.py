"""The forms as data: editions by year, cells in official order, layouts that draw a full grid."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai_core.errors import InputError
from gongkai_core.returns import FORMS, Table, edition_for, form_for, form_of

EDITIONS = ("2014", "2019", "2021")


@pytest.mark.parametrize(
    ("year", "edition"),
    [(2014, "2014"), (2018, "2014"), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2030, "2021")],
)
def test_the_year_chooses_the_form(year: int, edition: str) -> None:
    assert edition_for(year) == edition
    assert form_for(year) is FORMS[edition]


@pytest.mark.parametrize("year", [2013, 0, -1, 10_000])
def test_a_year_without_a_form_is_refused(year: int) -> None:
    with pytest.raises(InputError, match="没有全国统一的统计表"):
        form_for(year)


def test_an_unknown_edition_or_cell_is_refused() -> None:
    with pytest.raises(InputError, match="没有这一版"):
        form_of("2018")
    with pytest.raises(InputError, match="没有这个单元格：t3"):
        FORMS["2014"].cell("t3.r1.total")


@pytest.mark.parametrize(("edition", "count"), [("2014", 58), ("2019", 22 + 161 + 15), ("2021", 10 + 175 + 15)])
def test_the_cells_of_an_edition(edition: str, count: int) -> None:
    form = FORMS[edition]
    assert len(form.cells) == len(form.by_id) == count
    assert all(cell.label and cell.unit and cell.source for cell in form.cells)
    assert all(cell.parent is None or cell.parent in form.by_id for cell in form.cells)


@pytest.mark.parametrize(("number", "edition"), [("001", "2014"), ("004", "2019")])
def test_the_cells_are_those_of_a_labelled_report(number: str, edition: str, shared: Path) -> None:
    labels = json.loads((shared / "seeds" / f"{number}.gold.json").read_text("utf-8"))
    assert labels["form"] == edition
    assert list(labels["table"]) == list(FORMS[edition].cell_ids)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_data_are_those_of_the_domain(edition: str, shared: Path) -> None:
    form = json.loads((shared / "domain" / "forms.json").read_text("utf-8"))[f"form_{edition}"]
    assert [dict(spec) for spec in FORMS[edition].rule_specs] == form["rules"]
    assert FORMS[edition].doc == form["doc"]


def drawn(table: Table) -> dict[tuple[int, int], str]:
    """Draw a table as HTML does and return what stands at each place."""
    places: dict[tuple[int, int], str] = {}
    for row, boxes in enumerate(table.rows):
        column = 0
        for box in boxes:
            while (row, column) in places:
                column += 1
            for down in range(box.rowspan):
                for across in range(box.colspan):
                    place = (row + down, column + across)
                    assert place not in places, f"{table.id}: two boxes at {place}"
                    places[place] = box.text or f"[{box.cell}]"
    return places


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_layout_is_a_full_grid_that_shows_every_cell_once(edition: str) -> None:
    form = FORMS[edition]
    shown = [box.cell for table in form.layout for row in table.rows for box in row if box.cell]
    assert sorted(shown) == sorted(form.cell_ids)
    for table in form.layout:
        places = {(row, column) for row in range(len(table.rows)) for column in range(table.columns)}
        assert set(drawn(table)) == places


def test_the_list_of_2014_is_numbered_and_indented() -> None:
    (table,) = FORMS["2014"].layout
    lines = [(row[0].indent, row[0].text) for row in table.rows]
    assert lines[1] == (0, "一、主动公开情况")
    assert (1, "（二）通过不同渠道和方式公开政府信息的情况") in lines
    assert (2, "1.当面申请数") in lines
    assert (3, "其中：涉及国家秘密") in lines
    assert (3, "涉及商业秘密") in lines
    assert (0, "四、行政复议数量") in lines
    assert lines[-1] == (1, "（三）接受培训人员数")


def test_table_two_is_grouped_by_the_items_of_article_20() -> None:
    table = FORMS["2021"].layout[0]
    assert [row[0].text for row in table.rows if len(row) == 1] == [
        "第二十条第（一）项",
        "第二十条第（五）项",
        "第二十条第（六）项",
        "第二十条第（八）项",
    ]
    assert [box.text for box in table.rows[1]] == ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    assert table.rows[-1][1].cell == "t2.fee.amount"


@pytest.mark.parametrize(("edition", "rows"), [("2019", 23), ("2021", 25)])
def test_table_three_stands_under_its_group_labels(edition: str, rows: int) -> None:
    table = FORMS[edition].layout[1]
    places = drawn(table)
    assert len(table.rows) == table.head_rows + rows
    where = {text: place for place, text in places.items()}
    secret = where["[t3.r3_3_1.natural_person]"][0]
    assert [places[secret, column] for column in range(3)] == [
        "三、本年度办理结果",
        "（三）不予公开",
        "1.属于国家秘密",
    ]
    total = where["[t3.r3_7.total]"][0]
    assert [places[total, column] for column in range(3)] == ["三、本年度办理结果", "（七）总计", "（七）总计"]
    carried = where["[t3.r4.total]"][0]
    assert {places[carried, column] for column in range(3)} == {"四、结转下年度继续办理"}
    assert [places[2, column] for column in range(3, 10)] == [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "总计",
    ]


def test_other_handling_is_one_row_in_2019_and_a_group_of_three_in_2021() -> None:
    old = {text: place for place, text in drawn(FORMS["2019"].layout[1]).items()}
    assert "（六）其他处理" in old
    places = drawn(FORMS["2021"].layout[1])
    row = {text: place for place, text in places.items()}["[t3.r3_6_3.total]"][0]
    assert (places[row, 1], places[row, 2]) == ("（六）其他处理", "3.其他")


def test_table_four_has_a_double_head() -> None:
    table = FORMS["2021"].layout[2]
    places = drawn(table)
    figure = next(place for place, text in places.items() if text == "[t4.suit_after.pending]")
    assert [places[row, figure[1]] for row in range(3)] == ["行政诉讼", "复议后起诉", "尚未审结"]
    assert [places[row, 0] for row in range(3)] == ["行政复议", "结果维持", "结果维持"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_rule_is_compiled_and_names_cells(edition: str) -> None:
    rules = FORMS[edition].rules
    assert {rule.id for rule in rules} == {spec["id"] for spec in FORMS[edition].rule_specs}
    assert all(rule.cells and "{" not in rule.expr for rule in rules)
    assert {rule.level for rule in rules} == {"error", "warning"}


def test_placeholders_give_one_rule_each() -> None:
    rules = [rule for rule in FORMS["2021"].rules if rule.id == "R21-T3-c"]
    assert len(rules) == 25
    assert dict(rules[0].binding) == {"row": "r1"}
    assert rules[0].cells[0] == "t3.r1.total"
    assert len([rule for rule in FORMS["2021"].rules if rule.id == "R21-blank"]) == 200


@pytest.mark.parametrize(
    ("edition", "cell", "manual"),
    [
        ("2014", "t14.8_1", "filing"),
        ("2014", "t14.1_1", False),
        ("2021", "t2.fee.amount", True),
        ("2021", "t3.r1.total", False),
    ],
)
def test_who_supplies_a_cell(edition: str, cell: str, manual: object) -> None:
    assert FORMS[edition].cell(cell).manual == manual


def test_short_labels_drop_notes_but_keep_numbers() -> None:
    assert FORMS["2014"].cell("t14.1_1").short == "主动公开政府信息数"
    assert FORMS["2014"].cell("t14.1_1_a").short == "主动公开规范性文件数"
    assert FORMS["2021"].cell("t3.r3_1.total").short == "（一）予以公开·总计"
