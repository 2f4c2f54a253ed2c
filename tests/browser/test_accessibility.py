"""Every page of the demonstration, as axe sees it: to add a page, add its address."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.browser.conftest import DESK, TELEPHONE

from headrace.model.week import Week

TODAY = datetime.now(UTC).date()
"""The day of the demonstration's last night."""

PAGES = (
    "/",
    "/dataset/",
    "/dataset/brownfield-land",
    "/entity/",
    "/organisation/",
    "/changes",
    "/releases",
    "/download/",
    "/guidance/issue/",
    "/work",
    "/goals",
    "/dependencies",
    "/communication",
    "/report/",
    "/report/errors",
    "/report/provision-status",
    "/report/quality-level",
    "/weeknote/",
    "/stream",
    "/stream?service=manage-planning-data",
    "/stream/collect",
    "/stream/assign",
    "/stream/assign/events",
    "/stream/note/",
    "/stream/note/11",
    "/stream/note/22",
    "/work",
    "/report/",
    "/report/errors",
    f"/report/errors/{TODAY:%Y-%m}?show=failing",
    "/report/provision-status",
    "/report/issues?limit=10",
    "/report/quality-level?dataset=conservation-area",
    f"/report/issues?as-of={TODAY}&limit=10",
    "/report/runaway",
    "/weeknote/",
    f"/weeknote/{Week.of(TODAY)}",
    f"/weeknote/{Week.of(TODAY)}/failing",
    "/goals",
    "/dependencies?days=365",
    "/communication",
    "/communication/items?from_role=data+manager&to_role=pipeline",
)


@pytest.mark.parametrize("width", [DESK, TELEPHONE])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    site: str, look: Callable[[str, int], Page], address: str, width: int
) -> None:
    """No violation of any rule, best practices included; wide tables scroll by themselves, the page does not."""
    page = look(site + address, width)
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    found = Axe().run(page).response["violations"]
    said = [(each["id"], each["help"], [node["html"][:160] for node in each["nodes"]][:3]) for each in found]
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
