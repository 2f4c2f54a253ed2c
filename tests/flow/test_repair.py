"""Repairs: read out of a log of attempts."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from headrace.flow.repair import GIVEN_UP_NIGHTS, repairs

FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def log(**told: str) -> pl.DataFrame:
    """Attempts by endpoint, a letter a night: `o` for data, `x` for none, `.` for a night on which it was not asked."""
    rows = [
        (endpoint, (at := FIRST + timedelta(days=day)).date().isoformat(), at, at + timedelta(seconds=5), letter)
        for endpoint, letters in told.items()
        for day, letter in enumerate(letters)
        if letter != "."
    ]
    columns = ["endpoint", "night", "started_at", "finished_at", "letter"]
    good = pl.col("letter") == "o"
    return pl.DataFrame(rows, schema=columns, orient="row").with_columns(
        resource=pl.when(good).then(pl.lit("f" * 64)), reason=pl.when(~good).then(pl.lit("HTTP 404"))
    )


LONG = GIVEN_UP_NIGHTS + 1

CASES = {
    "one that always answers needs none": ("ooo", []),
    "one that fails waits": ("oxx", [("ready", 1)]),
    "one that never answered waits from the first": ("xxx", [("ready", 0)]),
    "one that answers again is repaired": ("oxxo", [("ready", 1), ("finished", 3)]),
    "each failing is one": ("oxoxo", [("ready", 1), ("finished", 2), ("ready", 3), ("finished", 4)]),
    "a night without asking changes nothing": ("ox.xo", [("ready", 1), ("finished", 4)]),
    "one that is asked no more is given up": ("ox" + "." * LONG, [("ready", 1), ("abandoned", 2)]),
    "one asked again in time was not given up": ("ox" + "." * (LONG - 2) + "o", [("ready", 1), ("finished", LONG)]),
    "what happens after that is new": (
        "ox" + "." * LONG + "xo",
        [("ready", 1), ("abandoned", 2), ("ready", LONG + 2), ("finished", LONG + 3)],
    ),
    "one that answered to the last needs none when it leaves": ("oo" + "." * LONG, []),
    "a log that ends does not say so": ("ox" + "." * (LONG - 3), [("ready", 1)]),
}


@pytest.mark.parametrize("name", CASES)
def test_repairs(name: str) -> None:
    """Each case, beside an endpoint that is asked every night and so says which nights there were."""
    letters, expected = CASES[name]
    found = repairs(log(it=letters, other="o" * len(letters))).filter(pl.col("item") == "it")
    assert expected == [(kind, (at - FIRST).days) for kind, at in found.select("kind", "at").iter_rows()]


def test_moments_and_reasons_are_the_log_s() -> None:
    """A repair begins at the end of the attempt that failed, and is given up when the next night begins."""
    found = repairs(log(it="x" + "." * LONG, other="o" * (LONG + 1)))
    assert [
        ("it", FIRST + timedelta(seconds=5), "ready", "HTTP 404"),
        ("it", FIRST + timedelta(days=1), "abandoned", "it was not asked any more"),
    ] == found.select("item", "at", "kind", "reason").rows()


def test_no_attempts_no_repairs() -> None:
    """An empty log is no error."""
    assert repairs(log(it="x").clear()).is_empty()
