"""What holds of assembling, whatever the facts are."""

from hashlib import sha256

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from configured import organisations, specified
from headrace.assemble.entity import assemble_entities
from headrace.model.fact import FACT_SCHEMA

SCHEMA = [*FACT_SCHEMA.items(), ("resource", pl.String()), ("resource_end_date", pl.String())]
DATES = st.sampled_from([None, "2023-05-01", "2024-05-01"])
FIELDS = ("name", "reference", "organisation", "start-date", "end-date", "hectares", "point", "notes")


@st.composite
def facts(draw: st.DrawFn) -> dict[str, object]:
    """A fact about one of three entities from one of three resources, often at odds with others."""
    field = draw(st.sampled_from(FIELDS))
    value = draw(st.sampled_from(["local-authority:ALD", "POINT(-1.5 52.5)", 'say "a\\b"', "été\n", "2020-01-01"]))
    entity = draw(st.integers(1, 3))
    return {
        "fact": sha256(f"{entity}:{field}:{value}".encode()).hexdigest(),
        "entity": entity,
        "field": field,
        "value": value,
        "reference_entity": None,
        "priority": draw(st.integers(1, 2)),
        "entry": draw(st.integers(1, 12)),
        "line": 2,
        "entry_date": draw(DATES),
        "resource": draw(st.sampled_from("abc")),
        "resource_end_date": draw(DATES),
    }


@settings(max_examples=80)
@given(st.lists(facts(), min_size=1, max_size=25), st.randoms(use_true_random=False))
def test_entities_do_not_depend_on_the_order_of_facts(rows: list[dict[str, object]], shuffler: object) -> None:
    """Facts in any order, and facts said twice, give the same table."""
    dataset = specified().dataset("brownfield-land")
    expected = assemble_entities(pl.DataFrame(rows, schema=SCHEMA), dataset, organisations())
    shuffled = [*rows, rows[0]]
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    actual = assemble_entities(pl.DataFrame(shuffled, schema=SCHEMA), dataset, organisations())
    assert expected.equals(actual)


@settings(max_examples=80)
@given(st.lists(facts(), min_size=1, max_size=25))
def test_every_entity_is_assembled_and_says_what_some_fact_says(rows: list[dict[str, object]]) -> None:
    """No entity is lost, and each name is the value of a fact about that entity; `json` is JSON."""
    given_facts = pl.DataFrame(rows, schema=SCHEMA)
    entities = assemble_entities(given_facts, specified().dataset("brownfield-land"), organisations())
    assert sorted({row["entity"] for row in rows}) == entities["entity"].to_list()
    names = {(row["entity"], row["value"]) for row in rows if row["field"] == "name"}
    assert {pair for pair in entities.select("entity", "name").rows() if pair[1]} <= names
    said = entities["json"].drop_nulls().str.json_decode(pl.Struct({"hectares": pl.String, "notes": pl.String}))
    others = {(row["entity"]) for row in rows if row["field"] in ("hectares", "notes")}
    assert len(others) == len(said)
