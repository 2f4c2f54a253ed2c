"""The page of the stream in a real browser: what its letters take, and that it follows the record."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import DESK, TELEPHONE

from headrace.model.event import Kind
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake

BEYOND = """
() => Array.from(document.querySelectorAll(".stream-picture svg")).filter(svg => svg.checkVisibility()).flatMap(svg =>
  Array.from(svg.querySelectorAll(".stream-card, .stream-gate, .stream-blank")).flatMap(part => {
    const box = part.querySelector("rect").getBBox();
    return Array.from(part.querySelectorAll("text")).filter(text => {
      if (text.closest("[data-note]")) return false;
      const own = text.getBBox();
      const above = part.classList.contains("stream-gate") ? 22 : 0;
      return own.x < box.x - 0.5 || own.x + own.width > box.x + box.width + 0.5
          || own.y < box.y - above - 0.5 || own.y + own.height > box.y + box.height + 1;
    }).map(text => text.textContent);
  }))
"""
"""Every text of the pictures that are seen that is not within its card or gate."""

ACROSS = """
() => Array.from(document.querySelectorAll(".stream-picture svg")).filter(svg => svg.checkVisibility()).flatMap(svg =>
  Array.from(svg.querySelectorAll(".stream-card, .stream-gate")).flatMap(part => {
    const texts = Array.from(part.querySelectorAll("text")).filter(text => !text.closest("[data-note]"));
    const boxes = texts.map(text => text.getBBox());
    return texts.filter((text, one) => boxes.some((box, other) => other < one
      && box.x < boxes[one].x + boxes[one].width - 1 && boxes[one].x < box.x + box.width - 1
      && box.y + 3 < boxes[one].y + boxes[one].height - 3 && boxes[one].y + 3 < box.y + box.height - 3))
      .map(text => part.dataset.gate + part.dataset.step + ": " + text.textContent);
  }))
"""
"""Every text that is written over another."""


def _open(page: Page) -> Page:
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    return page


@pytest.mark.parametrize("width", [DESK, TELEPHONE])
@pytest.mark.parametrize("of", ["site", "real_map_site"])
def test_no_text_leaves_its_box_or_crosses_another(
    request: pytest.FixtureRequest, look: Callable[[str, int], Page], of: str, width: int
) -> None:
    """Of the built-in map and of the real one, on a desk and on a telephone."""
    page = _open(look(request.getfixturevalue(of) + "/stream", width))
    assert ([], []) == (page.evaluate(BEYOND), page.evaluate(ACROSS))


@pytest.mark.parametrize("width", [DESK, TELEPHONE])
def test_letters_are_large_enough_to_read(site: str, look: Callable[[str, int], Page], width: int) -> None:
    """No less than ten pixels, whatever the window."""
    page = _open(look(site + "/stream", width))
    smallest = page.evaluate(
        """() => Math.min(...Array.from(document.querySelectorAll(".stream-picture svg"))
        .filter(svg => svg.checkVisibility()).flatMap(svg => Array.from(svg.querySelectorAll("text")).map(text =>
          Number(text.getAttribute("font-size")) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)))"""
    )
    assert smallest >= 10


def test_the_page_follows_the_record_without_being_loaded_again(
    site: str, demo: Path, look: Callable[[str, int], Page]
) -> None:
    """A second after something was recorded its number has changed in place, and nothing else of the page has."""
    page = look(site + "/stream", DESK)
    page.wait_for_selector(".stream-is-live")
    page.wait_for_timeout(700)
    page.evaluate("window.before = document.querySelector('[data-step=use]')")
    record = EventRecord(Lake(demo), "by-hand", lambda: datetime.now(UTC))
    took = []
    before = int(page.text_content("[data-gate=need] [font-size='26']") or "")
    for number in range(1, 4):
        record.emit("consideration", f"a-new-need-{number}", "need", Kind.READY)
        recorded_at = time.monotonic()
        page.wait_for_selector(f"[data-gate=need] >> text='{before + number}'", state="attached", timeout=9000)
        took.append(time.monotonic() - recorded_at)
        page.wait_for_timeout(400)
    assert min(took) < 1, took
    assert page.evaluate("window.before === document.querySelector('[data-step=use]')")


def test_the_page_needs_no_script(site: str, browser: object) -> None:
    """All of it is there without."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": DESK, "height": 900})  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(site + "/stream")
    assert 61 == page.locator(".stream-picture__desk [data-step]").count()
    page.locator(".stream-picture__desk [data-note='11']").click()
    assert page.url == f"{site}/stream/note/11"
    context.close()
