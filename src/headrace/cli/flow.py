"""`headrace flow`: where data waits, in the terminal."""

from typing import Annotated

import polars as pl
import typer

from headrace.cli import option
from headrace.cli.exit import plain_errors
from headrace.cli.show import show_figures, show_json, show_line, show_rows, wants_json
from headrace.flow.close_up import CloseUp, chance_of, close_up, tell
from headrace.flow.forecast import SURE
from headrace.flow.stream import Stream, measure, passages
from headrace.model.error import MeasureError
from headrace.report.flow_text import STAGE_COLUMNS, STREAM_COLUMNS, percentile_text, stage_rows, stream_rows
from headrace.report.measure_text import format_duration
from headrace.report.sparkline import sparkline
from headrace.run.tools import utc_now
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.streams import read_streams

app = typer.Typer(help="Where data waits: every stage, or one of them over time.")

OLDEST = 10
"""Items of a stage that are listed."""


@app.callback(invoke_without_command=True)
def flow(
    lake: option.Lake,
    stream: Annotated[str | None, typer.Option(help="Only the stages of this stream.")] = None,
    stage: Annotated[str | None, typer.Option(help="One stage over time, with its forecast.")] = None,
    as_json: option.AsJson = None,
) -> None:
    """Show where data waits and for how long; with --stage, how one stage has gone and when it will be done."""
    with plain_errors():
        passed = passages(EventRecord(Lake(lake)).read(), read_streams())
        now = max(utc_now(), passed.recorded_at or utc_now())
        measured = measure(passed, now, read_streams())
        if stage is not None:
            _need(stage, measured.stages["stage"], "stage")
            _show_stage(close_up(passed, stage, now, chance_of(now)), as_json)
        else:
            _need(stream, measured.streams["stream"], "stream")
            _show_streams(measured, stream, as_json)


def _show_streams(measured: Stream, stream: str | None, as_json: bool | None) -> None:
    chosen = pl.lit(value=True) if stream is None else pl.col("stream") == stream
    streams, stages = measured.streams.filter(chosen), measured.stages.filter(chosen)
    if wants_json(as_json):
        said = {"now": measured.now, "since": measured.start, "constraint": measured.constraint}
        show_json({**said, "streams": streams.to_dicts(), "stages": stages.to_dicts()})
        return
    show_figures(
        f"{measured.now:%-d %b %Y, %H:%M} UTC; times since {measured.start:%-d %b}",
        STREAM_COLUMNS,
        stream_rows(streams),
    )
    for part in stages.partition_by("stream", maintain_order=True):
        show_figures(str(part["stream"][0] or "other stages"), STAGE_COLUMNS, stage_rows(part))


def _show_stage(close: CloseUp, as_json: bool | None) -> None:
    if wants_json(as_json):
        show_json(tell(close))
        return
    weeks = close.throughput
    show_line(f"{close.stage}: {close.under_way.height:,} here; since {close.start:%-d %b %Y}")
    show_line(
        "from ready to left  "
        + ", ".join(f"{name} {percentile_text(value, close.lead_watched_s)}" for name, value in close.lead.items())
    )
    show_line(f"here, by day        {sparkline(close.days['present'].to_list()[-60:])}")
    show_line(f"left, by week       {sparkline(weeks['value'].to_list())}")
    for week in weeks.filter(pl.col("signal").is_not_null()).iter_rows(named=True):
        show_line(f"  signal in the week from {week['at']:%-d %b}: {week['value']:,.0f} left, {week['signal']}")
    show_line(_forecast(close))
    if close.little and close.little["apart"] is not None:
        show_line(f"Little's law        the two sides are {close.little['apart']:.0%} apart")
    rows = (
        (each["item"], format_duration(each["age_s"]), each["waits_for"] or each["state"], each["overtaken_by"])
        for each in close.under_way.head(OLDEST).iter_rows(named=True)
    )
    show_rows("The oldest", ("item", "age", "waits for", "overtaken by"), rows)


def _forecast(close: CloseUp) -> str:
    if not close.under_way.height:
        return "forecast            nothing is here"
    if not close.orderly:
        return "forecast            cannot be said: what is here is overtaken by what came later"
    if close.emptied is None:
        return "forecast            can be said after four weeks"
    ends = zip(SURE, close.emptied.moments(close.now), strict=True)
    return "as many left by     " + ", ".join(
        f"{sure} {end:%-d %b %Y}" if end else f"{sure} not known" for sure, end in ends
    )


def _need(name: str | None, names: pl.Series, kind: str) -> None:
    if name is not None and name not in names:
        raise MeasureError(f"there is no {kind} {name!r}; expected one of {', '.join(names)}")
