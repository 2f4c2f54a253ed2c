"""Issues over nights, and what is reported of them: command line and web over one lake."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from headrace.cli.app import app
from headrace.run.start import NightOptions, start_night
from headrace.simulate.england import England
from headrace.store.builtin import builtin_datasets
from headrace.store.issue_history import IssueHistory
from headrace.store.lake import Lake
from headrace.web.app import create_app

FIRST, SECOND = "2026-11-01", "2026-11-08"
DATASET = "brownfield-land"


def run_night(folder: Path, night: str) -> None:
    start_night(
        NightOptions(
            lake=folder / "lake",
            config=folder / "config",
            specification=builtin_datasets() / "specification",
            datasets=(DATASET,),
            date=night,
            workers=1,
            allow_loopback=True,
        )
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Two nights of a small England, between which publishers changed their files."""
    folder = tmp_path_factory.mktemp("england")
    with England(port=0) as england:
        england.write_configuration(folder / "config")
        run_night(folder, FIRST)
        england.second_day()
        run_night(folder, SECOND)
        run_night(folder, SECOND)
        yield folder


def command(*arguments: str) -> Any:  # noqa: ANN401 - whatever the command's JSON is
    ran = CliRunner().invoke(app, [*arguments, "--json"])
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.output)


def listed(folder: Path, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = command("issue", "list", "--lake", str(folder / "lake"), *options)
    return found


def test_issues_have_their_nights(folder: Path) -> None:
    """Some are as old as the lake, some came with the second night, and those gone are kept in the history."""
    issues = listed(folder)
    assert {(FIRST, SECOND, 7), (SECOND, SECOND, 0)} == {
        (issue["first_seen"], issue["last_seen"], issue["age_days"]) for issue in issues
    }
    history = IssueHistory(Lake(folder / "lake"), DATASET).read()
    gone = history.filter(pl.col("last_seen") == FIRST)
    assert gone.height
    assert not set(gone["issue"]) & {issue["issue"] for issue in issues}


def test_the_list_is_of_what_is_asked_for(folder: Path) -> None:
    """Options narrow it, and what has no severity would not vanish unseen: every type has one."""
    issues = listed(folder)
    assert None not in {issue["severity"] for issue in issues}
    errors = listed(folder, "--severity", "error", "--responsibility", "external", "--min-age", "7")
    assert 0 < len(errors) < len(issues)
    assert {("error", "external", 7)} == {
        (each["severity"], each["responsibility"], each["age_days"]) for each in errors
    }


def test_a_dataset_that_is_not_live_is_an_error(folder: Path) -> None:
    """The message says which there are."""
    ran = CliRunner().invoke(app, ["issue", "list", "--lake", str(folder / "lake"), "--dataset", "tree"])
    assert ran.exit_code == 2
    assert f"expected one of {DATASET}" in ran.output


def test_a_report_counts_what_the_list_counts(folder: Path) -> None:
    """A publisher's report has the same rows as the list for that organisation; command and web say the same."""
    organisation = next(each["organisation"] for each in listed(folder, "--severity", "error"))
    issues = listed(folder, "--organisation", organisation)
    report = command("report", "provider", organisation, "--dataset", DATASET, "--lake", str(folder / "lake"))
    places = [place["line"] for problem in report["problems"] for place in problem["places"]]
    assert sorted(issue["line_number"] or 0 for issue in issues) == sorted(line or 0 for line in places)
    with TestClient(create_app(folder / "lake")) as web:
        assert report == web.get(f"/organisation/{organisation}/report.json?dataset={DATASET}").json()
        page = web.get(f"/organisation/{organisation}/report?dataset={DATASET}").text
    assert report["problems"][0]["title"] in page
    assert "/guidance/issue/" in page


def test_a_report_can_be_asked_for_without_a_dataset(folder: Path) -> None:
    """The page offers the datasets; the data need one; an organisation that is not there is not found."""
    browser = {"accept": "text/html"}
    with TestClient(create_app(folder / "lake")) as web:
        assert f"report?dataset={DATASET}" in web.get("/organisation/local-authority:IGB/report", headers=browser).text
        assert 422 == web.get("/organisation/local-authority:IGB/report.json").status_code
        assert 422 == web.get("/organisation/local-authority:IGB/report.json?dataset=tree").status_code
        assert 404 == web.get(f"/organisation/local-authority:XXX/report.json?dataset={DATASET}").status_code


def test_an_unknown_organisation_is_an_error(folder: Path) -> None:
    """The command ends with 2 and says what was expected."""
    ran = CliRunner().invoke(
        app, ["report", "provider", "local-authority:XXX", "--dataset", DATASET, "--lake", str(folder / "lake")]
    )
    assert ran.exit_code == 2
    assert "local-authority:XXX" in ran.output
