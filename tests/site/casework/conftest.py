"""A county with two organs and their people, and applications that walk through the real actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from gongkai.agencies.actions import appoint, establish
from gongkai.agencies.calendar import calendar_changed
from gongkai.agencies.models import Agency, Installation, Role, Setting, User
from gongkai.casework import actions, rules
from gongkai.casework.models import Case
from gongkai.documents.blobs import store
from gongkai.documents.models import Blob
from gongkai_core.refusals import Refused

from .walks import (
    ADDRESS,
    BEGIN,
    EMAIL,
    FACTS,
    ID_NUMBER,
    MONDAY,
    NAME,
    ON_THE_WAY,
    PHONE,
    REASON,
    SEALED,
    WISH,
    Staff,
    World,
    application,
    credit_code,
    draft,
    review,
    scan_of,
    sealed,
    signed_off,
)

__all__ = [
    "ADDRESS",
    "BEGIN",
    "EMAIL",
    "FACTS",
    "ID_NUMBER",
    "MONDAY",
    "NAME",
    "ON_THE_WAY",
    "PHONE",
    "REASON",
    "SEALED",
    "WISH",
    "Maker",
    "Staff",
    "World",
    "answer",
    "application",
    "credit_code",
    "draft",
    "person",
    "refused",
    "review",
    "scan_of",
    "sealed",
    "signed_off",
    "staff_of",
]


def person(username: str, name: str) -> User:
    return User.objects.create_user(username, name, "correct horse battery")


def staff_of(agency: Agency, prefix: str) -> Staff:
    roles = {
        "registrar": Role.CASE_REGISTRAR, "handler": Role.HANDLER, "lawyer": Role.LEGAL_REVIEWER,
        "secrecy": Role.SECRECY_REVIEWER, "head": Role.SIGNATORY, "statistician": Role.STATISTICIAN,
        "drafter": Role.DRAFTER,
    }  # fmt: skip
    people = {}
    for key, role in roles.items():
        name = agency.head if key == "head" else f"{prefix}{role.label}"
        people[key] = person(f"{prefix}-{key}", name)
        appoint(people[key], role, agency, by=None, on=BEGIN)
    return Staff(**people)


@pytest.fixture(autouse=True)
def calendar_as_shipped() -> Iterator[None]:
    """The process remembers a calendar for two seconds: longer than a test."""
    calendar_changed()
    yield
    calendar_changed()


@pytest.fixture
def world(db: None) -> World:
    county = establish(
        by=None, on=BEGIN, parent=None, name="清溪县人民政府", short_name="县政府", code=credit_code(1),
        document_prefix="清政公开", legal_kind="government", phone="0990-1234567", head="县长",
    )  # fmt: skip
    Installation.objects.create(
        government=county, superior_government="澄江市人民政府", court="清溪县人民法院",
        superior_court="澄江市中级人民法院",
    )  # fmt: skip
    bureau = establish(
        by=None, on=BEGIN, parent=county, name="清溪县住房和城乡建设局", short_name="住建局", code=credit_code(2),
        document_prefix="清建公开", legal_kind="department", phone="0990-7654321", head="局长甲",
    )  # fmt: skip
    water = establish(
        by=None, on=BEGIN, parent=county, name="清溪县水利局", short_name="水利局", code=credit_code(3),
        document_prefix="清水公开", legal_kind="department", phone="0990-7654322", head="局长乙",
    )  # fmt: skip
    names = {bureau.code: {"superior_department": "澄江市住房和城乡建设局"}}
    Setting.objects.create(key=rules.REVIEW_NAMES.key, value=names)
    office = person("office", "公开办主任")
    appoint(office, Role.DISCLOSURE_OFFICE, county, by=None, on=BEGIN)
    foreign = person("foreign", "水利局承办人")
    for role in (Role.CASE_REGISTRAR, Role.HANDLER, Role.SIGNATORY):
        appoint(foreign, role, water, by=None, on=BEGIN)
    return World(county, bureau, office, foreign, staff_of(bureau, "住建"))


@pytest.fixture
def scan() -> Blob:
    return store(b"%PDF-1.7 scan", name="scan.pdf", content_type="application/pdf", sealed=True)


@contextmanager
def refused(code: str) -> Iterator[None]:
    """The block is refused, with this code and a whole sentence."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.refusal.code == code, caught.value
    assert len(caught.value.refusal.message) >= 4


Maker = Callable[..., Case]


@pytest.fixture
def registered(world: World) -> Maker:
    def make(*, on: date = MONDAY, **changes: Any) -> Case:
        """A case of the bureau, received and registered on a day."""
        received = actions.receive(world.bureau, **application(today=on, **changes))
        return actions.register(received.case, subject="道路改造项目中标通知书", by=world.staff.registrar, today=on)

    return make


@pytest.fixture
def examining(world: World, registered: Maker) -> Maker:
    def make(*, on: date = MONDAY, papers: tuple[str, ...] = ON_THE_WAY, **changes: Any) -> Case:
        """… and given to the handler, who has begun; the head has signed what may have to be sent on the way."""
        case = registered(on=on, **changes)
        case = actions.assign(case, handler=world.staff.handler, by=world.staff.registrar, today=on)
        for kind in papers if case.law != "492" else ():
            signed_off(case, world, kind, on=on)
        return actions.start_examination(case, by=world.staff.handler, today=on)

    return make


@pytest.fixture
def processing(world: World, examining: Maker) -> Maker:
    def make(*, on: date = MONDAY, **changes: Any) -> Case:
        return actions.start_processing(examining(on=on, **changes), by=world.staff.handler, today=on)

    return make


def answer(case: Case, world: World, outcome: str, *, on: date, files: bool = False, **changes: Any) -> Case:
    """From work to closing on one day."""
    case = draft(case, world, outcome, today=on, **changes)
    case = review(case, world, today=on)
    actions.sign(case, by=world.staff.head, today=on, files=files)
    return actions.deliver(sealed(case, world, on=on), method="online", by=world.staff.handler, today=on)
