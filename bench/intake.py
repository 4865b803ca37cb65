"""Citizens hand in: the confirmation step over HTTP against the running site, every acknowledged submission looked for.

The drafts are made beforehand by the application's own functions, each with its cookie, its hidden key, its question
answered and two papers of identity; each client has an address of its own behind the front server. Told are only
figures of submissions that are in the database: each once, numbers without a gap or a double, papers readable.

The peer writes the same rows by plain INSERTs, one transaction each, into the same database: what the database itself
costs. `python -m bench.intake OUT` measures one database.
"""

from __future__ import annotations

import http.client
import io
import json
import os
import random
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from bench import ROOT, Row
from bench._databases import ENGINES, make, measured, server, start

SUBMISSIONS = int(os.environ.get("BENCH_SUBMISSIONS", "1500"))
WARM_UP = 100
CLIENTS = 8
ORGANS = 20
PICTURE = (200, 150)
GOAL_RATE, GOAL_P99_MS = 100, 150
READY_SECONDS = 60


def run() -> list[Row]:
    rows: list[Row] = []
    for engine in ENGINES:
        load = os.getloadavg()[0]
        with server(engine) as url:
            found = measured("intake", engine.lower(), url)
        rate, peer = found["rate"], found["peer"]
        rows.append(
            {
                "name": f"{engine}: intake",
                "ours": rate,
                "peer": peer,
                "ratio": rate / peer,
                "unit": "submissions/s",
                "note": f"{found['count']:,} over HTTP by {CLIENTS} clients, {found['workers']} workers, two papers each, all "
                f"found in the database; p50 {found['p50']:.0f} ms, p99 {found['p99']:.0f} ms, longest {found['most']:.0f} ms, "
                f"{found['each']:.1f} ms of processor each; "
                f"load before {load:.1f}; goal ≥{GOAL_RATE}/s, p99 ≤{GOAL_P99_MS} ms; peer: the same rows by plain INSERTs",
            }
        )
    return rows


# The office and its drafts -------------------------------------------------------------------------------------------


def fill() -> None:
    from bench.casework import organs_of

    organs_of(ORGANS)


def drafts_of(count: int) -> list[tuple[str, str, str]]:
    """So many filled drafts: the cookie's token, the form's key, the answer to its question."""
    from django.db import transaction

    from gongkai.agencies.models import Agency
    from gongkai.casework import challenge, drafts
    from gongkai.documents.intake import PAPERS, take

    organs = list(Agency.objects.answering())
    photograph = take(_photograph(), "证件.jpg", PAPERS)
    made = []
    for number in range(count):
        with transaction.atomic():
            draft, token = drafts.start()
            asked = challenge.ask()
            drafts.keep(
                draft,
                organ=str(organs[number % len(organs)].public_id),
                read=True,
                kind={"kind": "natural_person"},
                identity={"name": f"申请人{number}", "id_type": "resident", "id_number": "11010119900307125X"},
                contact={"phone": "13812345678", "address": "青禾县滨河路1号"},
                agent={"by_agent": "no"},
                content={"info_desc": f"{uuid4()} 号道路改造项目的中标通知书"},
                supply={"provide_form": "electronic", "provide_route": "online"},
                challenge=asked,
            )
            for slot in ("id_front", "id_back"):
                drafts.keep_files(draft, slot, [replace(photograph, data=photograph.data + os.urandom(16))])
            made.append((token, draft.form_key, asked[1]))
    return made


def _photograph() -> bytes:
    """A picture full of noise: as large as an identity card photographed by a telephone and made small."""
    from PIL import Image

    written = io.BytesIO()
    Image.frombytes("RGB", PICTURE, os.urandom(PICTURE[0] * PICTURE[1] * 3)).save(written, "JPEG", quality=90)
    return written.getvalue()


# Clients at the running site -----------------------------------------------------------------------------------------


