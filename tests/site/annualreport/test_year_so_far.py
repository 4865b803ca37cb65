"""今年以来: counts to a day, the same days of last year beside them, each opening into its records, on one A4 page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

import county as a_county
from freezing import on_day
from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Role, User
from gongkai.annualreport.year_so_far import periods, printed, sheet
from gongkai.casework import actions as casework
from gongkai.casework.models import Case
from gongkai.documents import fonts
from gongkai.publishing import actions as publishing
from gongkai.publishing.models import Item
from gongkai.publishing.obligations import generate
from gongkai.publishing.skeleton import seed_columns, seed_duties
from gongkai.registers.actions import enter as enter_register
from gongkai.registers.models import Training

from ..casework.conftest import application
from .conftest import public_item as item

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 20)
Enter = Callable[[User], Client]


@pytest.fixture
def office(county: a_county.County) -> User:
    return county.person("县政府", Role.DISCLOSURE_OFFICE)


def train(county: a_county.County, organ: str, on: date, people: int) -> None:
    clerk = county.person(organ, Role.STATISTICIAN)
    enter_register(Training, county.organs[organ], by=clerk, today=on, held_on=on, title="业务培训", attendance=people)


def received(county: a_county.County, organ: str, on: date) -> Case:
    case = casework.receive(county.organs[organ], **application(today=on)).case
    return casework.register(case, subject="道路改造", by=county.person(organ, Role.CASE_REGISTRAR), today=on)


@pytest.fixture
def year(county: a_county.County) -> None:
    """Two years of a little work at two organs."""
    seed_columns()
    item(county, "财政局", "去年三月的通知", date(2025, 3, 20))
    item(county, "财政局", "去年四月的通知", date(2025, 4, 1))
    for number in range(3):
        item(county, "财政局", f"今年的通知{number}", date(2026, 3, 2), formed_on=date(2026, 2, 25))
    item(county, "教育局", "迟到的通知", date(2026, 3, 18), formed_on=date(2026, 1, 5), backdated_reason="漏登，补登")
    train(county, "财政局", date(2025, 2, 3), 40)
    train(county, "财政局", date(2026, 2, 3), 60)
    received(county, "财政局", date(2026, 2, 2))
    received(county, "教育局", date(2026, 3, 2))


def of(county: a_county.County, organ: str = "", day: date = DAY, today: date = DAY) -> Any:
    scope = Scope(county.organs[organ], False) if organ else Scope(county.government, True)
    return sheet(scope, day, today=today)


def shown(found: Any) -> dict[str, tuple[str, str, str]]:
    return {line.key: (line.shown, line.shown_before, line.change) for part in found.parts for line in part.lines}


def test_the_same_days_of_last_year_stand_beside(county: a_county.County, year: None) -> None:
    found = shown(of(county))
    assert found["items"] == ("4", "1", "增 3（+300.0%）")
    assert found["trained"] == ("60", "40", "增 20（+50.0%）")
    assert found["trainings"] == ("1", "1", "持平")
    assert found["received"] == ("2", "0", "增 2")


def test_the_29th_of_february_stands_beside_the_28th() -> None:
    assert periods(date(2024, 2, 29))[1].last == date(2023, 2, 28)
    assert periods(date(2025, 2, 28))[1].last == date(2024, 2, 28)


def test_an_organs_own_sheet_counts_its_own_records_alone(county: a_county.County, year: None) -> None:
    assert shown(of(county, "教育局"))["items"][0] == "1"
    assert shown(of(county, "财政局"))["items"][0] == "3"


def test_what_came_out_after_its_last_day_is_late(county: a_county.County, year: None) -> None:
    found = shown(of(county))
    assert found["items_due"][0] == "4"
    assert found["items_late"][0] == "1"
    assert shown(of(county, "财政局"))["items_late"][0] == "0"


def test_a_case_is_open_at_the_end_of_the_days_and_late_only_as_of_today(county: a_county.County, year: None) -> None:
    found = shown(of(county))
    assert found["open"][0] == "2"
    assert found["late_now"] == ("1", "—", "")  # twenty working days after 2 February are over
    past = shown(of(county, day=date(2026, 2, 10)))
    assert past["open"][0] == "1"
    assert past["late_now"][0] == "—"


def test_a_share_of_nothing_is_not_told(county: a_county.County, year: None) -> None:
    assert shown(of(county))["in_time_share"] == ("—", "—", "")


def test_every_count_equals_the_records_behind_it(county: a_county.County, year: None) -> None:
    for part in of(county).parts:
        for line in part.lines:
            for figure in (line.now, line.before):
                if figure is not None:
                    rows = [row.as_record() for row in figure.records()]
                    assert figure.value == sum(row.amount for row in rows), line.key


def test_at_the_screen_a_count_opens_its_records(
    county: a_county.County, year: None, office: User, enter: Enter
) -> None:
    with on_day(DAY):
        desk = enter(office)
        page = desk.get(reverse("annualreport:year_so_far"), {"scope": "region", "to": "2026-03-20"})
        text = page.content.decode()
        assert "2026年1月1日至2026年3月20日" in text
        links = re.findall(r'data-key="items(?:-before)?"[^>]*><a href="([^"]+)"', text)
        assert len(links) == 2
        now, before = (desk.get(link.replace("&amp;", "&")).content.decode() for link in links)
    assert now.count("data-amount=") == 4
    assert before.count("data-amount=") == 1
    assert "去年三月的通知" in before


@pytest.mark.parametrize("to", ["2026-03-21", "2008-12-31", "昨天", "\x00", "9999-99-99"])
def test_a_day_that_cannot_be_counted_to_is_said_and_today_is_shown(
    county: a_county.County, office: User, enter: Enter, to: str
) -> None:
    with on_day(DAY):
        page = enter(office).get(reverse("annualreport:year_so_far"), {"scope": "region", "to": to})
    text = page.content.decode()
    assert page.status_code == 200
    assert "至2026年3月20日" in text
    assert 'class="field-error' in text or "error" in text


def test_obligations_of_a_year_that_none_were_kept_of_are_not_told(county: a_county.County, year: None) -> None:
    seed_duties(date(2025, 1, 1))
    generate(date(2026, 1, 2))
    found = shown(of(county))
    assert found["owed_late"] == (found["owed_late"][0], "—", "")
    assert int(found["owed"][0]) >= int(found["owed_late"][0]) > 0


def test_others_see_their_own_organ_and_no_region(county: a_county.County, year: None, enter: Enter) -> None:
    with on_day(DAY):
        clerk = enter(county.person("教育局", Role.STATISTICIAN))
        address = reverse("annualreport:year_so_far")
        assert clerk.get(address, {"scope": "region"}).status_code == 404
        assert "教育局" in clerk.get(address).content.decode()
        records = reverse("annualreport:year_records", args=["items"])
        assert "迟到的通知" in clerk.get(records).content.decode()
        assert "今年的通知" not in clerk.get(records).content.decode()
        for key in ("none", "in_time_share"):
            assert clerk.get(reverse("annualreport:year_records", args=[key])).status_code == 404


@pytest.mark.skipif(not fonts.available(), reason="no Chinese face on this machine")
def test_on_paper_it_is_one_a4_page_that_says_what_the_screen_says(
    county: a_county.County, year: None, office: User, enter: Enter
) -> None:
    found = of(county)
    data = printed(found, made_on=DAY)
    assert data == printed(found, made_on=DAY)
    with pypdfium2.PdfDocument(data) as paper:
        assert len(paper) == 1
        width, height = paper[0].get_size()
        text = "".join(paper[0].get_textpage().get_text_range().split())
    assert (round(width), round(height)) == (595, 842)
    for part in found.parts:
        for line in part.lines:
            words = f"{line.label}{line.unit}{line.shown}{line.shown_before}{line.change}"
            assert "".join(words.split()) in text, line.key
    with on_day(DAY):
        answer = enter(office).get(reverse("annualreport:year_so_far"), {"scope": "region", "format": "pdf"})
    assert answer["Content-Type"] == "application/pdf"


def test_a_withdrawn_item_counts_once(county: a_county.County, year: None) -> None:
    row = Item.objects.get(title="今年的通知0")
    publishing.withdraw(row, by=county.person("财政局", Role.PUBLISHER), today=DAY, kind="open", reason="有误")
    assert shown(of(county))["withdrawn"][0] == "1"
