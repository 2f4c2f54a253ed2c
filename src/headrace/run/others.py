"""Datasets that are configured but that a night is not about: what is live of them, and recorded of them, stays."""

from collections.abc import Mapping

import polars as pl

from headrace.run.assembly import Assembled
from headrace.run.tools import Night
from headrace.store.processing_record import ProcessingRecord
from headrace.store.releases import Releases


def find_live_others(night: Night) -> dict[str, Assembled]:
    """The other datasets that are live, as they are live; none on a night about all."""
    live = Releases(night.lake).live() if night.plan.others else None
    if live is None:
        return {}
    return {
        each.dataset: Assembled(night.lake.assembled_folder(each.dataset, each.inputs), each, made=False)
        for each in live.datasets
        if each.dataset in night.plan.others
    }


def add_recorded_others(night: Night, tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Tables of the record of processing, with the rows that the live one has of other datasets.

    Args:
        night: what this night is about is in `tables` already.
        tables: `endpoint` and `source`, known by their collection; `transform` and `expectation`, by their dataset.
    """
    record = ProcessingRecord(night.lake)
    if not night.plan.others or record.live() is None:
        return dict(tables)
    specified = night.plan.specification
    collections = {specified.dataset(each).collection for each in night.plan.others} - night.plan.collections.keys()
    kept = {name: record.read(name, frame.schema) for name, frame in tables.items()}
    kept["source"] = kept["source"].filter(pl.col("collection").is_in(sorted(collections)))
    of_others = pl.col("endpoint").is_in(kept["source"]["endpoint"].implode())
    here = pl.col("endpoint").is_in(tables["endpoint"]["endpoint"].implode())
    kept["endpoint"] = kept["endpoint"].filter(of_others & ~here)
    for name in ("transform", "expectation"):
        kept[name] = kept[name].filter(pl.col("dataset").is_in(night.plan.others))
    return {name: pl.concat([frame, kept[name]]) for name, frame in tables.items()}
