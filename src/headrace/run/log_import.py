"""Bringing the collection history of others into the log: attempts recorded by the existing platform."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson
import polars as pl

from headrace.model.attempt import ATTEMPT_SCHEMA, RECORDED_ELSEWHERE
from headrace.model.endpoint import hash_url
from headrace.model.error import LakeError, SettingsError
from headrace.run.log_events import build_log_events
from headrace.run.owner import owners, read_sources
from headrace.run.tools import utc_now
from headrace.store.attempt_log import AttemptLog
from headrace.store.csv_table import read_table
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake

RECORDED: Final = pl.Schema(
    [
        ("date", pl.String()),
        ("endpoint", pl.String()),
        ("url", pl.String()),
        ("datetime", pl.Datetime("us")),
        ("elapsed", pl.Float64()),
        ("status", pl.Int64()),
        ("exception", pl.String()),
        ("resource", pl.String()),
        ("content-type", pl.String()),
        ("content-length", pl.Int64()),
        ("last-modified", pl.String()),
        ("etag", pl.String()),
        ("server", pl.String()),
    ]
)
"""What the existing platform records of an attempt: `datetime` is UTC without saying so, `elapsed` in seconds."""

ADDRESSES: Final = "endpoint-url.csv"
"""The file, beside Parquet files of attempts, that says which URL each endpoint has."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to.

    Attributes:
        rows: rows, or files, that were read.
        attempts: the different attempts among them; logs that were put together tell many twice.
        new: those of them that the log did not have.
        events: events of them that the event record did not have.
        unread: files that are no attempt, with the reason.
    """

    rows: int
    attempts: int
    new: int
    events: int
    unread: tuple[str, ...]


def import_log(path: Path, lake: Lake, config: Path | None = None) -> Imported:
    """Add the attempts at a path to the log of a lake, and their events to its event record.

    What is there already changes nothing. See `build_log_events` for what the events say.

    Args:
        path: a folder of `<YYYY-MM-DD>/<endpoint>.json`; or a Parquet file with columns of `RECORDED`, or a folder of
            such files, with `endpoint-url.csv` beside them.
        lake: whose log grows.
        config: folder whose `collection/<collection>/source.csv` say which organisation and dataset an endpoint
            serves; without it the events do not say so.

    Raises:
        ConfigurationError: the configuration is missing or malformed.
        SettingsError: there is neither at the path.
        LakeError: another run is writing to the lake, or a Parquet file cannot be read.
    """
    if not path.exists():
        raise SettingsError(f"{path}: there is nothing; expected a folder of attempts, or Parquet")
    files = [path] if path.is_file() else sorted(path.glob("*.parquet"))
    unread: list[str] = []
    recorded = _read_parquet(files) if files else pl.DataFrame(_read_json(path, unread), schema=RECORDED, orient="row")
    if recorded.is_empty() and not unread:
        raise SettingsError(f"{path}: no attempts; expected DATE/*.json or *.parquet in it")
    attempts = _attempts(recorded.group_by(RECORDED.names(), maintain_order=True).agg(told=pl.len().cast(pl.Int64)))
    whose = owners(read_sources(config))
    segment = f"imported-{utc_now():%Y%m%d%H%M%S%f}"
    with lake.lock():
        log = AttemptLog(lake, "", segment)
        new = log.add(attempts)
        events = EventRecord(lake, segment).add(build_log_events(log.read_recorded_elsewhere(), whose))
    return Imported(recorded.height, attempts.height, new, events, tuple(unread))


def _read_parquet(files: list[Path]) -> pl.DataFrame:
    try:
        found = pl.scan_parquet(files, missing_columns="insert").with_columns(pl.col("date").cast(pl.String)).collect()
    except pl.exceptions.PolarsError as error:
        raise LakeError(f"{files[0]}: not Parquet of attempts: {error}") from error
    addresses = files[0].parent / ADDRESSES
    if "url" not in found.columns and addresses.exists():
        table = read_table(addresses, ADDRESSES).require("endpoint", "endpoint-url").frame
        found = found.join(table.select("endpoint", url="endpoint-url"), on="endpoint", how="left")
    lacking = [pl.lit(None, kind).alias(name) for name, kind in RECORDED.items() if name not in found.columns]
    return found.with_columns(lacking).select(RECORDED.names()).cast(RECORDED)


def _read_json(folder: Path, unread: list[str]) -> Iterator[tuple[object, ...]]:
    """One row of `RECORDED` for each file; what cannot be read is told in `unread`."""
    for day in sorted(each.name for each in os.scandir(folder) if each.is_dir()):
        for file in sorted(each.name for each in os.scandir(folder / day) if each.name.endswith(".json")):
            try:
                with open(f"{folder}/{day}/{file}", "rb", buffering=0) as opened:  # noqa: PTH123 - a million of them
                    yield _row(day, file.removesuffix(".json"), orjson.loads(opened.read()))
            except (OSError, ValueError, TypeError, AttributeError) as error:
                unread.append(f"{day}/{file}: {error}")


def _row(day: str, stem: str, said: dict[str, Any]) -> tuple[object, ...]:  # JSON: values of any kind
    """A row of `RECORDED`. `url` and `datetime` are what older files say for `endpoint-url` and `entry-date`."""
    url = said.get("endpoint-url") or said.get("url")
    at = datetime.fromisoformat(said.get("entry-date") or said.get("datetime") or day)
    headers = {name.lower(): value for name, value in (said.get("response-headers") or {}).items()}
    length = headers.get("content-length") or ""
    return (
        day,
        said.get("endpoint") or (hash_url(url) if url else stem),
        url,
        at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at,
        float(said["elapsed"]) if said.get("elapsed") else None,
        int(said["status"]) if said.get("status") else None,
        said.get("exception"),
        said.get("resource"),
        headers.get("content-type"),
        int(length) if length.isdecimal() else None,
        headers.get("last-modified"),
        headers.get("etag"),
        headers.get("server"),
    )


def _attempts(recorded: pl.DataFrame) -> pl.DataFrame:
    """The rows as `ATTEMPT_SCHEMA`. Why one failed is said as far as its status and exception tell."""
    started_at = pl.col("datetime").dt.replace_time_zone("UTC")
    total_ms = (pl.col("elapsed") * 1000).round(3)
    reason = (
        pl.when(pl.col("resource").is_not_null())
        .then(None)
        .when(pl.col("exception").is_not_null())
        .then(pl.format("recorded elsewhere as {}", "exception"))
        .when(pl.col("status") == 200)
        .then(pl.lit("recorded elsewhere as answered 200, and not kept"))
        .otherwise(
            pl.format("recorded elsewhere as answered {}", pl.col("status").cast(pl.String).fill_null("nothing"))
        )
    )
    headers = pl.when(pl.col("server").is_not_null()).then(pl.struct("server").struct.json_encode())
    known = recorded.with_columns(
        night=pl.col("date"),
        started_at=started_at,
        finished_at=started_at + pl.duration(microseconds=(total_ms.fill_null(0) * 1000).cast(pl.Int64)),
        bytes=pl.col("content-length"),
        content_type=pl.col("content-type"),
        last_modified=pl.col("last-modified"),
        reason=reason,
        headers=headers,
        tries=pl.lit(1),
        due=pl.lit(RECORDED_ELSEWHERE),
        total_ms=total_ms,
    )
    lacking = [pl.lit(None, kind).alias(name) for name, kind in ATTEMPT_SCHEMA.items() if name not in known.columns]
    return known.with_columns(lacking).select(ATTEMPT_SCHEMA.names()).cast(ATTEMPT_SCHEMA)
