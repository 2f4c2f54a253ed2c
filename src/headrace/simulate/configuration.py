"""The configuration of the small England, in the formats of the existing platform."""

import csv
import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from headrace.model.endpoint import hash_url
from headrace.simulate.numbering import number_references, owned_ranges
from headrace.simulate.publication import Publication
from headrace.simulate.publishers import PUBLISHERS, Publisher
from headrace.simulate.registers import BROWNFIELD_LAND, CONSERVATION_AREA
from headrace.store.builtin import builtin_datasets

Row = Mapping[str, str]

COLLECTIONS: Final = (BROWNFIELD_LAND, CONSERVATION_AREA)
"""Every collection; each has one dataset, of its own name."""

CONFIGURED_ON: Final = "2026-10-01"
"""The day on which everything was configured, ISO."""

ENDPOINT: Final = ("endpoint", "endpoint-url", "parameters", "plugin", "entry-date", "start-date", "end-date")
SOURCE: Final = (
    "source",
    "attribution",
    "collection",
    "documentation-url",
    "endpoint",
    "licence",
    "organisation",
    "pipelines",
    "entry-date",
    "start-date",
    "end-date",
)
OLD_RESOURCE: Final = ("old-resource", "status", "resource", "notes")
ORGANISATION: Final = (
    "addressbase-custodian",
    "billing-authority",
    "census-area",
    "combined-authority",
    "company",
    "dataset",
    "end-date",
    "entity",
    "entry-date",
    "esd-inventory",
    "local-authority-type",
    "local-resilience-forum",
    "local-planning-authority",
    "local-authority-district",
    "name",
    "national-park",
    "notes",
    "official-name",
    "opendatacommunities-uri",
    "organisation",
    "parliament-thesaurus",
    "prefix",
    "reference",
    "region",
    "shielding-hub",
    "start-date",
    "statistical-geography",
    "website",
    "wikidata",
    "wikipedia",
)

EXPECTATIONS: Final = {
    BROWNFIELD_LAND: (
        "count_deleted_entities",
        '{"organisation_entity":{{ organisation.entity }},"expected":0}',
        "No site has left the register unannounced",
    ),
    CONSERVATION_AREA: ("duplicate_geometry_check", "{}", "No two areas cover the same ground"),
}
"""Operation, parameters and name of the one expectation of each dataset."""

OLD_ENTITIES: Final = {
    BROWNFIELD_LAND: ({"old-entity": "1701002", "status": "410", "entity": "", "notes": "entered in error"},),
    CONSERVATION_AREA: (
        {"old-entity": "44000001", "status": "301", "entity": "44000002", "notes": "the same area twice"},
    ),
}
"""Entity numbers that were given up."""


def write_configuration(folder: Path, seed: int, publications: Sequence[tuple[Publication, str]]) -> None:
    """Write the specification, the organisations and each collection into a folder.

    `publications` come with the URL of each. What is built in comes first in every file, then the rows of this England.
    """
    built_in = builtin_datasets()
    shutil.copytree(built_in / "specification", folder / "specification", dirs_exist_ok=True)
    _extend(folder / "specification" / "provision.csv", folder / "specification" / "provision.csv", _provisions())
    _write(folder / "organisation.csv", ORGANISATION, (_organisation(each) for each in PUBLISHERS))
    for collection in COLLECTIONS:
        own = [(each, url) for each, url in publications if each.dataset == collection]
        _write_collection(folder / "collection" / collection, own)
        rows = _pipeline_rows(collection, seed, own)
        for file in sorted((built_in / "pipeline" / collection).glob("*.csv")):
            _extend(file, folder / "pipeline" / collection / file.name, rows.get(file.stem, ()))


def _write_collection(folder: Path, publications: Sequence[tuple[Publication, str]]) -> None:
    _write(folder / "endpoint.csv", ENDPOINT, (_endpoint(each, url) for each, url in publications))
    _write(folder / "source.csv", SOURCE, (_source(each, url) for each, url in publications))
    withdrawn = hashlib.sha256(b"a register that its council withdrew").hexdigest()
    row = {"old-resource": withdrawn, "status": "410", "notes": "withdrawn by its publisher"}
    _write(folder / "old-resource.csv", OLD_RESOURCE, [row])


def _endpoint(publication: Publication, url: str) -> Row:
    return {
        "endpoint": hash_url(url),
        "endpoint-url": url,
        "plugin": publication.plugin,
        "entry-date": CONFIGURED_ON,
        "start-date": CONFIGURED_ON,
        "end-date": publication.ended_on,
    }


