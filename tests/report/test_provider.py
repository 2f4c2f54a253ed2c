"""The report for a publisher."""

from dataclasses import replace

import polars as pl
import pytest

from headrace.assemble.current_issue import PUBLISHER_SCHEMA
from headrace.model.dataset_tables import DATASET_TABLES
from headrace.report.issue_list import LIST_SCHEMA
from headrace.report.provider import Holdings, ProviderReport, Subject, find_files, report_provider
from headrace.report.provider_text import SHOWN, write_provider_report
from headrace.store.guidance import read_issue_guidance

SUBJECT = Subject("x:A", "Aldermere", "tree", "20261124-0a1b2c3d4e5f", "2026-11-24")


def rows(schema: pl.Schema, *given: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame([dict.fromkeys(schema) | row for row in given], schema=schema)


def fact(fact: str, field: str, value: str) -> dict[str, object]:
    return {"fact": fact, "entity": 1, "field": field, "value": value}


@pytest.fixture
def report() -> ProviderReport:
    """One file with a bad date, a place on the National Grid, and a row that is refused."""
    issue = {"resource": "r", "line_number": 2, "entry_number": 1, "reference": "T1", "first_seen": "2026-11-01"}
    grid = issue | {"issue_type": "OSGB", "severity": "warning", "responsibility": "external", "field": "point"}
    date = issue | {"issue_type": "invalid date", "severity": "error", "field": "start-date", "value": "soon|ish"}
    tables = {
        "dataset_resource": rows(
            DATASET_TABLES["dataset_resource"],
            {"resource": "r", "mime_type": "text/csv", "line_count": 3, "entry_count": 1, "entity_count": 1},
        ),
        "column_field": rows(
            DATASET_TABLES["column_field"],
            {"resource": "r", "column": "ref", "field": "reference"},
            {"resource": "r", "column": "girth"},
        ),
        "fact": rows(DATASET_TABLES["fact"], fact("1", "reference", "T1"), fact("2", "name", "The oak")),
        "fact_resource": rows(
            DATASET_TABLES["fact_resource"], *({"fact": each, "resource": "r", "entry_number": 1} for each in "12")
        ),
        "refused": rows(
            DATASET_TABLES["refused"],
            {"resource": "r", "line_number": 3, "phase": "entity", "reason": "no reference", "value": "tree:"},
        ),
    }
    files = rows(
        PUBLISHER_SCHEMA,
        {"resource": "r", "organisation": "x:A", "url": "https://example.org/trees.csv", "start_date": "2026-11-01"},
    )
    issues = rows(LIST_SCHEMA, grid, date | {"responsibility": "external"})
    return report_provider(SUBJECT, Holdings(files, tables, issues), read_issue_guidance())


def test_the_gravest_problem_comes_first(report: ProviderReport) -> None:
    """Each problem says how to fix it, and names the row by its number and in its own words."""
    assert ["invalid date", "OSGB"] == [problem.issue_type for problem in report.problems]
    problem = report.problems[0]
    assert read_issue_guidance()["invalid date"].how == problem.how
    (place,) = problem.places
    assert (2, "start-date", "soon|ish", "2026-11-01") == (place.line, place.field, place.value, place.first_seen)
    assert {"reference": "T1", "name": "The oak"} == place.row


def test_files_say_what_was_read(report: ProviderReport) -> None:
    """A file has its address, its counts, and the field of each column."""
    (file,) = report.files
    assert ("https://example.org/trees.csv",) == file.urls
    assert (3, 1, 1, 1) == (file.records, file.entries, file.entities, report.entities)
    assert (("ref", "reference"), ("girth", None)) == file.columns


def test_refused_rows_have_their_number_and_reason(report: ProviderReport) -> None:
    """What is not published is not passed over."""
    (refused,) = report.refused
    assert (3, "no reference", "tree:") == (refused.line, refused.reason, refused.value)


def test_files_of_others_and_of_the_past_are_left_out() -> None:
    """A file counts where the organisation is one of its publishers and it is still published."""
    publishers = rows(
        PUBLISHER_SCHEMA,
        {"resource": "own", "organisation": "x:A"},
        {"resource": "shared", "organisation": "x:A;x:B"},
        {"resource": "past", "organisation": "x:A", "end_date": "2026-11-02"},
        {"resource": "other", "organisation": "x:AB"},
        {"resource": "nobody's"},
    )
    assert ["own", "shared"] == find_files(publishers, "x:A")["resource"].to_list()


def test_the_text_has_the_row_numbers(report: ProviderReport) -> None:
    """A publisher's text stays in its cell, and columns that were not read are named."""
    text = write_provider_report(report)
    assert "| 2 | reference: T1; name: The oak | start-date | soon\\|ish | 2026-11-01 |" in text
    assert "columns that nothing was read from: girth" in text
    assert "| 3 | no reference | tree: |" in text


def test_a_long_list_is_cut_and_says_so(report: ProviderReport) -> None:
    """What is not shown is counted."""
    problem = report.problems[0]
    many = replace(report, problems=(replace(problem, places=problem.places * (SHOWN + 3)),))
    assert "And 3 more." in write_provider_report(many)


def test_nothing_held_and_nothing_wrong_is_said() -> None:
    """An organisation without files has a report that says so."""
    tables = {name: rows(schema) for name, schema in DATASET_TABLES.items()}
    nothing = Holdings(rows(PUBLISHER_SCHEMA), tables, rows(LIST_SCHEMA))
    text = write_provider_report(report_provider(SUBJECT, nothing, {}))
    assert "Nothing: no file of yours is published" in text
    assert "Nothing was found." in text
    assert "Every row is published." in text
