"""What holds of assembling, whatever the facts are."""

from hashlib import sha256

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from configured import organisations, specified
from headrace.assemble.entity import assemble_entities
from headrace.assemble.tables import assemble_block
from headrace.model.fact import FACT_SCHEMA
from headrace.model.partition import ENTITY_TABLES

ENDED = "resource_end_date"
SCHEMA = [*FACT_SCHEMA.items(), ("resource", pl.String()), (ENDED, pl.String())]
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


@settings(max_examples=60)
@given(st.lists(facts(), min_size=1, max_size=25))
def test_entities_of_one_block_are_what_they_are_among_all(rows: list[dict[str, object]]) -> None:
    """Assembled by themselves, those of one entity are what they are when all are assembled at once."""
    dataset, everything = specified().dataset("brownfield-land"), pl.DataFrame(rows, schema=SCHEMA).drop(ENDED)
    ended = {"b": "2024-05-01"}
    whole = assemble_block(everything, ended, dataset, organisations())
    parts = [
        assemble_block(everything.filter(pl.col("entity") == entity), ended, dataset, organisations())
        for entity in sorted(set(everything["entity"]))
    ]
    for table in ENTITY_TABLES:
        joined = pl.concat([part[table] for part in parts])
        assert whole[table].sort(pl.all()).equals(joined.sort(pl.all()))
