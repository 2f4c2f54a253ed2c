"""The contest of facts about one field of one entity: which holds, and why each other does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from headrace.assemble.winner import rank_facts, say_why_before
from headrace.model.fact import FACT_SCHEMA
from headrace.web.publisher import Publisher
from headrace.web.query.fact import SourcedFact, Statement

_SCHEMA = [*FACT_SCHEMA.items(), ("resource", pl.String()), ("resource_end_date", pl.String())]


@dataclass(frozen=True, slots=True)
class Placed:
    """A fact in its place.

    Attributes:
        fact: what is said.
        statement: the entry that says it and comes before the others that do.
        because: why the fact that holds comes before it; None for that one itself.
    """

    fact: SourcedFact
    statement: Statement
    because: str | None


def rank_contest(facts: Sequence[SourcedFact], publishers: Mapping[str, Publisher]) -> list[Placed]:
    """The facts in the order in which they would hold, the one that does first.

    Args:
        facts: of one field of one entity; one that nobody states any more takes no part.
        publishers: by resource; a file of nobody known counts as published still.
    """
    by_hash = {fact.fact: fact for fact in facts}
    rows = [
        {
            "fact": fact.fact,
            "entity": fact.entity,
            "field": fact.field,
            "priority": statement.priority or 1,
            "entry": statement.entry_number or 0,
            "entry_date": statement.entry_date,
            "resource": statement.resource,
            "resource_end_date": publishers[statement.resource].end_date if statement.resource in publishers else None,
        }
        for fact in facts
        for statement in fact.statements
    ]
    ranked = rank_facts(pl.DataFrame(rows, schema=dict(_SCHEMA)))
    best = list(ranked.unique("fact", keep="first", maintain_order=True).iter_rows(named=True))
    return [
        Placed(
            fact=by_hash[row["fact"]],
            statement=_statement(by_hash[row["fact"]], row["resource"], row["entry"]),
            because=None if row is best[0] else say_why_before(best[0], row),
        )
        for row in best
    ]


def _statement(fact: SourcedFact, resource: str, entry: int) -> Statement:
    return next(each for each in fact.statements if each.resource == resource and (each.entry_number or 0) == entry)
