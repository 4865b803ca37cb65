"""What is kept organ by organ equals what is counted anew, after whatever acts (docs/decisions: a year's counts)."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from county import County
from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Role
from gongkai.casework import actions as casework
from gongkai.casework.actions import remedies
from gongkai.casework.models import Case, ReviewCase
from gongkai.operations.tasks import nightly
from gongkai.outbox.queue import left_to_worker
from gongkai.publishing.actions import set_validity, tick_channel, withdraw
from gongkai.publishing.models import Channel, Item
from gongkai.publishing.skeleton import seed_columns
from gongkai.registers.actions import enter, strike_out
from gongkai.registers.models import Meeting, PressConference, Training
from gongkai.statistics import rollups
from gongkai.statistics.compilation import compile_year
from gongkai.statistics.models import OrganYear, RollupMark

from .test_seed_tables import daily, documents, publish

YEARS = (2017, 2020, 2023)
ORGANS = ("县政府", "财政局", "教育局", "河口镇")


def warm(year: int, scope: Scope) -> dict[str, Any]:
    found = rollups._warm(Period.of_year(year), scope)
    assert found is not None, "nothing is kept, or it was not used"
    return {cell: figure.value for cell, figure in found.items()}


def cold(year: int, scope: Scope) -> dict[str, Any]:
    return {cell: figure.value for cell, figure in rollups._counted(Period.of_year(year), scope).items()}


def scopes(county: County) -> list[Scope]:
    return [Scope(county.government, whole_region=True), *(Scope(county.organs[name], False) for name in ORGANS)]


def equal(county: County, year: int) -> None:
    for scope in scopes(county):
        assert warm(year, scope) == cold(year, scope), scope


class Office:
    """Somebody does something to the records of some organ on some day of the year."""

    def __init__(self, county: County, chance: random.Random, year: int) -> None:
        self.county, self.chance, self.year, self.serial = county, chance, year, 0
        self.columns = {column.code: column for column in seed_columns()}

    def act(self) -> str:
        todo: list[Callable[[str, date], None]] = [
            self.hold, self.strike_out, self.publish, self.tick, self.take_down, self.repeal, self.receive, self.review, self.complain,
        ]  # fmt: skip
        act = self.chance.choice(todo)
        self.serial += 1
        day = date(self.year, 1, 1) + timedelta(days=self.chance.randrange(365))
        act(self.chance.choice(ORGANS), day)
        return act.__name__

    def who(self, organ: str, role: str) -> Any:
        return self.county.person(organ, role)

    def hold(self, organ: str, day: date) -> None:
        register = self.chance.choice([Meeting, PressConference, Training])
        more = {"attendance": self.serial} if register is Training else {}
        enter(
            register, self.county.organs[organ], by=self.who(organ, Role.STATISTICIAN), today=day, held_on=day,
            title=f"第{self.serial}次", **more,
        )  # fmt: skip

    def strike_out(self, organ: str, day: date) -> None:
        if row := Meeting.objects.counted().filter(agency=self.county.organs[organ]).first():
            strike_out(row, by=self.who(organ, Role.STATISTICIAN), today=day, reason="登记有误")

    def publish(self, organ: str, day: date) -> None:
        organ = "财政局" if organ == "县政府" else organ  # a government's documents pass through more hands
        rows = documents(2, f"号{self.serial}", day) + daily(3, f"信息{self.serial}")
        publish(self.county, organ, rows, self.columns["A20_01"], day)

    def _public(self, organ: str, **more: Any) -> Any:
        return Item.objects.public().filter(agency=self.county.organs[organ], **more).order_by("pk").last()

    def tick(self, organ: str, day: date) -> None:
        if item := self._public(organ):
            by = self.who(organ, Role.PUBLISHER)
            tick_channel(
                self.county.organs[organ], [item], channel=Channel.WECHAT, on=day, by=by, today=date(self.year, 12, 31)
            )

    def take_down(self, organ: str, day: date) -> None:
        if item := self._public(organ):
            withdraw(
                item, kind="open", reason="内容有误", by=self.who(organ, Role.PUBLISHER), today=date(self.year, 12, 31)
            )

    def repeal(self, organ: str, day: date) -> None:
        if item := self._public(organ, normative_kind="normdoc", validity="in_force"):
            set_validity(
                item, validity="repealed", since=date(self.year, 12, 30), authority="县政府第1次常务会议",
                by=self.who(organ, Role.PUBLISHER), today=date(self.year, 12, 31),
            )  # fmt: skip

    def receive(self, organ: str, day: date) -> None:
        agency = self.county.organs[organ]
        casework.receive(
            agency, key=f"k{self.serial}", applicant={"kind": "natural_person", "name": "申请人", "phone": "19900000000"},
            info_desc=f"申请公开第 {self.serial} 号文件", channel="in_person", provide_form="electronic",
            provide_route="pickup", by=self.who(organ, Role.CASE_REGISTRAR), today=day, submitted_on=day,
        )  # fmt: skip
        case = Case.objects.order_by("pk").last()
        assert case is not None
        casework.register(case, subject="文件", by=self.who(organ, Role.CASE_REGISTRAR), today=day)

    def review(self, organ: str, day: date) -> None:
        """Sometimes of a docket that another organ shares: one in the region, one in each organ."""
        docket, agency, by = f"复{self.serial // 2}", self.county.organs[organ], self.who(organ, Role.LEGAL_REVIEWER)
        if not ReviewCase.objects.filter(agency=agency, docket=docket).exists():
            remedies.enter_review(agency, docket=docket, review_body="江州市人民政府", filed_on=day, by=by, today=day)

    def complain(self, organ: str, day: date) -> None:
        remedies.enter_complaint(
            self.county.organs[organ], source="citizen", subject="未按期答复", matter="未按期答复", received_on=day,
            by=self.who(organ, Role.CASE_REGISTRAR), today=day,
        )  # fmt: skip


@pytest.mark.soak
@pytest.mark.parametrize("year", YEARS)
def test_warm_equals_cold_after_any_acts(county: County, year: int, budget: Any) -> None:
    chance = random.Random(year)
    office = Office(county, chance, year)
    with left_to_worker():
        for _ in range(12):
            office.act()
        rollups.recount(year)
        equal(county, year)
        for _ in range(budget(test=12, soak=400)):
            office.act()
            if chance.random() < 0.5:
                equal(county, year)
    equal(county, year)


def test_an_act_makes_its_own_organ_count_again_and_no_other(county: County) -> None:
    office = Office(county, random.Random(1), 2020)
    with left_to_worker():
        for organ in ORGANS[1:]:
            office.publish(organ, date(2020, 5, 8))
    rollups.recount(2020)
    before = dict(OrganYear.objects.values_list("agency", "pk"))
    with left_to_worker():
        office.publish("财政局", date(2020, 6, 1))
    assert rollups._stale(RollupMark.objects.get().entry) == {county.organs["财政局"].pk}
    warm(2020, scopes(county)[0])
    after = dict(OrganYear.objects.values_list("agency", "pk"))
    assert {agency for agency in after if after[agency] != before[agency]} == {county.organs["财政局"].pk}


def test_an_organ_s_own_page_waits_for_nobody_else(county: County) -> None:
    rollups.recount(2020)
    mark = RollupMark.objects.get().entry
    Office(county, random.Random(1), 2020).receive("教育局", date(2020, 6, 1))
    warm(2020, Scope(county.organs["财政局"], whole_region=False))
    assert RollupMark.objects.get().entry == mark


def test_too_much_to_look_through_is_counted_anew(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    rollups.recount(2020)
    Office(county, random.Random(1), 2020).receive("教育局", date(2020, 6, 1))
    monkeypatch.setattr(rollups, "MOST_ENTRIES", 1)
    assert rollups._warm(Period.of_year(2020), scopes(county)[0]) is None
    assert compile_year(2020, scopes(county)[0]).values["t3.r1.total"] == 1


def test_an_act_that_may_concern_several_organs_leaves_nothing_standing(county: County) -> None:
    from django.db import transaction

    from gongkai.trail.chain import record

    rollups.recount(2020)
    with transaction.atomic():
        record("publishing.issue_gazette", None, by=None, today=date(2020, 6, 1))
    assert rollups._stale(RollupMark.objects.get().entry) is None


def test_what_another_version_counted_is_not_used(county: County) -> None:
    rollups.recount(2020)
    RollupMark.objects.update(rules="0.0.1")
    assert rollups._warm(Period.of_year(2020), scopes(county)[0]) is None


def test_the_night_counts_this_year_and_the_last(county: County) -> None:
    nightly({"day": "2026-03-20"})
    assert set(RollupMark.objects.values_list("year", flat=True)) == {2025, 2026}


def test_a_kept_figure_opens_into_its_records(county: County) -> None:
    Office(county, random.Random(1), 2020).receive("教育局", date(2020, 6, 1))
    rollups.recount(2020)
    with CaptureQueriesContext(connection) as queries:
        compilation = compile_year(2020, scopes(county)[0])
    assert not any("casework_case" in query["sql"] for query in queries)
    (case,) = compilation.cells["t3.r1.natural_person"].records()
    assert case.agency == county.organs["教育局"]
