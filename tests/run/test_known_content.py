"""What resources say, when configuration changes its mind about how they are read."""

import csv
from pathlib import Path

import polars as pl
import pytest

from headrace.model.endpoint import hash_url
from headrace.store.attempt_log import AttemptLog
from headrace.store.content_record import ContentRecord
from headrace.store.dataset_tables import scan_table
from headrace.store.lake import Lake
from headrace.store.releases import Releases
from one_council import DATASET, SQUARE, OneCouncil, write_rows

NIGHTS = [f"2026-11-{day:02}" for day in range(1, 8)]
HEADER = ("OBJECTID", "reference", "name", "geometry")


@pytest.fixture
def council(tmp_path: Path) -> OneCouncil:
    """A council whose server numbered its rows anew on the second night; nothing else has changed."""
    council = OneCouncil(tmp_path)
    council.configure()
    council.publish([HEADER, ("7", "CA1", "Mill Street", SQUARE)])
    council.run(NIGHTS[0])
    council.publish([HEADER, ("9", "CA1", "Mill Street", SQUARE)])
    assert council.run(NIGHTS[1]).unchanged_resources == 1
    return council


def configure_number(council: OneCouncil, endpoint: str) -> None:
    """From now on, the number that the server of an endpoint gives is a note."""
    path = council.pipeline / "column.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [tuple(row) for row in csv.reader(file)]
    write_rows(path, [*rows, (DATASET, endpoint, "", "OBJECTID", "notes", "", "", "")])


def notes(council: OneCouncil) -> list[str]:
    """All that was ever said in the notes of the area."""
    lake = Lake(council.lake)
    live = Releases(lake).live()
    assert live is not None
    (summary,) = live.datasets
    facts = scan_table(lake.assembled_folder(DATASET, summary.inputs), "fact").collect()
    return facts.filter(pl.col("field") == "notes")["value"].sort().to_list()


def own(council: OneCouncil) -> str:
    return hash_url((council.folder / "areas.csv").as_uri())


def known(council: OneCouncil) -> dict[tuple[str, str], str | None]:
    return ContentRecord(Lake(council.lake), "reader").read()


def test_bytes_that_come_to_say_more_are_read(council: OneCouncil) -> None:
    """Newer bytes no longer lie hidden behind older ones once configuration sees what differs in them."""
    configure_number(council, own(council))
    third = council.run(NIGHTS[2])
    assert third.release
    assert third.entries == 2
    assert notes(council) == ["7", "9"]


def test_a_night_after_that_costs_nothing(council: OneCouncil) -> None:
    """What was read both ways is known both ways."""
    assert len(known(council)) == 2
    configure_number(council, own(council))
    council.run(NIGHTS[2])
    assert len(known(council)) == 4
    fourth = council.run(NIGHTS[3])
    assert (fourth.entries, fourth.release, len(known(council))) == (0, None, 4)


def test_what_configuration_says_of_another_endpoint_costs_nothing(council: OneCouncil) -> None:
    """Only what is read otherwise is read again."""
    before = known(council)
    configure_number(council, "0" * 64)
    assert council.run(NIGHTS[2]).release is None
    assert known(council) == before


def test_new_bytes_are_compared_with_the_old_as_both_are_read_tonight(council: OneCouncil) -> None:
    """On the night on which configuration changes, an answer that says the same is still the same."""
    configure_number(council, own(council))
    council.publish([HEADER, ("9", "CA1", "Mill Street", SQUARE), ("", "", "", "")])
    assert council.run(NIGHTS[2]).unchanged_resources == 1
    assert notes(council) == ["7", "9"]
    log = AttemptLog(Lake(council.lake), "", "reader").read()
    assert log["resource"].n_unique() == 3
