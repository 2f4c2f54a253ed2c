"""What the page of an entity shows: each value, what kind of value it is, and who says so."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from headrace.web.outline import Outline, draw_outline
from headrace.web.query.entity import find_name, find_shape
from headrace.web.query.fact import SourcedFact, Statement, read_facts
from headrace.web.query.vocabulary import Vocabulary, read_vocabulary
from headrace.web.shelf import Reader
from headrace.web.wording import is_web_address, name_field

_FIRST: Final = ("reference", "name", "description", "organisation-entity", "start-date", "end-date", "entry-date")
_LAST: Final = ("geometry", "point", "quality")
_BESIDE: Final = ("entity", "dataset", "typology", "prefix")
"""Fields that say what the entity is rather than what is said of it; the page shows them beside its values."""

_NAMES: Final = {"organisation-entity": "Organisation"}
_SAID_BY_FIELD: Final = {"organisation-entity": "organisation"}
"""Field of an entity → field of the facts it comes from, where they differ."""


class ValueKind(StrEnum):
    """How a value is shown."""

    TEXT = "text"
    DAY = "day"
    LINK = "link"
    PAGE = "page"
    SHAPE = "shape"


@dataclass(frozen=True, slots=True)
class EntityValue:
    """One field of an entity.

    Attributes:
        field, name: its kebab-case name, and the one that people read.
        kind: how it is shown.
        text: what is read.
        address: where a link or page leads.
        fact: the fact that says so; None for what Headrace worked out.
        statements: who says so, the latest first; empty for what Headrace worked out.
        others: other values that were said of the field.
    """

    field: str
    name: str
    kind: ValueKind
    text: str
    address: str | None
    fact: str | None
    statements: tuple[Statement, ...]
    others: tuple[SourcedFact, ...]


@dataclass(frozen=True, slots=True)
class EntityPage:
    """What the page of an entity shows.

    Attributes:
        entity, dataset, dataset_name, title, curie: what it is.
        typology: what kind of thing it is.
        end_date: the day it ended, ISO.
        values: its fields that have a value, the most asked for first.
        outline: its geometry, drawn.
    """

    entity: int
    dataset: str
    dataset_name: str
    title: str
    curie: str
    typology: str
    end_date: str | None
    values: tuple[EntityValue, ...]
    outline: Outline | None


def describe_entity(reader: Reader, document: dict[str, object]) -> EntityPage:
    """The page of the entity that a document describes."""
    known = read_vocabulary(reader)
    dataset, entity = str(document["dataset"]), int(str(document["entity"]))
    organisation = document["organisation-entity"]
    organisation_name = find_name(reader, organisation) if isinstance(organisation, int) else None
    facts: dict[str, list[SourcedFact]] = {}
    for fact in read_facts(reader, dataset, entity) if reader.has_dataset(dataset) else []:
        facts.setdefault(fact.field, []).append(fact)
    values = [
        _describe(field, value, known, organisation_name, facts.get(_SAID_BY_FIELD.get(field, field), []))
        for field, value in sorted(document.items(), key=lambda item: _rank(item[0]))
        if value not in ("", None) and field not in _BESIDE
    ]
    shape = find_shape(reader, entity)
    return EntityPage(
        entity=entity,
        dataset=dataset,
        dataset_name=known.datasets.get(dataset, dataset),
        title=str(document["name"] or document["reference"] or f"Entity {entity}"),
        curie=f"{document['prefix']}:{document['reference']}",
        typology=str(document["typology"]),
        end_date=str(document["end-date"]) or None,
        values=tuple(values),
        outline=None if shape is None else draw_outline(shape),
    )


def _rank(field: str) -> tuple[int, int | str]:
    if field in _FIRST:
        return 0, _FIRST.index(field)
    if field in _LAST:
        return 2, _LAST.index(field)
    return 1, field


def _describe(
    field: str, value: object, known: Vocabulary, organisation_name: str | None, facts: list[SourcedFact]
) -> EntityValue:
    text = value if isinstance(value, str) else str(value)
    saying = [fact for fact in facts if field in _SAID_BY_FIELD or fact.value == text]
    kind, shown, address = _choose_kind(field, text, known, organisation_name)
    return EntityValue(
        field=field,
        name=_NAMES.get(field, name_field(field)),
        kind=kind,
        text=shown,
        address=address,
        fact=saying[0].fact if saying else None,
        statements=tuple(statement for fact in saying for statement in fact.statements),
        others=tuple(fact for fact in facts if fact not in saying),
    )


def _choose_kind(
    field: str, text: str, known: Vocabulary, organisation_name: str | None
) -> tuple[ValueKind, str, str | None]:
    if field in ("geometry", "point"):
        return ValueKind.SHAPE, _say_shape(text), None
    if is_web_address(text):
        return ValueKind.LINK, text, text
    if field.endswith("-date"):
        return ValueKind.DAY, text, None
    if field == "organisation-entity":
        return ValueKind.PAGE, organisation_name or f"Entity {text}", f"/entity/?organisation_entity={text}"
    if field in known.datasets and ":" not in text and ";" not in text:
        return ValueKind.PAGE, text, f"/curie/{field}:{text}"
    return ValueKind.TEXT, text, None


def _say_shape(wkt: str) -> str:
    kind = wkt.partition("(")[0].strip().title().replace("Multipolygon", "Area").replace("Polygon", "Area")
    if kind == "Point":
        return wkt
    return f"{kind} drawn with {wkt.count(',') + 1:,} points"
