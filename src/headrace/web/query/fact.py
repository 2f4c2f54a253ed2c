"""The facts of one entity: who said what, where and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from headrace.web.shelf import Reader


@dataclass(frozen=True, slots=True)
class Statement:
    """One entry of one resource saying one fact.

    Attributes:
        resource: SHA-256 of the resource, in hexadecimal.
        entry_number: the entry of the resource; the first is 1.
        entry_date: the day, ISO, the fact was entered.
        priority: 2 when the publisher owns the entity, otherwise 1.
    """

    resource: str
    entry_number: int | None
    entry_date: str | None
    priority: int | None


@dataclass(frozen=True, slots=True)
class SourcedFact:
    """One value of one field of an entity with everybody who says it, the latest first.

    Attributes:
        fact: SHA-256, in hexadecimal, of what is said.
        entity, field, value, reference_entity: what is said.
        statements: who says it.
    """

    fact: str
    entity: int
    field: str
    value: str
    reference_entity: int | None
    statements: tuple[Statement, ...]


def read_facts(reader: Reader, dataset: str, entity: int, fields: Sequence[str] = ()) -> list[SourcedFact]:
    """The facts of an entity, by field, those entered last first; of all fields or those named.

    Raises:
        KeyError: the release has no such dataset.
    """
    clause = f"f.field IN ({', '.join('?' * len(fields))})" if fields else "1"
    return _read(reader, dataset, f"f.entity = ? AND {clause}", (entity, *fields))


def find_fact(reader: Reader, dataset: str, fact: str) -> SourcedFact | None:
    """The fact of that hash.

    Raises:
        KeyError: the release has no such dataset.
    """
    found = _read(reader, dataset, "f.fact = ?", (fact,))
    return found[0] if found else None


def _read(reader: Reader, dataset: str, clause: str, values: Sequence[object]) -> list[SourcedFact]:
    rows = reader.dataset(dataset).rows(
        "SELECT f.fact, f.entity, f.field, f.value, f.reference_entity, "
        "r.resource, r.entry_number, r.entry_date, r.priority "
        f"FROM fact f LEFT JOIN fact_resource r ON r.fact = f.fact WHERE {clause} "
        "ORDER BY f.field, f.entry_date DESC, f.fact, r.entry_date DESC, r.entry_number DESC, r.resource",
        values,
    )
    statements: dict[str, list[Statement]] = {}
    for row in rows:
        said = statements.setdefault(row["fact"], [])
        if row["resource"] is not None:
            said.append(Statement(row["resource"], row["entry_number"], row["entry_date"], row["priority"]))
    facts = {row["fact"]: row for row in rows}
    return [
        SourcedFact(
            fact, row["entity"], row["field"], row["value"] or "", row["reference_entity"], tuple(statements[fact])
        )
        for fact, row in facts.items()
    ]
