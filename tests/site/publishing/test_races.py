"""Two at once (R10): one wins, the other is told by whom and when, and nothing happens twice.

Real threads with connections of their own, let go by one barrier: on PostgreSQL as it is, on SQLite in a file.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

import county as a_county
from county import LONG_AGO
from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role, User
from gongkai.publishing import actions
from gongkai.publishing.content import version_digest
from gongkai.publishing.models import Approval, Column, Item, ItemVersion, Publication
from gongkai.publishing.skeleton import seed_columns
from gongkai.publishing.vouched import ALL_GATES, Vouched
from gongkai.trail.chain import verify
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.review_chain import SIX

pytestmark = pytest.mark.slow
MOST_THREADS = 8
Act = Callable[[], Any]


@pytest.fixture
def database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """The test's database, in a file where it is SQLite's in memory: threads can wait for that one."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        yield
        return
    connection.ensure_connection()
    with sqlite3.connect(tmp_path / "races.sqlite3") as file:
        connection.connection.backup(file)
    file.close()
    in_memory, configured = connections["default"], connections.settings["default"]
    name = configured["NAME"]
    configured["NAME"] = str(tmp_path / "races.sqlite3")
    connections["default"] = connections.create_connection("default")
    yield
    connections["default"].close()
    configured["NAME"] = name
    connections["default"] = in_memory


@pytest.fixture
def race(database: None) -> Iterator[Callable[[list[Act]], list[Any]]]:
    """Let all acts go at the same instant; gives each one's result, or the Refusal it met."""
    with ThreadPoolExecutor(MOST_THREADS) as pool:

        def run(acts: list[Act]) -> list[Any]:
            barrier = threading.Barrier(len(acts))

            def go(act: Act) -> Any:
                barrier.wait(timeout=60)
                try:
                    return act()
                except Refused as refused:
                    return refused.refusal

            return list(pool.map(go, acts))

        yield run
        # One turn a thread, so that each closes the connection it opened.
        closing = threading.Barrier(MOST_THREADS)
        list(pool.map(lambda _: (closing.wait(timeout=60), connections.close_all()), range(MOST_THREADS)))


class House:
    """财政局 with an author, four reviewers and two publishers."""

    def __init__(self) -> None:
        seed_columns()
        self.agency = a_county.build().organs["财政局"]
        self.today = timezone.localdate()
        self.column = Column.objects.get(code="A20_01")
        self.author = self._person(Role.DRAFTER)
        self.reviewers = [self._person(Role.REVIEWER) for _ in range(4)]
        self.publishers = [self._person(Role.PUBLISHER) for _ in range(2)]

    def _person(self, role: Role) -> User:
        count = User.objects.count()
        user = User.objects.create_user(f"racer-{count}", f"{role.label}{count}")
        appoint(user, role, self.agency, by=None, on=LONG_AGO)
        return user

    def submitted(self, number: int) -> ItemVersion:
        version = actions.draft(
            self.agency, title=f"关于第{number}号事项的通知", column=self.column, body="一、按时办理。", by=self.author,
            today=self.today,
        )  # fmt: skip
        return actions.submit(version, by=self.author, today=self.today)

    def reviewed(self, version: ItemVersion) -> ItemVersion:
        return actions.approve_review(version, by=self.reviewers[0], today=self.today, vouched=ALL_GATES)

    def published(self, number: int) -> ItemVersion:
        return actions.sign_and_publish(self.reviewed(self.submitted(number)), by=self.publishers[0], today=self.today)

    def read(self, version: ItemVersion) -> ItemVersion:
        """A copy of one's own, as each person's page has it."""
        return ItemVersion.objects.select_related("item__agency", "column").get(pk=version.pk)


@pytest.fixture
def house(database: None) -> House:
    return House()


def refusals(results: list[Any]) -> list[Refusal]:
    return [result for result in results if isinstance(result, Refusal)]


def names(results: list[Any], people: list[User]) -> None:
    """Each loser is told who was first, and when."""
    for refusal in refusals(results):
        assert f"已于 {timezone.localtime():%Y-%m-%d}" in refusal.message, refusal
        assert any(refusal.message.startswith(person.name) for person in people), refusal


def approve(house: House, version: ItemVersion, person: User) -> Act:
    copy = house.read(version)
    return lambda: actions.approve_review(copy, by=person, today=house.today, vouched=ALL_GATES)


def rounds(budget: Callable[..., int]) -> range:
    return range(budget(test=4, soak=500))


def threads(number: int) -> int:
    """2 to 8, each in its turn."""
    return 2 + number % (MOST_THREADS - 1)


