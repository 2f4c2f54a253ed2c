"""The tables of one resource as the existing platform writes them: the contract by which fidelity is judged."""

from pathlib import Path
from typing import Final

import polars as pl

from headrace.model.cells import Converted
from headrace.model.result import Result

COLUMNS: Final = {
    "transformed": (
        *("end-date", "entity", "entry-date", "entry-number", "fact", "field", "priority"),
        *("reference-entity", "resource", "start-date", "value"),
    ),
    "issue": (
        *("dataset", "resource", "line-number", "entry-number", "field", "entity"),
        *("issue-type", "value", "message"),
    ),
    "column-field": ("dataset", "resource", "column", "field"),
    "dataset-resource": (
        *("dataset", "resource", "entity-count", "entry-count", "line-count", "mime-type"),
        *("internal-path", "internal-mime-type", "code-version", "config-hash", "specification-hash"),
    ),
    "converted-resource": ("dataset", "resource", "elapsed", "status", "exception"),
    "refused": ("dataset", "resource", "line-number", "entry-number", "phase", "reason", "value"),
}
"""The columns of each table, in order. `refused` is Headrace's own."""


def write_resource_tables(result: Result, code_version: str, rules_key: str, folder: Path) -> None:
    """Write each of `COLUMNS` as a CSV file, with a header even where there are no rows; blank cells are nothing.

    Args:
        result: what the resource became.
        code_version, rules_key: hashes of the code and of the rules that made it.
        folder: where the files go; it is made where it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    whose = [pl.lit(result.dataset).alias("dataset"), pl.lit(result.resource).alias("resource")]
    nothing = pl.lit(None, pl.String)
    facts = result.facts.select(
        pl.all().exclude("reference_entity", "entry_date", "line", "entry"),
        nothing.alias("end-date"),
        nothing.alias("start-date"),
        pl.lit(result.resource).alias("resource"),
        pl.col("entry_date").alias("entry-date"),
        pl.col("entry").alias("entry-number"),
        pl.col("reference_entity").alias("reference-entity"),
    )
    numbers = {"line": "line-number", "entry": "entry-number", "type": "issue-type"}
    issues = result.issues.with_columns(whose).rename(numbers)
    refused = result.refused.with_columns(whose).rename({"line": "line-number", "entry": "entry-number"})
    claims = result.claims.with_columns(whose)
    read = isinstance(result.conversion, Converted)
    about = {
        "dataset": result.dataset,
        "resource": result.resource,
        "entity-count": result.entities,
        "entry-count": result.entries,
        "line-count": result.lines,
        "mime-type": result.conversion.mime_type,
        "internal-path": result.conversion.internal_path if isinstance(result.conversion, Converted) else None,
        "internal-mime-type": (
            result.conversion.internal_mime_type if isinstance(result.conversion, Converted) else None
        ),
        "code-version": code_version,
        "config-hash": rules_key,
        "specification-hash": rules_key,
    }
    conversion = {
        "dataset": result.dataset,
        "resource": result.resource,
        "elapsed": round(result.seconds, 3),
        "status": "success" if read else "failed",
        "exception": None if isinstance(result.conversion, Converted) else result.conversion.reason,
    }
    tables = {
        "transformed": facts,
        "issue": issues,
        "column-field": claims,
        "dataset-resource": pl.DataFrame([about]),
        "converted-resource": pl.DataFrame([conversion]),
        "refused": refused,
    }
    for name, frame in tables.items():
        frame.select(COLUMNS[name]).write_csv(folder / f"{name}.csv", line_terminator="\r\n")
