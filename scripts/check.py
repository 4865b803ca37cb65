"""`make test`, `make test-fast`, `make soak`: every check in order, each in the environment it needs.

`python scripts/check.py [--fast | --soak] [PART or, with --soak, NAME]`. The last line is `N passed, N failed,
N skipped`, in tests; a check that is no test (lint, types) counts as one. With GONGKAI_STRICT=1 a part that
cannot run here is a failure, otherwise it is skipped with its reason. Standard library only.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import house

STRICT = os.environ.get("GONGKAI_STRICT") == "1"
REPORTS = house.ROOT / "var" / "test"
WORKERS = ["-n", "2", "--dist", "loadgroup"]  # tests that share a demonstration county stay on one worker
NO_BROWSER = ["-m", "not browser", *WORKERS]  # those of the site's tests that open Chromium run in `browser`
SOAK_SECONDS = 3600
ONCE = "once"
# A test that hangs says where and fails, instead of taking the whole run with it.
NO_HANGING = ["-o", "faulthandler_timeout=300", "-o", "faulthandler_exit_on_timeout=true"]
NO_SERVER = 75  # scripts/postgres.py
NO_FONTS = "Chinese fonts are not installed: apt-get install fonts-noto-cjk"
# Another PostgreSQL than the embedded one: for the part `postgres` alone, everything else runs on SQLite.
OTHER_DATABASE = os.environ.pop("DATABASE_URL", None)


@dataclass
class Outcome:
    """What one part did: tests passed, failed and skipped, and a word about it."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    note: str = ""


@dataclass(frozen=True)
class Part:
    name: str
    title: str
    run: Callable[[str], Outcome]
    fast: bool = True


def python(environment: str) -> str:
    return str(house.environment(environment)[0] / "python")


