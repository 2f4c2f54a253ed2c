"""What holds of every resource, whatever is in it."""

import polars as pl
from hypothesis import given, settings

from headrace.model.cells import Cells
from headrace.transform.normalise import BLANK_SPACE, NOTHING
from headrace.transform.phases import transform
from resources import resources, some_rules

RULES = some_rules()


@settings(max_examples=80)
@given(resources())
def test_every_record_becomes_facts_or_is_refused_with_a_reason(cells: Cells) -> None:
    """Records in = header + records with facts + records refused, and none is both."""
    batch = transform(cells, RULES)
    with_facts, refused = set(batch.facts["line"]), set(batch.refused["line"])
    header = {batch.header_line} - {None}
    assert set(cells.frame["line"]) == with_facts | refused | header
    assert set() == with_facts & refused
    assert 0 == batch.refused["reason"].null_count()


@settings(max_examples=80)
@given(resources())
def test_every_column_is_claimed_or_reported(cells: Cells) -> None:
    """A column is read as a field, or an issue names it, or it has neither a name nor a value in any entry."""
    batch = transform(cells, RULES)
    reported = set(batch.issues.filter(pl.col("type") == "unknown column")["field"])
    claimed = set(batch.claims["column"])
    unread = batch.refused.filter(pl.col("phase").is_in(["normalise", "skip", "filter-columns"]))["line"]
    entries = cells.frame.filter(~pl.col("line").is_in([*unread, batch.header_line]))
    for position, name in enumerate(batch.header[: cells.frame.width - 1]):
        label = name or f"column {position + 1}"
        texts = entries[str(position)].drop_nulls().str.strip_chars(BLANK_SPACE)
        blank = not name and (texts.eq("") | texts.str.contains(NOTHING)).all()
        assert label in claimed | reported or blank


@settings(max_examples=40)
@given(resources())
def test_the_same_cells_and_rules_give_the_same_facts(cells: Cells) -> None:
    """Nothing depends on when or how often a resource is read."""
    first, again = transform(cells, RULES), transform(cells, RULES)
    assert first.facts.equals(again.facts)
    assert first.issues.equals(again.issues)


@settings(max_examples=40)
@given(resources())
def test_a_fact_is_named_by_what_it_says(cells: Cells) -> None:
    """Two facts with one name say the same, and the entity is in the lookup table."""
    facts = transform(cells, RULES).facts
    said = facts.select("fact", "entity", "field", "value").unique()
    assert said.height == said["fact"].n_unique()
    assert set(facts["entity"]) <= {1_700_001, 1_700_003}
