"""The processes that test_kills.py starts and kills: `python killed.py FOLDER` forks one for each line it reads.

A line is `ROLE NUMBER`; the answer is the child's process number. The parent has Django ready and touches no
database, so that a killed process is followed by a fresh one at once. What a process was told has happened (an
action returned) it writes down as acknowledged; that log and the reader's are all that the test believes.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(sys.argv[1])
ACKNOWLEDGED, READ, REPORT = FOLDER / "acknowledged.jsonl", FOLDER / "read.jsonl", FOLDER / "report.json"
LINES = 150
"""Paragraphs of a text: long enough that half a page would show."""
LEASE, ABANDONED_AFTER = timedelta(seconds=1), 0.5
"""Of a message and of a page that a killed process had in hand: minutes in an office, where nobody waits for a test."""


def append(file: Path, **line: Any) -> None:
    """Write one line that a kill leaves whole or away: a single write to the end of the file."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(descriptor, f"{json.dumps(line)}\n".encode())
    os.close(descriptor)


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def acknowledge(what: str, **facts: Any) -> None:
    append(ACKNOWLEDGED, what=what, **facts)


def text_of(token: str) -> str:
    return "\n".join(
        [f"令牌{token}开头。", *("各有关单位要按时办理，并报送结果。" for _ in range(LINES)), f"令牌{token}结尾。"]
    )


def whole(page: str) -> str:
    """The token of a page that has its beginning, its end and one text only; else what is wrong, in words."""
    found = {piece[:12] for piece in page.split("令牌")[1:]}
    if not page.rstrip().endswith("</html>"):
        return "no end"
    if len(found) != 1:
        return f"{len(found)} texts"
    token = found.pop()
    return token if f"令牌{token}开头。" in page and f"令牌{token}结尾。" in page else "no whole text"


def prepare() -> None:
    import django
    from django.conf import settings

    # Without collectstatic, so names carry no digest.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    django.setup()
    from gongkai.documents import baked
    from gongkai.outbox import queue

    queue.LEASE, baked.ABANDONED_AFTER = LEASE, ABANDONED_AFTER


# Roles


def found(_: int) -> None:
    """Set up the county: tables if they are not there, two organs with two drafters each, keys."""
    from django.conf import settings
    from django.core.management import call_command

    import county as a_county
    from gongkai.agencies.actions import appoint
    from gongkai.agencies.models import User
    from gongkai.documents.cipher import make_keys
    from gongkai.publishing.skeleton import seed_columns

    call_command("migrate", interactive=False, verbosity=0)
    make_keys(settings.KEY_FILE)
    seed_columns()
    county = a_county.build()
    for number, organ in enumerate(("财政局", "教育局")):
        for role in ("drafter", "reviewer", "publisher"):
            user = User.objects.create_user(f"{role}-{number}", f"{organ}{role}")
            appoint(user, role, county.organs[organ], by=None, on=a_county.LONG_AGO)
    REPORT.write_text("{}")


