"""Dependencies: what blocks items, and the waiting that each blocker causes.

A block lasts from `blocked` to the next `blocked` or `unblocked` of the visit, or to its end. Who blocks is said by the
`detail` of the event (see `headrace.model.event.Event`); where it says nothing, the reason stands for the blocker.
"""

from datetime import datetime
from typing import Final

import polars as pl

from headrace.flow.duration import seconds
from headrace.flow.record import CLOSING, PLACE, in_order
from headrace.model.event import Kind

REASON: Final = "reason"
"""Type of a blocker of which no more than the reason is known."""

UNSAID: Final = "no reason was given"

BLOCKER: Final = ("by_type", "by_item")
"""Who or what blocks: like an item, a type and a key within it."""


def blocks(events: pl.DataFrame) -> pl.DataFrame:
    """Every block in the record, the earliest first.

    Returns `stage`, `item_type`, `item`, `visit`, `by_type`, `by_item`, `reason`, `actor` (who said so), `dataset`,
    `organisation`, `since` and `until`, null while it lasts. A block that is said again by the same blocker goes on.
    """
    record = in_order(events)
    kind = pl.col("kind").cast(pl.String)
    blocked = kind == Kind.BLOCKED.value
    turns = (
        record.filter(kind.is_in([Kind.BLOCKED.value, Kind.UNBLOCKED.value, *CLOSING]))
        .filter(blocked.any().over("place", "visit"))
        .with_columns(_said("type").alias("by_type"), _said("item").alias("by_item"))
    )
    named = pl.col("by_type").is_not_null() & pl.col("by_item").is_not_null()
    turns = turns.with_columns(
        by_type=pl.when(blocked).then(pl.when(named).then("by_type").otherwise(pl.lit(REASON))),
        by_item=pl.when(blocked).then(pl.when(named).then("by_item").otherwise(pl.col("reason").fill_null(UNSAID))),
    )
    again = pl.all_horizontal(pl.col(name) == pl.col(name).shift(1) for name in ("place", "visit", *BLOCKER))
    turns = turns.filter(~again.fill_null(value=False))
    goes_on = (pl.col("place") == pl.col("place").shift(-1)) & (pl.col("visit") == pl.col("visit").shift(-1))
    return (
        turns.with_columns(since="at", until=pl.when(goes_on).then(pl.col("at").shift(-1)))
        .filter(blocked)
        .select(
            *PLACE, "visit", *BLOCKER, "reason", "actor", "dataset", "organisation", "since", "until",
        )
        .sort("since", *PLACE, "visit")
    )  # fmt: skip