@contextmanager
def site() -> Any:
    """The site as an office runs it; its port and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gongkai.config.cli", "run", "--port", str(port)]
    running = subprocess.Popen(command, env=dict(os.environ), cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _wait(port, running)
        yield port, running.pid
    finally:
        running.terminate()
        running.wait(30)


def worked(pid: int) -> float:
    """Seconds of processor that a process and all below it have used so far (Linux; else 0)."""
    seconds, waiting = 0.0, [pid]
    while waiting:
        one = Path("/proc") / str(waiting.pop())
        try:
            fields = (one / "stat").read_text().rpartition(")")[2].split()
            waiting += map(int, (one / "task" / one.name / "children").read_text().split())
        except OSError:
            continue
        seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return seconds


def _wait(port: int, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and running.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/apply/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    raise RuntimeError("the site did not start")


class Client:
    """One connection that submits drafts, as a front server's does: for each another applicant and address."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def submit(self, number: int, draft: tuple[str, str, str]) -> float:
        """Seconds until it was acknowledged."""
        token, key, answer = draft
        body = urlencode({"key": key, "answer": answer, "promise": "on"})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded", "Cookie": f"apply={token}",
            "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        }  # fmt: skip
        begun = time.perf_counter()
        self.connection.request("POST", "/apply/confirm/", body, headers)
        answered = self.connection.getresponse()
        page = answered.read()
        seconds = time.perf_counter() - begun
        if (answered.status, answered.headers["Location"]) != (302, "/apply/receipt/"):
            raise RuntimeError(f"not acknowledged: {answered.status} {page[:2000].decode(errors='replace')}")
        return seconds


def hand_in_all(port: int, drafts: list[tuple[str, str, str]]) -> tuple[float, list[float]]:
    """All of them by several clients at once: seconds in all, seconds each."""
    parts = [list(enumerate(drafts))[place::CLIENTS] for place in range(CLIENTS)]

    def work(part: list[tuple[int, tuple[str, str, str]]]) -> list[float]:
        client = Client(port)
        return [client.submit(number, draft) for number, draft in part]

    with ThreadPoolExecutor(CLIENTS) as pool:
        begun = time.perf_counter()
        times = [seconds for part in pool.map(work, parts) for seconds in part]
        return time.perf_counter() - begun, times


# What is in the database ---------------------------------------------------------------------------------------------


def look_for(drafts: list[tuple[str, str, str]]) -> list[Any]:
    """The case of every acknowledged submission; numbers run on from one organ to the other without gap or double."""
    from gongkai.casework.models import Case
    from gongkai.documents.blobs import read
    from gongkai.documents.cipher import blind_index
    from gongkai.trail.models import Entry

    found = {}
    for _, key, _ in drafts:
        digest = blind_index(f"submission:{key}")
        found[digest] = Case.objects.select_related("applicant").get(submission_digest=digest)
    cases = list(found.values())
    assert len(cases) == len({case.number for case in cases}) == len(drafts), "an acknowledged submission is missing"
    for agency in {case.agency_id for case in cases}:
        numbers = Case.objects.filter(agency=agency).values_list("number", flat=True)
        serials = sorted(int(re.search(r"〕(\d+)号", number)[1]) for number in numbers)  # type: ignore[index]
        assert serials == list(range(1, len(serials) + 1)), f"gap or double in the numbers of organ {agency}"
    told = Entry.objects.filter(verb="casework.receive").values_list("object_id", flat=True)
    assert {str(case.public_id) for case in cases} <= set(told), "a submission has no row in the trail"
    for case in random.Random(1).sample(cases, min(50, len(cases))):
        papers = [read(file.blob) for file in case.files.select_related("blob")]
        assert len(papers) == 2 and all(paper.startswith(b"\xff\xd8\xff") for paper in papers), "a paper is missing"
    return cases


