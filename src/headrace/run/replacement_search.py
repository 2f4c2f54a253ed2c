"""The search for replacements: what the documentation pages of endpoints that fail for long link to."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from headrace.collect.documentation import NoPage, Page, fetch_pages
from headrace.collect.policy import Policy
from headrace.collect.replacement import find_candidates
from headrace.collect.schedule import Action
from headrace.run.endpoint_list import ListedEndpoint
from headrace.store.lake import Lake
from headrace.store.replacement_record import Look, ReplacementRecord

SEARCHED: Final = frozenset((Action.TELL, Action.RETIRE))
"""Next actions of the endpoints whose replacement is looked for."""


def search_replacements(
    lake: Lake, listed: Sequence[ListedEndpoint], policy: Policy, clock: Callable[[], datetime]
) -> list[ListedEndpoint]:
    """The same endpoints, with what the documentation page of each that fails for long links to today.

    Each page is asked once, and what was found on it is kept in the lake.

    Args:
        lake: where.
        listed: endpoints; those without a documentation page, and those that are not in `SEARCHED`, stay as they are.
        policy: the manners.
        clock: UTC.
    """
    wanted = [each for each in listed if each.documentation_url and each.action in SEARCHED]
    pages = fetch_pages((each.documentation_url or "" for each in wanted), policy, clock)
    now = clock()
    looks = {each.endpoint: _look(each, pages[each.documentation_url or ""], now) for each in wanted}
    if looks:
        ReplacementRecord(lake, f"{now:%Y%m%d-%H%M%S%f}").add(list(looks.values()))
    return [replace(each, look=looks.get(each.endpoint, each.look)) for each in listed]


def _look(listed: ListedEndpoint, page: Page | NoPage, now: datetime) -> Look:
    url = listed.documentation_url or ""
    nothing = Look(endpoint=listed.endpoint, looked_on=now.date(), page=url, replacement=None, text=None, why="")
    if isinstance(page, NoPage):
        return replace(nothing, why=f"the page was not had: {page.reason}")
    found = find_candidates(page.html, page.url, listed.url, listed.datasets)
    if not found:
        return replace(nothing, why="no link of the page looks like this data")
    return replace(nothing, replacement=found[0].url, text=found[0].text, why=found[0].why)
