"""The case page as a person at the screen uses it: an act is a form that is sent on a day."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from freezing import on_day
from gongkai.agencies.models import User
from gongkai.casework.acts import possible, seal_steps
from gongkai.casework.models import Case, RegisterPaper

from .conftest import FACTS, REASON, SEALED, World, scan_of


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def case_page(user: User, case: Case, on: date) -> str:
    with on_day(on):
        return signed_in(user).get(case.get_absolute_url()).content.decode()


def send(user: User, case: Case, verb: str, on: date, target: UUID | None = None, /, **data: Any) -> Any:
    """Send the form of an act; whatever comes of it."""
    address = reverse("casework:act_on", args=[case.public_id, verb, target]) if target else _address(case, verb)
    with on_day(on):
        return signed_in(user).post(address, data)


def act(user: User, case: Case, verb: str, on: date, target: UUID | None = None, /, **data: Any) -> Case:
    """Do an act; it must succeed."""
    answer = send(user, case, verb, on, target, **data)
    assert answer.status_code == 302, answer.content.decode()
    case.refresh_from_db()
    return case


def _address(case: Case, name: str) -> str:
    return reverse("casework:act", args=[case.public_id, name])


def answer_over_http(case: Case, world: World, outcome: str, on: date) -> Case:
    """From the draft to delivery, each by its person."""
    staff = world.staff
    form = {f"fact_{name}": value for name, value in FACTS[outcome].items()}
    with on_day(on):
        address = reverse("casework:decision", args=[case.public_id])
        data = {"outcome": outcome, "reason": REASON, "submit_draft": "1", **form}
        assert signed_in(staff.handler).post(address, data).status_code == 302
    act(staff.lawyer, case, "approve", on, approve="1", opinion="同意")
    if case.state == "secrecy_review":
        act(staff.secrecy, case, "pass_secrecy", on, approve="1", opinion="")
    act(staff.head, case, "sign", on)
    seal_over_http(case, world, on)
    return act(staff.handler, case, "deliver", on, method="online", sent_on=on.isoformat())


def stamp_over_http(user: User, paper: RegisterPaper, on: date) -> RegisterPaper:
    """The same for a paper of a register, on its own page."""
    paper.refresh_from_db()
    steps: dict[str, dict[str, Any]] = {
        "record_sealing": {"sealed_on": on.isoformat(), **SEALED},
        "return_scan": {"scan": SimpleUploadedFile("扫描.pdf", scan_of(paper))},
        "accept_scan": {"remarks": "逐页比对一致"},
    }
    with on_day(on):
        for do, data in steps.items():
            if do in seal_steps(paper):
                answer = signed_in(user).post(paper.get_absolute_url(), {"do": do, **data})
                assert answer.status_code == 302, answer.content.decode()
                paper.refresh_from_db()
    return paper


def seal_over_http(case: Case, world: World, on: date) -> Case:
    """用印登记, 传回扫描件, and 确认比对 where the scan has no words to compare."""
    staff = world.staff
    act(staff.handler, case, "record_sealing", on, sealed_on=on.isoformat(), **SEALED)
    act(staff.handler, case, "return_scan", on, scan=SimpleUploadedFile("扫描.pdf", scan_of(case)))
    if "accept_scan" in possible(case):
        act(staff.handler, case, "accept_scan", on, remarks="逐页比对一致")
    return case
