"""Issues over nights, and what is listed and reported of them."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from headrace.cli.app import app
from headrace.run.issue_history import CURRENT_ISSUE
from headrace.store.issue_history import IssueHistory
from headrace.store.lake import Lake
from one_council import COUNCIL, DATASET, SQUARE, OneCouncil

FIRST, SECOND, THIRD = "2026-11-01", "2026-11-08", "2026-11-09"
HEADER = ("reference", "name", "geometry", "start-date")


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> OneCouncil:
    """Three nights: on the second an issue is gone, one is new, and rows have moved; the third is quiet, run twice."""
    council = OneCouncil(tmp_path_factory.mktemp("council"))
    council.configure()
    stays, goes = ("CA1", "Mill Street", SQUARE, "31/02/2020"), ("CA2", "", SQUARE, "2020-02-29")
    council.publish([HEADER, stays, goes])
    council.run(FIRST)
    council.publish([HEADER, ("CA2", "Canal", SQUARE, "2020-02-29"), stays, ("CA99", "Lock", SQUARE, "2020-02-29")])
    council.run(SECOND)
    council.run(THIRD)
    council.run(THIRD)
    return council


def command(*arguments: str) -> Any:
    ran = CliRunner().invoke(app, [*arguments, "--json"])
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.output)


def listed(council: OneCouncil, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = command("issue", "list", "--lake", str(council.lake), *options)
    return found


def test_an_issue_keeps_its_first_night_when_its_row_moves(council: OneCouncil) -> None:
    """The longest known come first, with the row in which they are now; what is gone is not listed."""
    told = [
        (each["issue_type"], each["reference"], each["line_number"], each["first_seen"], each["last_seen"])
        for each in listed(council)
    ]
    assert told == [
        ("invalid date", "CA1", 3, FIRST, THIRD),
        ("unknown entity", "CA99", 4, SECOND, THIRD),
    ]


def test_an_issue_that_is_gone_keeps_its_nights(council: OneCouncil) -> None:
    """It was seen last on the night before the one it was gone on."""
    history = IssueHistory(Lake(council.lake), DATASET).read()
    assert [("missing value", "CA2", FIRST, FIRST)] == [
        row
        for row in history.select("issue_type", "reference", "first_seen", "last_seen").rows()
        if row[0] == "missing value"
    ]


@pytest.mark.parametrize(
    ("options", "references"),
    [
        (["--dataset", DATASET], ["CA1", "CA99"]),
        (["--organisation", COUNCIL], ["CA1", "CA99"]),
        (["--organisation", "local-authority:BEC"], []),
        (["--type", "unknown entity"], ["CA99"]),
        (["--severity", "error"], ["CA1"]),
        (["--responsibility", "internal"], ["CA99"]),
        (["--field", "start-date"], ["CA1"]),
        (["--min-age", "8"], ["CA1"]),
        (["--min-age", "9"], []),
    ],
)
def test_the_list_is_of_what_is_asked_for(council: OneCouncil, options: list[str], references: list[str]) -> None:
    """Each option of the command narrows the list."""
    assert references == [each["reference"] for each in listed(council, *options)]


def test_a_dataset_that_is_not_live_is_an_error(council: OneCouncil) -> None:
    """The message says which there are."""
    ran = CliRunner().invoke(app, ["issue", "list", "--lake", str(council.lake), "--dataset", "tree"])
    assert ran.exit_code == 2
    assert f"expected one of {DATASET}" in ran.output


def test_a_lake_without_history_says_what_to_do(council: OneCouncil) -> None:
    """Where the tables of issues were never kept, another night keeps them."""
    kept = {path: path.read_bytes() for path in council.lake.glob(f"dataset/*/*/{CURRENT_ISSUE}.parquet")}
    for path in kept:
        path.unlink()
    ran = CliRunner().invoke(app, ["issue", "list", "--lake", str(council.lake)])
    assert ran.exit_code == 2
    assert "run `headrace night` again" in ran.output
    council.run(THIRD)
    again = {path: path.read_bytes() for path in council.lake.glob(f"dataset/*/*/{CURRENT_ISSUE}.parquet")}
    assert again.items() <= kept.items()
    assert again


def test_a_report_has_the_rows_of_the_list(council: OneCouncil) -> None:
    """The publisher is told of the same rows, by their numbers in its own file and in its own words."""
    report = command("report", "provider", COUNCIL, "--dataset", DATASET, "--lake", str(council.lake))
    places = [place for problem in report["problems"] for place in problem["places"]]
    assert [3, 4] == [place["line"] for place in places]
    assert {"reference": "CA1", "name": "Mill Street"} == places[0]["row"]
    assert [((council.folder / "areas.csv").as_uri(), 4)] == [
        (each["urls"][0], each["records"]) for each in report["files"]
    ]
    assert [4] == [each["line"] for each in report["refused"]]


def test_a_report_is_a_text_too(council: OneCouncil) -> None:
    """Markdown, to be sent."""
    arguments = ["report", "provider", COUNCIL, "--dataset", DATASET, "--lake", str(council.lake), "--markdown"]
    ran = CliRunner().invoke(app, arguments)
    assert ran.output.startswith(f"# Aldermere: {DATASET}\n")


def test_a_report_on_nobody_is_an_error(council: OneCouncil, tmp_path: Path) -> None:
    """The command ends with 2 where the organisation is not known, or nothing is live."""
    for lake, organisation, said in (
        (council.lake, "local-authority:NONE", "there is no organisation 'local-authority:NONE'"),
        (tmp_path, COUNCIL, "nothing is live yet"),
    ):
        ran = CliRunner().invoke(app, ["report", "provider", organisation, "--dataset", DATASET, "--lake", str(lake)])
        assert ran.exit_code == 2
        assert said in ran.output
