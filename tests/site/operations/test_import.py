"""机关人员导入: what is wrong is found before anything is kept, and one wrong row keeps out all."""

from __future__ import annotations

import io
import re
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Agency, Appointment, Installation, ReportsTo, Role, User
from gongkai.documents.models import Blob
from gongkai.operations import staff_sheet
from gongkai.operations.actions import import_staff, rehearse
from gongkai.operations.models import Invitation, StaffUpload
from gongkai.operations.staff_sheet import AGENCIES, COLUMNS, PEOPLE
from gongkai.trail.chain import verify
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused

from .conftest import CLERK, FINANCE, PASSWORD, Rows, credit_code, workbook

pytestmark = pytest.mark.django_db

TOWN = FINANCE | {
    "全称": "云泉县青石镇人民政府",
    "简称": "青石镇",
    "统一社会信用代码": credit_code(3),
    "机关代字": "青石府",
    "法律性质": "政府",
}
VILLAGE = {
    "全称": "青石镇柳溪村村民委员会",
    "简称": "柳溪村",
    "统一社会信用代码": credit_code(4),
    "法律性质": "村居",
    "上级机关": "青石镇",
}
TAX = FINANCE | {
    "全称": "国家税务总局云泉县税务局",
    "简称": "县税务局",
    "统一社会信用代码": credit_code(5),
    "法律性质": "垂管",
}


def faults_of(agencies: Rows, people: Rows, today: date) -> list[str]:
    _, faults = rehearse(staff_sheet.read(workbook(agencies, people)), by=None, today=today)
    return [str(fault) for fault in faults]


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Agency, User, Appointment, Invitation, Entry))


def test_organs_people_posts_and_links_are_made(office: Installation, today: date) -> None:
    # A village stands before the town it belongs to; a person holds posts in two organs.
    people = [CLERK, {"账号": "li", "姓名": "李拟稿", "机关": "云泉县青石镇人民政府", "角色": "签发人"}]
    sheet = staff_sheet.read(workbook([VILLAGE, FINANCE, TOWN, TAX], people))
    made = import_staff(sheet, by=None, today=today, source="digest")
    village = Agency.objects.get(short_name="柳溪村")
    assert village.parent == Agency.objects.get(short_name="青石镇")
    assert Agency.objects.get(short_name="县财政局").parent == office.government
    reports = {
        line.agency.short_name: line.reports_to for agency in made.agencies for line in agency.reporting_lines.all()
    }
    assert reports == {
        "柳溪村": ReportsTo.COUNTY,
        "县财政局": ReportsTo.COUNTY,
        "青石镇": ReportsTo.COUNTY,
        "县税务局": ReportsTo.SUPERIOR,
    }
    clerk = User.objects.get(username="li")
    assert not clerk.has_usable_password()
    held = {(post.agency.short_name, post.role, post.title) for post in clerk.posts_on(today)}
    assert held == {
        ("县财政局", Role.DRAFTER, "科员"),
        ("县财政局", Role.HANDLER, "科员"),
        ("青石镇", Role.PUBLISHER, ""),
    }
    assert [handout.user for handout in made.handouts] == [clerk]
    assert made.handouts[0].token not in str(list(Invitation.objects.values()))
    assert verify().holds
    entry = Entry.objects.order_by("-id").first()
    assert (entry.verb, entry.facts["agencies"], entry.facts["posts"]) == ("operations.import_staff", 4, 3)
    assert "李拟稿" not in str(list(Entry.objects.values_list("facts", flat=True)))


