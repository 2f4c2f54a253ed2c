"""Issues of what is published now, known from night to night."""

import polars as pl

from headrace.assemble.current_issue import PUBLISHER_SCHEMA, find_current_issues
from headrace.model.dataset_tables import DATASET_TABLES
from headrace.model.issue import UNKNOWN_SCHEMA

UNKNOWN = pl.DataFrame(schema=[*UNKNOWN_SCHEMA.items(), ("resource", pl.String())])


def table(name: str, *rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame([dict.fromkeys(DATASET_TABLES[name]) | row for row in rows], schema=DATASET_TABLES[name])


def tables(resource: str, entry: int) -> dict[str, pl.DataFrame]:
    """One issue in one entry of a resource, whose reference is CA1."""
    where = {"resource": resource, "entry_number": entry}
    said = {"dataset": "d", "line_number": entry + 1, "field": "name", "issue_type": "missing value"}
    return {
        "issue": table("issue", where | said),
        "fact": table("fact", {"fact": "f", "field": "reference", "value": "CA1", "entity": 1}),
        "fact_resource": table("fact_resource", where | {"fact": "f"}),
    }


def publisher(resource: str, organisation: str | None, end_date: str | None = None) -> pl.DataFrame:
    row = (resource, organisation, "e", "https://example.org", "2026-11-01", end_date)
    return pl.DataFrame([row], schema=PUBLISHER_SCHEMA, orient="row")


def test_an_issue_is_known_by_its_reference_and_not_by_its_place() -> None:
    """In another file of the same publisher, on another line, it is the same issue; another publisher's is another."""
    old = find_current_issues(tables("r1", 1), UNKNOWN, publisher("r1", "x:A"))
    new = find_current_issues(tables("r2", 7), UNKNOWN, publisher("r2", "x:A"))
    others = find_current_issues(tables("r2", 7), UNKNOWN, publisher("r2", "x:B"))
    assert ["CA1"] == old["reference"].to_list()
    assert old["issue"].to_list() == new["issue"].to_list()
    assert old["issue"].to_list() != others["issue"].to_list()


def test_issues_of_what_is_no_longer_published_are_left_out() -> None:
    """A resource that has been replaced has no publisher any more."""
    assert find_current_issues(tables("r1", 1), UNKNOWN, publisher("r1", "x:A", "2026-11-03")).is_empty()


def test_an_entry_without_facts_has_the_reference_that_nobody_knows() -> None:
    """Where no entity is known, the reference is the one that is asked for; an endpoint stands in for nobody."""
    made = tables("r1", 1)
    made["fact_resource"] = made["fact_resource"].clear()
    unknown = pl.DataFrame([(2, 1, "d", None, "CA99", None, "r1")], schema=UNKNOWN.schema, orient="row")
    found = find_current_issues(made, unknown, publisher("r1", None))
    assert [("CA99", "e", None)] == found.select("reference", "publisher", "organisation").rows()
