"""Growth: the passages of a record to which events were added, made of the passages it had before."""

from datetime import datetime

import polars as pl

from headrace.flow.night import last_run
from headrace.flow.record import CAUSAL, PLACE, in_order
from headrace.flow.spells import spells
from headrace.flow.stream import Passages, passages
from headrace.flow.visits import visits
from headrace.model.event import EVENT_SCHEMA


def extend(passed: Passages, more: pl.DataFrame) -> Passages:
    """The passages of the record with more events (`EVENT_SCHEMA`); those that it has already change nothing.

    What is told is what `passages` would make of all events together, in another order: only the items that more is
    said of are read again, and their rows come last. A million other events are left as they are.
    """
    if more.is_empty():
        return passed
    if more.height > passed.events.height:
        known = passed.events.select(EVENT_SCHEMA.names()).with_columns(pl.col("kind").cast(pl.String))
        return passages(pl.concat([known, more]), passed.model)
    touched = more.select(PLACE).unique()
    old = _part(passed.events, touched, touched=True)
    new = in_order(pl.concat([old.select(EVENT_SCHEMA.names()), more.with_columns(pl.col("kind").cast(CAUSAL))]))
    if new.height == old.height:
        return passed
    last = passed.events["place"].max()
    renumbered = new.with_columns(pl.col("place") + (last if isinstance(last, int) else 0)).drop("row")
    untouched = passed.events.drop("row")
    untouched = untouched.filter(~pl.col("place").is_in(old["place"].unique().implode()))
    events = pl.concat([untouched, renumbered.select(untouched.columns)]).with_row_index("row")
    latest = events["at"].max()
    return Passages(
        events=events.select(passed.events.columns),
        # In one piece: every measure goes through all of them.
        visits=pl.concat([_part(passed.visits, touched, touched=False), visits(new, passed.model)], rechunk=True),
        spells=pl.concat([_part(passed.spells, touched, touched=False), spells(new)], rechunk=True),
        run=last_run(events),
        recorded_at=latest if isinstance(latest, datetime) else None,
        model=passed.model,
    )


def _part(rows: pl.DataFrame, places: pl.DataFrame, *, touched: bool) -> pl.DataFrame:
    """The rows at certain places, or those that are not there, in order."""
    perhaps = pl.col("item").is_in(places["item"].unique().implode())
    if touched:
        return rows.filter(perhaps).join(places, on=PLACE, how="semi", maintain_order="left")
    elsewhere = rows.filter(perhaps).join(places, on=PLACE, how="anti", maintain_order="left")
    return pl.concat([rows.filter(~perhaps), elsewhere])
