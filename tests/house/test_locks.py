"""The locks pin all that pyproject.toml asks for, with hashes, and name no index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = ["build", "core", "dev", "site"]
# One pin: its name, its version, and all that follows up to the next.
ENTRY = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)


def text_of(lock: str) -> str:
    return (ROOT / "requirements" / f"{lock}.lock").read_text()


def pins(lock: str) -> dict[str, str]:
    return {canonicalize_name(name): version for name, version, _ in ENTRY.findall(text_of(lock))}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_address(lock: str) -> None:
    text = text_of(lock)
    entries = ENTRY.findall(text)
    assert entries
    assert [name for name, _, rest in entries if "--hash=sha256:" not in rest] == []
    assert "://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize(
    ("lock", "extras"),
    [("core", ["read"]), ("site", ["site", "read", "postgres"]), ("dev", ["site", "read", "postgres", "dev"])],
)
def test_lock_satisfies_what_the_project_asks_for(lock: str, extras: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [Requirement(line) for extra in extras for line in project["optional-dependencies"][extra]]
    asked = [one for one in asked if one.name != project["name"]]  # an extra that includes another one of ours
    pinned = pins(lock)
    unmet = [str(one) for one in asked if not one.specifier.contains(pinned.get(canonicalize_name(one.name), "0"))]
    assert asked
    assert unmet == []


def test_a_package_has_one_version_everywhere() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, version in pins(lock).items():
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_what_tests_the_core_brings_no_django() -> None:
    assert not {"django", "jinja2", "gunicorn"} & {*pins("core"), *pins("build")}