def caused(blocked: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """What each blocker holds up until `now`, at first or second hand: one row per span of an item at a stage.

    An item that is blocked by another item is held up by whatever blocks that one too, for as long as both last; a
    circle ends where it would reach the item itself. Spans of one item and blocker that overlap are one span, so no
    second is counted twice.

    Takes what `blocks` returns. Returns `by_type`, `by_item`, `stage`, `item_type`, `item`, `since`, `until` (null
    while it lasts), `through` (the items between, as `type item`, nearest first; empty at first hand) and `reason`.
    """
    ended = blocked.filter(pl.col("since") <= now).with_columns(
        until=pl.when(pl.col("until") <= now).then("until"),
        through=pl.lit([], pl.List(pl.String)),
    )
    columns = [*BLOCKER, *PLACE, "since", "until", "through", "reason"]
    reached = ended.select(columns)
    found = [reached]
    second = ended.select(
        then_type="by_type", then_item="by_item", then_since="since", then_until="until",
        by_type="item_type", by_item="item",
    )  # fmt: skip
    while reached.height:
        met = reached.join(second, on=list(BLOCKER), how="inner")
        between = pl.format("{} {}", "by_type", "by_item")
        onward = pl.format("{} {}", "then_type", "then_item")
        reached = (
            met.with_columns(
                through=pl.col("through").list.concat(pl.concat_list(between)),
                since=pl.max_horizontal("since", "then_since"),
                until=pl.min_horizontal("until", "then_until"),
            )
            .filter(
                pl.col("until").is_null() | (pl.col("since") < pl.col("until")),
                (pl.col("then_type") != pl.col("item_type")) | (pl.col("then_item") != pl.col("item")),
                ~pl.col("through").list.contains(onward),
            )
            .with_columns(by_type="then_type", by_item="then_item")
            .select(columns)
        )
        found.append(reached)
    return _united(pl.concat(found), now)


def rank(spans: pl.DataFrame, start: datetime, now: datetime) -> pl.DataFrame:
    """The blockers, the one that causes most waiting first.

    Takes what `caused` returns. Returns `by_type`, `by_item`; `waited_s`: item-seconds that it held up between `start`
    and `now`; `direct_s`: of these, at first hand, `passed_on_s`: through other items; `items`: how many it held up in
    that time; `items_now`: how many it holds up now; `oldest_since`: since when the one longest held up now has been;
    `stages`: at which stages, in order of name. Blockers that held up nothing in that time are left out.
    """
    inside = _inside(start, now)
    key = pl.struct(*PLACE)
    lasts = pl.col("until").is_null()
    return (
        spans.filter((pl.col("since") < now) & (lasts | (pl.col("until") > start)))
        .group_by(*BLOCKER)
        .agg(
            waited_s=inside.sum(),
            direct_s=inside.filter(pl.col("through").list.len() == 0).sum(),
            items=key.n_unique(),
            items_now=key.filter(lasts).n_unique(),
            oldest_since=pl.col("since").filter(lasts).min(),
            stages=pl.col("stage").unique().sort(),
        )
        .with_columns(passed_on_s=pl.col("waited_s") - pl.col("direct_s"))
        .select(*BLOCKER, "waited_s", "direct_s", "passed_on_s", "items", "items_now", "oldest_since", "stages")
        .sort("waited_s", *BLOCKER, descending=[True, False, False])
    )


def held_up(spans: pl.DataFrame, by_type: str, by_item: str, start: datetime, now: datetime) -> pl.DataFrame:
    """The spans behind the numbers of one blocker, the longest first; the columns of `caused` with `waited_s`."""
    return (
        spans.filter((pl.col("by_type") == by_type) & (pl.col("by_item") == by_item))
        .filter((pl.col("since") < now) & (pl.col("until").is_null() | (pl.col("until") > start)))
        .with_columns(waited_s=_inside(start, now))
        .sort("waited_s", *PLACE, "since", descending=[True, False, False, False, False])
    )


def _said(key: str) -> pl.Expr:
    """One half of the name of the blocker, null where the detail does not say it."""
    return pl.col("detail").str.json_path_match(f"$.by.{key}")


def _inside(start: datetime, now: datetime) -> pl.Expr:
    """Seconds of a span that lie in the period."""
    return seconds(pl.col("until").fill_null(now).clip(start, now) - pl.col("since").clip(start, now))


def _united(spans: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """Spans of one item and blocker that overlap as one; first-hand spans stay first-hand.

    What is at first hand is cut out of what is at second hand, so that both add up.
    """
    who = [*BLOCKER, *PLACE]
    last = pl.col("until").fill_null(now)
    moments = pl.concat([spans.select(*who, at="since"), spans.select(*who, at=last)]).unique().sort(*who, "at")
    pieces = (
        moments.with_columns(end=pl.col("at").shift(-1).over(who))
        .filter(pl.col("end").is_not_null())
        .join(spans.with_columns(last=last), on=who, how="inner")
        .filter((pl.col("since") <= pl.col("at")) & (pl.col("last") >= pl.col("end")))
        .sort(*who, "at", pl.col("through").list.len(), pl.col("through").list.join("\x1f"), "since")
        .unique([*who, "at"], keep="first", maintain_order=True)
    )
    same = [pl.col(name) == pl.col(name).shift(1) for name in who]
    joins = pl.all_horizontal(
        *same,
        pl.col("at") == pl.col("end").shift(1),
        pl.col("through") == pl.col("through").shift(1),
        pl.col("reason").eq_missing(pl.col("reason").shift(1)),
    )
    return (
        pieces.with_columns(span=(~joins.fill_null(value=False)).cum_sum())
        .group_by("span", maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in who),
            since=pl.col("at").first(),
            until=pl.col("end").last(),
            through=pl.col("through").first(),
            reason=pl.col("reason").first(),
            lasts=pl.col("until").last().is_null(),
        )
        .with_columns(until=pl.when(~pl.col("lasts")).then("until"))
        .select(*who, "since", "until", "through", "reason")
    )