@pytest.mark.soak
def test_approve_and_approve(race: Any, house: House, budget: Callable[..., int]) -> None:
    for number in rounds(budget):
        version = house.submitted(number)
        acts = [approve(house, version, house.reviewers[n % 4]) for n in range(threads(number * 2))]
        results = race(acts)
        assert len(refusals(results)) == len(acts) - 1, results
        names(results, house.reviewers)
        version.refresh_from_db()
        assert (version.state, version.position, version.approvals.count()) == ("in_signing", 1, 1)
    assert verify().holds


@pytest.mark.soak
def test_approve_and_return(race: Any, house: House, budget: Callable[..., int]) -> None:
    for number in rounds(budget):
        version = house.submitted(number)
        copies = [house.read(version) for _ in range(threads(number))]
        acts: list[Act] = [approve(house, version, house.reviewers[0])]
        acts += [
            lambda copy=copy: actions.return_(copy, by=house.reviewers[1], today=house.today, remarks="请改")
            for copy in copies[1:]
        ]
        results = race(acts)
        assert len(refusals(results)) == len(acts) - 1, results
        names(results, house.reviewers)
        version.refresh_from_db()
        won = isinstance(results[0], ItemVersion)
        assert version.state == ("in_signing" if won else "returned")
        assert version.approvals.filter(valid=True).count() == (1 if won else 0)
        assert (version.secrecy_by is not None) == won


@pytest.mark.soak
def test_edit_and_approve(race: Any, house: House, budget: Callable[..., int]) -> None:
    """Who read the old text never approves the new one, however the two fall together."""
    for number in rounds(budget):
        version = house.submitted(number)
        version = actions.return_(version, by=house.reviewers[1], today=house.today, remarks="请改")
        first, second, read = house.read(version), house.read(version), house.read(version)
        seen = read.digest

        def edit_and_send(copy: ItemVersion = first, number: int = number) -> Any:
            edited = actions.edit(copy, by=house.author, body=f"改过的第{number}稿", today=house.today)
            return actions.submit(edited, by=house.author, today=house.today)

        results = race(
            [
                edit_and_send,
                lambda copy=second: actions.submit(copy, by=house.author, today=house.today),
                lambda copy=read, seen=seen: actions.approve_review(
                    copy, by=house.reviewers[0], vouched=Vouched(SIX, seen=seen), today=house.today
                ),
            ]
        )
        version = house.read(version)
        assert version.digest == version_digest(version, version.agency), results
        for approval in version.approvals.filter(round=version.round, valid=True):
            assert approval.digest == version.digest == seen, results
        assert version.state in ("in_review", "in_signing"), results


@pytest.mark.soak
def test_publish_and_publish(race: Any, house: House, budget: Callable[..., int]) -> None:
    for number in rounds(budget):
        version = house.reviewed(house.submitted(number))
        copies = [house.read(version) for _ in range(threads(number))]
        results = race(
            [
                lambda copy=copy, by=house.publishers[n % 2]: actions.sign_and_publish(copy, by=by, today=house.today)
                for n, copy in enumerate(copies)
            ]
        )
        assert len(refusals(results)) == len(copies) - 1, results
        names(results, house.publishers)
        assert version.approvals.count() == 2
        assert Publication.objects.filter(item=version.item).count() == 1
    serials = list(Item.objects.public().order_by("column_serial").values_list("column_serial", flat=True))
    assert serials == list(range(1, len(serials) + 1))


@pytest.mark.soak
def test_withdraw_and_publish(race: Any, house: House, budget: Callable[..., int]) -> None:
    """In whichever order they come, the item, its versions and its column agree."""
    for number in rounds(budget):
        item = house.published(number).item
        newer = actions.revise(item, by=house.author, today=house.today)
        newer = actions.edit(newer, by=house.author, today=house.today, body="改过的正文")
        newer = house.reviewed(actions.submit(newer, by=house.author, today=house.today))
        copy, again = house.read(newer), Item.objects.get(pk=item.pk)
        race(
            [
                lambda copy=copy: actions.sign_and_publish(copy, by=house.publishers[0], today=house.today),
                lambda again=again: actions.withdraw(
                    again, by=house.publishers[1], today=house.today, kind="open", reason="内容有误"
                ),
            ]
        )
        item = Item.objects.get(pk=item.pk)
        states = list(item.versions.order_by("number").values_list("state", flat=True))
        assert states in (["withdrawn", "published"], ["superseded", "withdrawn"]), states
        assert item.state == ("published" if "published" in states else "withdrawn")
        assert Approval.objects.filter(version=newer, valid=True).count() == 2
        public = Item.objects.public().filter(column=house.column).count()
        assert Column.objects.get(pk=house.column.pk).public_count == public
