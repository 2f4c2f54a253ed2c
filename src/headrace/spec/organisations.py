"""Organisations, found by any of the identifiers that publishers write."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from headrace.spec.table import Table

OPEN_DATA_COMMUNITIES = "opendatacommunities.org"

LEGACY = re.compile(r"^https?://opendatacommunities\.org/id/geography/administration/[a-z]+/")
"""Addresses of areas, which stand for the authority of the area, known by its statistical geography code."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that publishes.

    Attributes:
        organisation: its CURIE, for example `local-authority:LBH`.
        name: as people call it.
        entity: its number; None where it has none.
        statistical_geography, website, end_date: as configured; "" where not.
    """

    organisation: str
    name: str
    entity: int | None
    statistical_geography: str
    website: str
    end_date: str


@dataclass(frozen=True, slots=True)
class Organisations:
    """Every organisation.

    Attributes:
        by_curie: by CURIE.
        curie_of: CURIE by each identifier in lower case: the CURIE itself, the addresses of Open Data Communities in
            every form seen, their last path segment, the statistical geography code, the former digital-land address.
        digest: hash of `curie_of`.
    """

    by_curie: Mapping[str, Organisation]
    curie_of: Mapping[str, str]
    digest: str

    def entity(self, curie: str) -> int | None:
        """The entity number of an organisation; None where it is unknown or has none."""
        organisation = self.by_curie.get(curie)
        return None if organisation is None else organisation.entity

    def find(self, identifier: str) -> str | None:
        """The CURIE of the organisation that a publisher names by this identifier; None where nobody is meant."""
        identifier = LEGACY.sub("", identifier.strip().lower())
        return self.curie_of.get(identifier) or self.curie_of.get(identifier.replace("-eng", ""))


def build_organisations(table: Table) -> Organisations:
    """The organisations of a table in the format of `organisation.csv`.

    Raises:
        ConfigurationError: a column is missing, or an entity is not a whole number.
    """
    table.require("organisation", "name", "entity")
    by_curie: dict[str, Organisation] = {}
    curie_of: dict[str, str] = {}
    for row in table.rows():
        curie = row["organisation"]
        if not curie:
            continue
        by_curie[curie] = Organisation(
            organisation=curie,
            name=row["name"],
            entity=table.number(row, "entity") if row["entity"] else None,
            statistical_geography=row.get("statistical-geography", ""),
            website=row.get("website", ""),
            end_date=row.get("end-date", ""),
        )
        for identifier in _identifiers(curie, row):
            curie_of.setdefault(identifier.lower(), curie)
    digest = sha256(repr(sorted(curie_of.items())).encode()).hexdigest()
    return Organisations(by_curie, curie_of, digest)


def _identifiers(curie: str, row: Mapping[str, str]) -> list[str]:
    found = [curie, curie.replace("local-authority:", "local-authority-eng:")]
    address = row.get("opendatacommunities-uri", "").removeprefix("https://").removeprefix("http://")
    if address:
        document = address.replace(f"{OPEN_DATA_COMMUNITIES}/id/", f"{OPEN_DATA_COMMUNITIES}/doc/")
        for form in (address, document):
            found += [form, f"http://{form}", f"https://{form}"]
        found.append(address.rsplit("/", 1)[-1])
    if row.get("statistical-geography"):
        found.append(row["statistical-geography"])
    prefix, _, reference = curie.partition(":")
    found.append(f"https://digital-land.github.io/organisation/{prefix}/{reference}/")
    return found
