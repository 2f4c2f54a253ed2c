"""The history of endpoint configuration, as others recorded it: when endpoints were added, retired and reinstated."""

from typing import Final

import polars as pl

from headrace.model.attempt import RECORDED_ELSEWHERE
from headrace.model.event import Kind, Stage, build_events

CHANGES: Final = pl.Schema({name: pl.String() for name in ("committed", "collection", "endpoint", "change")})
"""The columns that a change has: the day on which it was made, and `added`, `retired` or `reinstated`."""

RUN: Final = "endpoint-history"
HASH: Final = r"^[0-9a-f]{64}$"
DATE: Final = r"^\d{4}-\d\d-\d\d"


def build_change_events(changes: pl.DataFrame, owners: pl.DataFrame, told: list[str]) -> pl.DataFrame:
    """The events (`EVENT_SCHEMA`) of changes to the configuration of endpoints.

    - Added, or reinstated: the endpoint's `configure` is finished on the day of the change. Since when it had waited
      for that is not known: the date of entry that a row carries is older where rows were moved between files. Those of
      the first day were there when the history began, and the reason says so.
    - Retired: `collect` and `repair` are abandoned on that day. Where nothing waits there, that changes nothing.

    What comes of an endpoint that is asked again after it was reinstated is the matter of the log of attempts. A change
    that leaves the endpoint as it was (files hold one endpoint in several rows, of which one is retired and another
    not) is no event, nor are several on one day that contradict each other. Days have no hours: all is said to happen
    at midnight UTC.

    Args:
        changes: `CHANGES`, and `entry-date` and `end-date` where they are told.
        owners: `endpoint`, `dataset` and `organisation`, one row for each endpoint of which that is known.
        told: gets a sentence for each row that is no change, or that has a date that is none.
    """
    rows = changes.with_row_index("line", offset=1)
    sound = rows.filter(pl.col("endpoint").str.contains(HASH) & pl.col("committed").str.contains(DATE))
    for line, endpoint, committed in (
        rows.join(sound, on="line", how="anti").select("line", "endpoint", "committed").iter_rows()
    ):
        told.append(
            f"row {line}: endpoint {endpoint!r}, committed {committed!r}: expected the SHA-256 of a URL and a date; "
            "there is no event of it"
        )
    for name in ("entry-date", "end-date"):
        if name in sound.columns:
            bad = sound.filter(~pl.col(name).str.strip_chars().str.contains(DATE))
            for line, endpoint, value in bad.select("line", "endpoint", name).iter_rows():
                told.append(f"row {line}: {name} of {endpoint} is {value!r}, expected a date; it is kept as it is")
    turned = _turns(sound)
    kept = [name for name in ("collection", "entry-date", "end-date") if name in turned.columns]
    said = turned.join(owners, on="endpoint", how="left").with_columns(
        at=pl.col("committed").str.slice(0, 10).str.to_datetime("%Y-%m-%d", time_unit="us", time_zone="UTC"),
        item_type=pl.lit("endpoint"),
        item="endpoint",
        run=pl.lit(RUN),
        actor=pl.lit(RECORDED_ELSEWHERE),
        detail=pl.struct(kept).struct.json_encode(),
    )
    there = said.filter("active").with_columns(
        stage=pl.lit("configure"),
        kind=pl.lit(Kind.FINISHED.value),
        reason=pl.when(pl.col("change") == "reinstated")
        .then(pl.lit("the endpoint was reinstated"))
        .when(pl.col("committed") == pl.col("committed").min())
        .then(pl.lit("it was configured when the history began")),
    )
    gone = said.filter(~pl.col("active")).with_columns(
        kind=pl.lit(Kind.ABANDONED.value), reason=pl.lit("the endpoint was retired")
    )
    left = [gone.with_columns(stage=pl.lit(stage)).select(there.columns) for stage in (Stage.COLLECT.value, "repair")]
    return build_events(pl.concat([there, *left]).sort("line"))


def _turns(changes: pl.DataFrame) -> pl.DataFrame:
    """The changes after which an endpoint is `active` where it was not, or the reverse: of each day one."""
    active = pl.col("change") != "retired"
    before = pl.col("active").shift(1, fill_value=False).over("endpoint")
    return (
        changes.with_columns(active=active)
        .with_columns(agree=(pl.col("active").n_unique() == 1).over("endpoint", "committed"))
        .filter("agree")
        .unique(["endpoint", "committed"], keep="first", maintain_order=True)
        .sort("endpoint", "committed", "line")
        .filter(pl.col("active") != before)
    )