def call(
    command: Sequence[str], profile: str = "test", timeout: float | None = None, database: str | None = None
) -> int:
    """Run one command on this terminal from the repository's root; tests never see the developer's var/."""
    print(f"$ {' '.join(command)}", flush=True)
    settings = {"GONGKAI_PROFILE": profile, "GONGKAI_HOME": str(REPORTS / "home")}
    if database:
        settings["DATABASE_URL"] = database
    try:
        return subprocess.run(
            command,
            cwd=house.ROOT,
            env={**os.environ, **settings},
            stdin=subprocess.DEVNULL,
            timeout=timeout,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        print(f"stopped after {timeout:.0f} s", flush=True)
        return 124


def checks(*commands: Sequence[str]) -> Outcome:
    failed = sum(call(command) != 0 for command in commands)
    return Outcome(passed=len(commands) - failed, failed=failed)


def missing(reason: str) -> Outcome:
    """A part that cannot run on this machine."""
    return Outcome(failed=1, note=reason) if STRICT else Outcome(skipped=1, note=reason)


def read_report(report: Path, status: int) -> Outcome:
    """Count the tests in pytest's JUnit file. No test at all, a crash or a time-out is a failure."""
    if not report.exists():
        return Outcome(failed=1, note=f"pytest ended with status {status} and no report")
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    total = Outcome()
    for suite in suites:
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        total.failed += failed
        total.skipped += skipped
        total.passed += int(suite.get("tests", 0)) - failed - skipped
    if status and not total.failed:
        total.failed = 1
        total.note = "no test was found" if status == 5 else f"pytest ended with status {status}"
    return total


def suite(
    environment: str,
    folders: Sequence[str],
    profile: str,
    *,
    report: str,
    options: Sequence[str] = (*WORKERS,),
    beside: Sequence[str] = (),
    database: str | None = None,
    timeout: float | None = None,
) -> Outcome:
    """Run pytest over `folders`; `beside` is a command that runs another one, such as scripts/postgres.py."""
    file = REPORTS / f"{report}.xml"
    file.unlink(missing_ok=True)
    options = [*options, *(NO_HANGING if timeout is None else [])]
    command = [*beside, python(environment), "-m", "pytest", "-q", *folders, *options, f"--junitxml={file}"]
    status = call(command, profile, timeout, database)
    if beside and status == NO_SERVER and not file.exists():
        return missing("no PostgreSQL could be started")
    return read_report(file, status)


def lint(profile: str) -> Outcome:
    ruff = [python("test"), "-m", "ruff"]
    return checks([*ruff, "format", "--check", "."], [*ruff, "check", "."])


def types(profile: str) -> Outcome:
    return checks([python("test"), "-m", "mypy"])


def imports(profile: str) -> Outcome:
    return checks([str(house.environment("test")[0] / "lint-imports")])


def core(profile: str) -> Outcome:
    house.ensure_antiword()  # where it cannot be had, the test of .doc says so
    absent = "import importlib.util, sys; sys.exit(importlib.util.find_spec('django') is not None)"
    if call([python("core"), "-c", absent]):
        return Outcome(failed=1, note="Django is installed where the core is tested without it")
    return suite("core", ["tests/core"], profile, report="core")


def the_house(profile: str) -> Outcome:
    return suite("test", ["tests/house"], profile, report="house")


def site(profile: str) -> Outcome:
    if not house.ensure_fonts():
        return missing(NO_FONTS)
    # With the long tests that have a small budget (tests/conftest.py). In a hurry, without those of operations:
    # they back up, damage and restore whole installations, and take as long as a third of the rest.
    left_out = ["--ignore=tests/site/operations"] if profile == "fast" else []
    folders = ["tests/site", "tests/soak"]
    return suite("test", folders, profile, report="site", options=[*NO_BROWSER, *left_out])


def postgres(profile: str) -> Outcome:
    if not house.ensure_fonts():
        return missing(NO_FONTS)
    return on_postgres(profile, "not browser and not once", report="postgres")


def on_postgres(profile: str, marked: str, *options: str, report: str, timeout: float | None = None) -> Outcome:
    """Those of the site's tests that are `marked` so, on PostgreSQL."""
    server = [] if OTHER_DATABASE else [python("test"), "scripts/postgres.py"]
    return suite(
        "test",
        ["tests/site"],
        profile,
        report=report,
        options=["-m", marked, *WORKERS, *options],
        beside=server,
        database=OTHER_DATABASE,
        timeout=timeout,
    )


def browser(profile: str) -> Outcome:
    if not house.ensure_chromium():
        return missing("Chromium is not installed: apt-get install chromium")
    if not house.ensure_fonts():
        return missing(NO_FONTS)
    return suite(
        "test", ["tests/site", "tests/browser"], profile, report="browser", options=["-m", "browser", *WORKERS]
    )


PARTS = [
    Part("lint", "format and lint (ruff)", lint),
    Part("types", "types (mypy, strict on the core)", types),
    Part("imports", "import contracts", imports),
    Part("core", "core, without Django", core),
    Part("house", "the house: locks, glossary, scripts", the_house, fast=False),
    Part("site", "site on SQLite", site),
    Part("postgres", "site on PostgreSQL", postgres, fast=False),
    Part("browser", "browser, with axe", browser, fast=False),
]


def soak(name: str | None) -> list[tuple[str, Outcome, float]]:
    """The long tests, and on PostgreSQL those of `make test` that run on SQLite alone (`once`)."""
    begun = time.monotonic()
    results = []
    if name != ONCE:
        # By name as they go: an hour of dots tells nothing.
        options = ["-vv", "--durations=0", *WORKERS, *(["-k", name] if name else [])]
        outcome = suite("test", ["tests"], "soak", report="soak", options=options, timeout=SOAK_SECONDS)
        results.append(("soak", outcome, time.monotonic() - begun))
    if name in (None, ONCE):
        begun_here = time.monotonic()
        left = SOAK_SECONDS - (begun_here - begun)
        # Those of operations keep their homes on SQLite, whatever the suite runs on.
        outcome = on_postgres("test", "once", "--ignore=tests/site/operations", report=f"soak-{ONCE}", timeout=left)
        results.append((ONCE, outcome, time.monotonic() - begun_here))
    return results


def run_parts(parts: Sequence[Part], profile: str) -> list[tuple[str, Outcome, float]]:
    results = []
    for part in parts:
        print(f"\n=== {part.name}: {part.title}", flush=True)
        begun = time.monotonic()
        outcome = part.run(profile)
        results.append((part.name, outcome, time.monotonic() - begun))
        print(f"--- {part.name}: {counts(outcome)} {outcome.note}".rstrip(), flush=True)
    return results


def counts(outcome: Outcome) -> str:
    skipped = f", {outcome.skipped} skipped" if outcome.skipped else ""
    return f"{outcome.passed} passed, {outcome.failed} failed{skipped}"


def summary(results: Sequence[tuple[str, Outcome, float]]) -> int:
    total = Outcome()
    print(f"\n{'part':<10}{'passed':>8}{'failed':>8}{'skipped':>9}{'seconds':>9}  note")
    for name, outcome, seconds in results:
        print(f"{name:<10}{outcome.passed:>8}{outcome.failed:>8}{outcome.skipped:>9}{seconds:>9.1f}  {outcome.note}")
        total.passed += outcome.passed
        total.failed += outcome.failed
        total.skipped += outcome.skipped
    print(f"\n{counts(total)}", flush=True)
    return 1 if total.failed else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    profile = parser.add_mutually_exclusive_group()
    profile.add_argument("--fast", action="store_true", help="the parts that take less than 90 seconds together")
    profile.add_argument("--soak", action="store_true", help="the long tests alone")
    parser.add_argument("name", nargs="?", help=f"one of {', '.join(part.name for part in PARTS)}")
    options = parser.parse_args()
    house.end_children_when_told()
    REPORTS.mkdir(parents=True, exist_ok=True)
    if options.soak:
        return summary(soak(options.name))
    parts = [part for part in PARTS if options.name in (None, part.name) and (part.fast or not options.fast)]
    if not parts:
        parser.error(f"no such part: {options.name}")
    return summary(run_parts(parts, "fast" if options.fast else "test"))


if __name__ == "__main__":
    sys.exit(main())
