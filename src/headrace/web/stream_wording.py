"""How durations, moments and items of the stream are worded on its pages."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote, urlencode

from headrace.report.measure_text import UNKNOWN, format_duration

_HASH: Final = re.compile(r"[0-9a-f]{32,}")


def format_percentile(seconds: float | None, watched_s: float | None) -> str:
    """A percentile; where it is not known yet, what it exceeds: (None, 7200) → `over 2 h`."""
    if seconds is None and watched_s is not None:
        return f"over {format_duration(watched_s)}"
    return format_duration(seconds)


def format_working_hours(seconds: float | None) -> str:
    """A duration in working hours, which no days are made of: 5400 → `1.5 h`; a dash for None."""
    if seconds is None:
        return UNKNOWN
    hours = seconds / 3600
    return format_duration(seconds) if hours < 1 else f"{hours:,.0f} h" if hours >= 10 else f"{hours:.1f} h"


def format_moment(at: datetime | None) -> str:
    """A moment to the second, in UTC: `24 Nov 2026, 01:00:07`; a dash for None."""
    return f"{at.astimezone(UTC):%-d %b %Y, %H:%M:%S}" if at else UNKNOWN


def format_rate(rate: float) -> str:
    """Items in a stretch of time, with a decimal where it matters."""
    return f"{rate:,.0f}" if rate >= 10 or rate == 0 else f"{rate:.1f}"


def format_share(share: float | None) -> str:
    """A share of one in per cent: 0.925 → `92%`; a dash for None. Nothing short of all is 100%, nor anything 0%."""
    if share is None:
        return UNKNOWN
    if 0 < share < 1:
        return f"{min(max(share * 100, 1), 99):.0f}%"
    return f"{share * 100:.0f}%"


def format_change(change: float | None) -> str:
    """How much something becomes more or less: 3.14 → `+3.1`, -12 → `−12`; a dash for None."""
    if change is None:
        return UNKNOWN
    said = format_rate(abs(change))
    if said.strip("0.") == "":
        return "steady"
    return f"{'+' if change > 0 else '−'}{said}"


def shorten_item(item: str) -> str:
    """The key of an item as people refer to it: of every hash in it, the first 12 characters."""
    return _HASH.sub(lambda found: f"{found[0][:12]}…", item)


def address_of_list(stage: str, **chosen: object) -> str:
    """Where the items of a stage are listed; choices that are None are left out."""
    query = urlencode({name: str(choice) for name, choice in chosen.items() if choice is not None})
    return f"/stream/{quote(stage, safe='')}" + (f"?{query}" if query else "")


def address_of_item(item_type: str, item: str) -> str:
    """Where the history of an item is."""
    return f"/stream/item/{quote(item_type, safe='')}/{quote(item, safe='')}"


WORDS: Final[dict[str, Callable[..., str]]] = {
    "duration": format_duration,
    "percentile": format_percentile,
    "working_hours": format_working_hours,
    "moment": format_moment,
    "rate": format_rate,
    "share": format_share,
    "change": format_change,
    "short": shorten_item,
    "list_address": address_of_list,
    "item_address": address_of_item,
}
"""The functions that the templates of the stream call, by the name they call them."""
