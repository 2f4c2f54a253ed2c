"""What tells that an entry with another reference is about an entity there is."""

import csv
from pathlib import Path

import polars as pl
import pytest

from headrace.model.likeness import hash_likeness
from headrace.run.assignment import propose_assignments
from headrace.store.builtin import builtin_datasets
from headrace.store.lake import Lake
from one_council import DATASET, SQUARE, OneCouncil, Rows

HEADER = ("reference", "name", "geometry", "start-date", "end-date")
ROW = {"field": "name", "value": "Hill"}


def square(number: int) -> str:
    """Squares that lie apart."""
    return SQUARE.replace("52.5", f"52.{number}")


def areas(*references: str) -> Rows:
    """Areas, each with its own name and shape, whatever its reference is."""
    return [(name, f"Area {at}", square(at), f"200{at}-02-03", "") for at, name in enumerate(references, start=1)]


def likeness(*rows: dict[str, object]) -> list[str]:
    said = pl.DataFrame(
        [{"entry": 1, "reference": "R1", **row} for row in rows],
        schema={"entry": pl.Int64, "reference": pl.String, "field": pl.String, "value": pl.String},
    )
    return hash_likeness(said, ["entry"])["likeness"].to_list()


@pytest.fixture
def council(tmp_path: Path) -> OneCouncil:
    council = OneCouncil(tmp_path)
    council.configure()
    with (council.pipeline / "lookup.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("prefix", "organisation", "reference", "entity"))
        writer.writerows((DATASET, "local-authority:ALD", f"CA{n}", 44_000_000 + n) for n in range(1, 10))
    return council


def held(council: OneCouncil) -> dict[str, str]:
    """The reason of every reference that waits for a person, even of a publisher that is trusted to send many."""
    proposed = propose_assignments(
        Lake(council.lake),
        council.folder / "config",
        builtin_datasets() / "specification",
        DATASET,
        trusting=True,
    )
    assert not set(proposed.assigned["reference"]) & set(proposed.held["reference"])
    return dict(proposed.held.select("reference", "reason").iter_rows())


def test_an_area_whose_reference_was_changed_is_held_and_a_new_one_is_not(council: OneCouncil) -> None:
    """In a later file, area 2 has become X2; area 4 was never seen before."""
    council.publish([HEADER, *areas("CA1", "CA2", "CA3")])
    council.run("2026-11-01")
    council.publish([HEADER, *areas("CA1", "X2", "CA3", "X4")])
    council.run("2026-11-02")
    waiting = held(council)
    assert ["X2"] == list(waiting)
    assert "entity 44000002 says the same" in waiting["X2"]


def test_what_several_entities_say_tells_nothing(council: OneCouncil) -> None:
    """Two areas of one name, shape and day: a third may be a third."""
    same = ("Common", square(1), "2001-02-03", "")
    council.publish([HEADER, ("CA1", *same), ("CA2", *same)])
    council.run("2026-11-01")
    council.publish([HEADER, ("CA1", *same), ("CA2", *same), ("X3", *same)])
    council.run("2026-11-02")
    assert {} == held(council)


def test_neither_the_order_nor_the_reference_counts() -> None:
    other = {"field": "notes", "value": "listed"}
    assert likeness(ROW, other) == likeness(other, ROW)
    assert likeness(ROW) == likeness(ROW, {"field": "reference", "value": "R1"}, {"field": "site", "value": "R1"})
    assert likeness(ROW) == likeness(ROW, {"field": "end-date", "value": ""}, {"field": "notes", "value": None})
    assert likeness(ROW) == likeness(ROW, {"field": "entry-date", "value": "2026-01-01"})


@pytest.mark.parametrize(
    "row", [{"field": "name", "value": "Hall"}, {"field": "organisation", "value": "x:A"}], ids=["value", "publisher"]
)
def test_another_value_or_publisher_is_another_likeness(row: dict[str, object]) -> None:
    assert likeness(ROW) != likeness(ROW, row)


def test_an_entry_that_says_only_whose_it_is_has_none() -> None:
    assert [] == likeness({"field": "organisation", "value": "x:A"}, {"field": "prefix", "value": "d"})
