"""历史台账: an office imports its old Excel sheets, and the forms of their years are computed again."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from county import County
from freezing import on_day
from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Role
from gongkai.casework.models import ReviewCase
from gongkai.publishing.models import Item
from gongkai.statistics.actions import can_import_ledger, import_ledger, withdraw_import
from gongkai.statistics.compilation import compile_year
from gongkai.statistics.former import read_sheet
from gongkai.statistics.models import Filing, FormerLedger, FormerRow, FormerTable
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused

TODAY = date(2026, 3, 20)

ITEMS = """标题\t公开日期\t文件性质\t渠道\t文号\t成文日期\t失效日期\t单位
2017年政府工作要点\t2017-03-02\t\t政府网站、微信\t\t\t\t
关于用地补偿的通知\t2017/6/1\t规范性文件\t网站\t青财发〔2017〕3号\t2017-5-20\t2019-1-1\t财政局
《通知》解读\t2017年6月5日\t政策解读\t网站、微博\t\t\t\t青禾县财政局
关于公园的通知\t2018-01-10\t行政规范性文件\t公报\t青财发〔2017〕9号\t2017-12-28\t\t财政局
未公开的办法\t\t规范性文件\t\t青财发〔2017〕8号\t2017-11-01\t\t财政局
"""


@pytest.fixture
def office(county: County):
    return county.person("县政府", Role.DISCLOSURE_OFFICE)


@pytest.fixture
def bring(county: County, office):
    def read_and_import(kind: str, text: str) -> FormerLedger:
        read = read_sheet(kind, text, default=county.government, channel="website", today=TODAY)
        assert (read.problem, read.faults) == ("", [])
        return import_ledger(county.government, read, file_name="旧台账.xlsx", by=office, today=TODAY)

    return read_and_import


def region(county: County, year: int) -> dict[str, object]:
    return compile_year(year, Scope(county.government, whole_region=True)).values


def test_items_count_in_the_form_of_their_year(county, bring):
    bring("item", ITEMS)
    first = region(county, 2017)
    assert [first[cell] for cell in ("t14.1_1", "t14.1_1_a", "t14.1_1_b", "t14.2_2_3")] == [3, 1, 3, 1]
    assert [first[f"t14.1_2_{n}"] for n in range(1, 6)] == [0, 3, 1, 1, 0]
    assert region(county, 2018)["t14.1_2_1"] == 1
    later = region(county, 2019)
    # 公园 and the unpublished 办法 hold on; 用地补偿 ended on the first day of 2019.
    assert [later[f"t2.normdoc.{name}"] for name in ("made", "public", "total")] == [0, 0, 1]
    now = region(county, 2021)
    assert [now[f"t2.normdoc.{name}"] for name in ("made", "repealed", "valid")] == [0, 0, 2]


def test_an_organ_counts_its_own_rows_alone(county, bring):
    bring("item", ITEMS)
    values = compile_year(2017, Scope(county.organs["财政局"], whole_region=False)).values
    assert (values["t14.1_1"], values["t14.1_1_b"]) == (2, 3)


def test_a_document_that_is_an_item_here_counts_once(county, bring):
    from gongkai.publishing.skeleton import seed_columns

    bring("item", ITEMS)
    column = seed_columns()[0]
    Item.objects.create(
        agency=county.organs["财政局"], column=column, title="关于公园的通知", docno="青财发〔2017〕9号",
        formed_on=date(2017, 12, 28), normative_kind="normdoc", state="draft",
        created_by=county.person("财政局", Role.DRAFTER),
    )  # fmt: skip
    assert region(county, 2021)["t2.normdoc.valid"] == 2


def test_reviews_suits_registers_money_and_filed_figures(county, bring):
    bring(
        "review",
        "案号\t收到日期\t结果\t审结日期\n复1\t2019-12-20\t维持\t2020-02-01\n复2\t2020-06-01\t撤销\t2020-08-01\n复3\t2020-12-01\t\t\n",
    )
    bring(
        "lawsuit",
        "案号\t收到日期\t经过复议\t结果\t生效日期\n诉1\t2020-03-01\t是\t驳回起诉\t2020-09-01\n诉2\t2020-04-01\t否\t维持\t2021-01-05\n",
    )
    values = region(county, 2020)
    assert [values[f"t4.review.{name}"] for name in ("upheld", "corrected", "other", "pending", "total")] == [
        1,
        1,
        0,
        1,
        3,
    ]
    assert (values["t4.suit_after.other"], values["t4.suit_direct.pending"]) == (1, 1)
    bring("meeting", "会议名称\t召开日期\n一次会\t2017-02-01\n二次会\t2017-09-01\n")
    bring("training", "培训名称\t举办日期\t参训人次\n骨干班\t2017-05-05\t60\n")
    bring("conference", "发布会名称\t日期\t主要负责同志参加\n经济运行\t2017-05-05\t是\n民生\t2017-06-05\t\n")
    bring("complaint", "编号\t收到日期\n举1\t2017-07-01\n")
    bring("fee", "编号\t缴费日期\t金额\n票1\t2017-07-01\t1,250.5\n")
    bring(
        "figure", "年度\t指标\t数\t单位\t佐证\n2017\t兼职人员数\t91\t财政局\t编办函\n2017年\tt14.8_3_1\t2\t财政局\t\n"
    )
    values = region(county, 2017)
    wanted = {
        "t14.9_1": 2, "t14.9_2": 1, "t14.9_3": 60, "t14.2_2_1": 2, "t14.2_2_1_a": 1, "t14.6": 1, "t14.8_3": 93,
    }  # fmt: skip
    assert {cell: values[cell] for cell in wanted} == wanted
    assert str(values["t14.7"]) == "0.12505"
    cells = compile_year(2017, Scope(county.government, whole_region=True)).cells
    for cell in ("t14.9_1", "t14.9_2", "t14.9_3", "t14.2_2_1", "t14.2_2_1_a", "t14.6", "t14.7"):
        assert cells[cell].value == sum(row.as_record().amount for row in cells[cell].former()), cell
    filing = Filing.objects.get(cell="t14.8_3_2")
    assert (filing.evidence, filing.on_behalf) == ("旧台账.xlsx第 2 行；编办函", True)


@pytest.mark.parametrize(
    ("kind", "line", "column", "words"),
    [
        ("item", "标题\t公开日期\n要点\t2017-13-01", "公开日期", "不是日期"),
        ("item", "标题\t公开日期\n要点\t2027-01-01", "公开日期", "还没有到"),
        ("item", "标题\t公开日期\n要点\t1999-01-01", "公开日期", "早于条例施行"),
        ("item", "标题\t公开日期\n要点\t", "公开日期", "没有填"),
        ("item", "标题\t公开日期\n\t2017-01-01", "标题", "没有填"),
        ("item", f"标题\t公开日期\n{'长' * 201}\t2017-01-01", "标题", "太长"),
        ("item", "标题\t公开日期\t渠道\n要点\t2017-01-01\t飞鸽", "渠道", "不认识"),
        ("item", "标题\t公开日期\t类别\n要点\t2017-01-01\t奇文", "类别", "不认识"),
        ("item", "标题\t公开日期\t类别\n要点\t2017-01-01\t规章", "成文日期", "须写文号和成文日期"),
        ("item", "标题\t公开日期\t单位\n要点\t2017-01-01\t飞行局", "单位", "没有这个单位"),
        ("item", "标题\t公开日期\n要点\t2017-01-01\n要点\t2017-01-01", "整行", "与第 2 行相同；几个渠道"),
        ("item", "标题\t公开日期\n要点【内部资料】\t2017-01-01\n内部资料\t2017-01-02", "整行", "密级标志或者内部标注"),
        ("review", "案号\t收到日期\t结果\t审结日期\n复1\t2020-01-01\t维持\t", "审结日期", "要么都写"),
        ("review", "案号\t收到日期\t结果\t审结日期\n复1\t2020-02-01\t维持\t2020-01-01", "审结日期", "早于收到日期"),
        ("review", "案号\t收到日期\t结果\t审结日期\n复1\t2020-02-01\t驳回起诉\t2020-03-01", "结果", "不认识"),
        ("fee", "编号\t缴费日期\t金额\n票1\t2017-07-01\t-1", "金额（元）", "小于 0"),
        ("fee", "编号\t缴费日期\t金额\n票1\t2017-07-01\tNaN", "金额（元）", "不是数"),
        ("training", "培训名称\t举办日期\t人次\n班\t2017-07-01\t1.5", "参训人次", "小数位"),
        ("figure", "年度\t指标\t数\n2013\tt14.8_1\t1", "年度", "2014"),
        ("figure", "年度\t指标\t数\n2026\tt14.8_1\t1", "年度", "还没有过完"),
        ("figure", "年度\t指标\t数\n2017\t收到申请数\t1", "指标", "由台账算出"),
        ("figure", "年度\t指标\t数\n2017\t没有的数\t1", "指标", "没有这个填报指标"),
    ],
)
def test_a_fault_names_its_row_and_column_and_keeps_all_out(county, office, kind, line, column, words):
    read = read_sheet(kind, line, default=county.government, channel="website", today=TODAY)
    fault = read.faults[-1]
    assert fault.column == column
    assert words in fault.message
    with pytest.raises(Refused):
        import_ledger(county.government, read, file_name="x", by=office, today=TODAY)
    assert not FormerRow.objects.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "没有内容"), ("标题\t公开日期", "只有表头"), ("乱\t七\n八\t糟", "没有找到这几列：标题、公开日期"),
        ("标题\t名称\t日期\nx\ty\tz", "有两列都是“标题”"), ("标题\t日期\n\0\t1", "不能识别的字符"),
        ("标题\t日期\n\ud800\t1", "不能识别的字符"), ("标题\t日期\n" + "a\t2017-01-01\n" * 20_001, "一次最多"),
        ("标题\t日期\n" + "长" * 140_000 + "\t2017-01-01", "太长"),
    ],
)  # fmt: skip
def test_a_block_that_is_no_such_table(county, text, words):
    assert words in read_sheet("item", text, default=county.government, channel="website", today=TODAY).problem


def test_nothing_comes_in_twice(county, office, bring):
    bring("item", ITEMS)
    read = read_sheet("item", ITEMS, default=county.government, channel="website", today=TODAY)
    refusal = can_import_ledger(county.government, read, by=office, today=TODAY)
    assert refusal is not None
    assert "已于 2026-03-20 导入过" in refusal.message
    ReviewCase.objects.create(agency=county.government, docket="复1", review_body="市政府", filed_on=date(2020, 1, 1))
    bring("review", "案号\t收到日期\n复9\t2020-02-01\n")
    read = read_sheet(
        "review", "案号\t收到日期\n复1\t2020-02-01\n复9\t2020-02-01", default=county.government, channel="", today=TODAY
    )
    refusal = can_import_ledger(county.government, read, by=office, today=TODAY)
    assert refusal is not None
    assert "第 2 行 复1、第 3 行 复9" in refusal.message


def test_an_import_that_is_withdrawn_counts_no_longer_and_may_come_again(county, office, bring):
    ledger = bring("item", ITEMS)
    figures = bring("figure", "年度\t指标\t数\n2017\tt14.8_1\t4\n")
    for one in (ledger, figures):
        with pytest.raises(Refused, match="理由"):
            withdraw_import(one, reason=" ", by=office, today=TODAY)
        withdraw_import(one, reason="选错了文件", by=office, today=TODAY)
        with pytest.raises(Refused, match="已经撤销"):
            withdraw_import(one, reason="再来", by=office, today=TODAY)
    assert (region(county, 2017)["t14.1_1"], region(county, 2017)["t14.8_1"]) == (0, None)
    assert not Filing.objects.exists()
    bring("item", ITEMS)
    assert region(county, 2017)["t14.1_1"] == 3
    assert Entry.objects.filter(verb="statistics.withdraw_import").count() == 2


def test_an_organ_that_did_not_roll_up_then_is_told(county):
    from gongkai.agencies.models import ReportingLine

    ReportingLine.objects.filter(agency=county.organs["财政局"]).update(valid_from=date(2024, 1, 1))
    read = read_sheet("item", ITEMS, default=county.government, channel="website", today=TODAY)
    assert "财政局在 2017 年底还不汇总到本县" in read.faults[0].message


# At the screen -------------------------------------------------------------------------------------------------------


def sheet(text: str, name: str = "2017年公开台账.xlsx") -> SimpleUploadedFile:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        page = book.add_worksheet("台账")
        for number, line in enumerate(text.strip().split("\n")):
            page.write_row(number, 0, line.split("\t"))
    return SimpleUploadedFile(name, held.getvalue())


@pytest.fixture
def desk(client, office):
    with on_day(TODAY):
        client.force_login(office)
        yield client


def test_the_office_imports_a_file_and_opens_the_figure_to_its_rows(county, desk):
    assert "导入主动公开信息" in desk.get("/desk/statistics/former/").content.decode()
    address, agency = "/desk/statistics/former/import/item/", county.government.pk
    wrong = ITEMS.replace("2017/6/1", "2017/6/31")
    page = desk.post(address, {"agency": agency, "channel": "website", "file": sheet(wrong), "then": "import"})
    assert page.status_code == 422
    assert "“2017/6/31”不是日期" in page.content.decode()
    assert not FormerLedger.objects.exists()
    # What was read stands in the text area, with the file's name: corrected there and sent again.
    assert "用地补偿" in page.content.decode()
    shared = {"agency": agency, "channel": "website", "source": "2017年公开台账.xlsx", "table": ITEMS}
    page = desk.post(address, shared | {"then": "check"})
    assert "5 行都可以导入，还没有存入任何一行" in page.content.decode()
    assert not FormerLedger.objects.exists()
    done = desk.post(address, shared | {"then": "import"})
    ledger = FormerLedger.objects.get()
    assert done.url == ledger.get_absolute_url()
    assert "2017年公开台账.xlsx" in desk.get(done.url).content.decode()
    cell = desk.get("/desk/statistics/2017/t14.1_1/?scope=region").content.decode()
    assert "2017年政府工作要点（2017年公开台账.xlsx第 2 行）" in cell
    assert desk.post(done.url, {"reason": "试一试"}).status_code == 302
    assert "已撤销" in desk.get("/desk/statistics/former/").content.decode()


@pytest.mark.parametrize("kind", ["item", "review", "figure"])
def test_garbage_is_refused_in_words(county, desk, kind):
    for text in ("\0", "x" * 4_000_001, "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), 'a,b\n"', ""):
        page = desk.post(f"/desk/statistics/former/import/{kind}/", {"agency": county.government.pk, "table": text})
        assert page.status_code == 422


def test_it_is_not_there_for_anybody_else(county, client):
    client.force_login(county.person("财政局", Role.STATISTICIAN))
    for address in ("", "tables/", "import/item/"):
        assert client.get(f"/desk/statistics/former/{address}").status_code == 404
    assert client.post("/desk/statistics/former/import/item/", {"table": ITEMS}).status_code == 404


# Whole tables --------------------------------------------------------------------------------------------------------


def printed(values: dict[str, object], year: int) -> str:
    """The year's tables as lines of cells, as somebody copies them out of Word."""
    from gongkai.statistics.tables import squares
    from gongkai_core.returns import form_for

    lines = [f"{year}年政府信息公开工作年度报告"]
    for _, title, rows, _ in squares(form_for(year), values):
        lines.append(title)
        lines += [
            "".join(
                f"\t{one.box.text if one.box.cell is None else ('' if one.value is None else one.value)}" for one in row
            )
            for row in rows
        ]
    return "\n".join(lines)


