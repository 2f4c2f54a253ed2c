"""What became different between two releases."""

import polars as pl

from headrace.report.release_changes import compare_entities, count_changes

SCHEMA = {
    "dataset": pl.String,
    "entity": pl.Int64,
    "name": pl.String,
    "reference": pl.String,
    "organisation_entity": pl.Int64,
    "entry_date": pl.String,
    "json": pl.String,
}


def entities(*rows: tuple[object, ...]) -> pl.DataFrame:
    return pl.DataFrame([("tree", *row) for row in rows], schema=SCHEMA, orient="row")


BEFORE = entities(
    (1, "Oak", "T1", 7, "2026-01-01", '{"height":"3","notes":"old"}'),
    (2, "Ash", "T2", 7, None, None),
    (3, "Elm", "T3", 7, "2026-01-01", None),
)
AFTER = entities(
    (1, "Oak", "T1", 7, "2026-02-01", '{"height":"4","tree_age":"90"}'),
    (3, "Elm", "T3", 7, "2026-01-01", None),
    (4, "Yew", "T4", 8, None, None),
)


def test_every_difference_is_told_once() -> None:
    changes = compare_entities(BEFORE, AFTER)

    assert [
        (1, "changed", ["entry-date", "height", "notes", "tree-age"]),
        (2, "removed", []),
        (4, "added", []),
    ] == changes.select("entity", "change", "fields").rows()


def test_what_is_gone_is_told_as_it_last_was() -> None:
    changes = compare_entities(BEFORE, AFTER)

    assert [("Ash", "T2", 7)] == changes.filter(pl.col("change") == "removed").select(
        "name", "reference", "organisation_entity"
    ).rows()


def test_nothing_differs_from_itself() -> None:
    assert 0 == compare_entities(BEFORE, BEFORE.reverse()).height


def test_changes_are_counted_by_dataset() -> None:
    assert [("tree", 1, 1, 1)] == count_changes(compare_entities(BEFORE, AFTER)).rows()
