"""A real server on a demonstration county, and a real Chromium that may talk to nothing else.

A browser test fails when a page asks anything of another origin, logs an error, breaks the content security
policy, or names a style, script or picture that is not there.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, Route, sync_playwright

QUIET = [
    "--no-sandbox",  # as root, as in CI, Chromium runs in no other way
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 60


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


def _site(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "gongkai.config.cli", *arguments]


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PORT")}
    return {**kept, "GONGKAI_HOME": str(home)}


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small demonstration county, built by the real command: once for all workers, a copy for each."""
    of_worker = tmp_path_factory.getbasetemp()
    common = of_worker.parent if "PYTEST_XDIST_WORKER" in os.environ else of_worker
    built = common / "county-as-built"
    with (common / "county.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # whoever comes second waits, and finds it built
        if not built.exists():
            begun = common / "county-begun"
            command = _site("demo", "--years", "2", "--scale", "0.1")
            subprocess.run(command, env=_environment(begun), check=True, stdin=subprocess.DEVNULL)
            begun.rename(built)
    return Path(shutil.copytree(built, of_worker / "county"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, f"the server ended with status {server.returncode}"
        with suppress(OSError), urllib.request.urlopen(address, timeout=5):  # refused, reset, or too busy to answer
            return
        time.sleep(0.2)
    raise AssertionError(f"nothing answers at {address} after {START_SECONDS} s")


@pytest.fixture(scope="session")
def live(county: Path) -> Iterator[str]:
    """The address of the running site, without the last slash; web server and worker as `make run` starts them."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = _site("run", "--port", str(port), "--workers", "1")
    server = subprocess.Popen(command, env=_environment(county), stdin=subprocess.DEVNULL)
    try:
        _await(f"{address}/", server)
        yield address
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        (pytest.fail if os.environ.get("GONGKAI_STRICT") == "1" else pytest.skip)("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


class Watch:
    """What went wrong on a page that nobody looks at: foreign requests, errors, missing parts."""

    def __init__(self, origin: str) -> None:
        self.origin = urlsplit(origin).netloc
        self.faults: list[str] = []

    def attach(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("response", self._response)

    def guard(self, route: Route) -> None:
        target = urlsplit(route.request.url)
        if target.scheme in ("data", "blob", "about") or target.netloc == self.origin:
            route.continue_()
        else:
            self.faults.append(f"request to another origin: {route.request.url}")
            route.abort()

    def _console(self, message: ConsoleMessage) -> None:
        # A page that answers 404 on purpose logs this line too; missing parts of a page are seen in _response.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        if response.url.endswith("/desk/kept/autosave/") and response.status in (401, 422):
            return  # said on purpose, and told on the page: the log-in has expired, or the text may not be kept
        if response.status >= 500 or (response.status >= 400 and response.request.resource_type != "document"):
            self.faults.append(f"{response.status} for {response.url}")


@pytest.fixture
def visitor(chromium: Browser, live: str) -> Iterator[Callable[..., Page]]:
    """`visitor(**options)`: a page of a new visitor (own cookies); options are those of Playwright's new_context."""
    watch = Watch(live)
    contexts = []

    def enter(**options: Any) -> Page:
        settings = {"base_url": live, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", **options}
        context = chromium.new_context(**settings)
        contexts.append(context)
        context.route("**/*", watch.guard)
        page = context.new_page()
        watch.attach(page)
        return page

    yield enter
    for context in contexts:
        context.close()
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture
def page(visitor: Callable[..., Page]) -> Page:
    """The page of one visitor who is not logged in."""
    return visitor()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """`axe(page)`: fail unless axe finds no violation on the page as it stands."""
    checker = Axe()

    def check(page: Page) -> None:
        results = checker.run(page)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return check
