"""What is assembled of a dataset when one of its files has changed."""

import shutil
from hashlib import sha256
from pathlib import Path

import orjson
import pytest

from headrace.model.release import Release
from headrace.store.dataset_tables import scan_table
from headrace.store.lake import Lake
from headrace.store.releases import Releases
from headrace.store.results import read_blocks
from one_council import COUNCIL, DATASET, SQUARE, OneCouncil, write_rows

HEADER = ("reference", "name", "geometry")
NEAR = [HEADER, ("CA1", "Mill Street", SQUARE), ("CA2", "Weir Lane", SQUARE)]


@pytest.fixture
def council(tmp_path: Path) -> OneCouncil:
    """A council with a second file, `far.csv`, whose areas have numbers far from those of the first, after a night."""
    council = OneCouncil(tmp_path)
    council.configure()
    urls = [(tmp_path / name).as_uri() for name in ("areas.csv", "far.csv")]
    endpoints = [(sha256(url.encode()).hexdigest(), url) for url in urls]
    collection = tmp_path / "config" / "collection" / DATASET
    write_rows(collection / "endpoint.csv", [("endpoint", "endpoint-url"), *endpoints])
    sources = [(endpoint, COUNCIL, DATASET) for endpoint, _ in endpoints]
    write_rows(collection / "source.csv", [("endpoint", "organisation", "pipelines"), *sources])
    numbers = {"CA1": "44000001", "CA2": "44000002", "FAR1": "44005001"}
    known = [(DATASET, reference, entity) for reference, entity in numbers.items()]
    write_rows(council.pipeline / "lookup.csv", [("prefix", "reference", "entity"), *known])
    council.publish(NEAR)
    publish_far(council, "Far Mill")
    council.run("2026-11-01")
    return council


def publish_far(council: OneCouncil, name: str) -> None:
    """Write the second file."""
    write_rows(council.folder / "far.csv", [HEADER, ("FAR1", name, SQUARE)])


def live(council: OneCouncil) -> Release:
    """The live release."""
    return Releases(Lake(council.lake)).need_live()


def state(council: OneCouncil) -> Path:
    """The folder of the dataset as it is live."""
    return Lake(council.lake).assembled_folder(DATASET, live(council).dataset(DATASET).inputs)


def entity_parts(council: OneCouncil) -> dict[str, str]:
    """The name of each part that is about entities, by the number of its block."""
    names = orjson.loads((state(council) / "parts.json").read_bytes())["entity"]
    return {name.partition(".")[0]: name for name in names}


def test_only_the_blocks_of_a_changed_file_are_made_again(council: OneCouncil) -> None:
    """The others are those of the release before, by name and by the time at which they were written."""
    before = entity_parts(council)
    near = Lake(council.lake).part_folder(DATASET, before["entity-000044000"])
    written = {path.name: path.stat().st_mtime_ns for path in near.iterdir()}
    publish_far(council, "Farther Mill")
    council.run("2026-11-02")
    after = entity_parts(council)
    assert ["entity-000044000", "entity-000044005"] == sorted(before) == sorted(after)
    assert before["entity-000044000"] == after["entity-000044000"]
    assert before["entity-000044005"] != after["entity-000044005"]
    assert written == {path.name: path.stat().st_mtime_ns for path in near.iterdir()}
    names = scan_table(state(council), "entity").select("entity", "name").collect().rows()
    assert [(44_000_001, "Mill Street"), (44_000_002, "Weir Lane"), (44_005_001, "Farther Mill")] == names


def test_a_release_is_the_same_however_it_was_reached(council: OneCouncil) -> None:
    """Made again from nothing but the results, it has the same bytes as from what was kept of the release before."""
    publish_far(council, "Farther Mill")
    council.run("2026-11-02")
    reached = live(council)
    for made in ("dataset", "artefact"):
        shutil.rmtree(council.lake / made)
    assert council.run("2026-11-02").release is None
    assert reached == live(council)
    paths = [Lake(council.lake).artefact_path(each.sha256) for each in reached.artefacts]
    assert [each.sha256 for each in reached.artefacts] == [sha256(path.read_bytes()).hexdigest() for path in paths]


def test_a_part_that_was_lost_is_made_again(council: OneCouncil) -> None:
    """Nothing is kept that the results could not give again."""
    name = entity_parts(council)["entity-000044000"]
    kept = Lake(council.lake).part_folder(DATASET, name)
    before = {path.name: path.read_bytes() for path in kept.iterdir()}
    shutil.rmtree(kept)
    publish_far(council, "Farther Mill")
    council.run("2026-11-02")
    assert before == {path.name: path.read_bytes() for path in kept.iterdir()}


def test_a_result_that_does_not_say_its_blocks_is_read(council: OneCouncil) -> None:
    """One of an earlier version stands where a newer one could not be made: its facts tell."""
    said = {path: orjson.loads(path.read_bytes()) for path in council.lake.glob("transformed/*/*/*/result.json")}
    assert {(44_000,), (44_005,)} == {tuple(each.pop("blocks")) for each in said.values()}
    for path, each in said.items():
        path.write_bytes(orjson.dumps(each))
    assert [[44_000], [44_005]] == sorted(read_blocks(path.parent) for path in said)
