"""Attempts drawn as text: one character a night."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import polars as pl

from headrace.model.attempt import ATTEMPT_SCHEMA

FIRST: Final = date(2026, 11, 1)
"""The night of the first character."""

SAID: Final = {
    "o": (200, "r" * 64, None),
    "x": (404, None, "it was answered 404"),
    "-": (None, None, "there was no answer"),
    "h": (200, None, "a page, not data"),
}
"""Status, resource and reason of each character; a blank is a night on which an endpoint was not asked."""


def draw_log(by_endpoint: dict[str, str], first: date = FIRST) -> pl.DataFrame:
    """Attempts (`ATTEMPT_SCHEMA`) of endpoints, one a night from the first."""
    rows = []
    for endpoint, nights in by_endpoint.items():
        for day, letter in enumerate(nights):
            if letter != " ":
                night = first + timedelta(days=day)
                at = datetime.combine(night, time(1), UTC)
                status, resource, reason = SAID[letter]
                rows.append(
                    {
                        "night": night.isoformat(),
                        "endpoint": endpoint,
                        "url": f"https://{endpoint[:8]}.example/register.csv?a=<b>",
                        "started_at": at,
                        "finished_at": at + timedelta(seconds=2),
                        "status": status,
                        "resource": resource,
                        "reason": reason,
                        "tries": 1,
                    }
                )
    return pl.DataFrame(rows, schema=ATTEMPT_SCHEMA)
