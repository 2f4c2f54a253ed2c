"""Reading the stage model: which streams and stages there are."""

from headrace.model.error import ConfigurationError
from headrace.model.stage import StageModel, StreamModel, Streams
from headrace.spec.table import Row, Table

STREAM_COLUMNS = ("stream", "title", "item-type", "from", "to")
STAGE_COLUMNS = (
    *("stream", "stage", "title", "item-type", "role", "waits-for"),
    *("expected-wait-hours", "expected-work-hours", "description"),
)

HOUR_S = 3600.0


def build_streams(streams: Table, stages: Table) -> Streams:
    """The stage model of two tables, in their order.

    Args:
        streams: one row per stream, with `STREAM_COLUMNS`.
        stages: one row per stage, with `STAGE_COLUMNS`; expectations are in hours, blank where there is none.

    Raises:
        ConfigurationError: a column is missing, a stage is named twice or belongs to no stream, or an expectation is
            no number.
    """
    built: dict[str, list[StageModel]] = {row["stream"]: [] for row in streams.require(*STREAM_COLUMNS).rows()}
    seen: set[str] = set()
    for row in stages.require(*STAGE_COLUMNS).rows():
        if row["stream"] not in built:
            raise ConfigurationError(
                stages.where(row), f"stream is {row['stream']!r}", f"one of {', '.join(built)} ({streams.name})"
            )
        if row["stage"] in seen:
            raise ConfigurationError(stages.where(row), f"the stage {row['stage']!r} comes twice", "each stage once")
        seen.add(row["stage"])
        built[row["stream"]].append(_stage(stages, row))
    return Streams(
        tuple(
            StreamModel(
                stream=row["stream"],
                title=row["title"],
                item_type=row["item-type"],
                begins=row["from"],
                ends=row["to"],
                stages=tuple(built[row["stream"]]),
            )
            for row in streams.rows()
        )
    )


def _stage(table: Table, row: Row) -> StageModel:
    return StageModel(
        stage=row["stage"],
        stream=row["stream"],
        title=row["title"],
        item_type=row["item-type"],
        role=row["role"],
        waits_for=row["waits-for"],
        expected_wait_s=_expectation_s(table, row, "expected-wait-hours"),
        expected_work_s=_expectation_s(table, row, "expected-work-hours"),
        description=row["description"],
    )


def _expectation_s(table: Table, row: Row, column: str) -> float | None:
    if not row[column]:
        return None
    try:
        hours = float(row[column])
    except ValueError as error:
        raise ConfigurationError(table.where(row), f"{column} is {row[column]!r}", "hours, as a number") from error
    if not hours > 0:
        raise ConfigurationError(table.where(row), f"{column} is {row[column]!r}", "hours, more than 0")
    return hours * HOUR_S
