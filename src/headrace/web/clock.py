"""The time it is, as routes are given it."""

from datetime import UTC, datetime


def read_clock() -> datetime:
    """The time it is; tests put another clock in its place."""
    return datetime.now(UTC)
