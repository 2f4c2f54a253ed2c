"""What the collection log says is held for a dataset: its resources, with where and when they were seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import polars as pl

from headrace.spec.rules import Provenance
from headrace.store.configuration_files import Collection

KEY: Final = ("endpoint", "resource")
"""What one endpoint answered; two may have the same bytes read in different ways."""


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

    An endpoint that fails keeps its last good resource; a resource is set aside only where configuration says so. One
    that says the same as the answer before it stands for that answer's resource: nothing has changed but bytes.

    Args:
        attempts: `ATTEMPT_SCHEMA`, with the content that each resource has as it is read tonight.
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
    good = stand_in(attempts.filter(pl.col("resource").is_not_null()).join(owners, on="endpoint", how="semi"))
    good = good.join(owners, on="endpoint")
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


def stand_in(good: pl.DataFrame) -> pl.DataFrame:
    """Successful attempts, each with the resource that stands for what it was answered.

    Successive answers of one endpoint with the same `content` are one resource, the first of them. An endpoint that
    goes back to what it said before another answer has changed: that is a resource of its own, newer than the others.
    """
    read = good.filter(pl.col("content").is_not_null())
    contents = read.unique(KEY, keep="first", maintain_order=True)
    said = pl.coalesce("content", "resource")
    return (
        good.drop("content")
        .join(contents.select(*KEY, "content"), on=KEY, how="left", maintain_order="left")
        .sort("endpoint", "night", "finished_at", maintain_order=True)
        .with_columns(spell=said.ne_missing(said.shift(1)).cum_sum().over("endpoint"))
        .with_columns(pl.col("resource").first().over("endpoint", "spell"))
        .drop("spell")
    )
