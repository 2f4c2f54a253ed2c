"""Replaying recorded results: what would have been said, had the results come in one round after the other."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import polars as pl

from headrace.watch.alert.belief import Believer
from headrace.watch.alert.desk import IncidentDesk
from headrace.watch.alert.message import Message
from headrace.watch.alert.suspicion import suspect

RESULT_SCHEMA: Final = pl.Schema({"at": pl.Datetime("us", "UTC"), "probe": pl.String(), "ok": pl.Boolean()})
"""A result of a probe: when, which, and whether it went well."""


def replay(results: pl.DataFrame) -> Iterator[Message]:
    """The messages, in the order in which they would have been sent.

    Takes results (`RESULT_SCHEMA`); those of one moment are a round. Only what was known at a moment decides what is
    said at it, except which probes there are.
    """
    names = results["probe"].unique().sort().to_list()
    rounds = (
        results.pivot("probe", index="at", values="ok", aggregate_function="min", sort_columns=True)
        .sort("at")
        .select("at", *names)
    )
    believer, desk = Believer(len(names)), IncidentDesk(names)
    ok = rounds.select(names)
    seen = ok.select(pl.all().is_not_null()).to_numpy()
    failed = ok.select(pl.all().not_().fill_null(value=False)).to_numpy()
    moments: list[datetime] = rounds["at"].to_list()
    for number, at in enumerate(moments):
        belief = believer.observe(at.hour, failed[number], seen[number])
        yield from desk.decide(at, suspect(belief))
