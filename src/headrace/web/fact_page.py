"""What the page of a fact shows: who says it, how each row came to say it, and whether it holds."""

from dataclasses import dataclass
from typing import Final

import orjson

from headrace.store.lake import Lake
from headrace.web.contest import Placed, rank_contest
from headrace.web.fact_way import Way, follow_statement
from headrace.web.publisher import read_publishers
from headrace.web.query.entity import find_document
from headrace.web.query.fact import SourcedFact, Statement, read_facts
from headrace.web.query.vocabulary import read_vocabulary
from headrace.web.shelf import Reader
from headrace.web.wording import name_field

SHOWN: Final = 5
"""How many entries that say a fact are followed; the others are listed."""


@dataclass(frozen=True, slots=True)
class FactPage:
    """What the page shows.

    Attributes:
        fact: what is said.
        dataset, dataset_name, entity_name, field_name: what it is said of.
        ways: the entries that say it, the latest first, as far as they are followed.
        others: the other entries that say it.
        contest: every fact of the field in its place, the one that holds first.
        holds: whether this one does.
    """

    fact: SourcedFact
    dataset: str
    dataset_name: str
    entity_name: str
    field_name: str
    ways: tuple[Way, ...]
    others: tuple[Statement, ...]
    contest: tuple[Placed, ...]
    holds: bool


def describe_fact(reader: Reader, lake: Lake, dataset: str, fact: SourcedFact) -> FactPage:
    """The page of a fact of a dataset."""
    document = orjson.loads(find_document(reader, fact.entity) or b"{}")
    publishers = read_publishers(reader, lake, dataset)
    contest = rank_contest(read_facts(reader, dataset, fact.entity, [fact.field]), publishers)
    return FactPage(
        fact=fact,
        dataset=dataset,
        dataset_name=read_vocabulary(reader).datasets.get(dataset, dataset),
        entity_name=str(document.get("name") or document.get("reference") or f"Entity {fact.entity}"),
        field_name=name_field(fact.field),
        ways=tuple(follow_statement(reader, lake, dataset, fact, statement) for statement in fact.statements[:SHOWN]),
        others=fact.statements[SHOWN:],
        contest=tuple(contest),
        holds=bool(contest) and contest[0].fact.fact == fact.fact,
    )
