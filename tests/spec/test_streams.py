import polars as pl
import pytest

from headrace.flow.awaited import Awaited
from headrace.model.error import ConfigurationError
from headrace.model.event import Stage
from headrace.spec.streams import STAGE_COLUMNS, STREAM_COLUMNS, build_streams
from headrace.spec.table import LINE, Table
from headrace.store.streams import read_streams


def table(name: str, columns: tuple[str, ...], *rows: tuple[str | None, ...]) -> Table:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    return Table(name, frame.with_row_index(LINE, offset=2))


STREAMS = table("stream.csv", STREAM_COLUMNS, ("data", "Data", "resource", "it changes", "it is live"))


def stage(stream: str = "data", name: str = "collect", wait: str | None = "26") -> tuple[str | None, ...]:
    return (stream, name, "Collect", "endpoint", "pipeline", "schedule", wait, None, "Ask")


def test_expectations_are_read_in_hours_and_blank_is_none() -> None:
    model = build_streams(STREAMS, table("stage.csv", STAGE_COLUMNS, stage()))

    assert (26 * 3600.0, None) == (
        model.stages["collect"].expected_wait_s,
        model.stages["collect"].expected_work_s,
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((stage(stream="water"),), "one of data"),
        ((stage(), stage()), "comes twice"),
        ((stage(wait="soon"),), "hours, as a number"),
        ((stage(wait="-1"),), "more than 0"),
        ((stage(wait="nan"),), "more than 0"),
    ],
)
def test_a_faulty_stage_is_told_with_its_address(rows: tuple[tuple[str | None, ...], ...], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said) as told:
        build_streams(STREAMS, table("stage.csv", STAGE_COLUMNS, *rows))

    assert f"stage.csv:{1 + len(rows)}" in str(told.value)


def test_the_built_in_stages_of_the_data_stream_are_those_the_pipeline_records() -> None:
    data = read_streams().by_name["data"]

    assert [stage.value for stage in Stage] == [stage.stage for stage in data.stages]


def test_the_built_in_stages_wait_for_what_can_be_waited_for() -> None:
    words = {word.value for word in Awaited}

    assert set() == {stage.waits_for for stage in read_streams().stages.values()} - words
