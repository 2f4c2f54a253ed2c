"""The demonstration, served as a person serves it, and looked at in a real browser.

`HEADRACE_BROWSER` names the browser (a Chromium); `none` leaves these tests out by intention.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

DESK, TELEPHONE = 1280, 390
"""Widths of the window, in pixels."""

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is."""
    named = os.environ.get("HEADRACE_BROWSER")
    if named == "none":
        pytest.skip("browser left out by intention: HEADRACE_BROWSER=none")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail(
            f"there is no browser ({named or ', '.join(NAMES)}): install Chromium (Debian: apt-get install "
            "chromium fonts-liberation), name one with HEADRACE_BROWSER, or leave these tests out with "
            "HEADRACE_BROWSER=none"
        )
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for a file of tests: while it runs, nothing else in the process can have an event loop."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lake of the demonstration: two nights of a small England."""
    folder = tmp_path_factory.mktemp("demo")
    _run("demo", "--no-serve", "--folder", str(folder))
    return folder / "lake"


@pytest.fixture(scope="session")
def site(demo: Path) -> Iterator[str]:
    """The origin at which the demonstration is served."""
    with served("--lake", str(demo)) as origin:
        yield origin


@pytest.fixture(scope="session")
def real_map_site(demo: Path, shared: Path) -> Iterator[str]:
    """The same with the service map of 30 June 2023."""
    real = shared / "service-map" / "service-map.yaml"
    with served("--lake", str(demo), "--service-map", str(real)) as origin:
        yield origin


@pytest.fixture
def look(browser: Browser) -> Iterator[Callable[[str, int], Page]]:
    """What opens an address in a window of a width; nothing on the page may fail."""
    pages: list[Page] = []
    failed: list[str] = []

    def open_page(address: str, width: int = DESK) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.on("console", lambda said: failed.append(said.text) if said.type == "error" else None)
        pages.append(page)
        page.goto(address)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert failed == []


@contextmanager
def served(*options: str) -> Iterator[str]:
    """`headrace serve` on any free port, for as long as the block lasts."""
    command = [sys.executable, "-m", "headrace", "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        for line in server.stdout:
            if line.startswith("Stop"):
                break
            if line.strip().startswith("http") and "the site" in line:
                origin = line.split()[0].rstrip("/")
        try:
            _wait_for(origin)
            yield origin
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(origin: str) -> None:
    for _ in range(300):
        try:
            httpx2.get(f"{origin}/health")
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"nothing answered at {origin}")


def _run(*words: str) -> None:
    ran = subprocess.run([sys.executable, "-m", "headrace", *words], capture_output=True, check=False, text=True)
    assert ran.returncode == 0, ran.stderr
