"""`headrace resource transform` and `headrace trace`: what becomes of a file, and of one row of it."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from headrace.simulate.england import England
from headrace.store.builtin import builtin_datasets

COLUMNS = {
    "transformed": (
        "end-date,entity,entry-date,entry-number,fact,field,priority,reference-entity,resource,start-date,value"
    ),
    "issue": "dataset,resource,line-number,entry-number,field,entity,issue-type,value,message",
    "column-field": "dataset,resource,column,field",
    "dataset-resource": (
        "dataset,resource,entity-count,entry-count,line-count,mime-type,internal-path,internal-mime-type,"
        "code-version,config-hash,specification-hash"
    ),
    "converted-resource": "dataset,resource,elapsed,status,exception",
    "refused": "dataset,resource,line-number,entry-number,phase,reason,value",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Configuration, and a register with a few mistakes."""
    root = tmp_path_factory.mktemp("resource")
    with England(port=0) as england:
        england.write_configuration(root / "config")
    (root / "register.csv").write_text(
        "OrganisationURI,SiteReference,SiteNameAddress,GeoX,GeoY,Colour,FirstAddedDate\n"
        "http://opendatacommunities.org/id/district-council/aldermere,ALD/BLR/001,Mill,451000,302000,red,31/12/2019\n"
        "http://opendatacommunities.org/id/district-council/aldermere,ALD/NEW/1,Yard,451000,302000,blue,soon\n"
        ",,,,,,\n"
    )
    return root


def run(folder: Path, *arguments: str, file: str = "register.csv") -> subprocess.CompletedProcess[str]:
    noun, *rest = arguments
    verb = [noun, rest.pop(0)] if noun == "resource" else [noun]
    command = [sys.executable, "-m", "headrace", *verb, str(folder / file), "--dataset", "brownfield-land", *rest]
    command += ["--config", str(folder / "config/pipeline/brownfield-land"), "--organisation", "local-authority:ALD"]
    command += ["--specification", str(builtin_datasets() / "specification"), "--entry-date", "2026-11-01"]
    command += ["--organisations", str(folder / "config/organisation.csv")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "out" / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_transform_writes_six_tables_with_the_columns_of_the_contract(folder: Path) -> None:
    """Each table is there, header first, whatever is in it; the summary counts them."""
    ran = run(folder, "resource", "transform", "--json", "--out", str(folder / "out"))
    assert 0 == ran.returncode, ran.stderr
    for name, columns in COLUMNS.items():
        assert columns == (folder / "out" / f"{name}.csv").read_text().splitlines()[0]
    summary = json.loads(ran.stdout)
    assert (4, 1, 1) == (summary["records"], summary["entries"], summary["entities"])
    assert summary["facts"] == len(rows(folder, "transformed"))
    assert {"1700001"} == {row["entity"] for row in rows(folder, "transformed")}


def test_every_record_is_accounted_for(folder: Path) -> None:
    """One became facts; one has no number yet; one is blank; the unknown column and the bad date are issues."""
    run(folder, "resource", "transform", "--json", "--out", str(folder / "out"))
    refused = {(row["line-number"], row["phase"]) for row in rows(folder, "refused")}
    assert {("3", "entity"), ("4", "normalise")} == refused
    issues = {(row["line-number"], row["field"], row["issue-type"], row["value"]) for row in rows(folder, "issue")}
    assert ("1", "Colour", "unknown column", "Colour") in issues
    assert ("3", "FirstAddedDate", "invalid date", "soon") in issues
    assert ("3", "entity", "unknown entity", "brownfield-land:ALD/NEW/1") in issues


def test_a_file_that_cannot_be_read_is_said_and_gives_empty_tables(folder: Path) -> None:
    """The answer is no: exit code 1, the reason in the summary and in the table of conversions."""
    (folder / "page.csv").write_text("<!doctype html><html><title>Not found</title></html>")
    ran = run(folder, "resource", "transform", "--json", "--out", str(folder / "out"), file="page.csv")
    assert 1 == ran.returncode
    conversion = rows(folder, "converted-resource")[0]
    assert ("failed", json.loads(ran.stdout)["unconverted"]) == (conversion["status"], conversion["exception"])
    assert [] == rows(folder, "transformed")


def test_a_missing_file_is_one_line_and_exit_code_2(folder: Path) -> None:
    """Nothing is written."""
    ran = run(folder, "resource", "transform", "--json", "--out", str(folder / "none"), file="absent.csv")
    assert 2 == ran.returncode
    assert "absent.csv: there is no such file" in ran.stderr
    assert not (folder / "none").exists()


def test_trace_shows_a_row_after_each_phase_until_it_is_refused(folder: Path) -> None:
    """The first entry ends as facts; the second is refused by the phase that numbers, with the reason."""
    first = json.loads(run(folder, "trace", "--entry", "1", "--json").stdout)
    assert ("convert", "find_duplicates") == (first[0]["phase"], first[-1]["phase"])
    assert ("1700001", "2019-12-31") == (first[-1]["values"]["entity"], first[-1]["values"]["start-date"])
    second = json.loads(run(folder, "trace", "--entry", "2", "--json").stdout)
    assert ("find_entity", "no entity has this reference yet") == (second[-1]["phase"], second[-1]["refused"])
    harmonised = next(phase for phase in second if phase["phase"] == "harmonise")
    assert ["invalid date"] == [issue["type"] for issue in harmonised["issues"] if issue["field"] == "FirstAddedDate"]


def test_trace_of_an_entry_that_is_not_there_says_which_there_are(folder: Path) -> None:
    """Exit code 2, and the range that was expected."""
    ran = run(folder, "trace", "--entry", "9", "--json")
    assert 2 == ran.returncode
    assert "--entry: got 9, expected 1 to 2" in ran.stderr
