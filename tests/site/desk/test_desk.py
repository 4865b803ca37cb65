"""The desk: log-in, what waits for me, the calendar, people, settings, the log."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from county import build
from gongkai.agencies.calendar import calendar_changed, office_calendar
from gongkai.agencies.models import Appointment, CalendarYear, Installation, Role, Setting, User
from gongkai.agencies.office_settings import DECLARED
from gongkai.casework import actions as casework
from gongkai.casework.models import Case
from gongkai.desk.login import LIMIT
from gongkai.desk.worklist import grouped, tasks_of, week
from gongkai.documents.models import RecordedInstruction
from gongkai.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forget():
    caches["shared"].clear()
    calendar_changed()
    yield
    caches["shared"].clear()
    calendar_changed()


@pytest.fixture
def county():
    return build()


def test_what_is_not_there_is_told_in_the_frame_one_works_in(client, county):
    """The same for an address nobody has and for another organ's object; to a passer-by in the public frame."""
    nowhere = "/desk/publishing/items/00000000-0000-0000-0000-000000000000/"
    client.force_login(county.person("财政局", Role.DRAFTER))
    for address in (nowhere, "/desk/no-such-page/"):
        answer = client.get(address)
        assert answer.status_code == 404 and "回到工作台" in answer.content.decode(), address
    assert "回到工作台" not in client.get("/no-such-page/").content.decode()
    client.logout()
    assert "回到工作台" not in client.get("/desk/no-such-page/").content.decode()


def test_who_has_nothing_waiting_finds_where_to_begin(client, county):
    client.force_login(county.person("县政府", Role.SYSTEM_ADMIN))
    main = client.get(reverse("desk:home")).content.decode().partition("<main")[2]
    assert "没有等您办理的事项" in main and f'<a href="{reverse("desk:people")}">人员岗位</a>' in main


def test_a_sign_that_cannot_be_stored_is_refused_in_words(client, county):
    user = county.person("财政局", Role.DRAFTER)
    page = client.post(reverse("desk:login"), {"username": f"{user.username}\0", "password": "x"}).content.decode()
    assert "含有不能保存的字符" in page


def receive(county, day, *, organ="财政局", key="k"):
    case = casework.receive(
        county.organs[organ], key=key, applicant={"kind": "natural_person", "name": "李四", "phone": "19900000000"},
        info_desc="申请公开某文件", channel="in_person", provide_form="paper", provide_route="pickup",
        by=county.person(organ, Role.CASE_REGISTRAR), today=day, submitted_on=day,
    ).case  # fmt: skip
    return casework.register(case, subject="某文件", by=county.person(organ, Role.CASE_REGISTRAR), today=day)


def test_log_in_with_a_password_and_out(client, county):
    user = county.person("财政局", Role.DRAFTER)
    page = client.get(reverse("desk:login")).content.decode()
    assert "严禁存储、处理、传输国家秘密" in page
    assert "选一个角色进入" not in page
    answer = client.post(reverse("desk:login"), {"username": user.username, "password": "correct horse"})
    assert answer.headers["Location"] == reverse("desk:home")
    assert client.get(reverse("desk:home")).status_code == 200
    client.post(reverse("desk:logout"))
    assert client.get(reverse("desk:home")).status_code == 302


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        (
            Role.DRAFTER,
            ["主动公开", "发稿", "目录与时限", "文号连续性", "审查监督", "补审补校"],
            ["校核词表", "泄露处置"],
        ),
        (Role.SECRECY_REVIEWER, ["审查监督", "涉密文件引用", "泄露处置"], ["发稿", "校核词表", "补登清单"]),
        (Role.CASE_REGISTRAR, ["依申请公开", "申请登记", "成批登记", "答复以后", "复议"], ["文书模板", "审核链"]),
        (Role.DISCLOSURE_OFFICE, ["办公室工作台", "规则和模板", "文书模板", "审核链"], ["发稿", "人员岗位"]),
        (Role.SUPERVISOR, ["目录与时限", "栏目更新表", "审查监督", "补登清单"], ["公开条目", "泄露处置"]),
        (Role.SYSTEM_ADMIN, ["机关事务", "人员岗位"], ["主动公开", "目录与时限", "审查监督"]),
    ],
)
def test_the_menu_shows_each_role_its_own_in_groups_of_a_readable_length(client, county, role, shown, hidden):
    client.force_login(county.person("财政局", role))
    page = client.get(reverse("desk:home")).content.decode()
    menu = re.search(r'<div class="menu-groups">(.*?)</nav>', page, re.S)[1]
    names = re.findall(r"<h2>([^<]+)</h2>|<a [^>]*>([^<]+)", menu)
    names = [heading or link for heading, link in names]
    assert [name for name in shown if name in names] == shown and not set(hidden) & set(names)
    assert max(block.count("<li>") for block in menu.split("<h2>")) <= 8


