"""Material for the reports on quality, made of a few rows."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import polars as pl
import pytest

from headrace.report.quality.material import SCHEMAS, Material

TODAY = date(2026, 11, 24)

Rows = Sequence[Mapping[str, object]]
Make = Callable[..., Material]


@pytest.fixture
def make() -> Make:
    """Material of the rows that are given by the name of their frame, columns that they lack being null.

    There are the organisations A, B and C, with entities 1, 2 and 3, and the dataset `area`, a geography.
    """

    def build(**given: Rows) -> Material:
        organisations = [
            {"organisation": name, "name": f"Council {name}", "entity": number} for number, name in enumerate("ABC", 1)
        ]
        area = {"dataset": "area", "name": "Area", "typology": "geography"}
        known: dict[str, Rows] = {"organisations": organisations, "datasets": [area], **given}
        frames = {
            name: pl.DataFrame(list(known.get(name, ())), schema=schema, orient="row")
            for name, schema in SCHEMAS.items()
        }
        return Material(today=TODAY, **frames)

    return build


@pytest.fixture
def source() -> Callable[..., dict[str, object]]:
    """A source of the dataset `area`, with what is said otherwise."""

    def build(organisation: str, endpoint: str, **more: object) -> dict[str, object]:
        return {"source": f"s{endpoint}", "organisation": organisation, "endpoint": endpoint, "dataset": "area", **more}

    return build


@pytest.fixture
def endpoint() -> Callable[..., dict[str, object]]:
    """An endpoint that answered last night, with what is said otherwise."""

    def build(name: str, **more: object) -> dict[str, object]:
        asked = {"first_on": date(2026, 11, 1), "last_on": TODAY, "succeeded_on": TODAY, "failures": 0}
        return {"endpoint": name, "endpoint_url": f"https://{name}.example", "action": "nothing", **asked, **more}

    return build