def publish(number: int) -> None:
    """Drafter, reviewer and publisher of an organ at work, picking up what they find half-way."""
    from django.utils import timezone

    from gongkai.agencies.models import User
    from gongkai.publishing import actions
    from gongkai.publishing.batches import BatchRow
    from gongkai.publishing.models import Column, Item, ItemVersion
    from gongkai.publishing.vouched import ALL_GATES

    rng = random.Random()
    drafter, reviewer, publisher = (
        User.objects.get(username=f"{role}-{number}") for role in ("drafter", "reviewer", "publisher")
    )
    today, organ = timezone.localdate(), drafter.posts_on(timezone.localdate())[0].agency
    columns = list(Column.objects.filter(code__in=["A20_01", "A20_06"]))

    def go_on(version: Any) -> None:
        """Bring a version to its end, from wherever it stands."""
        item = str(version.item.public_id)
        token = version.title.split("令牌")[1][:12]
        if version.state == "draft":
            version = actions.submit(version, by=drafter, today=today)
            acknowledge("publishing.submit", object=item)
        if version.state == "in_review":
            version = actions.approve_review(version, by=reviewer, today=today, vouched=ALL_GATES)
            acknowledge("publishing.approve_review", object=item)
        if version.state == "in_signing":
            actions.sign_and_publish(version, by=publisher, today=today)
            acknowledge("publishing.sign_and_publish", object=item, token=token)

    def write() -> None:
        token = uuid.uuid4().hex[:12]
        title = f"关于令牌{token}的通知"
        version = actions.draft(
            organ, title=title, column=rng.choice(columns), body=text_of(token), by=drafter, today=today
        )
        acknowledge("publishing.draft", object=str(version.item.public_id))
        go_on(version)

    def revise() -> None:
        item = rng.choice(list(Item.objects.filter(agency=organ, state="published").order_by("-pk")[:20]) or [None])
        if item is None or not item.title.startswith("关于"):
            return
        version = actions.revise(item, by=drafter, today=today)
        acknowledge("publishing.revise", object=str(item.public_id))
        token = uuid.uuid4().hex[:12]
        version = actions.edit(version, title=f"关于令牌{token}的通知", body=text_of(token), by=drafter, today=today)
        acknowledge("publishing.edit", object=str(item.public_id))
        go_on(version)

    def withdraw() -> None:
        item = rng.choice(list(Item.objects.filter(agency=organ, state="published").order_by("-pk")[:20]) or [None])
        if item is None:
            return
        kind = rng.choice(["open", "silent"])
        acknowledge("withdrawing", object=str(item.public_id))
        actions.withdraw(item, by=publisher, today=today, kind=kind, reason="测试")
        acknowledge("publishing.withdraw", object=str(item.public_id), kind=kind)

    def batch() -> None:
        tokens = [uuid.uuid4().hex[:12] for _ in range(rng.randint(2, 25))]
        rows = [BatchRow(f"行政处罚令牌{token}", text_of(token)) for token in tokens]
        who = {"today": today}
        made = actions.import_batch(organ, title="批次", column=columns[0], rows=rows, by=drafter, **who)
        acknowledge("publishing.import_batch", object=str(made.public_id))
        made = actions.approve_batch(made, by=reviewer, vouched=ALL_GATES, **who)
        acknowledge("publishing.approve_batch", object=str(made.public_id))
        actions.publish_batch(made, by=publisher, **who)
        acknowledge("publishing.publish_batch", object=str(made.public_id))
        for item, title in Item.objects.filter(versions__batch=made).values_list("public_id", "title"):
            acknowledge("public", object=str(item), token=title.split("令牌")[1])

    waiting = ItemVersion.objects.filter(state__in=["draft", "in_review", "in_signing"], batch=None, author=drafter)
    for version in waiting.select_related("item__agency", "column"):
        go_on(version)
    while True:
        rng.choices([write, revise, withdraw, batch], [10, 3, 2, 1])[0]()


def take_in(number: int) -> None:
    """Applications arrive; one that was under way when the process was killed is transmitted again."""
    from gongkai.agencies.models import Agency
    from gongkai.casework.actions import receive

    organ = Agency.objects.get(short_name="财政局")
    mine = [line for line in lines(ACKNOWLEDGED) if line.get("number") == number and line["what"].startswith("applic")]
    answered = {line["key"] for line in mine if line["what"] == "application"}
    again = [line["key"] for line in mine if line["key"] not in answered]
    for key in itertools.chain(again, (uuid.uuid4().hex for _ in itertools.count())):
        acknowledge("applicant", number=number, key=key)
        applicant = {"kind": "natural_person", "name": "欧阳若水", "id_type": "resident", "phone": "13812345678"}
        received = receive(
            organ, key=key, applicant={**applicant, "id_number": "11010119900307125X"}, info_desc=f"第{key}号信息",
            channel="online", provide_form="electronic", provide_route="online", by=None, today=date.today(),
        )  # fmt: skip
        acknowledge("application", number=number, key=key, case=received.case.number)
        time.sleep(0.01)  # or the publishers, who have more to do, come to nothing


def work(_: int) -> None:
    """The outbox worker, as an office runs it."""
    from django.core.management import call_command

    call_command("worker")


def look(_: int) -> None:
    """A reader of public pages, as files and over HTTP; writes down every page that is not as it must be."""
    from django.conf import settings
    from django.test import Client

    rng, client, seen = random.Random(), Client(), 0
    public = Path(settings.STORAGES["baked"]["OPTIONS"]["location"])
    while True:
        known = _standing()
        for item in rng.sample(sorted(known), min(len(known), 8)):
            was, address = known[item], f"/disclosure/items/{item}.html"
            for problem in (*_file(public, item), *_answer(client, address, was)):
                if _standing()[item] == was:  # else it moved while we looked
                    append(READ, problem=problem, item=item, was=was)
            seen += 1
        for address in ("/", "/disclosure/", "/disclosure/columns/policy-documents/"):
            answer = client.get(address)
            if answer.status_code != 200 or not answer.content.rstrip().endswith(b"</html>"):
                append(READ, problem=f"{address} answers {answer.status_code}")
        append(READ, seen=seen)


