"""Hand-offs: an item leaves the hands of one role and waits for those of another.

Whose hands an item is in follows from the stages that it visits, in the order in which it became ready there, and from
the role that works at each. A return hands it back to whoever it came from. Where a stream goes on with items of
another type, as from a resource to its references, the item of the person counts: it comes from the stage before its
own, and goes to the stage after it.
"""

from datetime import datetime
from typing import Final

import polars as pl

from headrace.flow.duration import seconds
from headrace.flow.record import PLACE
from headrace.flow.stream import Passages
from headrace.flow.survival import percentiles
from headrace.model.event import Kind
from headrace.model.stage import Streams

PIPELINE: Final = "pipeline"
"""The role that is no person."""

SCHEMA: Final = pl.Schema(
    [
        ("at", pl.Datetime("us", "UTC")),
        ("item_type", pl.String()),
        ("item", pl.String()),
        ("from_role", pl.String()),
        ("to_role", pl.String()),
        ("from_stage", pl.String()),
        ("to_stage", pl.String()),
        ("back", pl.Boolean()),
        ("taken_up_at", pl.Datetime("us", "UTC")),
        ("open", pl.Boolean()),
    ]
)
"""What `hand_offs` returns."""

_ITEM: Final = ("item_type", "item")
_PAIR: Final = ("from_role", "to_role")


def hand_offs(passed: Passages, model: Streams) -> pl.DataFrame:
    """Every hand-off in the record, the earliest first; stages that the model does not know are left out.

    Returns the columns of `SCHEMA`: when, what, from and to which role and stage; `back`, whether it went back;
    `taken_up_at`, when work on it began at the other end; `open`, whether it still waits for that. Neither is so where
    nothing of the other end is recorded for the item itself.
    """
    held = _returned(_held(passed, model)).sort(*_ITEM, "at", "turn")
    changes = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in (*_ITEM, "role"))
    turns = (
        held.with_columns(turn=changes.cum_sum())
        .group_by("turn", maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in (*_ITEM, "role", "at", "stage", "stream", "position", "back")),
            last_stage=pl.col("stage").last(),
            last_stream=pl.col("stream").last(),
            last_position=pl.col("position").last(),
            taken_up_at=pl.col("taken_up_at").drop_nulls().first(),
            open=pl.col("open").any(),
        )
    )
    same_item = pl.all_horizontal(pl.col(name) == pl.col(name).shift(1) for name in _ITEM)
    same_stream = pl.col("stream") == pl.col("last_stream").shift(1)
    earlier = same_stream & (pl.col("position") < pl.col("last_position").shift(1))
    return (
        turns.with_columns(
            from_role=pl.col("role").shift(1), from_stage=pl.col("last_stage").shift(1),
            to_role="role", to_stage="stage", back=pl.col("back") | earlier.fill_null(value=False),
        )
        .filter(same_item)
        .with_columns(open=pl.col("open") & pl.col("taken_up_at").is_null())
        .select(SCHEMA.names())
        .sort("at", *_ITEM)
    )  # fmt: skip


def matrix(handed: pl.DataFrame, start: datetime, now: datetime) -> pl.DataFrame:
    """Per pair of roles, most hand-offs first, what was handed over between `start` and `now`.

    Takes what `hand_offs` returns. Returns `from_role`, `to_role`, `count`, `back` (how many of them went back), `open`
    (how many of them wait still), `wait_p50_s` and `wait_p85_s`: the time until work began, null where so many wait
    still, or so little is recorded, that it is not known.
    """
    return _counted(handed, _PAIR, start, now)


def handed_over(handed: pl.DataFrame, from_role: str, to_role: str, start: datetime, now: datetime) -> pl.DataFrame:
    """The hand-offs behind a number of `matrix`, the latest first: the columns of `SCHEMA` and `waited_s`.

    `waited_s` is the time until work began, or so far where it has not; null where nothing of it is recorded.
    """
    until = pl.when("open").then(pl.lit(now)).otherwise("taken_up_at")
    chosen = (pl.col("from_role") == from_role) & (pl.col("to_role") == to_role)
    return (
        handed.filter(chosen & (pl.col("at") > start) & (pl.col("at") <= now))
        .with_columns(waited_s=seconds(until - pl.col("at")).clip(0))
        .sort("at", *_ITEM, descending=[True, False, False])
    )


