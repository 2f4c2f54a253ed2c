"""The reports on quality on a lake, compared with plain SQL over what is published."""

import csv
import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from headrace.cli.app import app
from headrace.collect.schedule import Patience
from headrace.report.quality.registry import REPORTS
from headrace.run.material import read_material
from headrace.run.quality_report import make_report
from headrace.store.lake import Lake
from headrace.store.processing_record import ProcessingRecord
from headrace.store.releases import Releases
from one_council import COUNCIL, DATASET, SQUARE, OneCouncil

HEADER = ("reference", "name", "geometry", "start-date", "girth")
TODAY = date(2026, 11, 8)


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> OneCouncil:
    """Two nights: the second file has one entity less, one row of an unknown reference, and a bad date."""
    council = OneCouncil(tmp_path_factory.mktemp("council"))
    council.configure()
    areas = [(f"CA{number}", f"Area {number}", SQUARE, "2020-02-29", "") for number in (1, 2, 3)]
    council.publish([HEADER, *areas])
    council.run("2026-11-01")
    council.publish([HEADER, *areas[:2], ("CA3", "Area 3", SQUARE, "31/02/2020", ""), ("CA99", "New", SQUARE, "", "")])
    council.run("2026-11-08")
    return council


def show(council: OneCouncil, name: str, *options: str) -> list[dict[str, Any]]:
    """The rows of a report, as the command prints them."""
    ran = CliRunner().invoke(app, ["report", "show", name, "--lake", str(council.lake), *options, "--json"])
    assert ran.exit_code == 0, ran.output
    rows: list[dict[str, Any]] = json.loads(ran.output)
    return rows


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """What SQL says."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def dataset_database(council: OneCouncil) -> Path:
    """The published database of the dataset."""
    lake = Lake(council.lake)
    return lake.artefact_path(Releases(lake).need_live().artefact(f"dataset/{DATASET}.sqlite3").sha256)


def test_issues_are_those_of_the_published_table(council: OneCouncil) -> None:
    """Counted by type over the resources that are published now."""
    newest = query(dataset_database(council), "SELECT resource FROM dataset_resource")
    record = ProcessingRecord(Lake(council.lake)).live()
    assert record is not None
    current = query(record, "SELECT resource FROM resource ORDER BY start_date DESC LIMIT 1")[0][0]
    assert (current,) in newest
    counted = query(
        dataset_database(council),
        f"SELECT issue_type, field, count(*) FROM issue WHERE resource = '{current}' GROUP BY 1, 2",
    )
    told = [(each["issue_type"], each["field"], each["count"]) for each in show(council, "issues")]
    assert sorted(told, key=str) == sorted(counted, key=str)
    assert ("invalid date", "start-date", 1) in told


def test_rows_are_compared_with_entities(council: OneCouncil) -> None:
    """Four rows, of which one waits for an entity, and three entities."""
    entities = query(dataset_database(council), "SELECT count(*) FROM entity WHERE organisation_entity = 1")[0][0]
    (row,) = show(council, "rows-against-entities")
    assert (row["rows"], row["refused"], row["unknown_entities"], row["entities"]) == (4, 1, 1, entities)
    assert row["next_action"] == "assign entities to 1 references"


def test_an_endpoint_without_a_provision_or_a_page_is_listed(council: OneCouncil) -> None:
    """The built-in specification expects nothing of this council, and its source names no page."""
    assert [each["why"] for each in show(council, "unexpected-endpoints")] == ["no provision"]
    assert [each["missing"] for each in show(council, "documentation-gap")] == ["documentation page and licence"]


def test_conformance_counts_the_columns_of_the_file(council: OneCouncil) -> None:
    """Four of its columns are fields, one of them with an error."""
    (row,) = show(council, "conformance", "--organisation", COUNCIL, "--dataset", DATASET)
    assert (row["supplied"], row["matched"], row["with_errors"]) == (4, 4, 1)
    assert show(council, "conformance", "--organisation", "local-authority:BEC") == []


def test_levels_are_written_as_csv(council: OneCouncil, tmp_path: Path) -> None:
    """An unknown entity keeps data from being usable, and no authority vouches for it."""
    file = tmp_path / "levels.csv"
    ran = CliRunner().invoke(
        app, ["report", "show", "quality-level", "--lake", str(council.lake), "--csv", str(file), "--json"]
    )
    assert ran.exit_code == 0, ran.output
    with file.open(newline="") as text:
        rows = list(csv.DictReader(text))
    assert [(each["organisation"], each["entities"], each["level"]) for each in rows] == [(COUNCIL, "3", "1")]


def test_all_reports_can_be_made_of_a_lake(council: OneCouncil) -> None:
    """One reading serves them all."""
    material = read_material(Lake(council.lake), TODAY, Patience())
    for report in REPORTS:
        assert report.rows(material).columns == list(report.columns)


def test_a_lake_from_before_issues_were_counted_is_counted_when_it_is_read(council: OneCouncil) -> None:
    """The table beside the dataset saves work, and nothing else."""
    lake = Lake(council.lake)
    before = make_report(lake, "issues", TODAY)
    counts = list(council.lake.glob(f"dataset/{DATASET}/*/issue_count.parquet"))
    assert counts
    for each in counts:
        each.rename(each.with_suffix(".away"))
    try:
        assert make_report(lake, "issues", TODAY).equals(before)
    finally:
        for each in counts:
            each.with_suffix(".away").rename(each)


def test_an_unknown_report_says_which_there_are() -> None:
    """The message names them."""
    ran = CliRunner().invoke(app, ["report", "show", "nonsense", "--lake", "nowhere", "--json"])
    assert ran.exit_code == 2
    assert "provision-status" in ran.output


def test_the_list_of_reports_names_their_questions() -> None:
    """One entry for each."""
    ran = CliRunner().invoke(app, ["report", "list", "--json"])
    assert [each["name"] for each in json.loads(ran.output)] == [report.name for report in REPORTS]


def test_the_database_can_be_had_without_the_web(council: OneCouncil, tmp_path: Path) -> None:
    """A file with the rows of every report."""
    file = tmp_path / "performance.sqlite3"
    ran = CliRunner().invoke(app, ["report", "database", str(file), "--lake", str(council.lake), "--json"])
    assert ran.exit_code == 0, ran.output
    counts = json.loads(ran.output)
    assert counts["report_issues"] == query(file, "SELECT count(*) FROM report_issues")[0][0] > 0
    assert query(file, "SELECT organisation FROM report_rows_against_entities") == [(COUNCIL,)]
