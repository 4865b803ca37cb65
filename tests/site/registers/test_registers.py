"""Registers: entered by one's own organ, struck out with a reason, never deleted."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from county import build
from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Role
from gongkai.registers.actions import enter, strike_out
from gongkai.registers.figures import figures
from gongkai.registers.models import PressConference, Training
from gongkai_core.refusals import Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
URL = "/desk/registers/training/"


@pytest.fixture
def county():
    return build()


def clerk(county, organ="财政局"):
    return county.person(organ, Role.STATISTICIAN)


def a_training(county, **facts):
    facts = {"held_on": date(2026, 3, 1), "title": "业务培训", "attendance": 20, **facts}
    return enter(Training, county.organs["财政局"], by=clerk(county), today=TODAY, **facts)


def test_a_row_counts_until_it_is_struck_out(county):
    row = a_training(county)
    scope, period = Scope(county.organs["财政局"], whole_region=False), Period.of_year(2026)
    found = figures(period, scope)
    assert [record.as_record().amount for record in found["t14.9_2"].records()] == [found["t14.9_2"].value] == [1]
    assert [record.as_record().amount for record in found["t14.9_3"].records()] == [found["t14.9_3"].value] == [20]
    with pytest.raises(Refused, match="理由"):
        strike_out(row, by=clerk(county), today=TODAY, reason=" ")
    strike_out(row, by=clerk(county), today=TODAY, reason="重复登记")
    assert figures(period, scope)["t14.9_3"].value == 0
    assert figures(period, scope)["t14.9_2"].value == 0
    assert Training.objects.count() == 1
    with pytest.raises(Refused, match="已划去"):
        strike_out(row, by=clerk(county), today=TODAY, reason="再划一次")


def test_only_what_has_happened_and_only_at_ones_own_organ(county):
    with pytest.raises(Refused, match="不能晚于今天"):
        a_training(county, held_on=date(2026, 11, 24))
    with pytest.raises(Refused, match="财政局的人员"):
        enter(
            Training, county.organs["财政局"], by=clerk(county, "教育局"), today=TODAY, held_on=TODAY, title="x",
            attendance=1,
        )  # fmt: skip


def test_a_conference_with_the_principal_is_in_both_cells(county):
    for attended in (True, False):
        enter(
            PressConference, county.organs["财政局"], by=clerk(county), today=TODAY, held_on=TODAY, title="发布会",
            principal_attended=attended,
        )  # fmt: skip
    cells = figures(Period.of_year(2026), Scope(county.organs["财政局"], whole_region=False))
    assert (cells["t14.2_2_1"].value, cells["t14.2_2_1_a"].value) == (2, 1)


def test_the_form_keeps_what_was_typed_and_enters_a_row(client, county):
    client.force_login(clerk(county))
    wrong = client.post(URL, {"held_on": "", "title": "年度业务培训", "attendance": "x"})
    assert wrong.status_code == 422
    assert "年度业务培训" in wrong.content.decode()
    assert Training.objects.count() == 0
    day = timezone.localdate().isoformat()
    assert client.post(URL, {"held_on": day, "title": "年度业务培训", "attendance": "8"}).status_code == 302
    assert "年度业务培训" in client.get(URL).content.decode()


def test_another_organs_row_does_not_exist(client, county):
    row = a_training(county)
    address = reverse("registers:entry", args=["training", row.public_id])
    client.force_login(clerk(county, "教育局"))
    assert client.get(address).status_code == 404
    assert client.post(address, {"reason": "x"}).status_code == 404
    assert client.get("/desk/registers/nothing/").status_code == 404
    client.force_login(county.person("县政府", Role.DISCLOSURE_OFFICE))
    assert client.get(address).status_code == 200


def test_older_rows_are_reached_page_by_page(client, county):
    for n in range(105):
        a_training(county, title=f"第{n:03d}场", held_on=date(2026, 1 + n % 9, 1 + n % 28))
    client.force_login(clerk(county))
    first = client.get(URL)
    second = client.get(URL + first.context["older"])
    titles = [row.title for row in first.context["rows"]] + [row.title for row in second.context["rows"]]
    assert len(titles) == len(set(titles)) == 105
