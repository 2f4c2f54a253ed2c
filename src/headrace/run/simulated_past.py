"""An invented past in the lake of a demonstration; for no other lake."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from headrace.model.error import SettingsError
from headrace.run.log_events import build_log_events
from headrace.simulate.history.england_past import invent_past
from headrace.simulate.history.tale import SIMULATED
from headrace.simulate.publication import Publication
from headrace.store.attempt_log import AttemptLog
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.streams import read_streams


def add_simulated_past(lake: Lake, seed: int, publications: Sequence[tuple[Publication, str]], until: date) -> int:
    """Put the invented past of the small England, up to the night of a day, into a lake that has none; its events.

    A lake that has such a past already is left as it is: a demonstration that is run again does not invent another.

    Raises:
        SettingsError: something real was recorded in the lake.
    """
    record, log = EventRecord(lake, SIMULATED), AttemptLog(lake, "", SIMULATED)
    before = record.read()
    if before.filter(pl.col("actor") == SIMULATED).height:
        return 0
    if before.height:
        raise SettingsError(f"{lake.root}: something was recorded there; expected an empty lake for an invented past")
    past = invent_past(seed, publications, until, read_streams())
    whose = pl.DataFrame(
        [(each.dataset, each.publisher.organisation, url) for each, url in publications],
        schema={"dataset": pl.String, "organisation": pl.String, "url": pl.String},
        orient="row",
    )
    owners = past.attempts.select("endpoint", "url").unique().join(whose, on="url").drop("url")
    with lake.lock():
        log.add(past.attempts)
        return record.add(pl.concat([past.events, build_log_events(past.attempts, owners, SIMULATED)]))