def by_stage(handed: pl.DataFrame, start: datetime, now: datetime) -> pl.DataFrame:
    """As `matrix`, per pair of stages: `from_stage`, `to_stage` and their roles."""
    return _counted(handed, (*_PAIR, "from_stage", "to_stage"), start, now)


def by_month(handed: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """Per month with hand-offs, in order: `month` (ISO), `count`, `back`, `lines`, `wait_p50_s`.

    `lines` counts the pairs of roles between which something was handed over, either way.
    """
    months = handed.with_columns(month=pl.col("at").dt.strftime("%Y-%m"))
    counted = months.group_by("month").agg(count=pl.len(), back=pl.col("back").sum(), lines=_line().n_unique())
    return counted.join(_waits(months, ("month",), now), on="month", how="left").select(
        "month", "count", "back", "lines", "wait_p50_s"
    ).sort("month")  # fmt: skip


def used_lines(handed: pl.DataFrame) -> int:
    """How many pairs of roles hand anything over to one another, either way."""
    return handed.select(_line().n_unique()).item() if handed.height else 0


def possible_lines(roles: int) -> int:
    """How many pairs a number of roles has: n(n−1)/2."""
    return roles * (roles - 1) // 2


def roles_of(model: Streams) -> tuple[str, ...]:
    """Every role of the stage model, in the order in which it first comes."""
    return tuple(dict.fromkeys(stage.role for stage in model.stages.values()))


def _line() -> pl.Expr:
    """A pair of roles, whichever way."""
    return pl.struct(pl.min_horizontal(_PAIR), pl.max_horizontal(_PAIR).alias("other"))


def _counted(handed: pl.DataFrame, keys: tuple[str, ...], start: datetime, now: datetime) -> pl.DataFrame:
    inside = handed.filter((pl.col("at") > start) & (pl.col("at") <= now))
    counted = inside.group_by(keys).agg(count=pl.len(), back=pl.col("back").sum(), open=pl.col("open").sum())
    waits = _waits(inside, keys, now)
    return counted.join(waits, on=keys, how="left").sort("count", *keys, descending=[True, *(False for _ in keys)])


def _waits(handed: pl.DataFrame, keys: tuple[str, ...], now: datetime) -> pl.DataFrame:
    """Per value of the keys, percentiles of the time until work began, with what still waits as not ended."""
    known = handed.filter(pl.col("open") | pl.col("taken_up_at").is_not_null())
    groups = known.select(keys).unique(maintain_order=True).with_row_index("number")
    durations = known.join(groups, on=keys, how="left").select(
        stage=pl.col("number").cast(pl.String),
        entry_s=pl.lit(0.0),
        exit_s=seconds(pl.col("taken_up_at").fill_null(now) - pl.col("at")).clip(0),
        ended=~pl.col("open"),
    )
    found = percentiles(durations, {"wait_p50_s": 0.5, "wait_p85_s": 0.85})
    return (
        groups.with_columns(stage=pl.col("number").cast(pl.String))
        .join(found, on="stage", how="left")
        .select(*keys, "wait_p50_s", "wait_p85_s")
    )


def _held(passed: Passages, model: Streams) -> pl.DataFrame:
    """Whose hands each item was in: a row per visit, with what comes before the first and after a finished one."""
    begun = passed.spells.group_by(*PLACE, "visit").agg(first_at=pl.col("started_at").min())
    known = (
        passed.visits.join(_stages(model), on="stage", how="inner")
        .join(begun, on=[*PLACE, "visit"], how="left")
        .sort(*_ITEM, "ready_at", "position")
    )
    first = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in _ITEM)
    nothing = pl.lit(None, pl.Datetime("us", "UTC"))
    own = known.select(
        *_ITEM, "role", "stage", "stream", "position", "before_role", at="ready_at", turn=pl.lit(1),
        returned_at=pl.when(pl.col("outcome") == Kind.RETURNED.value).then("finished_at"),
        taken_up_at=pl.coalesce("first_at", "finished_at"),
        open=pl.coalesce("first_at", "finished_at").is_null(),
    )  # fmt: skip
    came = known.filter(first & pl.col("comes_from").is_not_null()).select(
        *_ITEM, role="comes_from", stage="before_stage", stream="stream", position=pl.col("position") - 1,
        before_role=pl.lit(None, pl.String), at="ready_at", turn=pl.lit(0), returned_at=nothing,
        taken_up_at=nothing, open=pl.lit(value=False),
    )  # fmt: skip
    finished = pl.col("outcome") == Kind.FINISHED.value
    went = known.filter(finished & pl.col("goes_to").is_not_null()).select(
        *_ITEM, role="goes_to", stage="after_stage", stream="stream", position=pl.col("position") + 1,
        before_role=pl.lit(None, pl.String), at="finished_at", turn=pl.lit(2), returned_at=nothing,
        taken_up_at=nothing, open=pl.lit(value=False),
    )  # fmt: skip
    return pl.concat([own, came, went], how="vertical_relaxed").sort(*_ITEM, "at", "turn", "position")