def test_guessing_closes_an_account_for_a_while_and_tells_nothing(client, county):
    user = county.person("财政局", Role.DRAFTER)
    for username in (user.username, "nobody"):
        answer = client.post(reverse("desk:login"), {"username": username, "password": "wrong"})
        assert "账号或者口令不对" in answer.content.decode()
    for _ in range(LIMIT):
        client.post(reverse("desk:login"), {"username": user.username, "password": "wrong"})
    closed = client.post(reverse("desk:login"), {"username": user.username, "password": "correct horse"})
    assert closed.status_code == 429
    assert "十五分钟" in closed.content.decode()
    other = county.person("教育局", Role.DRAFTER)
    assert (
        client.post(reverse("desk:login"), {"username": other.username, "password": "correct horse"}).status_code == 302
    )


def test_a_demonstration_offers_each_role_and_nothing_else_does(client, county):
    user = county.person("财政局", Role.DRAFTER)
    enter = reverse("desk:enter-demonstration", args=[user.public_id])
    assert client.post(enter).status_code == 404
    Installation.objects.update(demonstration=True)
    county.person("教育局", Role.STATISTICIAN)
    page = client.get(reverse("desk:login")).content.decode()
    assert "拟稿人" in page and "统计员" in page and "演示" in page
    assert client.get(enter).status_code == 405
    assert client.post(enter).status_code == 302
    assert "演示" in client.get(reverse("desk:home")).content.decode()


def test_what_waits_is_grouped_and_the_most_urgent_stands_first(county):
    today = timezone.localdate()
    calendar = office_calendar()
    old = receive(county, calendar.day_of_rank(calendar.rank(today) - 25), key="old")
    new = receive(county, calendar.day_of_rank(calendar.rank(today) - 1), key="new")
    office = county.person("县政府", Role.DISCLOSURE_OFFICE)
    registrar = county.person("财政局", Role.CASE_REGISTRAR)
    mine = tasks_of(registrar, on=today)
    assert {task.agency.short_name for task in mine} == {"财政局"}
    groups = grouped(mine)
    assert groups[0].tasks[0].days_left == min(task.days_left for task in mine if task.days_left is not None)
    assert old.number in {number for task in tasks_of(office, on=today) for number in [task.title.split(" ")[0]]}
    assert new.number not in {
        task.title.split(" ")[0] for task in tasks_of(county.person("教育局", Role.HANDLER), on=today)
    }
    days = week(mine, on=today)
    assert len(days) == 7
    assert [day.works for day in days] == [calendar.is_workday(today + timedelta(days=n)) for n in range(7)]


def test_one_works_in_one_organ_at_a_time(client, county):
    user = county.person("财政局", Role.DRAFTER)
    Appointment.objects.create(
        user=user, agency=county.organs["教育局"], role=Role.DRAFTER, valid_from=date(2020, 1, 1)
    )
    client.force_login(user)
    assert client.get(reverse("desk:home")).context["organ"] == county.organs["财政局"]
    client.post(reverse("desk:choose-organ"), {"organ": str(county.organs["教育局"].public_id)})
    assert client.get(reverse("desk:home")).context["organ"] == county.organs["教育局"]
    answer = client.post(reverse("desk:choose-organ"), {"organ": str(county.organs["河口镇"].public_id)})
    assert answer.status_code == 404


def test_a_new_calendar_is_previewed_then_moves_open_cases_and_is_logged(client, county):
    case = receive(county, date(2026, 11, 2))
    assert case.reply_by == date(2026, 11, 30)
    client.force_login(county.person("县政府", Role.DISCLOSURE_OFFICE))
    form = {
        "year": "2026",
        "notice": "青政办〔2026〕1号",
        "local": "on",
        "ranges": "放假 2026-11-30 至 2026-12-01 县庆",
    }
    page = client.post(reverse("desk:calendar"), {**form, "preview": "1"}).content.decode()
    assert case.number in page and "2026-12-02" in page
    assert not CalendarYear.objects.exists()
    case.refresh_from_db()
    assert case.reply_by == date(2026, 11, 30)
    assert client.post(reverse("desk:calendar"), {**form, "save": "1"}).status_code == 302
    case.refresh_from_db()
    assert case.reply_by == date(2026, 12, 2)
    assert Entry.objects.filter(verb="desk.enter_calendar").count() == 1
    assert Entry.objects.filter(verb="casework.recompute").count() == 1


@pytest.mark.parametrize(
    ("ranges", "problem"),
    [
        ("休息 2027-01-01", "应写成"),
        ("放假 2027-01-05 至 2027-01-01", "起止日期不对"),
        ("放假 2027-01-01\n放假 2027-01-01", "写了两次"),
        ("放假 2025-01-01", "不在 2027 年"),
        ("放假 2027-02-30", "第 1 行"),
        ("", "请填写"),
    ],
)
def test_a_wrong_range_is_named_and_nothing_is_lost(client, county, ranges, problem):
    client.force_login(county.person("县政府", Role.DISCLOSURE_OFFICE))
    form = {"year": "2027", "notice": "国办发明电〔2026〕9号", "ranges": ranges, "save": "1"}
    page = client.post(reverse("desk:calendar"), form)
    assert page.status_code == 200
    assert problem in page.content.decode()
    assert "国办发明电〔2026〕9号" in page.content.decode()
    assert not CalendarYear.objects.exists()


