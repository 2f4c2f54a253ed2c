"""A tale: invented events as they are made up, and the event record of them."""

from datetime import datetime
from typing import Final

import polars as pl

from headrace.model.event import EVENT_SCHEMA, Kind, build_events

SIMULATED: Final = "simulated"
"""The actor of every invented event, and how the name of its run begins: nobody did it."""


class Tale:
    """Invented events up to a moment; what would have happened after it is not told."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self._told: list[tuple[object, ...]] = []

    def say(
        self,
        at: datetime,
        item_type: str,
        item: str,
        stage: str,
        kind: Kind,
        *,
        dataset: str | None = None,
        organisation: str | None = None,
        reason: str | None = None,
        detail: str | None = None,
    ) -> None:
        """Something happened to an item, if it was before the end of the tale."""
        if at <= self.until:
            run = f"{SIMULATED}-{at:%Y-%m-%d}"
            self._told.append(
                (at, item_type, item, stage, kind.value, run, SIMULATED, dataset, organisation, reason, detail)
            )

    def events(self) -> pl.DataFrame:
        """What was told, as `EVENT_SCHEMA`."""
        names = (
            *("at", "item_type", "item", "stage", "kind", "run", "actor"),
            *("dataset", "organisation", "reason", "detail"),
        )
        schema = {name: EVENT_SCHEMA[name] for name in names}
        return build_events(pl.DataFrame(self._told, schema=schema, orient="row"))
