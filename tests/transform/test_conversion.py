"""What is said of a resource because of how it was converted."""

import time
from pathlib import Path

from configured import configure, rules, table
from headrace.run.resource import read_resource

WITHOUT_NAMES = b"BF1,530000,180000,0.5\nBF2,530010,180020,1.5\nBF3,530020,180030,2.5\n"


def test_a_doubtful_decision_is_an_issue_about_no_entry(tmp_path: Path) -> None:
    """Its field is what was decided, its value the choice, its message why."""
    path = tmp_path / "resource"
    path.write_bytes(WITHOUT_NAMES)
    issues = read_resource(path, rules(configure()), time.perf_counter).issues
    doubtful = issues.filter(issues["type"] == "doubtful conversion")
    assert doubtful.select("line", "entry", "field", "value", "entity").rows() == [
        (None, None, "header", "record 1", None)
    ]
    assert doubtful["message"][0].startswith("3 of its 4 cells are numbers, dates or URLs")


def test_a_decision_that_configuration_takes_is_not_doubtful(tmp_path: Path) -> None:
    """Saying what is so settles it."""
    path = tmp_path / "resource"
    path.write_bytes(WITHOUT_NAMES)
    chosen = configure(convert=table("convert", {"about": "header", "choice": "1", "resource": "r"}))
    issues = read_resource(path, rules(chosen), time.perf_counter).issues
    assert issues.filter(issues["type"] == "doubtful conversion").height == 0


def test_a_record_that_was_left_out_is_refused_with_its_reason(tmp_path: Path) -> None:
    """A title is neither header nor entry, and yet it is counted."""
    path = tmp_path / "resource"
    path.write_bytes(b"Register of 2026\n\nSiteReference,Hectares,GeoX\nBF1,0.5,530000\n")
    refused = read_resource(path, rules(configure()), time.perf_counter).refused
    told = refused.filter(refused["phase"] == "convert").select("line", "entry", "reason", "value").rows()
    assert told == [
        (1, None, "it stands above the header", "Register of 2026"),
        (2, None, "every cell is blank", ""),
    ]


def test_a_resource_is_read_as_configuration_chooses(tmp_path: Path) -> None:
    """The delimiter and the encoding of `convert.csv` reach the converter."""
    path = tmp_path / "resource"
    path.write_bytes("SiteReference|SiteNameAddress\nBF1|Café\n".encode("mac_roman"))
    chosen = table(
        "convert",
        {"about": "delimiter", "choice": "pipe", "endpoint": "e"},
        {"about": "encoding", "choice": "mac_roman", "endpoint": "e"},
    )
    result = read_resource(path, rules(configure(convert=chosen)), time.perf_counter)
    made = {decision.about: (decision.choice, decision.reason) for decision in result.conversion.decisions}  # type: ignore[union-attr]
    assert made["delimiter"] == ("pipe", "the configuration says so")
    assert made["encoding"] == ("mac_roman", "the configuration says so")
    assert set(result.claims["column"]) == {"SiteReference", "SiteNameAddress"}
