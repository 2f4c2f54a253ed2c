"""What became different between two releases, entity by entity."""

from typing import Final

import orjson
import polars as pl

CHANGE_SCHEMA: Final = pl.Schema(
    [
        ("dataset", pl.String()),
        ("entity", pl.Int64()),
        ("change", pl.String()),
        ("name", pl.String()),
        ("reference", pl.String()),
        ("organisation_entity", pl.Int64()),
        ("fields", pl.List(pl.String())),
    ]
)
"""`change` is `added`, `changed` or `removed`; `fields` are the kebab-case names of those that differ, sorted; it is
empty unless `changed`. Name, reference and organisation are as they are now, or as they last were."""

_KEPT: Final = ("dataset", "entity", "name", "reference", "organisation_entity")


def compare_entities(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The differences between two frames of the same columns, those of the `entity` table, by entity.

    Fields within `json` are told one by one.
    """
    columns = [name for name in after.columns if name not in (*_KEPT[:2], "bbox")]
    added = after.join(before, on="entity", how="anti").with_columns(change=pl.lit("added"))
    removed = before.join(after, on="entity", how="anti").with_columns(change=pl.lit("removed"))
    both = after.join(before.select("entity", *columns), on="entity", how="inner", suffix="_before")
    differs = [pl.col(name).ne_missing(pl.col(f"{name}_before")).alias(f"{name}_differs") for name in columns]
    changed = both.with_columns(differs).filter(pl.any_horizontal(pl.col("^.*_differs$")))
    plain = [name for name in columns if name != "json"]
    named = [pl.when(f"{name}_differs").then(pl.lit(name.replace("_", "-"))) for name in plain]
    nothing = pl.lit([], pl.List(pl.String))
    told = changed.with_columns(
        change=pl.lit("changed"),
        fields=pl.concat_list(named).list.drop_nulls().list.concat(_json_fields(changed)).list.sort(),
    )
    parts = [
        part.select(*_KEPT, "change", fields=pl.col("fields") if "fields" in part.columns else nothing)
        for part in (added, removed, told)
    ]
    whole = pl.concat([part.select(CHANGE_SCHEMA.names()) for part in parts])
    return whole.cast(CHANGE_SCHEMA).sort("entity")


def count_changes(changes: pl.DataFrame) -> pl.DataFrame:
    """Per dataset, sorted, how many entities were `added`, `changed` and `removed`."""
    kinds = ("added", "changed", "removed")
    return (
        changes.group_by("dataset")
        .agg(**{kind: (pl.col("change") == kind).sum() for kind in kinds})
        .with_columns(pl.col(kinds).cast(pl.Int64))
        .sort("dataset")
    )


def _json_fields(changed: pl.DataFrame) -> pl.Series:
    """The fields within `json` that differ, for each changed entity."""
    if "json" not in changed.columns:
        return pl.Series([[]] * changed.height, dtype=pl.List(pl.String))
    found = []
    for now, then in changed.select("json", "json_before").iter_rows():
        said, former = orjson.loads(now or "{}"), orjson.loads(then or "{}")
        names = [name for name in said.keys() | former.keys() if said.get(name) != former.get(name)]
        found.append([name.replace("_", "-") for name in names])
    return pl.Series(found, dtype=pl.List(pl.String))
