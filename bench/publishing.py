"""A million items, through the real pages: list, filter, open, edit, submit, approve, publish, and what the public sees.

Every figure is the median of whole requests in one process (the WSGI handler, middleware, session and templates
included), on SQLite and on PostgreSQL, at 100,000 and at 1,000,000 items. What the pages show is compared with plain
SQL before anything is timed. `python -m bench.publishing SIZE OUT` measures one of the four databases.
"""

from __future__ import annotations

import json
import math
import os
import re
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench import Row
from bench._databases import ENGINES, make, measured, server, start
from bench._million import RARE, fill

SIZES = tuple(int(size) for size in os.environ.get("BENCH_ITEMS", "100000,1000000").split(","))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "25"))
GOAL_MS = 200
GOALS = {"list": 0.25, "publish": 0.15}
"""Growth exponents log10(t(10n) / t(n)) at most (performance-bar P14)."""


def run() -> list[Row]:
    """One row an operation and database; the largest size is the figure, the exponent stands in the note."""
    rows = []
    for engine in ENGINES:
        with server(engine) as url:
            times = {size: _measured(engine, size, url) for size in SIZES}
        largest = times[SIZES[-1]]
        for name, here in largest.items():
            before = times[SIZES[0]][name]
            growth = math.log10(here["median"] / before["median"]) / math.log10(SIZES[-1] / SIZES[0])
            goal = next((f" (goal ≤{at})" for start, at in GOALS.items() if name.startswith(start)), "")
            note = (
                f"{SIZES[-1]:,} items; p95 {here['p95']:.0f}; at {SIZES[0]:,}: {before['median']:.1f}; "
                f"growth {growth:+.2f}{goal}; goal ≤{GOAL_MS}"
            )
            rows.append(
                {"name": f"{engine}: {name}", "ours": here["median"], "peer": None, "ratio": None, "unit": "ms",
                 "note": note}
            )  # fmt: skip
    return rows


def _measured(engine: str, size: int, url: str) -> dict[str, dict[str, float]]:
    """Measure one database."""
    found: dict[str, dict[str, float]] = measured("publishing", f"{engine.lower()}-{size}", url, str(size))
    return found


# One database -------------------------------------------------------------------------------------------------------


def one(size: int, output: Path) -> None:
    started = time.monotonic()
    start()
    make(lambda: fill(size))
    print(f"  {size:,} items ready after {time.monotonic() - started:.0f} s", flush=True)
    desk = Desk(size)
    desk.check()
    output.write_text(json.dumps(desk.measure()))


