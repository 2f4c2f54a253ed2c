"""What one resource became under one set of rules."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from headrace.model.batch import Batch
from headrace.model.cells import Converted, Unconverted
from headrace.model.issue import ISSUE_SCHEMA
from headrace.model.partition import block_of


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


@dataclass(frozen=True, slots=True)
class ResultSummary:
    """The counts of a result, without its tables; see `Result` for what they mean.

    Attributes:
        blocks: the blocks of entities that its facts are about, sorted.
    """

    dataset: str
    resource: str
    conversion: Converted | Unconverted
    lines: int
    entries: int
    entities: int
    facts: int
    issues: int
    refused: int
    asked: frozenset[str]
    valid_before: str | None
    seconds: float
    blocks: tuple[int, ...]


def result_of_batch(batch: Batch, dataset: str, resource: str, conversion: Converted, seconds: float) -> Result:
    """The result that a batch has become after the last phase.

    The entity of an issue is that of its entry. Entries that gave no fact are not counted.
    """
    entity = batch.entries.select("entry", "entity").unique("entry", keep="first", maintain_order=True)
    about = batch.entries if batch.facts.height else batch.entries.clear()
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
    """The result of a resource that could not be read: nothing, and an issue with the reason."""
    said = [{"type": UNREADABLE, "value": conversion.mime_type, "message": conversion.reason}]
    nothing = Batch(entries=pl.DataFrame(), issues=pl.DataFrame(said, schema=ISSUE_SCHEMA))
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


UNREADABLE: Final = "unreadable resource"

TABLES: Final = ("facts", "issues", "refused", "claims", "unknown")
"""The tables of a result."""


def join_parts(parts: Sequence[Result]) -> Result:
    """The result that parts, in order, make up."""
    if len(parts) == 1:
        return parts[0]
    total = Tally()
    for _ in total.count(parts):
        pass
    summary = total.summary()
    facts, issues, refused, claims, unknown = (pl.concat([getattr(part, table) for part in parts]) for table in TABLES)
    return Result(
        dataset=summary.dataset,
        resource=summary.resource,
        conversion=summary.conversion,
        facts=facts,
        issues=issues,
        refused=refused,
        claims=claims,
        unknown=unknown,
        lines=summary.lines,
        entries=summary.entries,
        entities=summary.entities,
        asked=summary.asked,
        valid_before=summary.valid_before,
        seconds=summary.seconds,
    )


class Tally:
    """Counts the parts of a result as they pass, so that a large one is never held whole."""

    def __init__(self) -> None:
        self._total: ResultSummary | None = None
        self._entities = pl.Series([], dtype=pl.Int64)

    def count(self, parts: Iterable[Result]) -> Iterator[Result]:
        """Pass parts on, each counted."""
        for part in parts:
            self._entities = pl.concat([self._entities, part.facts["entity"].unique()]).unique()
            self._total = _add(self._total, part, len(self._entities))
            yield part

    def summary(self) -> ResultSummary:
        """What has passed.

        Raises:
            ValueError: nothing has; every result has one part at least.
        """
        if self._total is None:
            raise ValueError("no part of a result has passed")
        blocks = pl.select(block_of(pl.lit(self._entities))).to_series().unique().sort()
        return replace(self._total, blocks=tuple(blocks))


def _add(total: ResultSummary | None, part: Result, entities: int) -> ResultSummary:
    if total is None:
        total = ResultSummary(part.dataset, part.resource, part.conversion, 0, 0, 0, 0, 0, 0, part.asked, None, 0.0, ())
    return replace(
        total,
        lines=max(total.lines, part.lines),
        entries=total.entries + part.entries,
        entities=entities,
        facts=total.facts + part.facts.height,
        issues=total.issues + part.issues.height,
        refused=total.refused + part.refused.height,
        asked=total.asked | part.asked,
        valid_before=min(filter(None, (total.valid_before, part.valid_before)), default=None),
        seconds=part.seconds,
    )
