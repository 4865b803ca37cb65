"""Walking a round: the people of an organ at their screens, on a given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client

from county import County
from freezing import on_day
from gongkai.agencies.models import Role, User
from gongkai.statistics.actions import open_round
from gongkai.statistics.models import FilingRound, FilingSheet

YEAR = 2026
OPENED, DUE = date(2026, 12, 28), date(2027, 1, 15)
JANUARY = date(2027, 1, 5)
FIGURES = {"t2.license.decided": 12, "t2.penalty.decided": 3, "t2.coercion.decided": 0}


@dataclass
class Desk:
    """One person at the desk on one day."""

    user: User
    day: date = JANUARY

    def get(self, address: str) -> str:
        return self.answer("get", address).content.decode()

    def post(self, address: str, **typed: Any) -> Any:
        return self.answer("post", address, typed)

    def answer(self, method: str, address: str, typed: dict[str, Any] | None = None) -> Any:
        client = Client()
        client.force_login(self.user)
        with on_day(self.day):
            return getattr(client, method)(address, typed or {})


def opened(county: County, groups: tuple[str, ...] = ("department", "town"), **changed: Any) -> FilingRound:
    facts = {"year": YEAR, "period": "year", "groups": groups, "due_on": DUE, **changed}
    return open_round(by=county.person("县政府", Role.DISCLOSURE_OFFICE), today=OPENED, **facts)


def sheet_of(county: County, organ: str = "财政局", period: str = "year") -> FilingSheet:
    return FilingSheet.objects.get(agency=county.organs[organ], period=period)


def typed(figures: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Figures as a form sends them."""
    return {cell.replace(".", "__"): value for cell, value in (FIGURES if figures is None else figures).items()} | more