@pytest.mark.parametrize(
    ("agencies", "people", "words"),
    [
        ([FINANCE | {"简称": ""}], [], "机关表第 2 行“简称”：没有填"),
        ([FINANCE | {"统一社会信用代码": credit_code(2)[:-1] + "A"}], [], "机关表第 2 行“统一社会信用代码”"),
        ([FINANCE | {"统一社会信用代码": 113607220000000020}], [], "文本格式"),
        ([FINANCE | {"法律性质": "局"}], [], "“局”不在可选的词中：政府、部门"),
        ([FINANCE | {"报送": "省里"}], [], "“省里”不在可选的词中"),
        ([FINANCE | {"司法行政部门": "也许"}], [], "“也许”不在可选的词中：是、否"),
        ([FINANCE | {"机关代字": ""}], [], "“机关代字”：没有填"),
        ([FINANCE | {"电子邮箱": "someone"}], [], "机关表第 2 行“电子邮箱”"),
        ([FINANCE | {"邮政编码": "12"}], [], "应为 6 位数字"),
        ([FINANCE | {"简称": "局" * 31}], [], "机关表第 2 行“简称”"),
        ([FINANCE | {"上级机关": "没有这个局"}], [], "机关表第 2 行“上级机关”：没有“没有这个局”这个机关"),
        ([FINANCE, FINANCE], [], "机关表第 3 行“全称”：“云泉县财政局”已有"),
        ([FINANCE | {"全称": "云泉县人民政府"}], [], "“云泉县人民政府”已有"),
        ([FINANCE, TOWN | {"简称": "县财政局"}], [CLERK], "人员表第 2 行“机关”：“县财政局”有 2 个，请写全称"),
        ([FINANCE], [CLERK | {"姓名": ""}], "人员表第 2 行“姓名”：没有填"),
        ([FINANCE], [CLERK | {"角色": "局长"}], "人员表第 2 行“角色”：没有“局长”这个角色"),
        ([FINANCE], [CLERK | {"角色": "拟稿人、拟稿人"}], "写了两次"),
        ([FINANCE], [CLERK | {"账号": "li si"}], "账号中不能有空格"),
        ([FINANCE], [CLERK | {"机关": "别的局"}], "人员表第 2 行“机关”：没有“别的局”这个机关"),
        ([FINANCE], [CLERK, CLERK | {"姓名": "李四"}], "人员表第 3 行“姓名”：账号 li 已是李拟稿的"),
        ([FINANCE], [CLERK, CLERK], "人员表第 3 行“角色”：李拟稿在县财政局已有“拟稿人”岗位"),
        ([FINANCE], [CLERK | {"账号": "admin", "姓名": "王管理"}], "是系统管理员，不能办理业务"),
        ([FINANCE], [CLERK | {"角色": "安全管理员、审计管理员"}], "不能兼任审计管理员"),
    ],
)
def test_one_wrong_row_keeps_out_all(
    office: Installation, today: date, agencies: Rows, people: Rows, words: str
) -> None:
    before = counts()
    faults = faults_of([*agencies, TAX], people, today)
    assert any(words in fault for fault in faults), faults
    with pytest.raises(Refused, match="一行也没有导入"):
        import_staff(staff_sheet.read(workbook([*agencies, TAX], people)), by=None, today=today, source="")
    assert counts() == before


def test_a_wrong_organ_is_reported_once_not_again_with_everybody_in_it(office: Installation, today: date) -> None:
    wrong = FINANCE | {"法律性质": "局"}
    child = TAX | {"上级机关": "县财政局"}
    assert len(faults_of([wrong, child], [CLERK, CLERK | {"账号": "second"}], today)) == 1


def test_two_organs_above_each_other_are_refused(office: Installation, today: date) -> None:
    ring = [FINANCE | {"上级机关": "县税务局"}, TAX | {"上级机关": "县财政局"}]
    assert any("没有“县税务局”这个机关" in fault for fault in faults_of(ring, [], today))


def test_people_come_later_into_organs_already_there(office: Installation, today: date) -> None:
    import_staff(staff_sheet.read(workbook([FINANCE], [CLERK])), by=None, today=today, source="")
    later = [CLERK | {"角色": "审核人"}, CLERK | {"账号": "zhao", "姓名": "赵审核"}]
    made = import_staff(staff_sheet.read(workbook([], later)), by=None, today=today, source="")
    assert [user.username for user in made.people] == ["zhao"]
    assert [handout.user.username for handout in made.handouts] == ["zhao"]
    assert made.posts == 3


def test_the_template_explains_itself_and_its_examples_are_not_read() -> None:
    data = staff_sheet.template()
    with pytest.raises(Refused, match="没有一行内容"):
        staff_sheet.read(data)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == [AGENCIES, PEOPLE, "说明"]
    for name, columns in COLUMNS.items():
        headings = book.get_sheet_by_name(name).to_python()[0]
        assert headings == [column.heading + ("*" if column.required else "") for column in columns]


