"""One entity: what is said of it, where its number leads when it is old, and which number a reference has."""

from dataclasses import dataclass

from headrace.web.shelf import Reader


@dataclass(frozen=True, slots=True)
class OldEntity:
    """A number that no longer stands for an entity.

    Attributes:
        status: 301, it has become `entity`; 410, it is gone.
        entity: the number it has become.
        notes: why, in the words of who decided.
    """

    status: int
    entity: int | None
    notes: str | None


def find_document(reader: Reader, entity: int) -> bytes | None:
    """The JSON document of an entity; None when there is no such entity."""
    row = reader.search.row("SELECT document FROM document WHERE entity = ?", (entity,))
    return None if row is None else row[0]


def find_feature(reader: Reader, entity: int) -> bytes | None:
    """The GeoJSON feature of an entity; None when there is no such entity or it has no geometry."""
    row = reader.search.row("SELECT feature FROM document WHERE entity = ?", (entity,))
    return None if row is None else row[0]


def find_shape(reader: Reader, entity: int) -> bytes | None:
    """The geometry of an entity, or else its point, as WKB in degrees."""
    row = reader.search.row("SELECT wkb FROM shape WHERE entity = ?", (entity,))
    return None if row is None else row[0]


def find_old_entity(reader: Reader, entity: int) -> OldEntity | None:
    """What became of a number, if it is old; the record of old numbers wins over an entity that still has one."""
    row = reader.search.row("SELECT status, entity, notes FROM old_entity WHERE old_entity = ?", (entity,))
    if row is None:
        return None
    moved = row["status"] == "301" and row["entity"] is not None
    return OldEntity(301 if moved else 410, row["entity"], row["notes"])


def find_by_curie(reader: Reader, prefix: str, reference: str) -> list[int]:
    """The numbers of the entities that a CURIE names; more than one where publishers share a reference."""
    rows = reader.search.rows(
        "SELECT entity FROM entity WHERE prefix = ? AND reference = ? ORDER BY entity LIMIT 2", (prefix, reference)
    )
    return [row[0] for row in rows]


def find_name(reader: Reader, entity: int) -> str | None:
    """The name of an organisation by its entity number, or of any other entity."""
    row = reader.search.row(
        "SELECT name FROM organisation WHERE entity = ? UNION ALL SELECT name FROM entity WHERE entity = ?",
        (entity, entity),
    )
    return None if row is None else row[0]
