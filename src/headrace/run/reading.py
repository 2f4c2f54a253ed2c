"""How configuration has the resources of an endpoint read, as far as it decides what they say."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Final

import orjson

from headrace.run.plan import Plan
from headrace.spec.configuration import Configuration

VOLATILE: Final = frozenset(("fid", "gmlid", "ogcfid", "objectid", "objectid1", "esrioid"))
"""Columns that servers number anew when they please, by the letters and digits of their names."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of reading a resource.

    Attributes:
        choices: what configuration chooses when it is converted.
        counted: members of `VOLATILE` that are data all the same, because configuration makes a field of them.
    """

    choices: Mapping[str, str] = field(default_factory=dict)
    counted: frozenset[str] = frozenset()


def datasets_by_endpoint(plan: Plan) -> dict[str, list[str]]:
    """The datasets of a plan that each endpoint serves, sorted; an endpoint that serves none is left out."""
    served: dict[str, set[str]] = {}
    for collection in plan.collections.values():
        for source in collection.sources:
            if wanted := plan.datasets.keys() & source.datasets:
                served.setdefault(source.endpoint, set()).update(wanted)
    return {endpoint: sorted(datasets) for endpoint, datasets in served.items()}


def readings(configurations: Iterable[Configuration], endpoint: str, resource: str) -> list[Reading]:
    """The different ways in which the datasets that an endpoint serves, configured so, read one of its resources."""
    found: list[Reading] = []
    for configuration in configurations:
        chosen = configuration.conversions.applicable(resource, (endpoint,)).narrowing()
        mapped = configuration.columns.applicable(resource, (endpoint,)).narrowing()
        counted = {spell(row["column"]) for row in mapped if row["field"] != "IGNORE"} & VOLATILE
        reading = Reading({row["about"]: row["choice"] for row in chosen}, frozenset(counted))
        if reading not in found:
            found.append(reading)
    return found


def hash_readings(ways: Sequence[Reading]) -> str:
    """SHA-256, in hexadecimal, of ways of reading: another where one of them is another."""
    said = [(sorted(way.choices.items()), sorted(way.counted)) for way in ways]
    return sha256(orjson.dumps(said)).hexdigest()


@lru_cache(maxsize=65_536)
def spell(column: str) -> str:
    """The letters and digits of a column's name, in lower case."""
    return re.sub(r"[^a-z0-9]", "", column.lower())