def test_a_number_typed_into_a_text_column_is_read_as_typed(office: Installation, today: date) -> None:
    sheet = staff_sheet.read(workbook([FINANCE | {"邮政编码": 341600, "联系电话": 1234567}], []))
    assert sheet.faults == []
    assert (sheet.agencies[0].facts["postcode"], sheet.agencies[0].facts["phone"]) == ("341600", "1234567")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "读不出这个文件"),
        (b"not a workbook", "读不出这个文件"),
        (workbook()[:500], "读不出这个文件"),
        (b"x" * (staff_sheet.MAX_BYTES + 1), "超过 10 MB"),
        (workbook([FINANCE | {"办公地址": "机密★30年"}]), "非涉密系统"),
    ],
)
def test_what_cannot_be_taken_is_refused_before_it_is_kept(admin_client: Client, data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        staff_sheet.read(data)
    answer = admin_client.post(reverse("operations:import"), {"file": SimpleUploadedFile("a.xlsx", data or b" ")})
    assert answer.status_code == 200
    assert Blob.objects.count() == 0


def test_headings_are_checked(office: Installation) -> None:
    import xlsxwriter

    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        book.add_worksheet(PEOPLE).write_row(0, 0, ["序号", "账号*", "姓名", "机关名", "角色", "姓名"])
    found = {str(fault) for fault in staff_sheet.read(output.getvalue()).faults}
    assert found == {
        "人员表第 1 行“机关名”：不认识这一列",
        "人员表第 1 行“姓名”：这一列写了两次",
        "人员表第 1 行“机关”：缺少这一列",
    }


def upload(client: Client, data: bytes) -> str:
    answer = client.post(reverse("operations:import"), {"file": SimpleUploadedFile("名册.xlsx", data)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_the_page_checks_confirms_and_hands_out_links(admin_client: Client, home: Path, today: date) -> None:
    page = upload(admin_client, workbook([FINANCE], [CLERK]))
    before = counts()
    shown = admin_client.get(page).content.decode()
    assert "机关 1 个，人员 1 人，岗位 2 个" in shown
    assert counts() == before
    stored = b"".join(path.read_bytes() for path in (home / "blobs").rglob("*") if path.is_file())
    assert stored
    assert b"xl/worksheets" not in stored
    handed = admin_client.post(page).content.decode()
    link = re.search(r"http://testserver(/desk/password/[^<]+/)", handed)
    assert link
    assert User.objects.get(username="li").holds(Role.DRAFTER, on=today)
    person = Client()
    assert person.post(link[1], {"first": PASSWORD, "second": PASSWORD}).status_code == 302
    assert person.login(username="li", password=PASSWORD)
    again = admin_client.post(page).content.decode()
    assert "已于" in again
    assert "/desk/password/" not in again
    assert User.objects.filter(username="li").count() == 1


def test_the_page_lists_what_is_wrong_and_offers_no_import(admin_client: Client) -> None:
    page = upload(admin_client, workbook([FINANCE | {"法律性质": "局"}], [CLERK | {"角色": "局长"}]))
    before = counts()
    shown = admin_client.get(page).content.decode()
    assert "有 2 处错误，一行也没有导入" in shown
    assert "确认导入" not in shown
    assert "一行也没有导入" in admin_client.post(page).content.decode()
    assert counts() == before
    assert StaffUpload.objects.get().imported_at is None


def test_the_command_writes_the_links_for_its_owner_only(office: Installation, tmp_path: Path) -> None:
    file, links = tmp_path / "staff.xlsx", tmp_path / "links.csv"
    file.write_bytes(workbook([FINANCE], [CLERK]))
    call_command("import_staff", file, check=True)
    assert not User.objects.filter(username="li").exists()
    call_command("import_staff", file, links=links, address="https://www.example.gov.cn/")
    assert stat.S_IMODE(links.stat().st_mode) == 0o600
    text = links.read_text(encoding="utf-8-sig")
    found = re.search(r"县财政局,李拟稿,li,https://www\.example\.gov\.cn(/desk/password/[^,]+/)", text)
    assert found
    assert Client().get(found[1]).status_code == 200
    with pytest.raises(CommandError, match="已存在"):
        call_command("import_staff", _more(tmp_path), links=links)
    assert not User.objects.filter(username="zhao").exists()


def _more(folder: Path) -> Path:
    file = folder / "more.xlsx"
    file.write_bytes(workbook([], [CLERK | {"账号": "zhao", "姓名": "赵审核"}]))
    return file


def test_the_command_lists_every_fault(
    office: Installation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "staff.xlsx"
    file.write_bytes(workbook([FINANCE | {"法律性质": "局"}], [CLERK | {"角色": "局长"}]))
    with pytest.raises(CommandError, match="共 2 处错误，一行也没有导入"):
        call_command("import_staff", file)
    complaints = capsys.readouterr().err
    assert "机关表第 2 行“法律性质”" in complaints
    assert "人员表第 2 行“角色”" in complaints
    with pytest.raises(CommandError, match="读不出"):
        call_command("import_staff", tmp_path / "nowhere.xlsx")


def test_nobody_imports_before_init(db: None, today: date) -> None:
    with pytest.raises(Refused, match="先运行 gongkai site init"):
        rehearse(staff_sheet.read(workbook([FINANCE])), by=None, today=today)


def test_only_the_system_administrator_imports(
    office: Installation, holder: Callable[[str], Client], today: date
) -> None:
    holder(Role.DISCLOSURE_OFFICE)
    other = User.objects.get(username=f"holder-{Role.DISCLOSURE_OFFICE}")
    with pytest.raises(Refused, match="系统管理员"):
        import_staff(staff_sheet.read(workbook([FINANCE])), by=other, today=today, source="")
