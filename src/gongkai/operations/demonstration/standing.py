"""Places, staff, money, groups, responsible persons and working rules of the county, and its 部门供数单.

Nothing here is drawn by lot, so that what is laid out after it stays as it was.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from gongkai.agencies.ledger import Period
from gongkai.agencies.models import Agency, Role
from gongkai.operations.demonstration.organs import County
from gongkai.registers.actions import ask, confirm, end, enter, fill, return_
from gongkai.registers.actions.supply import Given
from gongkai.registers.models import (
    DisclosurePlace,
    Fund,
    LeadingGroup,
    PlaceVisits,
    RegisterEntry,
    ResponsiblePerson,
    RuleRevision,
    StaffMember,
    WorkRule,
)

WITHOUT_HEAD = ("白鹭乡", "商务局")
"""Organs that have not said who leads the section: the list of the three levels shows them."""


def build_standing(county: County, years: list[int]) -> None:
    """What stands in the registers since the first year, with a few changes since."""
    since = date(years[0], 1, 4)
    for organ in (county.government, *county.organs.values()):
        _places(county, organ, since)
        _people(county, organ, since)
    _of_the_government(county, since, years)
    _visits(county)
    _sheets(county)


def _entered(county: County, register: type[RegisterEntry], organ: Agency, day: date, **facts: object) -> RegisterEntry:
    by = county.person(organ, Role.STATISTICIAN)
    return enter(register, organ, by=by, today=county.today, held_on=day, **facts)


def _places(county: County, organ: Agency, since: date) -> None:
    def place(title: str, kind: str, site: str) -> RegisterEntry:
        return _entered(county, DisclosurePlace, organ, since, title=title, kind=kind, site=site, address=organ.address)

    if organ == county.government:
        place("县档案馆政府信息查阅点", "reading_point", "archive")
        place("县图书馆政府信息查阅点", "reading_point", "library")
        place("政务服务大厅政府信息查阅点", "reading_point", "service_hall")
        place("政务服务大厅政务公开专区", "zone", "service_hall")
    elif organ.short_name.endswith(("镇", "乡", "街道办")):
        place(f"{organ.short_name}便民服务中心查阅点", "reading_point", "service_hall")
        place(f"{organ.short_name}政务公开栏", "board", "organ")


def _people(county: County, organ: Agency, since: date) -> None:
    posts = (
        ("leader", Role.SIGNATORY, "分管领导"),
        ("head", Role.REVIEWER, "办公室主任"),
        ("clerk", Role.STATISTICIAN, "信息公开专员"),
    )
    for level, role, position in posts:
        if level == "head" and organ.short_name in WITHOUT_HEAD:
            continue
        _entered(
            county, ResponsiblePerson, organ, since, title=county.person(organ, role).name, level=level,
            position=position, phone=organ.phone,
        )  # fmt: skip
    capacity = "full_time" if organ == county.government else "part_time"
    name = county.person(organ, Role.STATISTICIAN).name
    _entered(county, StaffMember, organ, since, title=name, capacity=capacity, position="信息公开专员")


def _of_the_government(county: County, since: date, years: list[int]) -> None:
    organ, changed = county.government, date(years[-1], 1, 5)
    group = {"title": "青禾县政务公开领导小组", "leader": "常务副县长", "office": "县政府办公室"}
    old = _entered(
        county, LeadingGroup, organ, since, basis="青政办〔2021〕3号", members="各乡镇、县政府各部门", **group
    )
    if changed < county.today and changed > since:
        end(old, on=changed - timedelta(days=1), by=county.person(organ, Role.STATISTICIAN), today=county.today)
        _entered(
            county, LeadingGroup, organ, changed, basis=f"青政办〔{changed.year}〕1号",
            members="县委宣传部、县委网信办、各乡镇、县政府各部门", **group,
        )  # fmt: skip
    for year in years:
        day = county.no_later(date(year, 1, 20))
        _entered(
            county, Fund, organ, day, title=f"{year}年政务公开工作经费", amount_fen=17_000_000, purpose="disclosure"
        )
        _entered(county, Fund, organ, day, title=f"{year}年门户网站运行维护", amount_fen=48_000_000, purpose="website")
    rule = _entered(county, WorkRule, organ, since, title="政府信息公开保密审查制度", docno="青政办〔2021〕8号")
    _entered(county, WorkRule, organ, since, title="政务舆情处置联席会议制度", docno="青政办〔2021〕9号")
    if changed < county.today:
        _entered(county, RuleRevision, organ, changed, title=f"{rule.title}：修订", rule=rule, kind="amended")


def _visits(county: County) -> None:
    last = county.today.replace(day=1) - timedelta(days=1)
    places = DisclosurePlace.objects.filter(agency=county.government, kind="reading_point", held_on__lte=last)
    for number, place in enumerate(places.order_by("pk")):
        title = f"{place.title}{last.year}年{last.month}月接待"
        _entered(county, PlaceVisits, county.government, last, title=title, place=place, visits=36 + 21 * number)


def _sheets(county: County) -> None:
    """One sheet in each state: confirmed, waiting to be confirmed, returned, not filled in yet."""
    year, due = Period.of_year(county.today.year), county.today + timedelta(days=10)
    who = {"by": county.office, "today": county.today}
    wanted = {
        "城市管理局": {"hotline.received": "3126", "hotline.answered": "3120", "hotline.satisfaction": "96.4"},
        "司法局": {"petition.visits": "412", "petition.cases": "87"},
        "市场监督管理局": {"power.added": "12", "power.cancelled": "5"},
        "财政局": {"t2.fee.amount": ""},
    }
    for short, figures in wanted.items():
        organ = county.organs[short]
        (sheet,) = ask([organ], figures, year, due_on=due, words="请于期限前填报，附盖章的表", **who)
        if short == "财政局":
            continue
        given = {
            row.kind: Given(Decimal(figures[row.kind]), row.unit, evidence="业务系统导出")
            for row in sheet.figures.all()
        }
        sheet = fill(sheet, given, by=county.person(organ, Role.STATISTICIAN), today=county.today)
        if short == "城市管理局":
            confirm(sheet, **who)
        elif short == "市场监督管理局":
            return_(sheet, reason="请核对取消的事项数，附目录", **who)
