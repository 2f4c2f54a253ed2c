"""Who publishes a resource, as it was when the release was made."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from headrace.run.issue_history import PUBLISHER
from headrace.store.lake import Lake
from headrace.web.query.organisation import list_organisations
from headrace.web.shelf import Reader


@dataclass(frozen=True, slots=True)
class Publisher:
    """Whose file it is.

    Attributes:
        names: what its organisations are called.
        urls: where it is, or was, served.
        start_date, end_date: ISO nights on which it was seen first and last; `end_date` is None while it is published.
    """

    names: tuple[str, ...]
    urls: tuple[str, ...]
    start_date: str | None
    end_date: str | None


def read_publishers(reader: Reader, lake: Lake, dataset: str) -> Mapping[str, Publisher]:
    """The publisher of each resource of a dataset; empty where the lake has no such table for the release."""

    def work_out() -> dict[str, Publisher]:
        inputs = {each.dataset: each.inputs for each in reader.release.datasets}.get(dataset)
        path = lake.assembled_folder(dataset, inputs or "") / f"{PUBLISHER}.parquet"
        if inputs is None or not path.exists():
            return {}
        names = {each.organisation: each.name for each in list_organisations(reader)}
        return {
            row["resource"]: Publisher(
                names=tuple(names.get(curie, curie) for curie in (row["organisation"] or "").split(";") if curie),
                urls=tuple((row["url"] or "").split()),
                start_date=row["start_date"],
                end_date=row["end_date"],
            )
            for row in pl.read_parquet(path).iter_rows(named=True)
        }

    return reader.memory.recall(("publishers", dataset), work_out)
