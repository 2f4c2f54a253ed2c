"""One dataset as it was and as it would be, side by side."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from headrace.watch.canary.shape import measure_shapes

KEY: Final = "entity"
SHAPE: Final = "shape"
IDENTITY: Final = (KEY, "organisation", "reference")
AFFECTED: Final = pl.Schema(
    {name: pl.String() for name in ("organisation", "entity", "reference", "field", "before", "after")}
)
"""Rows that a check found: whose, which, and of which field what was said before and is said now. `field` is null where
the row as a whole is meant."""

NOBODY: Final = "no organisation"
"""The organisation of entities that name none."""

SIZES: Final = pl.Schema({"organisation": pl.String(), "before": pl.Int64(), "after": pl.Int64(), "kept": pl.Int64()})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions of a dataset; rows only of organisations of which anything differs.

    Attributes:
        dataset: its name.
        fields: the fields that either has, beyond `IDENTITY` and the shape.
        gone: fields that had values and have none at all.
        before, after: its entities: `IDENTITY`, the fields (text), `shape` (WKB) and its measures.
        lost, appeared: those that only the earlier or only the later has.
        kept: those that both have, once each; columns of the earlier end in `_before`.
        changes: `AFFECTED`: every field of `kept` that differs.
        sizes: `SIZES`: how many entities the organisations have.
        size_before, size_after: how many entities there are of all organisations.
        values: per field that has few values, those that any organisation gave before: `field` and `value`.
    """

    dataset: str
    fields: tuple[str, ...]
    gone: tuple[str, ...]
    before: pl.DataFrame
    after: pl.DataFrame
    lost: pl.DataFrame
    appeared: pl.DataFrame
    kept: pl.DataFrame
    changes: pl.DataFrame
    sizes: pl.DataFrame
    size_before: int
    size_after: int
    values: pl.DataFrame


def make_pair(dataset: str, before: pl.DataFrame, after: pl.DataFrame) -> Pair:
    """Lay two frames side by side that have `IDENTITY`, `shape` (Binary) and any fields, all of them text."""
    fields = tuple(sorted((set(before.columns) | set(after.columns)) - {*IDENTITY, SHAPE}))
    old, new = (_complete(frame, fields) for frame in (before, after))
    touched = _touched(old, new)
    then, now = (_measured(frame.join(touched, on="organisation", how="semi")) for frame in (old, new))
    once = [frame.unique(KEY, keep="first", maintain_order=True) for frame in (then, now)]
    kept = once[1].join(once[0], on=KEY, how="inner", suffix="_before")
    counted = [
        frame.group_by("organisation").agg(pl.len().cast(pl.Int64).alias(name))
        for name, frame in (("before", then), ("after", now), ("kept", kept))
    ]
    sizes = touched
    for each in counted:
        sizes = sizes.join(each, on="organisation", how="left")
    return Pair(
        dataset=dataset,
        fields=fields,
        gone=tuple(name for name in fields if _filled(old, name) and not _filled(new, name)),
        before=then,
        after=now,
        lost=then.join(now, on=KEY, how="anti"),
        appeared=now.join(then, on=KEY, how="anti"),
        kept=kept,
        changes=_changes(kept, fields),
        sizes=sizes.with_columns(pl.col("before", "after", "kept").fill_null(0)).cast(SIZES).select(SIZES.names()),
        size_before=old.height,
        size_after=new.height,
        values=_values(old, fields),
    )


def _complete(frame: pl.DataFrame, fields: tuple[str, ...]) -> pl.DataFrame:
    missing = [pl.lit(None, pl.String).alias(name) for name in fields if name not in frame.columns]
    whole = frame.with_columns(*missing).select(*IDENTITY, *fields, SHAPE)
    text = [pl.col(name).cast(pl.String).replace("", None) for name in (*IDENTITY, *fields)]
    return whole.with_columns(*text, pl.col(SHAPE).cast(pl.Binary)).with_columns(
        pl.col("organisation").fill_null(NOBODY)
    )


def _touched(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """The organisations of which a row differs."""
    hashed = [frame.select("organisation", KEY, row=frame.hash_rows()) for frame in (old, new)]
    differs = [one.join(other, on=[KEY, "row"], how="anti") for one, other in (hashed, hashed[::-1])]
    # A row that is there twice where it was there once is found in no join.
    counts = [
        frame.group_by("organisation").agg(pl.len().alias(name))
        for name, frame in zip(("then", "now"), hashed, strict=True)
    ]
    uneven = counts[0].join(counts[1], on="organisation", how="full", coalesce=True)
    uneven = uneven.filter(pl.col("then").ne_missing(pl.col("now")))
    return pl.concat([each.select("organisation") for each in (*differs, uneven)]).unique().sort("organisation")


def _measured(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.hstack(measure_shapes(frame[SHAPE]))


def _changes(kept: pl.DataFrame, fields: tuple[str, ...]) -> pl.DataFrame:
    found = [pl.DataFrame(schema=AFFECTED)]
    for name in (*IDENTITY[1:], *fields):
        differing = kept.filter(pl.col(name).ne_missing(pl.col(f"{name}_before")))
        found.append(tell_rows(differing, name, pl.col(f"{name}_before"), pl.col(name)))
    return pl.concat(found)


def tell_rows(rows: pl.DataFrame, field: str | None, before: pl.Expr, after: pl.Expr) -> pl.DataFrame:
    """Rows as `AFFECTED`."""
    owner = "organisation_before" if "organisation_before" in rows.columns else "organisation"
    return rows.select(
        organisation=pl.col(owner),
        entity=pl.col(KEY),
        reference=pl.col("reference"),
        field=pl.lit(field, pl.String),
        before=before.cast(pl.String),
        after=after.cast(pl.String),
    )


def _filled(frame: pl.DataFrame, name: str) -> bool:
    return frame[name].null_count() < frame.height


def _values(old: pl.DataFrame, fields: tuple[str, ...]) -> pl.DataFrame:
    """The values of fields in which each is given by twenty entities or more on average."""
    found = [pl.DataFrame(schema={"field": pl.String, "value": pl.String})]
    for name in fields:
        there = old[name].drop_nulls()
        values = there.unique()
        if 0 < values.len() * 20 <= there.len():
            found.append(pl.DataFrame({"field": [name] * values.len(), "value": values}))
    return pl.concat(found)
