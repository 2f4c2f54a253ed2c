"""Silence: what should have happened by now and did not, as findings."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

import polars as pl

from headrace.flow.awaited import Awaited
from headrace.flow.duration import seconds
from headrace.flow.stillness import CHANGES, LONGER, STOPPED
from headrace.flow.stream import PERIOD, Passages
from headrace.flow.visits import IN_PROGRESS, OPEN, WAITING
from headrace.model.event import Kind, Stage
from headrace.model.stage import StageModel, Streams


class Finding(StrEnum):
    """What kind of silence it is."""

    MISSED_NIGHT = "missed-night"
    NOTHING_HEARD = "nothing-heard"
    NO_END = "no-end"
    STREAM_SILENT = "stream-silent"
    STOPPED_CHANGING = "stopped-changing"


MEANING: Final = {
    Finding.MISSED_NIGHT: "a night on which no endpoint was asked",
    Finding.NOTHING_HEARD: "things that are ready, and of which nothing has been heard since",
    Finding.NO_END: "work that was begun, and of whose end nothing has been heard",
    Finding.STREAM_SILENT: "a stream in which nothing happens any more",
    Finding.STOPPED_CHANGING: "an input that used to change and has stopped to",
}
"""Each in words that end the sentence "It is …"."""

FINDINGS: Final = pl.Schema(
    [
        ("finding", pl.String()),
        ("stream", pl.String()),
        ("stage", pl.String()),
        ("since", pl.Datetime("us", "UTC")),
        ("age_s", pl.Float64()),
        ("expected_s", pl.Float64()),
        ("items", pl.Int64()),
        ("text", pl.String()),
        ("evidence", pl.String()),
    ]
)
"""A row per finding: its kind, a word of `Finding`; where, `stage` being null where it is about a whole stream; since
when it is silent and for how many seconds; after how many something was to be expected; how many items it is about,
null where it is not about items; a sentence that says it; and what it is seen from."""

OVERDUE: Final = 2.0
"""How many times as long as expected something has to wait, or work to last, before its silence is a finding."""

NIGHT: Final = timedelta(hours=26)
"""Within which something is collected where the model expects nothing else: a run a day, two hours for the run."""

NAMED: Final = 5
"""How many items the evidence names."""

DAY: Final = timedelta(days=1)

NONE_STOPPED: Final = pl.DataFrame(schema=STOPPED)
"""What is known of inputs where nobody has looked."""


def silence(
    passed: Passages,
    now: datetime,
    model: Streams,
    stopped: pl.DataFrame = NONE_STOPPED,
    period: timedelta = PERIOD,
) -> pl.DataFrame:
    """Every silence that goes on at `now`, and the nights missed in the `period` that ends now, as `FINDINGS`.

    - `missed-night`: days (UTC) between two runs on which no endpoint was asked, where more than a day and a half lies
      between them; or none was asked since the last run for longer than is expected at `collect`.
    - `nothing-heard`: items that have waited at a stage for `OVERDUE` times what is expected there, and of which
      nothing was recorded but that they are ready. One that failed or is blocked was heard of, and is no silence.
    - `no-end`: work under way for `OVERDUE` times what is expected.
    - `stream-silent`: a stream other than that of the data, which has its nights, without an event for longer than
      `LONGER` times its longest pause so far.
    - `stopped-changing`: the inputs that have `stopped`, as `headrace.flow.stillness` finds them. One whose kind is the
      name of a stage is of that stage, another of the stream that has the name of its kind.

    The gravest first: the longest silence in terms of what was expected.
    """
    start = now - period
    rows = [
        *_missed_nights(passed.events, start, now, model),
        *(row for stage in model.stages.values() for row in _silent_items(passed.visits, stage, now)),
        *_silent_streams(passed.events, now, model),
        *_stopped(stopped, model),
    ]
    found = pl.DataFrame(rows, schema=FINDINGS, orient="row")
    return found.sort(pl.col("age_s") / pl.col("expected_s"), "since", descending=[True, False])


Row = tuple[str, str | None, str | None, datetime, float, float, int | None, str, str]


def _missed_nights(events: pl.DataFrame, start: datetime, now: datetime, model: Streams) -> Iterable[Row]:
    stage = model.stages.get(Stage.COLLECT.value)
    expected = timedelta(seconds=stage.expected_wait_s) if stage and stage.expected_wait_s else NIGHT
    begun = events.filter(
        (pl.col("stage") == Stage.COLLECT.value) & (pl.col("kind") == Kind.STARTED.value) & (pl.col("at") <= now)
    )
    days = begun.group_by(day=pl.col("at").dt.date()).agg(first=pl.col("at").min(), last=pl.col("at").max()).sort("day")
    pauses = days.with_columns(
        next_day=pl.col("day").shift(-1), until=pl.col("first").shift(-1), run=pl.int_range(pl.len())
    ).filter((pl.col("until") > start) & (pl.col("next_day") > pl.col("day") + DAY))
    stream = stage.stream if stage else None

    def row(last: datetime, until: datetime, text: str, evidence: str) -> Row:
        age_s, expected_s = (until - last).total_seconds(), expected.total_seconds()
        return (Finding.MISSED_NIGHT, stream, Stage.COLLECT, last, age_s, expected_s, None, text, evidence)

    for day, last, next_day, until in pauses.select("day", "last", "next_day", "until").iter_rows():
        if until - last > DAY * 1.5:
            missed = (next_day - day).days - 1
            text = f"No endpoint was asked {_on_nights(day + DAY, next_day - DAY, missed)}."
            yield row(last, until, text, f"Asked last {_moment(last)}, and next {_moment(until)}.")
    if days.height and now - (last := days["last"][-1]) > expected:
        text = f"No endpoint has been asked since {_moment(last)}."
        yield row(last, now, text, f"Asked on {days.height} nights before, the last of them {_moment(last)}.")


def _silent_items(visits: pl.DataFrame, stage: StageModel, now: datetime) -> Iterable[Row]:
    here = visits.filter((pl.col("stage") == stage.stage) & (pl.col("ready_at") <= now))
    blocked = pl.col("waits_for") == Awaited.DEPENDENCY.value
    unheard = here.filter(
        WAITING & (pl.col("outcome") == OPEN) & (pl.col("failures") == 0) & pl.col("started_at").is_null() & ~blocked
    )
    endless = here.filter(IN_PROGRESS)
    for finding, items, since, expected_s, said in (
        (Finding.NOTHING_HEARD, unheard, "ready_at", stage.expected_wait_s, "nothing has been heard since"),
        (Finding.NO_END, endless, "started_at", stage.expected_work_s, "nothing has been heard of the end"),
    ):
        if expected_s is None:
            continue
        late = items.filter(seconds(pl.lit(now) - pl.col(since)) > OVERDUE * expected_s).sort(since, "item")
        if late.height:
            oldest = late[since][0]
            state = "ready" if finding is Finding.NOTHING_HEARD else "begun"
            text = (
                f"{stage.title}: {_counted(late.height, stage.item_type)} {state} longer ago than "
                f"{_duration(OVERDUE * expected_s)}, and {said}."
            )
            age_s = (now - oldest).total_seconds()
            named = _named(late["item"].to_list())
            yield (finding, stage.stream, stage.stage, oldest, age_s, expected_s, late.height, text, named)


def _silent_streams(events: pl.DataFrame, now: datetime, model: Streams) -> Iterable[Row]:
    for stream in model.streams:
        if any(stage.stage == Stage.COLLECT for stage in stream.stages):
            continue
        stages = [stage.stage for stage in stream.stages]
        moments = events.filter(pl.col("stage").is_in(stages) & (pl.col("at") <= now))["at"].unique().sort()
        if moments.len() <= CHANGES:
            continue
        last = moments[-1]
        longest = moments.diff().max()
        if isinstance(longest, timedelta) and now - last > LONGER * longest:
            text = f"{stream.title}: nothing has been recorded since {_moment(last)}."
            seen = f"{moments.len()} moments were recorded before, at most {_duration(longest.total_seconds())} apart."
            age_s = (now - last).total_seconds()
            yield (Finding.STREAM_SILENT, stream.stream, None, last, age_s, longest.total_seconds(), None, text, seen)


def _stopped(inputs: pl.DataFrame, model: Streams) -> Iterable[Row]:
    for (kind,), rows in inputs.group_by("kind", maintain_order=True):
        stage = model.stages.get(str(kind))
        stream = stage.stream if stage else str(kind)
        first = rows.row(0, named=True)
        since = _moment(first["changed_at"])
        if rows.height == 1:
            text = f"{_short(first['input'])} used to change, and is the same since {since}."
        else:
            what = _counted(rows.height, stage.item_type if stage else "input")
            text = f"{what} used to change and have stopped to, the longest still of them since {since}."
        seen = (
            f"{_named(rows['input'].to_list())}. {_short(first['input'])} changed {first['changes']} times, at most "
            f"{_duration(first['longest_s'])} apart, and was looked at last {_moment(first['looked_at'])}."
        )
        yield (
            *(Finding.STOPPED_CHANGING, stream, stage.stage if stage else None, first["changed_at"]),
            *(first["still_s"], first["longest_s"], rows.height, text, seen),
        )


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _on_nights(first: date, last: date, missed: int) -> str:
    return f"on the night of {first}" if missed == 1 else f"on {missed} nights, {first} to {last}"


def _duration(duration_s: float) -> str:
    days = duration_s / DAY.total_seconds()
    number, unit = (round(days), "days") if days >= 3 else (round(duration_s / 3600), "hours")
    return f"{number} {unit}"


def _counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun if noun.endswith('feedback') else noun + 's'}"


def _named(items: Sequence[str]) -> str:
    more = len(items) - NAMED
    return ", ".join(map(_short, items[:NAMED])) + (f" and {more} more" if more > 0 else "")


def _short(item: str) -> str:
    """An item as people can compare it: of a hash, its first 12 characters."""
    return f"{item[:12]}…" if len(item) == 64 and "/" not in item else item
