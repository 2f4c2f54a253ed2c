"""Whose an item is, as the event record last said."""

import polars as pl


def owners(visits: pl.DataFrame, item_type: str) -> dict[str, tuple[str | None, str | None]]:
    """The dataset and the organisation of every item of a type, by item; None where the record does not say.

    Takes what `headrace.flow.visits.visits` returns.
    """
    said = (
        visits.filter(pl.col("item_type") == item_type)
        .group_by("item", maintain_order=True)
        .agg(pl.col("dataset", "organisation").drop_nulls().last())
    )
    return {item: (dataset, organisation) for item, dataset, organisation in said.iter_rows()}