def _returned(held: pl.DataFrame) -> pl.DataFrame:
    """The same, with a row for every return: back in the hands that it came from, or those of the stage before."""
    same_item = pl.all_horizontal(pl.col(name) == pl.col(name).shift(1) for name in _ITEM)
    giver = pl.when(same_item).then(pl.col("role").shift(1)).otherwise("before_role")
    given = held.with_columns(
        giver=giver,
        giver_stage=pl.when(same_item).then(pl.col("stage").shift(1)),
        giver_stream=pl.when(same_item).then(pl.col("stream").shift(1)).otherwise("stream"),
        giver_position=pl.when(same_item).then(pl.col("position").shift(1)).otherwise(pl.col("position") - 1),
    )
    columns = [*_ITEM, "role", "stage", "stream", "position", "at", "turn", "taken_up_at", "open", "back"]
    back = given.filter(pl.col("returned_at").is_not_null() & pl.col("giver").is_not_null()).select(
        *_ITEM, role="giver", stage="giver_stage", stream="giver_stream", position="giver_position", at="returned_at",
        turn=pl.lit(0), open=pl.lit(value=False), back=pl.lit(value=True),
        taken_up_at=pl.lit(None, pl.Datetime("us", "UTC")),
    )  # fmt: skip
    return pl.concat(
        [held.with_columns(back=pl.lit(value=False)).select(columns), back.select(columns)], how="vertical_relaxed"
    )


def _stages(model: Streams) -> pl.DataFrame:
    """The stages with their role and number, what is before and after each, and between which item types it stands."""
    rows = []
    number = 0
    for stream in model.streams:
        for before, stage, after in zip(
            (None, *stream.stages[:-1]), stream.stages, (*stream.stages[1:], None), strict=True
        ):
            person = stage.role != PIPELINE
            comes = before is not None and before.item_type != stage.item_type and person
            goes = after is not None and after.item_type != stage.item_type and person
            rows.append(
                {
                    "stage": stage.stage,
                    "stream": stream.stream,
                    "role": stage.role,
                    "position": number,
                    "before_role": before.role if before else None,
                    "before_stage": before.stage if before else None,
                    "after_stage": after.stage if after else None,
                    "comes_from": before.role if before and comes else None,
                    "goes_to": after.role if after and goes else None,
                }
            )
            number += 1
    text = dict.fromkeys(
        ("stage", "stream", "role", "before_role", "before_stage", "after_stage", "comes_from", "goes_to"), pl.String
    )
    return pl.DataFrame(rows, schema_overrides=text)
