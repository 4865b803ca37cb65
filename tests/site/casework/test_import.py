"""Applications come in by list, from a ledger or a superior's platform; what happens is typed back there."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from office_samples import xlsx

from citizen import Citizen
from gongkai.agencies.models import Setting
from gongkai.casework import actions, queues, superior
from gongkai.casework.models import Case, Channel, PlatformEntry
from gongkai.trail.models import Entry

from . import test_desk
from .conftest import MONDAY, World, answer, application, refused
from .test_desk import signed_in

today = test_desk.today
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
URL, BACK = "/desk/casework/import/", "/desk/casework/type-back/"
HEADS = "申请编号\t申请时间\t申请人\t身份证号\t手机\t申请内容\t内容摘要\t获取方式"
ROWS = [
    "SZ2026001\t2026-03-02 09:30\t村民甲\t110101199003071233\t13800000001\t柳林路补偿方案\t补偿方案\t邮寄",
    "SZ2026002\t2026年3月2日\t村民乙\t\t13800000002\t柳林路中标通知书\t\t",
]


@pytest.fixture
def at_superior(db: None) -> None:
    Setting.objects.create(key=superior.MODE.key, value="上级平台")
    Setting.objects.create(key=superior.ADDRESS.key, value="https://sqgk.example.gov.cn/apply")


def sent(world: World, *rows: str, then: str = "check", heads: str = HEADS, **more: Any) -> dict[str, Any]:
    return {
        "agency": world.bureau.pk, "channel": "online", "kind": "natural_person", "provide_form": "electronic",
        "provide_route": "online", "table": "\n".join((heads, *rows)), "then": then, **more,
    }  # fmt: skip


def test_a_list_keeps_the_superiors_numbers_and_is_never_taken_twice(
    world: World, today: Any, at_superior: None
) -> None:
    clerk = signed_in(world.staff.registrar)
    page = clerk.post(URL, sent(world, *ROWS)).content.decode()
    assert "可以导入 2 行（其中 1 行没有内容摘要，导入后待登记），有错 0 行" in page and not Case.objects.exists()
    done = clerk.post(URL, sent(world, *ROWS, then="import")).content.decode()
    first, second = Case.objects.order_by("pk")
    assert (first.superior_number, first.state, first.received_on) == ("SZ2026001", "registered", MONDAY)
    assert (second.superior_number, second.state) == ("SZ2026002", "received")
    assert (first.channel, first.provide_route, second.provide_route) == (Channel.ONLINE, "post", "online")
    assert first.applicant.id_type == "resident" and "村民甲" not in done and first.number in done
    again = clerk.post(URL, sent(world, *ROWS, then="import"))
    assert Case.objects.count() == 2 and "以前已导入 2 行" in again.content.decode()
    row = actions.Listed(1, "other", "", {"superior_number": "SZ2026001"})
    refusal = actions.can_import_row(world.bureau, row, by=world.staff.registrar, today=MONDAY)
    assert refusal and refusal.code == "known"


def test_wrong_rows_are_named_and_nothing_is_lost(world: World, today: Any) -> None:
    clerk = signed_in(world.staff.registrar)
    bad = [
        "\t2026-13-40\t村民丙\t\t1\t内容\t\t", "\t2026-03-02\t\t\t1\t内容\t\t", "\t2026-03-02\t村民丁\t\t\t内容\t\t",
        "\t2026-03-02\t村民戊\t\t1\t内容\t\t飞鸽", "\t2026-03-03\t村民己\t\t1\t内容\t\t", "\t\t村民庚\t\t1\t内容\t\t",
        "\t2026-03-02\t村民辛\t\t1\t内容\t村民辛的事\t", f"\t2026-03-02\t村民壬\t\t1\t{'长' * 5001}\t\t",
        "\t2026-03-02\t村民癸\t\t1\t绝密★长期\t\t",
    ]  # fmt: skip
    page = clerk.post(URL, sent(world, *bad, ROWS[0])).content.decode()
    assert "可以导入 1 行" in page and "有错 9 行" in page
    for words in (
        "不是日期",
        "姓名或者名称",
        "联系方式",
        "不认识",
        "还没有到",
        "没有收件日",
        "申请人的姓名",
        "太长",
        "密级标志",
    ):
        assert words in page, words
    assert "村民丙" in page and "飞鸽" in page  # the block stands in its field as it was pasted
    done = clerk.post(URL, sent(world, *bad, ROWS[0], then="import")).content.decode()
    assert Case.objects.count() == 1 and "没有导入的行" in done


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "请粘贴表格"), ("编号\t电话\n1\t2", "第一行须是表头"), (HEADS, "只有表头"),
        ("姓名\t申请人\t申请内容\na\tb\tc", "有两列都是"), ("姓名\t申请内容\n\0\tb", "不能"),
        ("\n".join([HEADS, *ROWS[:1] * 501]), "一次最多"),
    ],
)  # fmt: skip
def test_a_block_that_cannot_be_read_says_why(world: World, today: Any, table: str, words: str) -> None:
    answer_ = signed_in(world.staff.registrar).post(URL, sent(world) | {"table": table})
    assert words in answer_.content.decode() and answer_.status_code == 422


def test_a_ledger_without_numbers_is_imported_once(world: World, today: Any) -> None:
    clerk = signed_in(world.staff.registrar)
    book = xlsx({"台账": ("visible", [["姓名", "电话", "申请内容", "收件日", "渠道", "签收日"],
                ["村民甲", "0990-1", "补偿方案", "2026-03-02", "挂号信", "2026-03-02"],
                ["村民甲", "0990-1", "补偿方案", "2026-03-02", "挂号信", "2026-03-02"]])})  # fmt: skip
    data = sent(world) | {"table": ""}
    for _ in range(2):
        file = SimpleUploadedFile("台账.xlsx", book)
        clerk.post(URL, {**data, "file": file, "then": "import"})
    cases = Case.objects.order_by("pk")
    assert [case.channel for case in cases] == ["post_signed"] * 2  # two equal rows are two letters
    assert cases[1].duplicate_of == cases[0] and cases[0].state == "received"
    assert signed_in(world.staff.handler).get(URL).status_code == 404


# Typed back ---------------------------------------------------------------------------------------------------------


def test_what_happens_is_listed_to_be_typed_back_and_ticked(world: World, today: Any, at_superior: None) -> None:
    staff = world.staff
    clerk = signed_in(staff.registrar)
    clerk.post(URL, sent(world, ROWS[0], then="import"))
    case = Case.objects.get()
    case = actions.assign(case, handler=staff.handler, by=staff.registrar, today=MONDAY)
    case = actions.start_examination(case, by=staff.handler, today=MONDAY)
    case = actions.start_processing(case, by=staff.handler, today=MONDAY)
    answer(case, world, "grant.provide", on=date(2026, 3, 5))
    words = list(PlatformEntry.objects.order_by("pk").values_list("words", flat=True))
    assert len(words) == 2 and f"登记号 {case.number}，收到日 2026-03-02，答复期限 2026-03-30" in words[0]
    assert words[1].startswith("答复，可以公开") and "2026-03-05 查询页推送发出" in words[1]
    (task,) = [row for row in queues.tasks(staff.registrar, on=MONDAY) if row.kind == "回填"]
    assert task.url == BACK
    page = clerk.get(BACK).content.decode()
    assert "SZ2026001" in page and "村民" not in page
    sheet = clerk.get(f"{BACK}list/").content
    rows = python_calamine.CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert rows[1][0] == "SZ2026001" and len(rows) == 3
    first = PlatformEntry.objects.order_by("pk")[0]
    assert "还没有勾选" in clerk.post(BACK, {}, follow=True).content.decode()
    clerk.post(BACK, {"entry": [str(first.public_id), "x"]})
    first.refresh_from_db()
    assert (first.typed_by, first.typed_on) == (staff.registrar, MONDAY)
    assert "已经回填过" in clerk.post(BACK, {"entry": str(first.public_id)}, follow=True).content.decode()
    assert "登记，登记号" in clerk.get(f"{BACK}?state=typed").content.decode()
    assert Entry.objects.get(verb="casework.type_back").facts["event"] == "register"
    foreign = signed_in(world.foreign)
    assert "SZ2026001" not in foreign.get(BACK).content.decode()
    other = PlatformEntry.objects.order_by("pk")[1]
    foreign.post(BACK, {"entry": str(other.public_id)})
    other.refresh_from_db()
    assert other.typed_on is None
    with refused("needs_role"):
        actions.type_back([other], by=world.foreign, today=MONDAY)


def test_a_case_filed_here_leaves_nothing_to_type_back(world: World, registered: Any) -> None:
    registered()
    assert not PlatformEntry.objects.exists()


# The public entrance -------------------------------------------------------------------------------------------------


def test_the_entrance_is_a_link_to_the_superiors_platform(world: World, at_superior: None) -> None:
    page = Client().get("/apply/").content.decode()
    assert 'href="https://sqgk.example.gov.cn/apply"' in page and 'href="/apply/organ/' not in page
    assert "结果查询" in page and "申请表" in page
    assert Client().get("/apply/organ/").headers["Location"] == "/apply/"
    with refused("superior_platform"):
        actions.receive(world.bureau, **application())
    assert actions.receive(world.bureau, **application(by=world.staff.registrar, channel="in_person")).created


def test_whoever_was_writing_when_it_changed_is_told(world: World) -> None:
    citizen = Citizen(world.bureau)
    citizen.until_confirm()
    data = citizen.confirmation()
    Setting.objects.create(key=superior.MODE.key, value="上级平台")
    page = citizen.post("/apply/confirm/", data).content.decode()
    assert "请到上级平台提交" in page and citizen.wish in page and not Case.objects.exists()


def test_the_address_is_an_address(world: World) -> None:
    superior.ADDRESS.change("https://sqgk.example.gov.cn/", by=world.office)
    superior.ADDRESS.change("", by=world.office)
    with pytest.raises(ValueError):
        superior.ADDRESS.change("javascript:alert(1)", by=world.office)
