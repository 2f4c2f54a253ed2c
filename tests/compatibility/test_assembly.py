"""From facts to entities, where the existing platform loses or shuffles something."""

import polars as pl

from configured import organisations, specified
from headrace.assemble.entity import assemble_entities
from headrace.model.fact import FACT_SCHEMA

SCHEMA = [*FACT_SCHEMA.items(), ("resource", pl.String()), ("resource_end_date", pl.String())]
USUAL = {"priority": 1, "entry": 1, "line": 2, "entry_date": "2024-01-01", "resource": "r", "resource_end_date": None}


def assembled(*facts: tuple[int, str, str]) -> pl.DataFrame:
    rows = [USUAL | {"fact": value, "entity": number, "field": field, "value": value} for number, field, value in facts]
    return assemble_entities(pl.DataFrame(rows, SCHEMA), specified().dataset("brownfield-land"), organisations())


def test_no_entity_is_lost_however_far_apart_numbers_are() -> None:
    """The existing platform builds them by the hundred thousand, and loses the highest of a whole number of those."""
    assert [1_700_000, 1_800_000] == assembled((1_700_000, "name", "x"), (1_800_000, "name", "y"))["entity"].to_list()


def test_no_facts_are_no_entities() -> None:
    """The existing platform breaks off."""
    assert 0 == assembled().height


def test_the_order_of_further_fields_is_theirs() -> None:
    """`json` has its fields in order, whichever order facts come in."""
    facts = [(1, "notes", "x"), (1, "hectares", "2"), (1, "deliverable", "yes")]
    told = '{"deliverable":"yes","hectares":"2","notes":"x"}'
    assert [told] == assembled(*facts)["json"].to_list()
    assert [told] == assembled(*facts[::-1])["json"].to_list()
