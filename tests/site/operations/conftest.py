from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.test import Client
from django.utils import timezone

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Agency, Installation, Role, User
from gongkai.operations import engines
from gongkai.operations.actions import initialise
from gongkai.operations.actions.initialise import Founding
from gongkai.operations.backup import back_up
from gongkai.operations.staff_sheet import AGENCIES, COLUMNS, PEOPLE
from gongkai_core.identity import valid_credit_code

PASSWORD = "Quiet-River-2031"


def credit_code(number: int) -> str:
    """The 统一社会信用代码 of a fictional organ, with the check character that fits."""
    stem = f"11360722{number:09d}"
    return next(stem + sign for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY" if valid_credit_code(stem + sign))


FOUNDING = Founding(
    name="云泉县人民政府",
    code=credit_code(1),
    document_prefix="云府",
    username="admin",
    admin_name="王管理",
    password=PASSWORD,
)
FINANCE = {
    "全称": "云泉县财政局",
    "简称": "县财政局",
    "统一社会信用代码": credit_code(2),
    "机关代字": "云财",
    "法律性质": "部门",
}
CLERK = {"账号": "li", "姓名": "李拟稿", "机关": "县财政局", "角色": "拟稿人、承办人", "职务": "科员"}

Rows = Iterable[dict[str, object]]


def workbook(agencies: Rows = (), people: Rows = ()) -> bytes:
    """A staff sheet with these rows under the template's headings."""
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        for name, rows in ((AGENCIES, agencies), (PEOPLE, people)):
            page = book.add_worksheet(name)
            headings = [column.heading for column in COLUMNS[name]]
            page.write_row(0, 0, headings)
            for number, row in enumerate(rows, start=1):
                for heading, value in row.items():
                    page.write(number, headings.index(heading), value)
    return output.getvalue()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent) and "site" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.once)  # its home is on SQLite, whatever the suite runs on


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def office(db: None, today: date) -> Installation:
    """An installation just initialised: one government, one administrator, nothing else."""
    return initialise(FOUNDING, today=today)


@pytest.fixture
def government(office: Installation) -> Agency:
    return office.government


@pytest.fixture
def administrator(office: Installation) -> User:
    return User.objects.get(username=FOUNDING.username)


@pytest.fixture
def admin_client(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


@pytest.fixture
def holder(government: Agency, today: date) -> Callable[[str], Client]:
    """`holder(role)`: the browser of somebody who holds that role at the government."""

    def make(role: str) -> Client:
        user = User.objects.create_user(f"holder-{role}", f"某{Role(role).label}")
        appoint(user, role, government, by=None, on=today)
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def backed_up_today(office: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup as the trail remembers it; the database itself is not copied inside a test's transaction."""
    with monkeypatch.context() as patch:
        patch.setattr(engines, "copy_out", Path.touch)
        back_up(tmp_path / "disk")


Site = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def site() -> Site:
    """`site(home, *arguments, stdin="")`: the real command on a home of its own, on SQLite."""

    def run(home: Path, *arguments: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "GONGKAI_KEY_FILE")}
        source = str(Path(__file__).parents[3] / "src")
        path = os.pathsep.join(filter(None, [source, kept.get("PYTHONPATH")]))
        return subprocess.run(
            [sys.executable, "-m", "gongkai.config.cli", *map(str, arguments)],
            env={**kept, "GONGKAI_HOME": str(home), "PYTHONPATH": path},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def init_options() -> list[str]:
    return [
        f"--government={FOUNDING.name}",
        f"--code={FOUNDING.code}",
        f"--document-prefix={FOUNDING.document_prefix}",
        f"--admin-username={FOUNDING.username}",
        f"--admin-name={FOUNDING.admin_name}",
    ]
