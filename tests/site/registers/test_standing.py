"""Places, people and groups with their days: ended, replaced, and who is missing on the three levels."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.registers.actions import end, replace_row, strike_out
from gongkai.registers.models import (
    DisclosurePlace,
    LeadingGroup,
    PlaceVisits,
    ResponsiblePerson,
    StaffMember,
    Training,
)
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused

from .conftest import TODAY, browser, clerk, office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
HALL = {"title": "政务服务大厅查阅点", "kind": "reading_point", "site": "service_hall"}


def test_a_row_is_ended_once_and_not_before_it_began(county: Any, entered: Any) -> None:
    row, who = entered(DisclosurePlace, **HALL), {"by": clerk(county), "today": TODAY}
    for day, words in ((date(2026, 2, 1), "早于起日"), (date(2026, 12, 1), "不能晚于今天")):
        with pytest.raises(Refused, match=words):
            end(row, on=day, **who)
    assert end(row, on=date(2026, 10, 31), **who).ended_on == date(2026, 10, 31)
    with pytest.raises(Refused, match="已写明止日"):
        end(row, on=date(2026, 11, 1), **who)


def test_a_leader_leaves_before_the_next_one_comes(county: Any, entered: Any) -> None:
    first = entered(ResponsiblePerson, title="张三", level="leader")
    with pytest.raises(Refused, match="分管领导是张三，还没有写明止日；先登记其卸任"):
        entered(ResponsiblePerson, title="李四", level="leader", held_on=date(2026, 9, 1))
    end(first, on=date(2026, 8, 31), by=clerk(county), today=TODAY)
    entered(ResponsiblePerson, title="李四", level="leader", held_on=date(2026, 9, 1))
    with pytest.raises(Refused, match="分管领导是张三，任到 2026-08-31"):
        entered(ResponsiblePerson, title="王五", level="leader", held_on=date(2026, 8, 1), ended_on=date(2026, 8, 5))
    # Several people may do the work itself.
    entered(ResponsiblePerson, title="赵六", level="clerk")
    entered(ResponsiblePerson, title="孙七", level="clerk")
    with pytest.raises(Refused, match="具体经办是赵六"):
        entered(ResponsiblePerson, title="赵六", level="clerk")


def test_the_three_levels_name_who_is_missing_on_the_day(county: Any, entered: Any) -> None:
    for level in ("leader", "head", "clerk"):
        entered(ResponsiblePerson, title=f"在任{level}", level=level, phone="0000-1")
    entered(ResponsiblePerson, "教育局", title="已经卸任", level="leader", ended_on=date(2026, 5, 1))
    page = browser(office(county)).get("/desk/registers/three-levels/")
    lacking = {organ.short_name for organ in page.context["lacking"]}
    assert "财政局" not in lacking
    assert {"教育局", "河口镇"} <= lacking
    assert "税务局" not in lacking  # it reports elsewhere
    assert "在任head" in page.content.decode()
    assert "已经卸任" not in page.content.decode()
    own = browser(clerk(county, "教育局")).get("/desk/registers/three-levels/").content.decode()
    assert "在任leader" not in own


def test_a_wrong_row_is_entered_anew_and_both_name_each_other(county: Any, entered: Any) -> None:
    row, desk = entered(Training, title="春季培训", attendance=20), browser(clerk(county))
    address = f"/desk/registers/training/{row.public_id}/replace/"
    assert 'value="20"' in desk.get(address).content.decode()
    facts = {"held_on": "2026-03-01", "title": "春季培训", "attendance": "200", "reason": ""}
    without = desk.post(address, facts)
    assert without.status_code == 422
    assert 'value="200"' in without.content.decode()
    assert desk.post(address, {**facts, "reason": "少写一个零"}).status_code == 302
    old, new = Training.objects.order_by("pk")
    assert (old.struck_out, old.struck_out_by, old.replacement) == ("少写一个零", clerk(county), new)
    assert (new.attendance, new.replaces) == (200, old)
    page = desk.get(f"/desk/registers/training/{old.public_id}/").content.decode()
    assert str(new.public_id) in page
    assert "少写一个零" in page
    assert [e.verb for e in Entry.objects.order_by("pk")][-2:] == ["registers.strike_out", "registers.enter"]


def test_what_was_refused_leaves_the_wrong_row_standing(county: Any, entered: Any) -> None:
    row = entered(Training, title="春季培训", attendance=20)
    with pytest.raises(Refused, match="不能晚于今天"):
        replace_row(
            row, by=clerk(county), today=TODAY, reason="改", held_on=date(2027, 1, 1), title="春季培训", attendance=1
        )
    row.refresh_from_db()
    assert row.struck_out == ""


def test_visits_go_over_to_the_place_entered_instead(county: Any, entered: Any) -> None:
    place = entered(DisclosurePlace, **HALL)
    visits = entered(PlaceVisits, title="x", place=place, visits=9, held_on=date(2026, 3, 31))
    with pytest.raises(Refused, match="先划去接待人次"):
        strike_out(place, by=clerk(county), today=TODAY, reason="登错")
    new = replace_row(
        place,
        by=clerk(county),
        today=TODAY,
        reason="名称写错",
        held_on=date(2026, 3, 1),
        **{**HALL, "title": "大厅查阅点"},
    )
    visits.refresh_from_db()
    assert visits.place == new


def test_visits_only_of_a_place_in_use_and_of_ones_own(county: Any, entered: Any) -> None:
    place = entered(DisclosurePlace, **HALL, ended_on=date(2026, 5, 20))
    entered(PlaceVisits, title="x", place=place, visits=9, held_on=date(2026, 5, 31))
    with pytest.raises(Refused, match="这个月不在用"):
        entered(PlaceVisits, title="x", place=place, visits=9, held_on=date(2026, 6, 30))
    with pytest.raises(Refused, match="不是教育局在册的场所"):
        entered(PlaceVisits, "教育局", title="x", place=place, visits=9, held_on=date(2026, 4, 30))


def test_the_trail_names_no_official(county: Any, entered: Any) -> None:
    entered(StaffMember, title="张三丰", capacity="full_time")
    entered(ResponsiblePerson, title="张三丰", level="head")
    entered(LeadingGroup, title="政务公开领导小组", basis="青政办〔2026〕1号", leader="县长")
    facts = str(list(Entry.objects.values_list("facts", flat=True)))
    assert "张三丰" not in facts
    assert "政务公开领导小组" in facts


def test_a_reason_that_no_database_holds_is_refused_on_the_page(county: Any, entered: Any) -> None:
    row, desk = entered(Training, title="培训", attendance=1), browser(clerk(county))
    for reason in ("", "\x00", "长" * 201):
        assert desk.post(row.get_absolute_url(), {"reason": reason}).status_code == 422
    row.refresh_from_db()
    assert row.struck_out == ""
    assert desk.post(row.get_absolute_url(), {"then": "end", "on": "2026-05-01"}).status_code == 200  # it has no end


@pytest.mark.parametrize("name", ["disclosureplace", "staffmember", "leadinggroup", "responsibleperson"])
def test_each_register_is_filled_and_ended_by_form(county: Any, name: str) -> None:
    desk = browser(clerk(county))
    facts = {
        "held_on": "2026-03-01", "title": "某某", "kind": "zone", "site": "organ", "capacity": "part_time",
        "work": "disclosure", "basis": "某文", "leader": "某某", "level": "head",
    }  # fmt: skip
    assert desk.post(f"/desk/registers/{name}/", facts).status_code == 302
    (row,) = desk.get(f"/desk/registers/{name}/").context["rows"]
    assert desk.post(row.get_absolute_url(), {"then": "end", "on": "2026-2-1"}).status_code == 200
    assert desk.post(row.get_absolute_url(), {"then": "end", "on": "2026-6-30"}).status_code == 302
    assert "2026-06-30" in desk.get(f"/desk/registers/{name}/?year=2026").content.decode()
    assert desk.get(f"/desk/registers/{name}/?year=2027").context["rows"] == []