def test_only_the_office_enters_a_calendar(client, county):
    client.force_login(county.person("财政局", Role.HANDLER))
    form = {"year": "2027", "notice": "x", "ranges": "放假 2027-01-01", "save": "1"}
    page = client.post(reverse("desk:calendar"), form)
    assert "由政务公开办录入" in page.content.decode()
    assert not CalendarYear.objects.exists()


def test_the_system_administrator_enters_organs_and_posts(client, county):
    client.force_login(county.person("县政府", Role.SYSTEM_ADMIN))
    organ = county.organs["财政局"]
    facts = {"username": "zhang3", "name": "张三", "agency": organ.pk, "role": Role.HANDLER, "title": "科员"}
    assert client.post(reverse("desk:people"), facts).status_code == 302
    user = User.objects.get(username="zhang3")
    assert user.holds(Role.HANDLER, organ, on=timezone.localdate())
    assert not user.has_usable_password()
    again = client.post(reverse("desk:people"), {**facts, "role": Role.AUDIT_ADMIN})
    assert "三员分立" in again.content.decode()
    assert client.get(reverse("desk:agencies")).status_code == 200


def test_administration_pages_do_not_exist_for_others(client, county):
    pages = {
        "people": Role.SYSTEM_ADMIN,
        "agencies": Role.SYSTEM_ADMIN,
        "settings": Role.DISCLOSURE_OFFICE,
        "trail": Role.AUDIT_ADMIN,
    }
    for name, role in pages.items():
        client.force_login(county.person("财政局", Role.HANDLER))
        assert client.get(reverse(f"desk:{name}")).status_code == 404, name
        client.force_login(county.person("县政府", role))
        assert client.get(reverse(f"desk:{name}")).status_code == 200, name


def test_an_unsettled_rule_shows_as_unconfirmed_until_the_office_sets_it(client, county):
    key, declared = next((key, one) for key, one in DECLARED.items() if isinstance(one.default, int))
    client.force_login(county.person("县政府", Role.DISCLOSURE_OFFICE))
    assert "待核" in client.get(reverse("desk:settings")).content.decode()
    client.post(reverse("desk:settings"), {"key": key, "value": "不是数"})
    assert not Setting.objects.exists()
    client.post(reverse("desk:settings"), {"key": key, "value": "9"})
    assert declared.value() == 9
    assert Entry.objects.filter(verb="agencies.change_setting").count() == 1
    # A number that no date can be reckoned with would stop every page that asks for it.
    for declared in [each for each in DECLARED.values() if isinstance(each.default, int)]:
        before = declared.value()
        for value in ("-5", "1" + "0" * 30, "1" * 5000):
            client.post(reverse("desk:settings"), {"key": declared.key, "value": value})
        assert declared.value() == before, declared.key
    assert client.post(reverse("desk:settings"), {"key": "none", "value": "1"}).status_code == 404


def test_a_leaders_word_is_entered_and_confirmed_on_screen(client, county):
    leader = county.person("财政局", Role.PUBLISHER)
    client.force_login(county.person("财政局", Role.DRAFTER))
    facts = {
        "agency": county.organs["财政局"].pk, "leader": leader.pk, "channel": "telephone",
        "given_at": "2026-11-20 16:30", "words": "同意公开",
    }  # fmt: skip
    assert client.post(reverse("desk:instructions"), facts).status_code == 302
    row = RecordedInstruction.objects.get()
    confirm = reverse("desk:confirm-instruction", args=[row.public_id])
    client.post(confirm)
    row.refresh_from_db()
    assert row.confirmed_at is None
    client.force_login(county.person("教育局", Role.PUBLISHER))
    assert client.post(confirm).status_code == 404
    client.force_login(leader)
    assert [task.kind for task in tasks_of(leader, on=timezone.localdate())] == ["确认批示"]
    client.post(confirm)
    row.refresh_from_db()
    assert row.confirmed_by == leader


def test_the_log_is_read_page_by_page(client, county):
    for n in range(3):
        receive(county, date(2026, 11, 2), key=f"k{n}")
    client.force_login(county.person("县政府", Role.AUDIT_ADMIN))
    page = client.get(reverse("desk:trail"))
    assert "casework.register" in page.content.decode()
    assert "李四" not in page.content.decode()
    assert Case.objects.count() == 3
    newest, next_one = (row.pk for row in page.context["rows"][:2])
    older = client.get(reverse("desk:trail") + f"?before={newest}")
    assert older.context["rows"][0].pk == next_one
