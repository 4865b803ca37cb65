"""Tables of items: imported from .xlsx, CSV and JSON through one pre-check, exported with the list's filters."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO

import office_samples as samples
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.publishing import actions
from gongkai.publishing.batches import BatchRow, precheck
from gongkai.publishing.models import Batch, Item, ItemVersion
from gongkai.publishing.vouched import ALL_GATES
from gongkai_core.reading import sheet
from gongkai_core.refusals import Refused

from .test_files import with_file

pytestmark = pytest.mark.django_db
IMPORT = "/desk/publishing/import/"
FORMULAS = ["=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", '=HYPERLINK("http://x")']


def checked(clerk, finance, data, name, then="check", **more):
    file = SimpleUploadedFile(name, data)
    typed = {"title": "一批", "column": finance.column("A20_05").pk, "file": file, "then": then, **more}
    return clerk.post(IMPORT, typed).content.decode()


def test_a_workbook_is_checked_row_by_row_and_imported(finance, enter):
    clerk = enter(finance.drafter)
    rows = [
        ["标题", "正文", "成文日期", "公开属性", "栏目"],
        ["甲许可", "准予。", ""],
        ["乙", "文", "2020-02-31"],
    ]
    rows += [
        [""],
        ["丙", "文", "", "不予公开"],
        ["丁", "文", "", "", "别的栏目"],
        ["戊", "秘密★1年", ""],
        ["", "没有标题"],
    ]
    book = samples.xlsx({"底稿": ("hidden", [["标题", "正文"], ["不该读的", "x"]]), "许可": ("visible", rows)})
    text = checked(clerk, finance, book, "许可.xlsx")
    assert "可导入 1 行，有错 5 行" in text and "不该读的" not in text and not Batch.objects.exists()
    found = {
        int(number): words
        for number, words in re.findall(r'data-label="行">(\d+)</td>.*?data-label="问题">(.*?)</td>', text)
    }
    assert sorted(found) == [3, 5, 6, 7, 8]
    assert "2020-02-31" in found[3] and "主动公开" in found[5] and "别的栏目" in found[6] and "密级标志" in found[7]
    checked(clerk, finance, book, "许可.xlsx", then="import")
    batch = Batch.objects.get()
    assert (batch.size, batch.state) == (1, "in_review") and not Item.objects.public().exists()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"{not json", "a.json", "读不出这个 JSON 文件"),
        (b"[1, 2]", "a.json", "读不出这个 JSON 文件"),
        (samples.xlsx({"一": ("visible", [["甲"]])}), "a.xlsx", "其中要有“标题”和“正文”两列"),
        (samples.xlsx({"一": ("visible", [["甲"]])}, xl__vbaProject_bin=b"x"), "a.xlsx", "含有宏"),
        (samples.docx(""), "a.xlsx", "这里不收Word 文档"),
        (f'标题,正文\n甲,"{"长" * 140_000}"\n'.encode(), "a.csv", "有一格超过"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_says_why(finance, enter, data, name, words):
    assert words in checked(enter(finance.drafter), finance, data, name)
    assert not Batch.objects.exists()


def test_what_is_exported_can_be_imported_again_and_is_never_public_by_that(finance, education, enter, today):
    body = "<p>准予<strong>许可</strong>。</p>\n<table><tbody>\n<tr><td>甲</td><td>乙</td></tr>\n</tbody></table>"
    finance.published(
        title="关于甲许可的决定", body=body, column=finance.column("A20_05"), docno="青财许〔2026〕1号", formed_on=today
    )
    education.published(title="教育局的事")
    clerk = enter(finance.drafter)
    data = clerk.get("/desk/publishing/export.json?state=published")
    found = json.loads(data.content)
    assert [row["标题"] for row in found["items"]] == ["关于甲许可的决定"]
    row = found["items"][0]
    assert row["正文"] == body and row["索引号"] and row["状态"] == "已公开" and row["附件"] == []
    assert json.loads(clerk.get("/desk/publishing/export.json?state=draft").content)["items"] == []
    book = clerk.get("/desk/publishing/export.xlsx")
    for content, name in ((data.content, "a.json"), (book.content, "a.xlsx")):
        text = checked(clerk, finance, content, name)
        assert "可导入 1 行，有错 0 行" in text, text
        checked(clerk, finance, content, name, then="import", title=name)
        version = ItemVersion.objects.get(batch__title=name)
        assert (version.body, version.title, version.docno) == (body, row["标题"], row["发文字号"])
        assert version.state == "in_review" and version.item.index_no == ""
    assert Item.objects.public().count() == 2


def test_a_cell_is_never_a_formula(finance, enter):
    """R27: what begins like a formula is text in every file we write, and stays what it was."""
    for number, text in enumerate(FORMULAS):
        finance.draft(title=text.strip() or "x", body=f"第{number}件")
    content = enter(finance.drafter).get("/desk/publishing/export.xlsx").content
    with zipfile.ZipFile(BytesIO(content)) as book:
        part = book.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in part and b"<hyperlink" not in part
    ((_, rows, _),) = sheet.sheets(content)
    assert {row[0] for row in rows[1:]} == {text.strip() for text in FORMULAS}


def test_a_text_too_long_for_a_cell_is_whole_in_json(finance, enter):
    finance.draft(title="长文", body="长" * 40_000)
    clerk = enter(finance.drafter)
    ((_, rows, _),) = sheet.sheets(clerk.get("/desk/publishing/export.xlsx").content)
    assert rows[1][-1].startswith("（正文超过 Excel 一格的上限")
    assert "长" * 40_000 in json.loads(clerk.get("/desk/publishing/export.json").content)["items"][0]["正文"]


def test_the_export_of_files_names_them_with_their_digests(finance, enter):
    finance.draft(files=[with_file(finance, samples.xlsx({"一": ("visible", [["a"]])}), "名单.xlsx")])
    (row,) = json.loads(enter(finance.drafter).get("/desk/publishing/export.json").content)["items"]
    assert row["附件"][0]["名称"] == "名单.xlsx" and len(row["附件"][0]["摘要"]) == 64


def test_a_batch_of_drafts_is_looked_through_before_it_is_sent(finance, enter, today):
    rows = [BatchRow(f"第{n}件", "正文") for n in (1, 2, 3)]
    batch = finance.imported(rows=rows, submit=False)
    assert (batch.state, batch.round, batch.submitted_at) == ("draft", 0, None)
    with pytest.raises(Refused):
        actions.approve_batch(batch, by=finance.reviewer, today=today, vouched=ALL_GATES)
    clerk = enter(finance.drafter)
    url = reverse("publishing:desk_batch", args=[batch.public_id])
    assert "剔出" in clerk.get(url).content.decode() and "送审" in clerk.get(url).content.decode()
    version = batch.versions.get(batch_position=2)
    clerk.post(reverse("publishing:desk_take_out", args=[batch.public_id, version.public_id]))
    clerk.post(reverse("publishing:desk_batch_submit", args=[batch.public_id]))
    batch.refresh_from_db()
    assert (batch.state, batch.size, batch.round) == ("in_review", 2, 1) and batch.submitted_at


def test_too_many_rows_are_told():
    table = "标题\t正文\n" + "甲\t文\n" * 20_001
    assert "一次最多 20000 行" in precheck(table, check=lambda row: None).problem


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (f'[{{"标题": {"1" * 5000}, "正文": "文"}}]', "读不出这个 JSON 文件"),
        (r'[{"标题": "甲\ud800许可", "正文": "文"}]', "不能识别的字符"),
        (r'[{"标题": "甲许可", "正文": "文\u0000字"}]', "不能识别的字符"),
    ],
)
def test_signs_and_numbers_that_nothing_can_hold_are_answered_in_words(finance, enter, content, words):
    clerk = enter(finance.drafter)
    for then in ("check", "import"):
        assert words in checked(clerk, finance, content.encode(), "许可.json", then=then)
    assert not Batch.objects.exists()
