"""Entities: the winning fact of each field, in one row."""

from typing import Final

import polars as pl
import shapely

from headrace.assemble.winner import choose_winners
from headrace.model.dataset_tables import DATASET_TABLES
from headrace.spec.organisations import Organisations
from headrace.spec.specification import DatasetSpecification

COLUMNS: Final = {
    "end-date": "end_date",
    "entry-date": "entry_date",
    "geometry": "geometry",
    "name": "name",
    "point": "point",
    "prefix": "prefix",
    "reference": "reference",
    "start-date": "start_date",
}
"""Fields that have a column of their own in the table of entities; the others but the organisation go into `json`."""


def assemble_entities(facts: pl.DataFrame, dataset: DatasetSpecification, organisations: Organisations) -> pl.DataFrame:
    """The entities of a dataset, sorted by number.

    Args:
        facts: the facts of all resources: `FACT_SCHEMA`, `resource` and `resource_end_date` (ISO; null while it is
            current), in any order.
        dataset: what they are facts of.
        organisations: to number the organisation of each entity.

    Returns:
        The table `entity` of `DATASET_TABLES`. `quality` is `authoritative` where any fact comes from the entity's
        owner, otherwise `some`. Where there is a geometry and no point, the point is its centroid.
    """
    winners = choose_winners(facts)
    entities = facts.group_by("entity").agg(pl.col("priority").max()).sort("entity")
    for field, column in (*COLUMNS.items(), ("organisation", "organisation")):
        values = winners.filter(pl.col("field") == field).select("entity", pl.col("value").alias(column))
        entities = entities.join(values, on="entity", how="left", maintain_order="left")
    entities = entities.join(_json(winners), on="entity", how="left", maintain_order="left")
    numbers = {curie: each.entity for curie, each in organisations.by_curie.items() if each.entity is not None}
    entities = entities.with_columns(pl.col(list(COLUMNS.values())).replace("", None))
    return entities.with_columns(
        dataset=pl.lit(dataset.dataset),
        typology=pl.lit(dataset.typology),
        geojson=pl.lit(None, pl.String),
        quality=pl.when(pl.col("priority") >= 2).then(pl.lit("authoritative")).otherwise(pl.lit("some")),
        organisation_entity=pl.col("organisation").replace_strict(numbers, default=None, return_dtype=pl.Int64),
        point=_points(entities),
    ).select(DATASET_TABLES["entity"].names())


def _json(winners: pl.DataFrame) -> pl.DataFrame:
    """`json` of each entity: an object of text by field, fields sorted; entities without other fields are left out."""
    others = winners.filter(~pl.col("field").is_in([*COLUMNS, "organisation"]) & (pl.col("value") != ""))
    encoded = pl.struct(pl.col("value").alias("v")).struct.json_encode()
    member = pl.format('"{}":{}', "field", encoded.str.slice(5, encoded.str.len_chars() - 6))
    return (
        others.sort("entity", "field")
        .select("entity", member.alias("json"))
        .group_by("entity", maintain_order=True)
        .agg(pl.col("json").str.join(","))
        .with_columns(json="{" + pl.col("json") + "}")
    )


def _points(entities: pl.DataFrame) -> pl.Series:
    needed = entities.select(pl.col("geometry").is_not_null() & pl.col("point").is_null()).to_series()
    texts = entities["geometry"].filter(needed)
    centroids = shapely.centroid(shapely.from_wkt(texts.to_list(), on_invalid="ignore"))
    written = pl.Series(shapely.to_wkt(centroids, rounding_precision=6, trim=True).tolist(), dtype=pl.String)
    place = pl.Series(needed.arg_true())
    return entities["point"].scatter(place, written) if len(place) else entities["point"]
