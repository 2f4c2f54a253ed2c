"""What the collection log says is held for a dataset: its resources, with where and when they were seen."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from headrace.spec.rules import Provenance
from headrace.store.configuration_files import Collection


@dataclass(frozen=True, slots=True)
class Held:
    """A resource that a dataset is made of.

    Attributes:
        provenance: its hash, endpoints, organisations, and the night on which it was first seen.
        bytes_of: the resource whose bytes are read in its place; its own unless configuration says otherwise.
        ended_on: the night on which it was last seen, ISO; None while an endpoint's latest answer is still this.
    """

    provenance: Provenance
    bytes_of: str
    ended_on: str | None


def holdings(attempts: pl.DataFrame, collections: Iterable[Collection], dataset: str) -> list[Held]:
    """The resources of a dataset, sorted by hash.

    An endpoint that fails keeps its last good resource; a resource is set aside only where configuration says so.

    Args:
        attempts: `ATTEMPT_SCHEMA`.
        collections: whose sources say which endpoints serve the dataset, and for whom.
        dataset: its name.
    """
    sources = [source for each in collections for source in each.sources if dataset in source.datasets]
    old = {each.old_resource: each for collection in collections for each in collection.old_resources}
    owners = pl.DataFrame(
        [(source.endpoint, source.organisation) for source in sources],
        schema={"endpoint": pl.String, "organisation": pl.String},
        orient="row",
    ).unique()
    good = attempts.filter(pl.col("resource").is_not_null()).join(owners, on="endpoint")
    latest = good.sort("night", "finished_at").group_by("endpoint").agg(pl.col("resource").last())
    current = set(latest["resource"])
    seen = good.group_by("resource").agg(
        pl.col("endpoint").unique().sort(),
        pl.col("organisation").unique().sort(),
        first=pl.col("night").min(),
        last=pl.col("night").max(),
    )
    return [
        Held(
            provenance=Provenance(
                resource=row["resource"],
                endpoints=tuple(row["endpoint"]),
                organisations=tuple(each for each in row["organisation"] if each),
                entry_date=row["first"],
            ),
            bytes_of=old[row["resource"]].resource if row["resource"] in old else row["resource"],
            ended_on=None if row["resource"] in current else row["last"],
        )
        for row in seen.sort("resource").iter_rows(named=True)
        if row["resource"] not in old or old[row["resource"]].status == "301"
    ]
