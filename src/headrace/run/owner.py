"""Whose an endpoint is: what the sources of a configuration say, for those who have no plan of a night."""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from headrace.model.error import ConfigurationError
from headrace.store.configuration_files import Source, read_collection


def read_sources(config: Path | None) -> list[Source]:
    """Every source in the folders `collection/<collection>` of a configuration; none where there is no configuration.

    Raises:
        ConfigurationError: there is no `source.csv`, or a file is malformed.
    """
    if config is None:
        return []
    folders = sorted(path.parent for path in (config / "collection").glob("*/source.csv"))
    if not folders:
        raise ConfigurationError(str(config / "collection"), "no source.csv in it", "a folder for each collection")
    return [source for folder in folders for source in read_collection(folder).sources]


def owners(sources: Iterable[Source]) -> pl.DataFrame:
    """One row per endpoint: `endpoint`, `dataset`, `organisation`, each null where it is of several, or of none."""
    said = [
        (each.endpoint, dataset, each.organisation or None) for each in sources for dataset in each.datasets or (None,)
    ]
    schema = {"endpoint": pl.String, "dataset": pl.String, "organisation": pl.String}
    only = [
        pl.when(pl.col(name).drop_nulls().n_unique() == 1).then(pl.col(name).drop_nulls().first()).alias(name)
        for name in ("dataset", "organisation")
    ]
    return pl.DataFrame(said, schema=schema, orient="row").group_by("endpoint").agg(only)
