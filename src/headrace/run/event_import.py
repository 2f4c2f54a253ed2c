"""Bringing history that others recorded into the event record: which kind of file it is, says its header."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from headrace.model.error import LakeError, SettingsError
from headrace.model.event import Kind
from headrace.model.stage import Streams
from headrace.run.endpoint_change import CHANGES, build_change_events
from headrace.run.owner import owners, read_sources
from headrace.run.stage_history import Step, build_stage_events
from headrace.run.ticket import COLUMNS, build_ticket_events
from headrace.run.tools import utc_now
from headrace.spec.stage_word import StageWord, build_stage_words
from headrace.store.builtin import builtin_datasets
from headrace.store.csv_rows import CsvRows, read_csv_rows
from headrace.store.csv_table import read_table
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.stage_count import STAGE_COUNT_SCHEMA, StageCounts
from headrace.store.streams import read_streams

STANDARDS: Final = "standards"
STAGE_HISTORY: Final = ("date", "concern", "stage", "status")
STAGE_COUNT: Final = ("date", "archived", "backlog")

EXPECTED: Final = (
    f"a CSV of tickets ({', '.join(COLUMNS)}, kind or status), a stage history ({', '.join(STAGE_HISTORY)}), daily "
    f"counts ({', '.join(STAGE_COUNT)} …), or Parquet or CSV of endpoint changes ({', '.join(CHANGES)})"
)


@dataclass(frozen=True, slots=True)
class EventsImported:
    """What an import came to.

    Attributes:
        what: `tickets`, `stage-history`, `stage-counts` or `endpoint-history`.
        rows: rows that were read.
        events: the different events, or counts, among them.
        new: those of them that the lake did not have.
        told: rows that are none, or not all they should be, each in a sentence.
    """

    what: str
    rows: int
    events: int
    new: int
    told: tuple[str, ...]


def import_events(path: Path, lake: Lake, stream: str | None = None, config: Path | None = None) -> EventsImported:
    """Add what a file tells to the event record of a lake; what is there already changes nothing.

    Args:
        path: the file; its columns say what it is.
        lake: whose record grows.
        stream: for tickets, the stream that they are of; None for any.
        config: folder with `collection/`, for whose each endpoint is.

    Raises:
        SettingsError: the file is none of those, or there is no such stream.
        ConfigurationError: the configuration is missing or malformed.
        LakeError: another run is writing to the lake.
    """
    model = read_streams()
    if stream is not None and stream not in model.by_name:
        raise SettingsError(f"--stream: got {stream!r}, expected one of {', '.join(model.by_name)}")
    if not path.is_file():
        raise SettingsError(f"{path}: there is no such file; expected {EXPECTED}")
    told: list[str] = []
    if path.suffix == ".parquet":
        return _import_changes(lake, _read_parquet(path), config, told)
    table = read_csv_rows(path)
    told += table.faults
    columns = set(table.columns)
    if columns >= set(CHANGES):
        schema = dict.fromkeys(table.columns, pl.String)
        frame = pl.DataFrame([dict(row) for _, row in table.rows], schema=schema)
        return _import_changes(lake, frame.with_columns(pl.all().replace("", None)), config, told)
    if columns >= set(STAGE_HISTORY):
        return _import_stage_history(lake, table, model, told)
    if columns >= set(COLUMNS) and columns & {"kind", "status"}:
        events = build_ticket_events(table.rows, model, read_ticket_words(), stream, utc_now(), told)
        return _add(lake, "tickets", len(table.rows) + len(table.faults), events, told)
    if columns >= set(STAGE_COUNT):
        return _import_counts(lake, path.name, table, told)
    raise SettingsError(f"{path}: its columns are {', '.join(table.columns)}; expected {EXPECTED}")


def read_standards_words(model: Streams) -> Mapping[str, StageWord]:
    """The words of others for the stages of standards."""
    table = read_table(builtin_datasets() / "stream" / "standards-word.csv", "stream/standards-word.csv")
    return build_stage_words(table, [stage.stage for stage in model.by_name[STANDARDS].stages])


def read_ticket_words() -> Mapping[str, Kind]:
    """Kinds of event by what trackers say of a ticket."""
    table = read_table(builtin_datasets() / "stream" / "ticket-word.csv", "stream/ticket-word.csv")
    return {row["word"]: Kind(row["kind"]) for row in table.require("word", "kind").rows()}


def read_steps(table: CsvRows, words: Mapping[str, StageWord], told: list[str]) -> list[Step]:
    """The steps of a stage history: the word in `stage` counts, and where there is none the older one in `status`."""
    steps: list[Step] = []
    for line, row in table.rows:
        word = words.get(row["stage"] or row["status"])
        day = _day(row["date"])
        if word is None or day is None or not row["concern"]:
            told.append(
                f"line {line}: {row['concern']!r} on {row['date']!r} in {row['stage'] or row['status']!r}: expected a "
                f"concern, a day, and one of {', '.join(filter(None, words))}"
            )
        else:
            steps.append(Step(line, day, row["concern"], word))
    return steps


def _import_stage_history(lake: Lake, table: CsvRows, model: Streams, told: list[str]) -> EventsImported:
    steps = read_steps(table, read_standards_words(model), told)
    events = build_stage_events(steps, [stage.stage for stage in model.by_name[STANDARDS].stages])
    return _add(lake, "stage-history", len(table.rows) + len(table.faults), events, told)


def _import_counts(lake: Lake, name: str, table: CsvRows, told: list[str]) -> EventsImported:
    rows: list[tuple[str, str, date, str, int]] = []
    for line, row in table.rows:
        day = _day(row["date"])
        counts = {column: cell for column, cell in row.items() if column != "date"}
        if day is None or not all(cell.isdecimal() for cell in counts.values()):
            told.append(f"line {line}: expected a day and whole numbers, got {', '.join(row.values())}")
        else:
            rows += [(STANDARDS, name, day, column, int(cell)) for column, cell in counts.items()]
    counted = pl.DataFrame(rows, schema=STAGE_COUNT_SCHEMA, orient="row")
    with lake.lock():
        new = StageCounts(lake, f"imported-{utc_now():%Y%m%d%H%M%S%f}").add(counted)
    return EventsImported("stage-counts", len(table.rows) + len(table.faults), counted.height, new, tuple(told))


def _import_changes(lake: Lake, changes: pl.DataFrame, config: Path | None, told: list[str]) -> EventsImported:
    events = build_change_events(changes, owners(read_sources(config)), told)
    return _add(lake, "endpoint-history", changes.height, events, told)


def _add(lake: Lake, what: str, rows: int, events: pl.DataFrame, told: list[str]) -> EventsImported:
    different = events.unique("id", keep="first", maintain_order=True)
    with lake.lock():
        new = EventRecord(lake, f"imported-{utc_now():%Y%m%d%H%M%S%f}").add(different)
    return EventsImported(what, rows, different.height, new, tuple(told))


def _read_parquet(path: Path) -> pl.DataFrame:
    try:
        frame = pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise LakeError(f"{path}: cannot be read as Parquet: {error}") from error
    if not set(frame.columns) >= set(CHANGES):
        raise SettingsError(f"{path}: its columns are {', '.join(frame.columns)}; expected {EXPECTED}")
    return frame.with_columns(pl.all().cast(pl.String))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
