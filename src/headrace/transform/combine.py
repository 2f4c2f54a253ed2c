"""Values of one field of one entity, from several entries, made into one."""

import polars as pl
import shapely

from headrace.values.geometry_text import multipolygon_text


def combine_values(facts: pl.DataFrame, field: str, separator: str) -> pl.DataFrame:
    """Facts of one field with `value` combined over each entity: shapes united, texts sorted and joined."""
    distinct = facts.select("entity", "value").unique().sort("entity", "value")
    grouped = distinct.group_by("entity", maintain_order=True).agg("value")
    if field == "geometry":
        values = [_unite(texts) for texts in grouped["value"]]
    else:
        values = [separator.join(texts) for texts in grouped["value"]]
    table = grouped.select("entity").with_columns(pl.Series("#value", values, pl.String))
    joined = facts.join(table, on="entity", how="left", maintain_order="left")
    return joined.with_columns(value="#value").drop("#value")


def _unite(texts: pl.Series) -> str:
    if len(texts) == 1:
        return str(texts[0])
    united = shapely.union_all(shapely.from_wkt(texts.to_list()))
    return multipolygon_text(united)
