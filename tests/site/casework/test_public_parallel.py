"""Fifty transmissions of one form at the same moment (quality bar R09)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from citizen import Citizen
from gongkai.casework.models import Applicant, Case, CaseFile

PARALLEL = 50


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite's test database is in memory, which threads cannot wait for; PostgreSQL runs this")
    with ThreadPoolExecutor(PARALLEL) as pool:
        yield pool


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_are_one_case_with_one_number(threads: ThreadPoolExecutor, world: Any) -> None:
    cache.clear()
    citizen = Citizen(world.bureau)
    citizen.until_confirm()
    posted, cookies = citizen.confirmation(), citizen.client.cookies

    def send(_: int) -> tuple[str, ...]:
        try:
            client = Client()
            client.cookies = cookies
            page = client.post("/apply/confirm/", posted, follow=True).content.decode()
            return tuple(re.findall(r'receipt-code">([^<]+)<', page))
        finally:
            connection.close()

    receipts = set(threads.map(send, range(PARALLEL)))
    case = Case.objects.get()
    assert len(receipts) == 1 and receipts.pop()[0] == case.number
    assert Applicant.objects.count() == 1 and CaseFile.objects.count() == 2
