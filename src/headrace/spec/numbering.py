"""Numbering: which entity a reference means, what became of it, and who owns it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from headrace.spec.lookups import Lookups, build_lookups
from headrace.spec.table import Table


@dataclass(frozen=True, slots=True)
class LookupRule:
    """References of an organisation that are numbers and lie in a range: the entity is the reference plus an offset."""

    prefix: str
    organisation: str
    resource: str
    offset: int
    entity_minimum: int
    entity_maximum: int


@dataclass(frozen=True, slots=True)
class Numbering:
    """What one pipeline says of entities.

    Attributes:
        lookups: entities by reference.
        lookup_rules: entities by arithmetic.
        old_entities: columns `old_entity` and `entity` (Int64; null where the entity was removed) and `status`.
        owners: columns `minimum`, `maximum` (Int64) and `organisation`: disjoint ranges, sorted.
    """

    lookups: Lookups
    lookup_rules: tuple[LookupRule, ...]
    old_entities: pl.DataFrame
    owners: pl.DataFrame


def build_numbering(tables: Mapping[str, Table], more_lookups: Sequence[Table] = ()) -> Numbering:
    """The numbering that the tables of a pipeline folder, and further tables of lookups, describe.

    Raises:
        ConfigurationError: a table lacks a column, or a cell holds what it must not.
    """
    return Numbering(
        lookups=build_lookups([tables["lookup"], *more_lookups]),
        lookup_rules=_lookup_rules(tables["lookup-rule"].require("prefix", "offset")),
        old_entities=_old_entities(tables["old-entity"].require("old-entity", "status", "entity")),
        owners=_owners(tables["entity-organisation"].require("entity-minimum", "entity-maximum", "organisation")),
    )


def _lookup_rules(table: Table) -> tuple[LookupRule, ...]:
    return tuple(
        LookupRule(
            prefix=row["prefix"],
            organisation=row.get("organisation", ""),
            resource=row.get("resource", ""),
            offset=table.number(row, "offset"),
            entity_minimum=table.number(row, "entity-minimum"),
            entity_maximum=table.number(row, "entity-maximum"),
        )
        for row in table.rows()
    )


def _old_entities(table: Table) -> pl.DataFrame:
    frame = table.frame.filter(pl.col("old-entity").fill_null("") != "")
    became = pl.when(pl.col("status") == "301").then("entity")
    numbers = frame.select(
        old_entity=pl.col("old-entity").str.strip_chars().str.to_integer(strict=False, dtype=pl.Int64),
        entity=became.str.strip_chars().str.to_integer(strict=False, dtype=pl.Int64),
        status=pl.col("status").fill_null(""),
    )
    wrong = numbers["old_entity"].is_null() | (numbers["entity"].is_null() & (numbers["status"] == "301"))
    for row in Table(table.name, frame.filter(wrong)).rows():
        table.number(row, "old-entity")
        table.number(row, "entity")
    return numbers.unique("old_entity", keep="last", maintain_order=True)


def _owners(table: Table) -> pl.DataFrame:
    """Ranges of entities with their owner, made disjoint: of two that overlap the earlier row holds."""
    claimed: list[tuple[int, int, str]] = []
    edges: list[tuple[int, int, int]] = []
    owners: list[str] = []
    for order, row in enumerate(table.rows()):
        edges.append((table.number(row, "entity-minimum"), table.number(row, "entity-maximum"), order))
        owners.append(row["organisation"])
    points = sorted({low for low, _, _ in edges} | {high + 1 for _, high, _ in edges})
    starting: dict[int, list[tuple[int, int]]] = {}
    for low, high, order in edges:
        starting.setdefault(low, []).append((order, high))
    open_ranges: list[tuple[int, int]] = []
    for point, following in pairwise(points):
        open_ranges = sorted([each for each in open_ranges if each[1] >= point] + starting.get(point, []))
        if open_ranges:
            claimed.append((point, following - 1, owners[open_ranges[0][0]]))
    return pl.DataFrame(
        claimed, schema={"minimum": pl.Int64, "maximum": pl.Int64, "organisation": pl.String}, orient="row"
    )
