"""What expectations found out about single entities: their details, opened."""

from typing import Final

import polars as pl

from headrace.report.quality.material import Material

PAIR: Final = pl.Struct(
    {
        "entity_a": pl.Int64,
        "organisation_entity_a": pl.Int64,
        "entity_b": pl.Int64,
        "organisation_entity_b": pl.Int64,
    }
)


def failed(material: Material, operations: tuple[str, ...]) -> pl.DataFrame:
    """The expectations of some operations that failed."""
    return material.expectations.filter(pl.col("operation").is_in(operations) & (pl.col("passed") == "False"))


def with_entity(frame: pl.DataFrame, material: Material, suffix: str = "") -> pl.DataFrame:
    """A frame whose column `entity` + suffix is an entity, with what is known of that: columns with the suffix."""
    known = material.entities.select(
        "dataset", "entity", "reference", "name", "organisation_entity", "quality", "entry_date"
    )
    renamed = known.rename({name: f"{name}{suffix}" for name in known.columns if name != "dataset"} if suffix else {})
    return frame.join(renamed, on=["dataset", f"entity{suffix}"], how="left", maintain_order="left")


def with_organisation(frame: pl.DataFrame, material: Material, suffix: str = "") -> pl.DataFrame:
    """A frame with the CURIE and the name of its `organisation_entity`, in columns with the suffix."""
    known = material.organisations.select(
        pl.col("entity").alias(f"organisation_entity{suffix}"),
        pl.col("organisation").alias(f"organisation{suffix}"),
        pl.col("name").alias(f"organisation_name{suffix}"),
    ).drop_nulls(f"organisation_entity{suffix}")
    once = known.unique(f"organisation_entity{suffix}", keep="first")
    return frame.join(once, on=f"organisation_entity{suffix}", how="left", maintain_order="left")
