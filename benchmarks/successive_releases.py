"""Releases as they would have followed one another, from the successive files that real councils published."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl

from headrace.convert.resource import convert
from headrace.model.cells import Unconverted
from headrace.spec.rules import Provenance, resolve
from headrace.store.configuration_files import read_configuration, read_organisations, read_specification
from headrace.transform.phases import PHASES, transform
from headrace.transform.reference import identify

READ_ON = date(2026, 11, 1)
PHASES_TO_REFERENCE = PHASES[: PHASES.index(identify) + 1]


def read_entries(shared: Path, dataset: str) -> pl.DataFrame:
    """The entries of every resource of a dataset as today's rules read them, with `resource`, `day` and `endpoint`.

    `day` is when the resource was first seen. Entries without a reference or an organisation are left out.
    """
    folder = shared / "digital-land"
    specification = read_specification(folder / "specification")
    organisations = read_organisations(folder / "organisation.csv")
    configuration = read_configuration(folder / "pipeline" / dataset, dataset)
    index = pl.read_csv(shared / "resources.csv", infer_schema=False).fill_null("")
    frames = []
    for row in index.filter((pl.col("dataset") == dataset) & (pl.col("first_seen") != "")).iter_rows(named=True):
        endpoints, publishers = (tuple(filter(None, row[name].split(";"))) for name in ("endpoints", "organisation"))
        conversion = convert(shared / "resources" / row["sha256"])
        if isinstance(conversion, Unconverted) or not endpoints:
            continue
        provenance = Provenance(row["sha256"], endpoints, publishers, row["first_seen"])
        rules = resolve(specification, configuration, organisations, provenance, READ_ON)
        entries = transform(conversion.cells, rules, PHASES_TO_REFERENCE).entries
        if {"reference", "organisation"} <= set(entries.columns):
            said = {"resource": row["sha256"], "day": row["first_seen"]}
            named = {name: pl.lit(value) for name, value in said.items()}
            frames.append(entries.with_columns(**named, endpoint=pl.lit(list(endpoints))).explode("endpoint"))
    whole = pl.concat(frames, how="diagonal").drop("line", "entry")
    return whole.filter((pl.col("reference").fill_null("") != "") & (pl.col("organisation").fill_null("") != ""))


def follow(entries: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Day by day on which something was new, the entities as of that day: what each endpoint gave last.

    An entity is a reference of an organisation; its values are those of the latest file that has it.
    """
    number = pl.struct("organisation", "reference").rank("dense").cast(pl.Int64)
    numbered = entries.with_columns(entity=number)
    files = numbered.select("endpoint", "day", "resource").unique()
    for day in files["day"].unique().sort():
        current = files.filter(pl.col("day") <= day).sort("day", "resource").unique("endpoint", keep="last")
        rows = numbered.join(current.select("endpoint", "resource"), on=["endpoint", "resource"], how="semi")
        latest = rows.sort("day", "resource", maintain_order=True).unique("entity", keep="last")
        yield day, latest.drop("resource", "day", "endpoint").sort("entity")
