"""还要设置什么: each thing an office still lacks stands there, and goes when it is entered."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies.actions import appoint
from gongkai.agencies.calendar import calendar_changed
from gongkai.agencies.models import Agency, CalendarYear, Installation, Role, User
from gongkai.agencies.office_settings import DECLARED
from gongkai.operations import setup_list, staff_sheet
from gongkai.operations.actions import can_change_particulars, import_staff
from gongkai.trail.models import Entry

from .conftest import CLERK, FINANCE, PASSWORD, workbook

pytestmark = pytest.mark.django_db


def item(name: str, today: date) -> setup_list.Item:
    return next(item for item in setup_list.items(today=today) if item.name == name)


def words(name: str, today: date) -> list[str]:
    return [part.words for part in item(name, today).missing]


def test_a_new_office_lacks_everything_but_its_administrators_password(administrator: User, today: date) -> None:
    items = setup_list.items(today=today)
    undone = [item.name for item in items if not item.done]
    assert [item.done for item in items] == sorted(item.done for item in items)
    assert {"机关和人员", "系统、安全、审计三员", "各机关的岗位", "地址、电话和办公时间", "网站标识", "备份"} <= set(
        undone
    )
    assert item("账号口令", today).done
    assert words("系统、安全、审计三员", today) == ["没有安全管理员", "没有审计管理员"]


def test_organs_and_posts(administrator: User, government: Agency, today: date) -> None:
    import_staff(staff_sheet.read(workbook([FINANCE], [CLERK])), by=None, today=today, source="")
    assert item("机关和人员", today).done
    assert words("账号口令", today) == ["1 人还没有设置口令，登录不了"]
    missing = words("各机关的岗位", today)
    assert missing == [
        "云泉县政府：缺申请登记员、承办人、法制审核人、答复签发人、拟稿人、审核人、保密审查员、签发人",
        "县财政局：缺申请登记员、法制审核人、答复签发人、审核人、保密审查员、签发人",
    ]
    clerk = User.objects.get(username="li")
    for role in (*setup_list.ANSWERING, *setup_list.PUBLISHING):
        appoint(clerk, role, government, by=administrator, on=today)
    assert len(words("各机关的岗位", today)) == 1
    clerk.is_active = False
    clerk.save()
    assert len(words("各机关的岗位", today)) == 2, "a frozen account fills no post"


def test_three_administrators_and_the_office(administrator: User, government: Agency, today: date) -> None:
    for role in (Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.DISCLOSURE_OFFICE):
        appoint(User.objects.create_user(str(role), str(role)), role, government, by=administrator, on=today)
    assert item("系统、安全、审计三员", today).done
    assert item("政府信息公开工作主管部门", today).done


def test_contacts_and_codes_are_entered_on_their_pages(
    admin_client: Client, administrator: User, government: Agency, today: date
) -> None:
    assert words("地址、电话和办公时间", today) == ["云泉县政府：缺办公地址、联系电话、办公时间"]
    page = item("地址、电话和办公时间", today).missing[0].url
    typed = {"address": "云泉县人民路 1 号", "phone": "0797-1234567", "office_hours": "工作日 8:30—17:30"}
    assert admin_client.post(page, typed | {"postcode": "12"}).status_code == 200
    government.refresh_from_db()
    assert government.phone == ""
    assert admin_client.post(page, typed | {"postcode": "341600"}).status_code == 302
    assert item("地址、电话和办公时间", today).done
    assert len(words("救济告知中的复议机关和法院", today)) == 3
    codes = {
        "superior_government": "赣南市人民政府",
        "court": "云泉县人民法院",
        "superior_court": "赣南市中级人民法院",
        "domain": "https://www.yunquan.example.cn/",
        "site_code": "3607220001",
        "icp_number": "备案号 1",
        "police_number": "备案号 2",
        "theme": "red",
    }
    for wrong in ({"site_code": "123"}, {"domain": "two words"}, {"theme": "green"}):
        assert admin_client.post(reverse("operations:site"), codes | wrong).status_code == 200
    assert Installation.objects.get().domain == ""
    assert admin_client.post(reverse("operations:site"), codes).status_code == 302
    assert Installation.objects.get().domain == "www.yunquan.example.cn"
    assert item("救济告知中的复议机关和法院", today).done
    assert item("网站标识", today).done
    entries = Entry.objects.filter(verb="operations.change_particulars").order_by("id")
    assert entries[0].facts["fields"] == ["address", "postcode", "phone", "office_hours"]
    assert entries.count() == 2


def test_calendar_and_rules(administrator: User, today: date) -> None:
    on = date(2031, 3, 1)
    assert words("放假安排", on) == ["2031 年放假安排没有录入", "2032 年放假安排没有录入"]
    for year in (2031, 2032):
        CalendarYear.objects.create(year=year, notice="国办发明电", entered_by=administrator)
    calendar_changed()
    assert item("放假安排", on).done
    rules = [rule for rule in DECLARED.values() if not rule.confirmed]
    assert len(words("规则设置", today)) == len(rules) > 1
    number = next(rule for rule in rules if isinstance(rule.default, int))
    number.change(str(number.default), by=administrator)
    assert len(words("规则设置", today)) == len(rules) - 1


def test_an_old_backup_counts_no_more(
    administrator: User, backed_up_today: None, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert item("备份", today).done
    monkeypatch.setattr(setup_list, "MAX_AGE", timedelta(0))
    assert "最近一次是" in words("备份", today)[0]


def test_every_link_on_the_page_opens_for_the_administrator(admin_client: Client) -> None:
    shown = admin_client.get(reverse("operations:setup")).content.decode()
    table = shown[shown.index("<table") : shown.index("</table>")]
    addresses = {unescape(address) for address in re.findall(r'href="(/[^"]+)"', table)}
    assert len(addresses) >= 6
    for address in addresses:
        assert admin_client.get(address).status_code == 200, address


def test_only_the_system_administrator_changes_particulars(
    government: Agency, holder: Callable[[str], Client], today: date
) -> None:
    client = holder(Role.DISCLOSURE_OFFICE)
    page = reverse("operations:contacts", args=[government.public_id])
    assert client.post(page, {"phone": "1"}).status_code == 404
    other = User.objects.get(username=f"holder-{Role.DISCLOSURE_OFFICE}")
    assert can_change_particulars(by=other, today=today).code == "needs_role"


PAGES = ("setup", "import", "import-template", "accounts", "site")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMIN])
def test_the_pages_exist_for_nobody_else(holder: Callable[[str], Client], government: Agency, role: Role) -> None:
    client = holder(role)
    administrator = User.objects.get(username="admin")
    addresses = [
        *(reverse(f"operations:{name}") for name in PAGES),
        reverse("operations:contacts", args=[government.public_id]),
        reverse("operations:import-check", args=[government.public_id]),
    ]
    for address in addresses:
        assert client.get(address).status_code == 404, address
    for address in (
        *addresses,
        reverse("operations:issue-all"),
        reverse("operations:issue", args=[administrator.public_id]),
    ):
        assert client.post(address).status_code == 404, address


def test_visitors_are_asked_to_log_in(office: Installation) -> None:
    for name in PAGES:
        answer = Client().get(reverse(f"operations:{name}"))
        assert (answer.status_code, "/desk/login/" in answer["Location"]) == (302, True)


def test_the_administrator_sees_every_page(admin_client: Client) -> None:
    for name in PAGES:
        assert admin_client.get(reverse(f"operations:{name}")).status_code == 200
    assert Client().login(username="admin", password=PASSWORD)
