"""按台账办结: an old ledger's answered applications stand as they were, and the years' figures come out of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from freezing import on_day
from gongkai.agencies.ledger import Period, Scope
from gongkai.casework import actions, queues
from gongkai.casework.figures import figures
from gongkai.casework.models import Case, CaseFile, LedgerClosing, Notice, ReviewCase
from gongkai.trail.models import Entry

from . import test_desk
from .conftest import MONDAY, World, application
from .over_http import case_page, signed_in
from .test_case_papers import send, upload
from .test_import import URL

today = test_desk.today
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEADS = (
    "申请日期", "渠道", "类型", "姓名", "电话", "申请内容", "内容摘要", "结果", "主要理由", "答复日期", "文号", "送达日", "归档日",
    "延期告知日", "补正告知日", "收到补正日", "征求第三方意见日", "收到第三方意见日", "复议案号", "复议机关", "复议收到日", "复议结果",
    "复议审结日", "诉讼案号", "法院", "诉讼收到日", "诉讼结果", "诉讼生效日",
)  # fmt: skip


def row(**cells: str) -> list[str]:
    """A line of the ledger; what is not named is empty."""
    plain = {
        "申请日期": "2018-01-26", "渠道": "挂号信", "类型": "公民", "姓名": "村民甲", "电话": "0990-1", "申请内容": "补偿方案",
        "内容摘要": "补偿方案", "结果": "同意公开", "答复日期": "2018-02-20", **cells,
    }  # fmt: skip
    assert set(plain) <= set(HEADS)
    return [plain.get(head, "") for head in HEADS]


def sent(world: World, *rows: Sequence[str], then: str = "import", by: Any = None) -> str:
    table = "\n".join("\t".join(line) for line in (HEADS, *rows))
    data = {
        "agency": world.bureau.pk, "channel": "online", "kind": "natural_person", "provide_form": "electronic",
        "provide_route": "online", "table": table, "then": then,
    }  # fmt: skip
    with on_day(MONDAY):
        return signed_in(by or world.staff.registrar).post(URL, data).content.decode()


def counted(world: World, year: int) -> dict[str, int]:
    found = figures(Period(date(year, 1, 1), date(year, 12, 31)), Scope(world.bureau, whole_region=False))
    return {cell: int(figure.value) for cell, figure in found.items() if figure.value}


def test_a_case_of_2018_stands_closed_with_letter_clock_and_cell_of_then(world: World) -> None:
    line = row(文号="清建告〔2018〕7号", 送达日="2018-02-23", 归档日="2018-03-30")
    page = sent(world, line, then="check")
    assert "可以导入 1 行，其中 1 行按台账办结，有错 0 行" in page and not Case.objects.exists()
    page = sent(world, line)
    case = Case.objects.get()
    assert case.number in page and "已归档" in page
    assert (case.law, case.received_on, case.reply_by) == ("492", date(2018, 1, 26), date(2018, 2, 22))
    assert (case.state, case.archived_on) == ("archived", date(2018, 3, 30))
    assert (case.counted_on, case.counted_outcome, case.counted_timely) == (
        date(2018, 2, 20), "grant.provide", "ontime",
    )  # fmt: skip
    notice = case.notices.get()
    delivery = notice.deliveries.get()
    assert (notice.number, notice.letter, notice.signed_on) == ("清建告〔2018〕7号", "L09b", date(2018, 2, 20))
    assert (delivery.sent_on, delivery.delivered_on) == (date(2018, 2, 20), date(2018, 2, 23))
    assert "2018" in case.number and counted(world, 2026) == {}
    year = counted(world, 2018)
    assert {cell: value for cell, value in year.items() if cell.startswith("t14.")} == {
        "t14.3_1": 1, "t14.3_1_4": 1, "t14.3_2": 1, "t14.3_2_1": 1, "t14.3_3_2": 1,
    }  # fmt: skip
    html = case_page(world.staff.registrar, case, MONDAY)
    assert "以前的台账" in html and world.staff.registrar.name in html and "<dt>拟办</dt>" not in html
    assert Entry.objects.get(verb="casework.enter_closed").facts["outcome"] == "grant.provide"
    assert "1 行以前已经导入" in sent(world, line) and Case.objects.count() == 1


def test_every_year_and_form_is_counted(world: World) -> None:
    rows = [
        row(姓名="甲一", 结果="涉及商业秘密", 答复日期="2018-03-10", 延期告知日="2018-02-20", 征求第三方意见日="2018-02-01",
            收到第三方意见日="2018-02-05"),
        row(姓名="甲二", 结果="信息不存在", 答复日期="2018-06-01"),
        row(姓名="甲三", 申请日期="2019-12-20", 渠道="网上", 类型="企业", 结果="部分公开", 答复日期="2020-01-10"),
        row(姓名="甲四", 申请日期="2022-03-01", 渠道="当面", 结果="撤回", 答复日期="2022-03-08"),
        row(姓名="甲五", 申请日期="2022-03-01", 渠道="当面", 结果="不是政府信息", 补正告知日="2022-03-03", 收到补正日="2022-03-09",
            答复日期="2022-04-01"),
        row(姓名="甲六", 申请日期="2018-05-02", 结果="同意公开", 补正告知日="2018-05-04", 收到补正日="2018-05-10",
            答复日期="2018-05-20"),
    ]  # fmt: skip
    page = sent(world, *rows)
    assert "没有导入的行" not in page, page
    year = counted(world, 2018)
    assert year["t14.3_1"] == 3 and year["t14.3_2"] == 3 and year["t14.3_2_2"] == 1
    assert year["t14.3_3_4_b"] == year["t14.3_3_6"] == year["t14.3_3_2"] == year["t14.3_3_7"] == 1
    assert Case.objects.get(counted_outcome="unable.not_held.not_exist").counted_timely == "overdue"
    assert Case.objects.get(counted_outcome="refuse.third_party").counted_timely == "extended"
    first, second = counted(world, 2019), counted(world, 2020)
    assert (
        first["t3.r1.business"]
        == first["t3.r4.business"]
        == second["t3.r2.business"]
        == second["t3.r3_2.business"]
        == 1
    )
    assert "t3.r1.business" not in second
    last = counted(world, 2022)
    assert last["t3.r1.natural_person"] == 2 and last["t3.r3_6_3.natural_person"] == 2
    withdrawn = Case.objects.get(counted_outcome="other.withdrawn")
    assert (withdrawn.state, withdrawn.counted_timely) == ("withdrawn", "withdrawn")
    corrected = Case.objects.get(counted_outcome="other.not_gov_info")
    assert corrected.reply_by == date(2022, 4, 7) and corrected.counted_timely == "ontime"


def test_review_and_suit_come_with_their_results_and_count_once(world: World) -> None:
    review = {"复议案号": "清府复〔2022〕3号", "复议机关": "清溪县人民政府", "复议收到日": "2022-05-06", "复议结果": "撤销",
              "复议审结日": "2022-06-20"}  # fmt: skip
    suit = {"诉讼案号": "（2022）清行初3号", "法院": "清溪县人民法院", "诉讼收到日": "2022-07-01"}
    base = {"申请日期": "2022-03-01", "渠道": "当面", "结果": "信息不存在", "答复日期": "2022-03-15"}
    page = sent(world, row(姓名="甲一", **base, **review, **suit), row(姓名="甲二", **base, **review),
                row(姓名="甲三", **base, **{**review, "复议结果": "维持"}))  # fmt: skip
    assert "案号 清府复〔2022〕3号 已经登记，与这一行写的机关、日期或者结果不同" in page
    assert Case.objects.count() == 2, "the contradicting row is not half there"
    found = ReviewCase.objects.get()
    assert (found.outcome, found.cases.count()) == ("revoked", 2)
    year = counted(world, 2022)
    assert (
        year["t4.review.corrected"] == 1 and year["t4.suit_after.pending"] == 1 and "t4.suit_direct.pending" not in year
    )
    assert not [task for task in queues.tasks(world.office, on=MONDAY) if task.kind == "重新答复"]


def test_a_wrong_row_says_which_cells_and_leaves_nothing(world: World) -> None:
    wrong = {
        "一": (row(姓名="一", 结果="飞了", 答复日期="2018-02-30", 送达日="x"), ["办理结果“飞了”不认识", "答复日“2018-02-30”不是日期", "送达日“x”不是日期"]),
        "二": (row(姓名="二", 答复日期=""), ["写了办理结果，没有写答复日"]),
        "三": (row(姓名="三", 结果="", 文号="1号", 答复日期=""), ["写了答复文号，没有写办理结果和答复日"]),
        "四": (row(姓名="四", 送达日="2018-02-01", 归档日="2018-02-02"), ["送达日 2018-02-01 早于答复日", "归档日 2018-02-02 早于答复日"]),
        "五": (row(姓名="五", 内容摘要=""), ["内容摘要没有写"]),
        "六": (row(姓名="六", 答复日期="2018-01-20"), ["早于"]),
        "七": (row(姓名="七", 结果="无正当理由大量反复申请"), ["旧条例没有"]),
        "八": (row(姓名="八", 结果="逾期不补正", 申请日期="2022-03-01", 答复日期="2022-04-01"), ["没有写补正告知日"]),
        "九": (row(姓名="九", 结果="保护第三方合法权益（商业秘密、个人隐私等）"), ["主要理由没有写"]),
        "十": (row(姓名="十", 复议案号="3号", 复议结果="维持"), ["没有写复议机关", "没有写复议收到日", "没有写复议审结日"]),
        "百": (row(姓名="百", 答复日期="2026-05-01"), ["还没有到"]),
        "千": (row(姓名="千", 文号="长" * 61), ["答复文号太长"]),
    }  # fmt: skip
    lines = [line for line, _ in wrong.values()]
    page = sent(world, *lines, row(), then="check")
    assert "可以导入 1 行，其中 1 行按台账办结，有错 12 行" in page, page
    for _, words in wrong.values():
        for each in words:
            assert each in page, each
    assert not Case.objects.exists() and not Notice.objects.exists()
    sent(world, *lines, row())
    assert Case.objects.count() == LedgerClosing.objects.count() == 1


def test_abandoned_then_needs_a_term_that_had_passed(world: World) -> None:
    heads = (*HEADS, "补正截止日")
    base = {"申请日期": "2022-03-01", "渠道": "当面", "结果": "逾期不补正", "补正告知日": "2022-03-03"}
    rows = [
        [*row(姓名=name, 答复日期=on, **base), "2022-03-25"]
        for name, on in (("甲", "2022-03-20"), ("乙", "2022-03-28"))
    ]
    table = "\n".join("\t".join(line) for line in (heads, *rows))
    data = {"agency": world.bureau.pk, "channel": "online", "kind": "natural_person", "provide_form": "electronic",
            "provide_route": "online", "table": table, "then": "import"}  # fmt: skip
    with on_day(MONDAY):
        page = signed_in(world.staff.registrar).post(URL, data).content.decode()
    assert "不能视为放弃" in page
    case = Case.objects.get()
    assert (case.abandoned_on, case.counted_outcome) == (date(2022, 3, 28), "other.no_amend")
    assert counted(world, 2022)["t3.r3_6_1.natural_person"] == 1


def test_the_scan_of_the_answer_comes_later_and_no_paper_is_made_up(world: World) -> None:
    sent(world, row(文号="清建告〔2018〕7号", 归档日="2018-03-30"), by=world.office)
    case = Case.objects.get()
    assert send(world.staff.registrar, case, upload("the answer"), on=MONDAY, kind="answer").status_code == 302
    made = actions.open_volume(case, kind="archive", purpose="归档案卷", by=world.staff.registrar, today=MONDAY)
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        names = archive.namelist()
    assert [name for name in names if name.startswith("03-文书") and "当时的答复原件" in name]
    assert not [name for name in names if "审批单" in name or "送达回证" in name]
    with on_day(MONDAY):
        page = signed_in(world.staff.registrar).get(case.notices.get().get_absolute_url()).content.decode()
    assert "据以前的台账登记（清建告〔2018〕7号）" in page


def test_who_may_not_register_closes_nothing(world: World) -> None:
    received = actions.receive(world.bureau, **application(channel="in_person"))
    refusal = actions.can_enter_closed(received.case, by=world.staff.handler, today=MONDAY)
    assert refusal and refusal.code == "wrong_role"
    assert not CaseFile.objects.exists()
