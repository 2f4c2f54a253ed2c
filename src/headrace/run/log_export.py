"""Writing the collection log as the existing platform keeps it: log.csv and resource.csv."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polars as pl

from headrace.run.owner import read_sources
from headrace.store.attempt_log import AttemptLog
from headrace.store.configuration_files import Source
from headrace.store.lake import Lake

LIST = ";"
"""Between the members of a cell that holds several, which are sorted."""


def export_log(lake: Lake, config: Path | None, today: date, out: Path) -> tuple[int, int]:
    """Write `log.csv` and `resource.csv` of a lake into a folder; the numbers of their rows are returned.

    Args:
        lake: whose log is written.
        config: folder whose `collection/<collection>/source.csv` say which organisations and datasets an endpoint
            serves; None leaves both blank.
        today: a resource seen on this day, or later, has not ended.
        out: is made where it is missing.

    Raises:
        ConfigurationError: the configuration is missing or malformed.
    """
    attempts = AttemptLog(lake, "", "reader").read()
    log, resource = log_table(attempts), resource_table(attempts, read_sources(config), today)
    out.mkdir(parents=True, exist_ok=True)
    for name, table in (("log", log), ("resource", resource)):
        table.write_csv(out / f"{name}.csv", line_terminator="\r\n")
    return log.height, resource.height


def log_table(attempts: pl.DataFrame) -> pl.DataFrame:
    """One row per attempt, as text, by night and endpoint; `elapsed` in seconds of the request that counted."""
    elapsed = (pl.col("total_ms") / 1000).round(3)
    return attempts.sort("night", "endpoint", "started_at", maintain_order=True).select(
        "bytes",
        pl.col("content_type").alias("content-type"),
        pl.when(elapsed.is_not_null()).then(_three_decimals(elapsed)).alias("elapsed"),
        "endpoint",
        "resource",
        "status",
        pl.col("started_at").dt.strftime("%Y-%m-%dT%H:%M:%S%.6f").alias("entry-date"),
        pl.lit(None, pl.String).alias("start-date"),
        pl.lit(None, pl.String).alias("end-date"),
        "exception",
    )


def resource_table(attempts: pl.DataFrame, sources: Iterable[Source], today: date) -> pl.DataFrame:
    """One row per resource, by hash: where it was seen, for whom, and from when to when."""
    served = pl.DataFrame(
        [(each.endpoint, each.organisation, dataset) for each in sources for dataset in each.datasets or ("",)],
        schema={"endpoint": pl.String, "organisation": pl.String, "dataset": pl.String},
        orient="row",
    )
    good = attempts.filter(pl.col("resource").is_not_null())
    seen = good.group_by("resource").agg(
        pl.col("bytes").first(),
        pl.col("endpoint").unique().alias("endpoints"),
        pl.col("night").min().alias("start-date"),
        pl.col("night").max().alias("end-date"),
    )
    whose = good.select("resource", "endpoint").unique().join(served, on="endpoint")
    whose = whose.group_by("resource").agg(organisations="organisation", datasets="dataset")
    return (
        seen.join(whose, on="resource", how="left")
        .select(
            "resource",
            "bytes",
            *(_listed(name) for name in ("organisations", "datasets", "endpoints")),
            "start-date",
            pl.when(pl.col("end-date") < today.isoformat()).then("end-date"),
        )
        .sort("resource")
    )


def _listed(name: str) -> pl.Expr:
    members = pl.col(name).list.unique().list.sort()
    return members.list.eval(pl.element().filter(pl.element() != "")).list.join(LIST)


def _three_decimals(seconds: pl.Expr) -> pl.Expr:
    thousandths = (seconds * 1000).round().cast(pl.Int64)
    return pl.format("{}.{}", thousandths // 1000, (thousandths % 1000).cast(pl.String).str.zfill(3))