def by_plain_inserts(cases: list[Any]) -> float:
    """The same rows once more, with keys of their own: applicants, cases, papers, the trail's, the counter. Per second."""
    from django.db import connection

    plans = [_rows_of(case, place) for place, case in enumerate(cases, 1)]
    quote = connection.ops.quote_name
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        for rows in plans:
            cursor.execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
            for table, row in rows:
                names, places = ", ".join(map(quote, row)), ", ".join(["%s"] * len(row))
                cursor.execute(f"INSERT INTO {quote(table)} ({names}) VALUES ({places})", list(row.values()))
            cursor.execute("UPDATE documents_counter SET last = last + 1 WHERE series = %s", [f"case:{1}:2026"])
            cursor.execute("UPDATE trail_head SET length = length + 1 WHERE id = 1")
            cursor.execute("COMMIT")
    return len(plans) / (time.perf_counter() - begun)


AWAY = 1_000_000
"""So far from their originals are the keys of the copies."""


def _rows_of(case: Any, place: int) -> list[tuple[str, dict[str, Any]]]:
    """The rows of one submission as the database keeps them, in the order in which they are written."""
    files = _raw("casework_casefile", "case_id", case.pk)
    blobs = [_raw("documents_blob", "id", file["blob_id"])[0] for file in files]
    (applicant,) = _raw("casework_applicant", "id", case.applicant_id)
    (own,) = _raw("casework_case", "id", case.pk)
    (entry,) = _raw("trail_entry", "object_id", str(case.public_id))
    own |= {"applicant_id": own["applicant_id"] + AWAY, "number": f"又{own['number']}"}
    own |= {name: own[name][::-1] for name in ("submission_digest", "query_digest")}
    for file in files:
        file |= {"case_id": file["case_id"] + AWAY, "blob_id": file["blob_id"] + AWAY}
    entry |= {"digest": entry["digest"][::-1], "previous": entry["previous"][::-1]}
    tables = [
        *(("documents_blob", blob) for blob in blobs), ("casework_applicant", applicant), ("casework_case", own),
        *(("casework_casefile", file) for file in files), ("trail_entry", entry),
    ]  # fmt: skip
    return [(table, _anew(row)) for table, row in tables]


def _anew(row: dict[str, Any]) -> dict[str, Any]:
    public = {"public_id": uuid4().hex if isinstance(row["public_id"], str) else uuid4()} if "public_id" in row else {}
    return row | {"id": row["id"] + AWAY} | public


def _raw(table: str, column: str, value: Any) -> list[dict[str, Any]]:
    """Rows as they stand: sealed texts stay sealed."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} WHERE {column} = %s ORDER BY id", [value])
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def one(output: Path) -> None:
    start()
    _fresh()
    make(fill)
    from django.db import connections

    from gongkai.config.management.commands import run as site_command

    drafts = drafts_of(SUBMISSIONS + WARM_UP)
    connections.close_all()
    with site() as (port, pid):
        hand_in_all(port, drafts[:WARM_UP])
        before = worked(pid)
        seconds, times = hand_in_all(port, drafts[WARM_UP:])
        each = (worked(pid) - before) / len(times)
    cases = look_for(drafts)
    cuts = quantiles(times, n=100)
    parser = site_command.Command().create_parser("gongkai", "run")
    found = {
        "count": len(times), "rate": len(times) / seconds, "p50": median(times) * 1000, "p99": cuts[98] * 1000,
        "most": max(times) * 1000, "workers": parser.get_default("workers"), "each": each * 1000, "peer": by_plain_inserts(cases[WARM_UP:]),
    }  # fmt: skip
    output.write_text(json.dumps(found))


def _fresh() -> None:
    """Every run begins with an empty office: what a run leaves must not be in the way of the next."""
    import shutil

    from django.conf import settings

    for place in ("blobs", "cache", "keys", "static"):
        shutil.rmtree(settings.HOME / place, ignore_errors=True)
    for file in [*settings.HOME.glob("gongkai.sqlite3*"), settings.HOME / ".complete"]:
        file.unlink(missing_ok=True)


if __name__ == "__main__":
    one(Path(sys.argv[1]))