def _standing() -> dict[str, str]:
    """What each item is known to be: public, withdrawn openly or silently, or (being withdrawn) nobody knows."""
    found = {}
    for line in lines(ACKNOWLEDGED):
        if line["what"] in ("publishing.sign_and_publish", "public"):
            found[line["object"]] = "public"
        elif line["what"] == "withdrawing":
            found[line["object"]] = ""
        elif line["what"] == "publishing.withdraw":
            found[line["object"]] = line["kind"]
    return found


def _file(public: Path, item: str) -> Iterator[str]:
    """A page that lies there lies there whole, at every instant."""
    path = public / "items" / item[-2:] / f"{item}.html"
    try:
        page = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    if " " in (problem := whole(page)):
        yield f"file: {problem}"


def _answer(client: Any, address: str, was: str) -> Iterator[str]:
    try:
        answer = client.get(address)
    except Exception as error:
        yield f"failed: {error!r}"
        return
    wanted = {"public": 200, "open": 410, "silent": 404}.get(was)
    if wanted and answer.status_code != wanted:
        yield f"{answer.status_code} instead of {wanted}"
    if answer.status_code == 200 and " " in (problem := whole(answer.content.decode())):
        yield f"page: {problem}"


def number(place: int) -> None:
    """Take index numbers of one organ as fast as they come, each into an item of its own; it has two rules in turn."""
    from django.db import transaction

    from gongkai.agencies.models import Agency, User
    from gongkai.publishing.models import Column, Item
    from gongkai.publishing.numbers import take_index_numbers

    organ = Agency.objects.get(short_name=("财政局", "教育局")[place % 2])
    drafter, column = User.objects.get(username=f"drafter-{place % 2}"), Column.objects.get(code="A20_01")
    for on in itertools.cycle([date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2)]):
        with transaction.atomic():
            (index_no,) = take_index_numbers(organ, catalogue=column.code, on=on)
            Item.objects.create(agency=organ, title="编号", column=column, created_by=drafter, index_no=index_no)
        acknowledge("number", index_no=index_no)


def counted(_: int) -> None:
    """The numbers that stand in the database."""
    from gongkai.documents.models import Counter
    from gongkai.publishing.models import Item

    numbers = list(Item.objects.exclude(index_no="").order_by("pk").values_list("index_no", flat=True))
    counters = dict(Counter.objects.filter(series__startswith="publishing.index/").values_list("series", "last"))
    REPORT.write_text(json.dumps({"numbers": numbers, "counters": counters}))


def drain(_: int) -> None:
    """Deliver all that waits, as after a restart of the whole machine, and say what stands there then."""
    from gongkai.agencies.models import Agency
    from gongkai.casework.models import Case
    from gongkai.operations.invariants import check_all
    from gongkai.outbox import queue
    from gongkai.outbox.models import Message
    from gongkai.publishing.models import Item
    from gongkai.trail.models import Entry

    started = time.monotonic()
    while Message.objects.filter(done_at=None).exists() and time.monotonic() - started < 60:
        if not queue.drain():
            time.sleep(0.05)
    seconds = time.monotonic() - started
    items = Item.objects.values_list("public_id", "state", "withdrawal_kind", "title", "index_no", "agency_id")
    report = {
        "seconds": seconds,
        "waiting": list(Message.objects.filter(done_at=None).values_list("topic", "last_error")),
        "items": [[str(row[0]), *row[1:]] for row in items],
        "cases": list(Case.objects.values_list("number", flat=True)),
        "trail": list(Entry.objects.values_list("verb", "object_id")),
        "broken": [problem for invariant in check_all() for problem in invariant.broken],
        "organs": dict(Agency.objects.values_list("pk", "short_name")),
    }
    REPORT.write_text(json.dumps(report))


ROLES: dict[str, Callable[[int], None]] = {
    role.__name__: role for role in (found, publish, take_in, work, look, number, counted, drain)
}


def main() -> None:
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    prepare()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead leave nothing behind
    print("ready", flush=True)
    for line in sys.stdin:
        role, number = line.split()
        child = os.fork()
        if child:
            print(child, flush=True)
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        status = 1
        try:
            ROLES[role](int(number))
            status = 0
        finally:
            os._exit(status)


if __name__ == "__main__":
    main()
