"""Numbers for references that no entity has yet, with guard rails."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from headrace.model.likeness import hash_likeness
from headrace.spec.lookups import normal_key
from headrace.spec.specification import DatasetSpecification

LARGEST_SHARE: Final = 0.1
"""More new references than this share of a resource's entries look like a change of every reference."""


@dataclass(frozen=True, slots=True)
class Assignments:
    """What can be assigned, and what a person has to decide.

    Attributes:
        assigned: columns `prefix`, `organisation`, `reference` (String) and `entity` (Int64): rows for `lookup.csv`.
        held: columns `prefix`, `organisation`, `reference`, `reason` (String).
    """

    assigned: pl.DataFrame
    held: pl.DataFrame


def assign(
    unknown: pl.DataFrame,
    entries: pl.DataFrame,
    lookups: pl.DataFrame,
    issues: pl.DataFrame,
    known: pl.DataFrame,
    dataset: DatasetSpecification,
    *,
    trusting: bool = False,
) -> Assignments:
    """Give each unknown reference the next number of the dataset's range, unless a guard rail holds it.

    Args:
        unknown: `UNKNOWN_SCHEMA` and `resource`.
        entries: columns `resource` and `entry_count`: how many entries each resource has that are about an entity.
        lookups: a frame of `Lookups`.
        issues: the table `issue` of the dataset.
        known: columns `likeness` and `entity`: what is said of entities there are; see `find_likenesses`.
        dataset: whose range of entities it is.
        trusting: whether to assign even where more of a resource is new than the guard rail allows, for the first
            resource of an organisation or after a person has looked.

    Held are references without an organisation; twice in one resource; of a resource with an invalid URI; that the
    organisation has already under another prefix; of entries that say what is said of an entity there is; or too many
    at once.
    """
    doubts = _doubts(unknown, entries, lookups, issues, known, trusting=trusting)
    each = doubts.unique(["prefix", "organisation", "reference"], keep="first", maintain_order=True)
    held = each.filter(pl.col("reason").is_not_null()).select("prefix", "organisation", "reference", "reason")
    certain = each.filter(pl.col("reason").is_null()).sort("prefix", "organisation", "reference")
    numbers = _free_numbers(lookups, dataset, certain.height)
    room = len(numbers)
    beyond = certain[room:].select(
        "prefix", "organisation", "reference", pl.lit("the dataset's range of entities is full").alias("reason")
    )
    assigned = certain[:room].select("prefix", "organisation", "reference", pl.Series("entity", numbers, pl.Int64))
    return Assignments(assigned, pl.concat([held, beyond]))


def find_likenesses(fact: pl.DataFrame, fact_resource: pl.DataFrame) -> pl.DataFrame:
    """By which likeness each entity is known: columns `likeness` (String) and `entity` (Int64), each likeness once.

    A likeness that several entities share, as trees of one order do, tells nothing and is left out.

    Args:
        fact, fact_resource: tables of `DATASET_TABLES`.
    """
    said = fact_resource.select("fact", "resource", "entry_number").join(
        fact.select("fact", "entity", "field", "value"), on="fact"
    )
    entry = ["resource", "entry_number", "entity"]
    reference = said.filter(pl.col("field") == "reference").select(*entry, pl.col("value").alias("reference"))
    likeness = hash_likeness(said.join(reference.unique(entry), on=entry, how="left"), entry)
    return likeness.select("likeness", "entity").unique().filter(pl.col("likeness").is_unique())


def _doubts(
    unknown: pl.DataFrame,
    entries: pl.DataFrame,
    lookups: pl.DataFrame,
    issues: pl.DataFrame,
    known: pl.DataFrame,
    *,
    trusting: bool,
) -> pl.DataFrame:
    """The unknown references with `reason`: the first guard rail that holds each; null where none does."""
    wrong_address = issues.filter(pl.col("issue_type") == "invalid URI")["resource"].unique()
    of_resource = unknown.group_by("resource").agg(new=pl.struct("prefix", "organisation", "reference").n_unique())
    others = lookups.group_by("organisation", "reference").agg(pl.col("prefix").min().alias("other"))
    asked = (
        unknown.join(of_resource, on="resource", how="left", maintain_order="left")
        .join(entries, on="resource", how="left", maintain_order="left")
        .with_columns(
            normal_key(pl.col("organisation")).alias("#organisation"),
            normal_key(pl.col("reference")).alias("#reference"),
        )
        .join(others, left_on=["#organisation", "#reference"], right_on=["organisation", "reference"], how="left")
        .join(known.rename({"entity": "like"}), on="likeness", how="left")
    )
    whole = pl.col("entry_count").fill_null(0) + pl.col("new")
    twice = pl.struct("resource", "prefix", "organisation", "reference").is_duplicated()
    rails = (
        (pl.col("organisation").is_null(), pl.lit("the entry has no organisation")),
        (pl.col("#reference") == "", pl.lit("the reference has no letter or digit")),
        (twice, pl.lit("the resource has the reference more than once")),
        (
            pl.col("resource").is_in(wrong_address.implode()),
            pl.lit("the resource has an invalid URI, so its columns may be mixed up"),
        ),
        (pl.col("other").is_not_null(), pl.format("the organisation has this reference as a {}", "other")),
        (
            pl.col("like").is_not_null(),
            pl.format("entity {} says the same but for its reference, which may have been changed", "like"),
        ),
        (
            (pl.col("new") > LARGEST_SHARE * whole) & pl.lit(not trusting),
            pl.format("{} of {} entries are new: the references may have been changed", "new", whole),
        ),
    )
    reasons = [pl.when(holds).then(reason) for holds, reason in rails]
    return asked.with_columns(pl.coalesce(reasons).alias("reason")).sort("resource", "entry")


def _free_numbers(lookups: pl.DataFrame, dataset: DatasetSpecification, wanted: int) -> list[int]:
    """The numbers after the highest one in use within the dataset's range."""
    if dataset.entity_minimum is None or dataset.entity_maximum is None:
        return []
    used = lookups.filter(pl.col("entity").is_between(dataset.entity_minimum, dataset.entity_maximum))["entity"].max()
    first = int(used) + 1 if isinstance(used, int) else dataset.entity_minimum
    return list(range(first, min(first + wanted, dataset.entity_maximum)))
