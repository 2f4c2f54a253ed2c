"""The configuration of the small England."""

import csv
import re
from collections import Counter
from hashlib import md5, sha256
from pathlib import Path

import pytest

from headrace.simulate.england import England
from headrace.store.configuration_files import (
    read_collection,
    read_configuration,
    read_organisations,
    read_specification,
)

COLLECTIONS = ("brownfield-land", "conservation-area")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The configuration of an England, written."""
    target = tmp_path_factory.mktemp("configuration")
    England(port=0).write_configuration(target)
    return target


def test_the_key_of_an_endpoint_is_the_hash_of_its_url(folder: Path) -> None:
    """Every URL of the country is configured once, under its SHA-256."""
    england = England(port=0)
    england.write_configuration(folder / "again")
    configured = [row for name in COLLECTIONS for row in _rows(folder / "again" / "collection" / name / "endpoint.csv")]
    assert all(row["endpoint"] == sha256(row["endpoint-url"].encode()).hexdigest() for row in configured)
    assert {row["endpoint-url"] for row in configured} == {england.url(each) for each in england.publications}


def test_the_key_of_a_source_is_the_hash_of_what_it_connects(folder: Path) -> None:
    """As on the existing platform: the MD5 of collection, organisation and endpoint."""
    for collection in COLLECTIONS:
        endpoints = {row["endpoint"] for row in _rows(folder / "collection" / collection / "endpoint.csv")}
        for row in _rows(folder / "collection" / collection / "source.csv"):
            connected = f"{row['collection']}|{row['organisation']}|{row['endpoint']}"
            assert row["source"] == md5(connected.encode()).hexdigest()
            assert row["endpoint"] in endpoints


def test_headrace_can_read_it(folder: Path) -> None:
    """The folder is complete: specification, organisations, collections and pipelines are read without a word."""
    specification = read_specification(folder / "specification")
    organisations = read_organisations(folder / "organisation.csv")
    for name in COLLECTIONS:
        collection = read_collection(folder / "collection" / name)
        configuration = read_configuration(folder / "pipeline" / name, name)
        assert specification.dataset(name).collection == name
        assert len(collection.endpoints) == len(collection.sources) == 18
        assert {source.organisation for source in collection.sources} <= set(organisations.by_curie)
        assert configuration.numbering.owners.height == 18


def test_the_columns_are_those_of_the_existing_platform(folder: Path, shared: Path) -> None:
    """A file has the columns, in their order, that the real configuration has."""
    real = shared / "digital-land"
    written = [path.relative_to(folder) for path in folder.rglob("*.csv") if "again" not in path.parts]
    compared = [path for path in written if (real / path).exists()]
    assert len(compared) > 40
    for path in compared:
        assert (folder / path).open().readline() == (real / path).open().readline(), path


def test_most_references_have_a_number_and_some_wait(folder: Path) -> None:
    """Numbers lie in the range of their organisation, none is given twice, and about one reference in nine has none."""
    for collection in COLLECTIONS:
        owners = {
            row["organisation"]: range(int(row["entity-minimum"]), int(row["entity-maximum"]) + 1)
            for row in _rows(folder / "pipeline" / collection / "entity-organisation.csv")
        }
        lookups = _rows(folder / "pipeline" / collection / "lookup.csv")
        own = [row for row in lookups if row["organisation"] in owners]
        assert all(int(row["entity"]) in owners[row["organisation"]] for row in own)
        assert set(Counter(row["entity"] for row in own).values()) == {1}
        highest = Counter[str]()
        for row in own:
            place = int(row["entity"]) - owners[row["organisation"]].start
            highest[row["organisation"]] = max(highest[row["organisation"]], place)
        assert 0.05 < 1 - len(own) / highest.total() < 0.15


def test_the_national_list_means_the_areas_of_the_councils(folder: Path) -> None:
    """Its references lead to entities that belong to councils, so that two publishers speak of one thing."""
    lookups = _rows(folder / "pipeline" / "conservation-area" / "lookup.csv")
    national = {row["entity"] for row in lookups if row["organisation"] == "government-organisation:NHV"}
    councils = {row["entity"] for row in lookups if row["organisation"] != "government-organisation:NHV"}
    assert len(national & councils) > 20
    assert len(national - councils) < len(national) / 5


def test_every_rule_is_for_an_endpoint_of_its_collection(folder: Path) -> None:
    """A rule that names an endpoint names one that is configured; the others are those that come with Headrace."""
    for collection in COLLECTIONS:
        endpoints = {row["endpoint"] for row in _rows(folder / "collection" / collection / "endpoint.csv")}
        for table in ("column", "combine", "default-value", "filter", "patch"):
            rows = _rows(folder / "pipeline" / collection / f"{table}.csv")
            assert {row["endpoint"] for row in rows} <= endpoints | {""}
    columns = _rows(folder / "pipeline" / "brownfield-land" / "column.csv")
    assert {"column": "Site Ref", "field": "SiteReference"}.items() <= columns[-3].items()


def test_each_planning_authority_is_expected_to_publish(folder: Path) -> None:
    """Seventeen authorities, two datasets each; nothing from the one that ended, nor from the national body."""
    provisions = _rows(folder / "specification" / "provision.csv")
    assert Counter(row["dataset"] for row in provisions) == {"brownfield-land": 17, "conservation-area": 17}
    assert not {row["organisation"] for row in provisions} & {"local-authority:WDN", "government-organisation:NHV"}


def test_organisations_are_invented(folder: Path, shared: Path) -> None:
    """No name and no code of a real organisation is used."""
    real = _rows(shared / "digital-land" / "organisation.csv")
    invented = _rows(folder / "organisation.csv")
    for column in ("name", "organisation", "entity", "statistical-geography", "opendatacommunities-uri"):
        assert not {row[column] for row in invented} & {row[column] for row in real} - {""}
    assert all(re.fullmatch(r"https://www\.[a-z-]+\.example", row["website"]) for row in invented)
