"""What the tables of a pipeline folder say of entities."""

import pytest

from configured import configure, table
from headrace.model.error import ConfigurationError
from headrace.spec.numbering import Numbering


def numbering(*rows: dict[str, str]) -> Numbering:
    """What rows of `old-entity.csv` make of entities."""
    return configure(old_entity=table("old-entity", *rows)).numbering


def test_an_entity_was_merged_or_removed_as_was_said_last() -> None:
    """301 has the number of another, 410 has none whatever stands there; of two rows the later holds."""
    old = numbering(
        {"old-entity": "1", "status": "301", "entity": "7"},
        {"old-entity": " 2 ", "status": "410", "entity": "8"},
        {"old-entity": "1", "status": "301", "entity": "9"},
        {"old-entity": "", "status": "301", "entity": "10"},
    ).old_entities
    assert [(2, None, "410"), (1, 9, "301")] == old.select("old_entity", "entity", "status").rows()


@pytest.mark.parametrize(("old", "entity", "what"), [("x", "7", "old-entity is 'x'"), ("1", "", "entity is ''")])
def test_a_number_that_is_none_is_said_with_its_line(old: str, entity: str, what: str) -> None:
    """A merged entity without the number of the other is an error of configuration."""
    with pytest.raises(ConfigurationError, match=what):
        numbering({"old-entity": old, "status": "301", "entity": entity})
