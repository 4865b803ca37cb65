"""A county whose figures are frozen, and people who write, sign and publish its reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

import county as a_county
from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Role, User
from gongkai.annualreport.actions import compile_report, edit_sections, publish, sign
from gongkai.annualreport.models import Report
from gongkai.publishing import actions as publishing
from gongkai.publishing.models import Column, Item
from gongkai.publishing.vouched import ALL_GATES
from gongkai.statistics.models import Snapshot
from gongkai.statistics.models.snapshot import digest_of
from gongkai_core.returns import derive, form_for

LEAVES: Mapping[str, Mapping[str, int | str]] = {
    "2021": {
        "t2.normdoc.made": 6,
        "t2.normdoc.repealed": 2,
        "t2.normdoc.valid": 31,
        "t2.license.decided": 1203,
        "t2.penalty.decided": 47,
        "t2.fee.amount": "318.25",
        "t3.r1.natural_person": 41,
        "t3.r1.business": 6,
        "t3.r1.legal": 1,
        "t3.r2.natural_person": 2,
        "t3.r3_1.natural_person": 20,
        "t3.r3_1.business": 4,
        "t3.r3_2.natural_person": 7,
        "t3.r3_3_4.business": 1,
        "t3.r3_4_1.natural_person": 9,
        "t3.r3_4_1.legal": 1,
        "t3.r3_5_1.natural_person": 3,
        "t3.r3_6_1.natural_person": 1,
        "t3.r4.natural_person": 3,
        "t3.r4.business": 1,
        "t4.review.upheld": 2,
        "t4.review.corrected": 1,
        "t4.suit_after.upheld": 1,
    },
    "2019": {
        "t2.normdoc.made": 9,
        "t2.normdoc.public": 8,
        "t2.normdoc.total": 40,
        "t2.license.prev": 300,
        "t2.license.delta": -4,
        "t2.license.decided": 900,
        "t2.procure.count": 12,
        "t2.procure.amount": "1.5",
        "t3.r1.natural_person": 12,
        "t3.r3_1.natural_person": 8,
        "t3.r3_6.natural_person": 1,
        "t3.r4.natural_person": 3,
    },
    "2014": {
        "t14.1_1": 5120,
        "t14.1_1_a": 12,
        "t14.1_1_b": 12,
        "t14.1_2_1": 30,
        "t14.1_2_2": 5000,
        "t14.1_2_4": 400,
        "t14.2_2_1": 3,
        "t14.2_2_3": 11,
        "t14.3_1": 17,
        "t14.3_1_1": 5,
        "t14.3_1_3": 12,
        "t14.3_2": 17,
        "t14.3_2_1": 16,
        "t14.3_2_2": 1,
        "t14.3_3_1": 4,
        "t14.3_3_2": 10,
        "t14.3_3_6": 3,
        "t14.7": "0.3",
        "t14.8_3_1": 2,
        "t14.8_3_2": 15,
        "t14.9_1": 2,
        "t14.9_2": 1,
        "t14.9_3": 60,
    },
}
TEXTS = {
    "1.3": "对现行规范性文件作了清理。",
    "1.4": "政府网站信息公开专栏全年正常运行，县档案馆和图书馆设有查阅点。",
    "1.5": "对各单位开展了政府信息公开工作考核和社会评议，没有发生应当追究责任的情形，责任追究结果为无。",
    "1": "全年按计划推进各项工作。",
    "5": "一是部分规范性文件的解读不够及时，已定下与文件同步起草解读的办法。\n二是个别单位答复说理不充分，已组织复盘。",
    "7": "一是个别单位更新不够及时，已逐月通报。\n二是培训不足，已列入计划。",
}


def values_of(year: int, **changed: Any) -> dict[str, Any]:
    """A full form of that year: zero where nothing happened, sums as they must be."""
    form = form_for(year)
    leaves = {cell: Decimal(value) if isinstance(value, str) else value for cell, value in LEAVES[form.edition].items()}
    return dict(derive(form, {**dict.fromkeys(form.cell_ids, 0), **leaves, **changed}))


class House:
    """One organ's people and figures."""

    def __init__(self, county: a_county.County, organ: str) -> None:
        self.agency = county.organs[organ]
        self.scope = Scope(self.agency, whole_region=False)
        self.author: User = county.person(organ, Role.STATISTICIAN)
        self.signatory: User = county.person(organ, Role.SIGNATORY)
        self.publisher: User = county.person(organ, Role.PUBLISHER)

    def frozen(self, year: int, values: Mapping[str, Any] | None = None) -> Snapshot:
        """The year's figures as statistics freezes them."""
        edition = form_for(year).edition
        plain = {
            cell: str(value) if isinstance(value, Decimal) else value
            for cell, value in (values or values_of(year)).items()
        }
        return Snapshot.objects.create(
            agency=self.agency,
            whole_region=False,
            year=year,
            edition=edition,
            values=plain,
            origins={},
            digest=digest_of(edition, plain, {}),
            frozen_by=self.author,
        )

    def compiled(self, year: int = 2025, today: date | None = None) -> Report:
        self.frozen(year)
        return compile_report(year, self.scope, by=self.author, today=today or date(year + 1, 1, 5))

    def written(self, year: int = 2025) -> Report:
        """With every part gone through by the author."""
        report = self.compiled(year)
        texts = {row.number: row.text or TEXTS.get(row.number, "") for row in report.sections.all()}
        return edit_sections(report, texts, version=report.version, by=self.author, today=date(year + 1, 1, 8))

    def signed(self, year: int = 2025) -> Report:
        return sign(self.written(year), by=self.signatory, today=date(year + 1, 1, 12))

    def published(self, year: int = 2025) -> Report:
        return publish(self.signed(year), by=self.publisher, today=date(year + 1, 1, 15))


def public_item(county: a_county.County, organ: str, title: str, on: date, **more: Any) -> Item:
    """An item of an organ, published on a day."""
    column = Column.objects.get(code=more.pop("column", "A20_01"))
    drafter = county.person(organ, Role.DRAFTER)
    version = publishing.draft(
        county.organs[organ], title=title, column=column, body="一、办理。", by=drafter, today=on, **more
    )
    version = publishing.submit(version, by=drafter, today=on)
    version = publishing.approve_review(version, by=county.person(organ, Role.REVIEWER), today=on, vouched=ALL_GATES)
    return publishing.sign_and_publish(version, by=county.person(organ, Role.PUBLISHER), today=on).item


@pytest.fixture
def county(db: None) -> a_county.County:
    return a_county.build()


@pytest.fixture
def finance(county: a_county.County) -> House:
    return House(county, "财政局")


@pytest.fixture
def education(county: a_county.County) -> House:
    """The other organ, for which nothing of 财政局's exists."""
    return House(county, "教育局")


@pytest.fixture
def full() -> Callable[..., dict[str, Any]]:
    """All values of a year's form (`values_of`)."""
    return values_of


@pytest.fixture
def enter() -> Callable[[User], Client]:
    def login(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return login
