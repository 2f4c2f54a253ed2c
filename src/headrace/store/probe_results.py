"""Results of probes, as others recorded them."""

from pathlib import Path

import polars as pl

from headrace.model.error import LakeError
from headrace.watch.alert.replay import RESULT_SCHEMA


def read_probe_results(path: Path) -> pl.DataFrame:
    """The results in a CSV file with the columns `at` (ISO 8601, UTC), `probe` and `ok` (1 or 0), by moment.

    Raises:
        LakeError: it cannot be read, lacks a column, or has a cell that is none of these.
    """
    try:
        text = pl.read_csv(path, infer_schema=False).select(RESULT_SCHEMA.names())
    except (OSError, pl.exceptions.PolarsError) as error:
        raise LakeError(f"{path}: {error}; expected CSV with the columns at, probe and ok") from error
    results = text.select(
        at=pl.col("at").str.to_datetime(time_unit="us", time_zone="UTC", strict=False),
        probe="probe",
        ok=pl.col("ok").replace_strict({"1": True, "0": False}, default=None, return_dtype=pl.Boolean),
    )
    faulty = results.with_row_index("line", offset=2).filter(pl.any_horizontal(pl.all().is_null()))
    if faulty.height:
        line = faulty["line"][0]
        raise LakeError(f"{path}:{line}: got {text.row(line - 2)!r}, expected a moment in UTC, a probe, and 1 or 0")
    return results.sort("at", maintain_order=True)