def test_a_printed_table_stands_in_place_of_the_ledgers(county, desk):
    from gongkai_core.returns import derive, form_for

    form = form_for(2020)
    values = dict(
        derive(form, dict.fromkeys(form.cell_ids, 0) | {"t3.r1.natural_person": 7, "t3.r3_1.natural_person": 7})
    )
    contradicting = values | {"t3.r1.total": 8}
    address = "/desk/statistics/former/tables/"
    given = {
        "agency": county.government.pk, "scope": "region", "year": 2020, "table": printed(contradicting, 2020),
        "evidence": "档案室 2020-12 卷", "source": "2020年报.docx",
    }  # fmt: skip
    page = desk.post(address, given | {"then": "check"})
    assert "照原件入库的，写明理由" in page.content.decode()
    page = desk.post(address, given | {"then": "import"})
    assert page.status_code == 422
    assert not FormerTable.objects.exists()
    done = desk.post(address, given | {"then": "import", "as_printed": "已对照纸质件"})
    table = FormerTable.objects.get()
    assert done.url == table.get_absolute_url()
    assert "已对照纸质件" in desk.get(done.url).content.decode()
    compilation = compile_year(2020, Scope(county.government, whole_region=True))
    assert compilation.values == {cell: contradicting[cell] for cell in form.cell_ids}
    assert compilation.cells["t3.r1.total"].origin == "filed"
    assert "照原件：已对照纸质件" in compilation.explanations["t3.r1.total"]
    assert {finding.rule for finding in compilation.report.errors} >= {"R19-T3-a"}
    cell = desk.get("/desk/statistics/2020/t3.r1.total/?scope=region").content.decode()
    assert "档案室 2020-12 卷" in cell
    # The 本级 figures are still those of the ledgers; once taken back, the region's are again.
    assert compile_year(2020, Scope(county.government, whole_region=False)).cells["t3.r1.total"].value == 0
    again = desk.post(address, given | {"then": "import", "as_printed": "再来"})
    assert "先撤销那一次导入" in again.content.decode()
    assert desk.post(done.url, {"reason": "口径不对"}).status_code == 302
    assert region(county, 2020)["t3.r1.total"] == 0


def test_a_table_that_is_not_there_is_refused(county, desk):
    given = {"agency": county.government.pk, "scope": "organ", "year": 2020, "evidence": "卷", "table": "一封信"}
    page = desk.post("/desk/statistics/former/tables/", given)
    assert page.status_code == 422
    assert "没有读到 2020 年度的表" in page.content.decode()
    for change in ({"year": 2026}, {"year": 2013}, {"agency": county.organs["财政局"].pk, "scope": "region"}):
        assert desk.post("/desk/statistics/former/tables/", given | change).status_code == 422
