"""The small county, a clerk of an organ, and the disclosure office, each behind a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from county import County, build
from freezing import on_day
from gongkai.agencies.models import Role, User
from gongkai.registers.actions import enter
from gongkai.registers.models import RegisterEntry

TODAY = date(2026, 11, 23)


@pytest.fixture
def county(db: None) -> County:
    return build()


@pytest.fixture
def today(db: None) -> Any:
    """The pages' day is the one of the acts."""
    with on_day(TODAY):
        yield TODAY


def clerk(county: County, organ: str = "财政局") -> User:
    return county.person(organ, Role.STATISTICIAN)


def office(county: County) -> User:
    return county.person("县政府", Role.DISCLOSURE_OFFICE)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def entered(county: County) -> Callable[..., RegisterEntry]:
    """A row entered by the organ's own clerk through the act."""

    def write(register: type[RegisterEntry], organ: str = "财政局", **facts: Any) -> RegisterEntry:
        facts = {"held_on": date(2026, 3, 1), "title": "一行", **facts}
        return enter(register, county.organs[organ], by=clerk(county, organ), today=TODAY, **facts)

    return write
