"""What one resource became under one set of rules."""

from dataclasses import dataclass

import polars as pl

from headrace.model.batch import Batch
from headrace.model.cells import Converted, Unconverted


@dataclass(frozen=True, slots=True)
class Result:
    """One resource, read as one dataset.

    Attributes:
        dataset, resource: what was read as what.
        conversion: how its bytes were read, or why they could not be; its cells are not kept.
        facts: `FACT_SCHEMA`.
        issues: `ISSUE_SCHEMA` and `entity` (Int64; null where the entry has none).
        refused: `REFUSED_SCHEMA`.
        claims: `CLAIM_SCHEMA`.
        unknown: `UNKNOWN_SCHEMA`.
        lines: records in the resource, its header included.
        entries: entries that are about an entity.
        entities: how many different entities those are about.
        asked: what the tables of entities were asked for; see `Batch`.
        valid_before: ISO day from which the result would be another, because a date in it is no longer in the future.
        seconds: how long it took.
    """

    dataset: str
    resource: str
    conversion: Converted | Unconverted
    facts: pl.DataFrame
    issues: pl.DataFrame
    refused: pl.DataFrame
    claims: pl.DataFrame
    unknown: pl.DataFrame
    lines: int
    entries: int
    entities: int
    asked: frozenset[str] = frozenset()
    valid_before: str | None = None
    seconds: float = 0.0


def result_of_batch(batch: Batch, dataset: str, resource: str, conversion: Converted, seconds: float) -> Result:
    """The result that a batch has become after the last phase."""
    about = batch.facts.select("entry", "entity").unique(["entry", "entity"])
    entity = about.unique("entry", keep="first", maintain_order=True)
    future = batch.issues.filter(pl.col("type") == "future entry-date")["value"].min()
    return Result(
        dataset=dataset,
        resource=resource,
        conversion=conversion,
        facts=batch.facts,
        issues=batch.issues.join(entity, on="entry", how="left", maintain_order="left"),
        refused=batch.refused,
        claims=batch.claims,
        unknown=batch.unknown,
        lines=batch.records,
        entries=about.height,
        entities=about["entity"].n_unique(),
        asked=batch.asked,
        valid_before=future if isinstance(future, str) else None,
        seconds=seconds,
    )


def result_of_unconverted(dataset: str, resource: str, conversion: Unconverted, seconds: float) -> Result:
    """The result of a resource that could not be read: nothing, and the reason."""
    nothing = Batch(entries=pl.DataFrame())
    return Result(
        dataset=dataset,
        resource=resource,
        conversion=conversion,
        facts=nothing.facts,
        issues=nothing.issues.with_columns(entity=pl.lit(None, pl.Int64)),
        refused=nothing.refused,
        claims=nothing.claims,
        unknown=nothing.unknown,
        lines=0,
        entries=0,
        entities=0,
        seconds=seconds,
    )
