"""Values that configuration replaces."""

import polars as pl

from configured import configure, rules, table
from headrace.model.batch import Batch
from headrace.transform.patch import patch


def batch(**fields: list[str | None]) -> Batch:
    size = len(next(iter(fields.values())))
    numbers = {"line": range(2, 2 + size), "entry": range(1, 1 + size)}
    return Batch(pl.DataFrame(numbers | fields, schema_overrides={"line": pl.UInt32, "entry": pl.UInt32}))


def patched(values: list[str | None], *rows: dict[str, str]) -> Batch:
    return patch(batch(Notes=values), rules(configure(patch=table("patch", *rows))))


def test_the_whole_value_is_replaced_by_the_first_pattern_that_matches_at_its_start() -> None:
    """Case does not matter, groups can be kept, and each change is an issue with the old value."""
    after = patched(
        ["site 12", "SITE 7", "other"],
        {"field": "Notes", "pattern": r"site (\d+)", "value": r"number \1"},
        {"field": "Notes", "pattern": "s", "value": "never"},
    )
    assert after.entries["Notes"].to_list() == ["number 12", "number 7", "other"]
    assert after.issues.select("entry", "value").rows() == [(1, "site 12"), (2, "SITE 7")]


def test_a_pattern_that_is_the_whole_value_is_taken_literally() -> None:
    """`a.b` replaces the text `a.b`, whatever its dot would match."""
    after = patched(["(a", "x"], {"field": "Notes", "pattern": r"\(a", "value": "b"})
    assert after.entries["Notes"].to_list() == ["b", "x"]


def test_a_blank_value_can_be_filled() -> None:
    """A blank pattern matches a blank value."""
    after = patched([None], {"field": "Notes", "pattern": "^$", "value": "filled"})
    assert after.entries["Notes"].to_list() == ["filled"]


def test_patches_of_any_field_come_after_those_of_the_field() -> None:
    """A row without a field applies to every field."""
    after = patched(
        ["a", "b"],
        {"field": "", "pattern": "[ab]", "value": "any"},
        {"field": "Notes", "pattern": "a", "value": "own"},
    )
    assert after.entries["Notes"].to_list() == ["own", "any"]


def test_a_value_that_its_patch_leaves_as_it_is_is_no_issue() -> None:
    """Only a change is logged."""
    assert patched(["yes"], {"field": "Notes", "pattern": "^yes$", "value": "yes"}).issues.is_empty()
