"""The pages on which more is known of an item of the stream than its own history."""

from collections.abc import Collection, Iterator
from urllib.parse import quote, urlencode

import polars as pl

from headrace.model.event import Stage


def find_pages(
    item_type: str, item: str, visits: pl.DataFrame, published: Collection[str]
) -> Iterator[tuple[str, str]]:
    """What each page is about, and its address; only pages that are there.

    Args:
        item_type, item: which item.
        visits: its visits, as `headrace.flow.visits.visits`.
        published: the datasets of the live release.
    """
    asked = visits.filter((pl.col("stage") == Stage.COLLECT.value) & pl.col("started_at").is_not_null())
    if item_type == "endpoint" and asked.height:
        yield "Its address, when it is asked next, and every attempt", f"/endpoint/{quote(item, safe='')}"
    dataset, organisation = _last(visits, "dataset"), _last(visits, "organisation")
    if dataset is None or dataset not in published:
        return
    if item_type == "reference":
        name = item.removeprefix(f"{dataset}/").removeprefix(f"{organisation}/")
        found = urlencode({"dataset": dataset, "reference": name.partition(":")[2] or name})
        yield "Entities with this reference", f"/entity/?{found}"
    if organisation is not None:
        address = f"/organisation/{quote(organisation, safe='')}/report?{urlencode({'dataset': dataset})}"
        yield f"What {organisation} is told of its {dataset}", address
    yield f"The dataset {dataset}", f"/dataset/{quote(dataset, safe='')}"


def _last(visits: pl.DataFrame, name: str) -> str | None:
    said = visits.sort("ready_at")[name].drop_nulls()
    return str(said[-1]) if len(said) else None