class Fields(HTMLParser):
    """The fields of a page's form with their present values, as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, Any] = {}
        self.boxes: dict[str, list[str]] = {}
        self._select = self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        name = given.get("name", "")
        if tag == "input" and given.get("type") == "checkbox":
            self.boxes.setdefault(name, []).append(given.get("value", "on"))
        elif tag == "input" and name and given.get("type") not in ("checkbox", "radio", "file", "submit"):
            self.found[name] = given.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in self.found):
            self.found[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.found[name] = ""

    def handle_endtag(self, tag: str) -> None:
        self._select = "" if tag == "select" else self._select
        self._area = "" if tag == "textarea" else self._area

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area] += data


LIST = "/desk/publishing/"
_ITEM = re.compile(r"/desk/publishing/items/([0-9a-f-]{36})/")


class Desk:
    """People at their browsers, and the operations that are timed."""

    def __init__(self, size: int) -> None:
        from gongkai.agencies.models import User
        from gongkai.publishing.models import Column, Item

        self.size, self.serial = size, 0
        self.clerk, self.reviewer, self.publisher, self.office = (
            self._signed_in(name) for name in ("drafter-2", "reviewer-2", "publisher-2", "office")
        )
        self.reader = self._signed_in("")
        self.organ = User.objects.get(username="drafter-2").appointments.get().agency
        self.column = Column.objects.get(code="A20_05")
        self.middle = Item.objects.get(pk=size // 2).public_id

    @staticmethod
    def _signed_in(username: str) -> Any:
        from django.test import Client

        from gongkai.agencies.models import User

        client = Client()
        if username:
            client.force_login(User.objects.get(username=username))
        return client

    # Results first

    def check(self) -> None:
        """What pages show is what plain SQL finds."""
        organ = "agency_id = (SELECT agency_id FROM agencies_appointment p JOIN agencies_user u ON u.id = p.user_id"
        organ += " WHERE u.username = 'drafter-2')"
        before = f"public_id < (SELECT public_id FROM publishing_item WHERE id = {self.size // 2})"
        for client, address, where in (
            (self.clerk, LIST, organ),
            (self.office, LIST, "1 = 1"),
            (self.office, f"{LIST}?before={self.middle}", before),
            (self.clerk, f"{LIST}?state=in_review", f"{organ} AND state = 'in_review'"),
            (self.office, f"{LIST}?q={RARE}", f"title LIKE '%{RARE}%'"),
            (self.office, f"{LIST}?state=returned", "state = 'returned'"),
            (self.office, f"{LIST}?column={self.column.pk}", f"column_id = {self.column.pk}"),
        ):
            shown = list(dict.fromkeys(_ITEM.findall(self._get(client, address))))
            wanted = self._plain(
                f"SELECT public_id FROM publishing_item WHERE {where} ORDER BY public_id DESC LIMIT 20"
            )
            assert shown == wanted, f"{address}: {shown[:3]} … instead of {wanted[:3]} …"
        page = self._get(self.reader, f"/disclosure/columns/{self.column.slug}/")
        newest = self._plain(
            f"SELECT public_id FROM publishing_item WHERE state = 'published' AND column_id = {self.column.pk}"
            " ORDER BY column_serial DESC LIMIT 20"
        )
        assert list(dict.fromkeys(re.findall(r"/disclosure/items/([0-9a-f-]{36})", page))) == newest

    @staticmethod
    def _plain(query: str) -> list[str]:
        from uuid import UUID

        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(query)
            return [str(UUID(str(row[0]))) for row in cursor.fetchall()]

    @staticmethod
    def _get(client: Any, address: str, status: int = 200) -> str:
        answer = client.get(address)
        assert answer.status_code == status, f"{address} answers {answer.status_code}"
        return str(answer.content.decode())

    # Measuring

    def measure(self) -> dict[str, dict[str, float]]:
        found = {name: self._timed(work) for name, work in self._readings().items()}
        chain: dict[str, list[float]] = {}
        for _ in range(ROUNDS + 2):
            for name, seconds in self._one_item().items():
                chain.setdefault(name, []).append(seconds)
        found |= {name: self._summary(seconds[2:]) for name, seconds in chain.items()}
        for name, row in found.items():
            print(f"  {name:<34}{row['median']:9.1f} ms", flush=True)
        return found

    def _timed(self, work: Callable[[], object]) -> dict[str, float]:
        seconds = []
        for _ in range(ROUNDS + 2):
            begun = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - begun)
        return self._summary(seconds[2:])

    @staticmethod
    def _summary(seconds: list[float]) -> dict[str, float]:
        return {"median": median(seconds) * 1000, "p95": quantiles(seconds, n=20)[-1] * 1000}

    def _readings(self) -> dict[str, Callable[[], object]]:
        column, slug = self.column.pk, self.column.slug
        pages = f"/disclosure/columns/{slug}"
        return {
            "list, an organ's": lambda: self._get(self.clerk, LIST),
            "list, the office's": lambda: self._get(self.office, LIST),
            "list, deep in the middle": lambda: self._get(self.office, f"{LIST}?before={self.middle}"),
            "filter, an organ's by state": lambda: self._get(self.clerk, f"{LIST}?state=in_review"),
            "filter, an organ's by all": lambda: self._get(
                self.clerk, f"{LIST}?state=published&column={column}&q={RARE}"
            ),
            "filter, the office's by state": lambda: self._get(self.office, f"{LIST}?state=in_signing"),
            "filter, the office's, nothing": lambda: self._get(self.office, f"{LIST}?state=returned"),
            "filter, the office's by column": lambda: self._get(self.office, f"{LIST}?column={column}"),
            "filter, the office's by word": lambda: self._get(self.office, f"{LIST}?q={RARE}"),
            "open an item": lambda: self._get(self.clerk, f"{LIST}items/{self._some_item()}/"),
            "what waits for me": lambda: self._get(self.reviewer, "/desk/"),
            "public: column": lambda: self._get(self.reader, f"{pages}/"),
            "public: column, deep": lambda: self._get(self.reader, f"{pages}/{self.column.last_serial // 40}.html"),
            "public: column, by word": lambda: self._get(self.reader, f"{pages}/?q={RARE}"),
            "public: newest": lambda: self._get(self.reader, "/disclosure/"),
            "public: home": lambda: self._get(self.reader, "/"),
        }

    def _some_item(self) -> str:
        """Another one of the clerk's organ each time, from all over the years."""
        from gongkai.publishing.models import Item

        self.serial += 1
        place = (self.serial * 7919) % (self.size * 3 // 4)
        found = Item.objects.filter(pk__gte=place, state="published", agency=self.organ)
        return str(found.order_by("pk").values_list("public_id", flat=True)[0])

    def _one_item(self) -> dict[str, float]:
        """An item's whole way, each step as a person takes it: the page with its form, and the form sent."""
        self.serial += 1
        title, times = f"关于新的第{self.serial}号事项的通知", {}

        def step(name: str, client: Any, address: str, *, ticked: bool = False, **given: str) -> str:
            begun = time.perf_counter()
            form = Fields(self._get(client, address))
            fields = form.found | (form.boxes if ticked else {}) | given
            answer = client.post(address, fields)
            assert answer.status_code == 302, f"{name}: {re.findall('error[^<]*<[^<]*', answer.content.decode())}"
            times[name] = time.perf_counter() - begun
            return str(answer.headers["Location"])

        written = {"title": title, "column": str(self.column.pk), "body": "各有关单位：\n现将有关事项通知如下。"}
        item = step("draft", self.clerk, f"{LIST}new/", **written, then="keep")
        step("edit", self.clerk, f"{item}edit/", body="各有关单位：\n改过的正文。", then="keep")
        begun = time.perf_counter()
        assert self.clerk.post(f"{item}submit/").status_code == 302
        times["submit"] = time.perf_counter() - begun
        step("approve", self.reviewer, f"{item}review/", ticked=True, verdict="approve")
        form = Fields(self._get(self.publisher, f"{item}sign/"))
        fields = form.found | form.boxes | {"verdict": "approve"}
        begun = time.perf_counter()
        assert self.publisher.post(f"{item}sign/", fields).status_code == 302
        times["publish"] = time.perf_counter() - begun
        page = self._get(self.reader, f"/disclosure/items/{_ITEM.search(item)[1]}.html")
        for address in (f"/disclosure/columns/{self.column.slug}/", "/disclosure/", "/"):
            page += self._get(self.reader, address)
        times["publish, to public on 4 pages"] = time.perf_counter() - begun
        assert page.count(title) >= 4, "published and not everywhere public"
        return times


if __name__ == "__main__":
    one(int(sys.argv[1]), Path(sys.argv[2]))
