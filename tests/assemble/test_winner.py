"""Which fact holds."""

import polars as pl
import pytest

from headrace.assemble.winner import choose_winners, rank_facts, say_why_before
from headrace.model.fact import FACT_SCHEMA

SCHEMA = [*FACT_SCHEMA.items(), ("resource", pl.String()), ("resource_end_date", pl.String())]
USUAL = {
    "entity": 1,
    "field": "name",
    "priority": 1,
    "entry": 5,
    "line": 6,
    "entry_date": "2024-01-01",
    "resource": "m",
    "resource_end_date": None,
}


def facts(*rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame([USUAL | {"fact": row["value"]} | row for row in rows], schema=SCHEMA)


@pytest.mark.parametrize(
    ("better", "worse", "because"),
    [
        ({"priority": 2, "entry_date": "2001-01-01"}, {"priority": 1}, "organisation that the entity belongs to"),
        ({"entry_date": "2024-01-02", "entry": 1}, {"entry_date": "2024-01-01"}, "entered later"),
        ({"entry_date": "2024-01-01"}, {"entry_date": None}, "entered later"),
        ({"entry": 10}, {"entry": 9}, "later row"),
        ({"resource_end_date": None}, {"resource_end_date": "2024-06-01"}, "still published"),
        ({"resource_end_date": "2024-06-01"}, {"resource_end_date": "2024-05-01"}, "or was longer"),
        ({"resource": "a"}, {"resource": "b"}, "the name of the file"),
    ],
)
def test_the_better_fact_holds_in_whichever_order_they_come(
    better: dict[str, object], worse: dict[str, object], because: str
) -> None:
    """Owner before others, later before earlier, still published before ended; then by name. The reason is said."""
    rows = [better | {"value": "better"}, worse | {"value": "worse"}]
    assert choose_winners(facts(*rows))["value"].to_list() == ["better"]
    assert choose_winners(facts(*rows[::-1]))["value"].to_list() == ["better"]
    assert because in say_why_before(*rank_facts(facts(*rows)).iter_rows(named=True))


def test_each_field_of_each_entity_has_one_winner() -> None:
    """Fields and entities do not compete with one another."""
    rows = [{"entity": entity, "field": field, "value": f"{entity}{field}"} for entity in (1, 2) for field in "ab"]
    assert choose_winners(facts(*rows))["value"].to_list() == ["1a", "1b", "2a", "2b"]
