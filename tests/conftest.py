"""What all tests share. Nothing here may import Django: the core's tests run where it is not installed.

GONGKAI_PROFILE says how much work a test may do: `fast` (make test-fast), `test` (the default) or `soak`
(make soak). A test marked `soak` that takes the `budget` fixture runs under every profile, with its small budget
outside `soak`; one that does not take it is long by nature and runs under `soak` alone, where nothing else runs.
A test marked `slow` is left out of `fast` only, one marked `once` of the run on PostgreSQL, which make soak has.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

PROFILE = os.environ.get("GONGKAI_PROFILE", "test")
STRICT = os.environ.get("GONGKAI_STRICT") == "1"
ROOT = Path(__file__).resolve().parent.parent

_SLOW_MACHINE = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
for _name, _examples in {"fast": 20, "test": 100}.items():
    # The same examples on every run: a change is judged by itself, not by luck. New ground is broken by soak.
    settings.register_profile(
        _name, max_examples=_examples, deadline=None, derandomize=True, suppress_health_check=_SLOW_MACHINE
    )
settings.register_profile(
    "soak", max_examples=5_000, deadline=None, print_blob=True, suppress_health_check=_SLOW_MACHINE
)
settings.load_profile(PROFILE)


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    if not pluginmanager.has_plugin("django"):
        for option in ("DJANGO_SETTINGS_MODULE", "django_find_project"):
            parser.addini(option, "known here only so that one configuration serves with and without Django")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A file's bytes are no name: a workbook made now differs from worker to worker."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    def belongs(item: pytest.Item) -> bool:
        long = item.get_closest_marker("soak") is not None
        if PROFILE == "soak":
            return long
        if PROFILE == "fast" and item.get_closest_marker("slow"):
            return False
        return not long or "budget" in getattr(item, "fixturenames", ())

    left_out = [item for item in items if not belongs(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if belongs(item)]


@pytest.fixture(scope="session")
def budget() -> Callable[..., int]:
    """`budget(test=2_000, soak=200_000)`: the steps, kills or histories this run may spend (fast: a tenth)."""

    def choose(*, test: int, soak: int) -> int:
        return {"fast": max(1, test // 10), "soak": soak}.get(PROFILE, test)

    return choose


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of specifications, vectors and seed reports beside the repository; skips where there is none."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder ../shared is not beside this repository")
    return folder


@pytest.fixture(scope="session")
def strict() -> bool:
    """Whether a missing part (PostgreSQL, Chromium, fonts) is a failure."""
    return STRICT
