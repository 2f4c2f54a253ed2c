"""Which entities a search finds, how many there are, and what is said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import orjson

from headrace.web.parameters import SearchParameters
from headrace.web.query.criteria import Criteria, make_criteria
from headrace.web.query.place import limit_to_place, read_places
from headrace.web.shelf import Reader


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what a search finds.

    Attributes:
        criteria: what holds of every entity found.
        entities: the numbers of those on the page, in order.
        count: how many there are on all pages.
    """

    criteria: Criteria
    entities: list[int]
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """How many of the entities found have a value.

    Attributes:
        value: as it is searched for.
        name: as it is read.
        count: number of entities.
    """

    value: str
    name: str
    count: int


def search_entities(reader: Reader, wanted: SearchParameters, today: date, *, located: bool = False) -> Found:
    """The page of entities that a search wants; `located` leaves out those without a geometry.

    Raises:
        ProblemError: a parameter cannot be used.
    """
    criteria = make_criteria(reader, wanted, today)
    for place in read_places(reader, wanted):
        criteria = limit_to_place(reader, criteria, place)
    if located:
        criteria = criteria.having("e.located = 1")
    count = reader.memory.recall(("count", criteria), lambda: _count(reader, criteria))
    rows = reader.search.rows(
        f"SELECT e.entity {criteria.source} ORDER BY {criteria.order} LIMIT ? OFFSET ?",
        (*criteria.values, wanted.limit, wanted.offset),
    )
    return Found(criteria, [row[0] for row in rows], count)


def read_documents(reader: Reader, entities: Sequence[int]) -> list[bytes]:
    """The JSON documents of entities, in that order."""
    return _read_column(reader, "document", entities)


def read_features(reader: Reader, entities: Sequence[int]) -> list[bytes]:
    """The GeoJSON features of entities that have a geometry, in that order."""
    return _read_column(reader, "feature", entities)


def count_datasets(reader: Reader, criteria: Criteria, most: int) -> list[Facet]:
    """How many of the entities found are in each dataset, most first."""
    return _count_facet(reader, criteria, "e.dataset", "dataset", "dataset", most)


def count_organisations(reader: Reader, criteria: Criteria, most: int) -> list[Facet]:
    """How many of the entities found come from each organisation, most first."""
    return _count_facet(reader, criteria, "e.organisation_entity", "organisation", "entity", most)


def _count(reader: Reader, criteria: Criteria) -> int:
    return int(reader.search.rows(f"SELECT count(*) {criteria.source}", criteria.values)[0][0])


def _read_column(reader: Reader, column: str, entities: Sequence[int]) -> list[bytes]:
    rows = reader.search.rows(
        f"SELECT d.{column} FROM json_each(?) wanted JOIN document d ON d.entity = wanted.value "
        f"WHERE d.{column} IS NOT NULL ORDER BY wanted.key",
        (orjson.dumps(entities).decode(),),
    )
    return [row[0] for row in rows]


def _count_facet(reader: Reader, criteria: Criteria, column: str, table: str, key: str, most: int) -> list[Facet]:
    def work_out() -> list[Facet]:
        rows = reader.search.rows(
            f"SELECT found.value, coalesce(named.name, found.value) AS name, found.count FROM "
            f"(SELECT {column} AS value, count(*) AS count {criteria.source} GROUP BY 1) found "
            f"LEFT JOIN {table} named ON named.{key} = found.value "
            f"WHERE found.value IS NOT NULL GROUP BY found.value ORDER BY found.count DESC, name LIMIT ?",
            (*criteria.values, most),
        )
        return [Facet(str(row["value"]), str(row["name"]), row["count"]) for row in rows]

    return reader.memory.recall(("facet", column, most, criteria), work_out)