def _source(publication: Publication, url: str) -> Row:
    """A source; its key is the MD5 of what it connects, as the existing platform has it."""
    connected = f"{publication.dataset}|{publication.publisher.organisation}|{hash_url(url)}"
    return {
        "source": hashlib.md5(connected.encode(), usedforsecurity=False).hexdigest(),
        "attribution": "crown-copyright",
        "collection": publication.dataset,
        "documentation-url": _documentation_url(publication, url),
        "endpoint": hash_url(url),
        "licence": "ogl3",
        "organisation": publication.publisher.organisation,
        "pipelines": publication.dataset,
        "entry-date": CONFIGURED_ON,
        "start-date": CONFIGURED_ON,
        "end-date": publication.ended_on,
    }


def _documentation_url(publication: Publication, url: str) -> str:
    """Where the publisher says where the data is: a page on the server of the data, or one that nobody serves."""
    if publication.documentation:
        return url.removesuffix(publication.path) + publication.documentation
    return f"{publication.publisher.website}/planning/{publication.dataset}"


def _organisation(publisher: Publisher) -> Row:
    planning = "E60" + publisher.statistical_geography[3:] if publisher.statistical_geography else ""
    return {
        "dataset": publisher.prefix,
        "end-date": publisher.ended_on or "",
        "entity": str(publisher.entity),
        "entry-date": CONFIGURED_ON,
        "local-authority-type": publisher.authority_type,
        "local-planning-authority": planning,
        "local-authority-district": publisher.statistical_geography if publisher.authority_type else "",
        "name": publisher.name,
        "opendatacommunities-uri": publisher.opendatacommunities_uri,
        "organisation": publisher.organisation,
        "prefix": publisher.prefix,
        "reference": publisher.code,
        "statistical-geography": publisher.statistical_geography,
        "website": publisher.website,
    }


def _provisions() -> list[Row]:
    """Every planning authority that still exists is expected to publish both datasets."""
    expected = (
        (BROWNFIELD_LAND, "statutory", "BFL-LPA", "2017-04-16"),
        (CONSERVATION_AREA, "prospective", "CA-LPA", "2022-06-01"),
    )
    return [
        {
            "organisation": publisher.organisation,
            "dataset": dataset,
            "specification": dataset,
            "provision-reason": reason,
            "provision-rule": rule,
            "role": "local-planning-authority",
            "entry-date": CONFIGURED_ON,
            "start-date": start,
        }
        for publisher in PUBLISHERS
        if publisher.kind and publisher.ended_on is None
        for dataset, reason, rule, start in expected
    ]


def _pipeline_rows(dataset: str, seed: int, publications: Sequence[tuple[Publication, str]]) -> dict[str, list[Row]]:
    """The rows of each pipeline file, by file name without `.csv`."""
    rows: dict[str, list[Row]] = {
        "lookup": [
            {"prefix": dataset, "organisation": organisation, "reference": reference, "entity": str(entity)}
            for organisation, reference, entity in number_references(dataset, seed)
        ],
        "entity-organisation": [
            {
                "dataset": dataset,
                "entity-minimum": str(low),
                "entity-maximum": str(high),
                "organisation": publisher.organisation,
            }
            for publisher, low, high in owned_ranges(dataset)
        ],
        "old-entity": [{**row, "entry-date": CONFIGURED_ON} for row in OLD_ENTITIES[dataset]],
        "expect": [_expectation(dataset, [each.publisher for each, _ in publications])],
    }
    for publication, url in publications:
        for rule in publication.rules:
            scope = {"dataset": dataset, "endpoint": hash_url(url), "entry-date": CONFIGURED_ON}
            rows.setdefault(rule.table, []).append({**scope, **rule.cells})
    return rows


def _expectation(dataset: str, publishers: Iterable[Publisher]) -> Row:
    operation, parameters, name = EXPECTATIONS[dataset]
    return {
        "datasets": dataset,
        "organisations": ";".join(sorted({each.organisation for each in publishers if each.kind})),
        "operation": operation,
        "parameters": parameters,
        "name": name,
        "severity": "notice",
        "responsibility": "internal",
        "entry-date": CONFIGURED_ON,
    }


def _extend(source: Path, target: Path, rows: Iterable[Row]) -> None:
    """Write a file that has the columns and rows of another, and then more rows."""
    with source.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns, present = tuple(reader.fieldnames or ()), list(reader)
    _write(target, columns, [*present, *rows])


def _write(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
