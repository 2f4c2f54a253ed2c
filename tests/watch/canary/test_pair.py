"""What is laid side by side."""

import polars as pl

from canary_entities import COUNCILS, areas
from headrace.watch.canary.pair import make_pair


def test_only_organisations_of_which_anything_differs_are_looked_at() -> None:
    """By a value, by a row that is gone, or by one that is there twice; sizes are of the whole dataset."""
    before = areas()
    last = pl.col("organisation") == COUNCILS[2]
    other_name = before.with_columns(name=pl.when(last).then(pl.lit("x")).otherwise("name"))

    pairs = [
        make_pair("d", before, after)
        for after in (before, other_name, before.head(35), pl.concat([before, before.tail(1)]))
    ]

    assert [[], [COUNCILS[2]], [COUNCILS[2]], [COUNCILS[2]]] == [pair.sizes["organisation"].to_list() for pair in pairs]
    assert [36, 36, 35, 37] == [pair.size_after for pair in pairs]


def test_an_empty_value_is_none() -> None:
    """A text of no letters where there was no value is no difference."""
    before = areas().with_columns(notes=pl.lit(None, pl.String))

    assert 0 == make_pair("d", before, before.with_columns(notes=pl.lit(""))).sizes.height


def test_fields_without_any_value_left_are_gone() -> None:
    before = areas()

    assert ("start-date",) == make_pair("d", before, before.drop("start-date")).gone
