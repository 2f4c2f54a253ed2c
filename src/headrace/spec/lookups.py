"""Which entity a reference means: the lookup table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from headrace.spec.table import Table

KEY: Final = ("prefix", "organisation", "reference")

AUTHORITY: Final = "authority|development|government"
"""Organisations that are authorities have one of these words in their CURIE."""

_SCHEMA: Final = pl.Schema(
    [("resource", pl.String()), ("entry", pl.String()), *((name, pl.String()) for name in KEY), ("entity", pl.Int64())]
)


def normal_key(column: pl.Expr) -> pl.Expr:
    """A part of a key as it is compared: lower case, nothing but letters, digits and hyphens."""
    return column.fill_null("").str.to_lowercase().str.replace_all(r"[^a-z0-9-]", "")


@dataclass(frozen=True, slots=True, eq=False)
class Lookups:
    """Entity numbers by key, filed by organisation so that what concerns a resource is found at once.

    A frame of lookups has the columns `entry` ("" for any), `prefix`, `organisation`, `reference` (String, each as
    `normal_key` leaves it) and `entity` (Int64), one row a key.

    Attributes:
        general: what is said of any resource.
        by_organisation: the same, by organisation; "" is what is said for nobody in particular.
        by_resource: what is said of one resource alone.
        prefixes: every prefix that anything is said of.
        claimed: entities that some authority has a key of.
    """

    general: pl.DataFrame
    by_organisation: Mapping[str, pl.DataFrame]
    by_resource: Mapping[str, pl.DataFrame]
    prefixes: frozenset[str]
    claimed: pl.Series

    def of(self, resource: str, organisations: Iterable[str]) -> pl.DataFrame:
        """What is said for some organisations (in normal form) and for nobody, of a resource or else in general."""
        wanted = sorted({"", *organisations} & self.by_organisation.keys())
        said = [self.by_organisation[organisation] for organisation in wanted]
        special = self.by_resource.get(resource)
        if special is not None:
            return _last_of_each_key(pl.concat([*said, special]))
        return pl.concat(said) if said else self.general.clear()


def build_lookups(tables: Iterable[Table]) -> Lookups:
    """The lookups of tables in the format of `lookup.csv`, the later tables after the earlier.

    Raises:
        ConfigurationError: a column is missing, or an entity is not a whole number.
    """
    rows = pl.concat([pl.DataFrame(schema=_SCHEMA), *(_keys(table) for table in tables)])
    special = rows.filter(pl.col("resource") != "").partition_by("resource", as_dict=True, include_key=False)
    general = _last_of_each_key(rows.filter(pl.col("resource") == "").drop("resource"))
    by_organisation = general.partition_by("organisation", as_dict=True)
    return Lookups(
        general=general,
        by_organisation={str(organisation): frame for (organisation,), frame in by_organisation.items()},
        by_resource={str(resource): _last_of_each_key(frame) for (resource,), frame in special.items()},
        prefixes=frozenset(rows["prefix"].unique()),
        claimed=rows.filter(pl.col("organisation").str.contains(AUTHORITY))["entity"].unique(),
    )


def _last_of_each_key(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.unique(["entry", *KEY], keep="last", maintain_order=True)


def _keys(table: Table) -> pl.DataFrame:
    frame = table.require("prefix", "reference", "entity").frame
    absent = [name for name in ("resource", "entry-number", "organisation") if name not in frame.columns]
    frame = frame.with_columns(pl.lit(None, pl.String).alias(name) for name in absent)
    wrong = frame.filter(pl.col("entity").str.to_integer(strict=False).is_null() & pl.col("entity").is_not_null())
    if wrong.height:
        table.number(next(Table(table.name, wrong).rows()), "entity")
    return frame.filter(pl.col("entity").is_not_null()).select(
        resource=pl.col("resource").fill_null(""),
        entry=pl.col("entry-number").fill_null(""),
        prefix=normal_key(pl.col("prefix")),
        organisation=normal_key(pl.col("organisation").str.replace("local-authority-eng", "local-authority")),
        reference=normal_key(pl.col("reference")),
        entity=pl.col("entity").str.to_integer(dtype=pl.Int64),
    )
