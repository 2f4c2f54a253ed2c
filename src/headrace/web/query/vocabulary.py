"""The words that a release knows: its datasets, typologies and fields."""

from dataclasses import dataclass

from headrace.publish.document import ENTITY_FIELDS
from headrace.web.shelf import Reader


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the values of some parameters can be.

    Attributes:
        datasets: name of a dataset → its title.
        typologies: names of typologies.
        fields: kebab-case names of all fields that any entity has.
    """

    datasets: dict[str, str]
    typologies: frozenset[str]
    fields: frozenset[str]


def read_vocabulary(reader: Reader) -> Vocabulary:
    """The words of a release; read once."""
    return reader.memory.recall("vocabulary", lambda: _read(reader))


def _read(reader: Reader) -> Vocabulary:
    rows = reader.search.rows("SELECT dataset, name, typology FROM dataset ORDER BY dataset")
    fields = reader.search.rows("SELECT DISTINCT field FROM field")
    return Vocabulary(
        datasets={row["dataset"]: row["name"] for row in rows},
        typologies=frozenset(row["typology"] for row in rows if row["typology"]),
        fields=frozenset(ENTITY_FIELDS).union(row["field"] for row in fields),
    )
