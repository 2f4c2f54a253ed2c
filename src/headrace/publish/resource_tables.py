"""The tables of one resource as the existing platform writes them: the contract by which fidelity is judged."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import polars as pl

from headrace.model.cells import Converted
from headrace.model.result import Result, ResultSummary, Tally

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


def write_resource_tables(parts: Iterable[Result], code_version: str, rules_key: str, folder: Path) -> ResultSummary:
    """Write each of `COLUMNS` as a CSV file, with a header even where there are no rows; blank cells are nothing.

    Args:
        parts: what the resource became, part by part.
        code_version, rules_key: hashes of the code and of the rules that made it.
        folder: where the files go; it is made where it is not there.

    Returns:
        What was written, counted.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tally = Tally()
    for number, part in enumerate(tally.count(parts)):
        for name, frame in _tables(part).items():
            with (folder / f"{name}.csv").open("ab" if number else "wb") as file:
                frame.select(COLUMNS[name]).write_csv(file, include_header=not number, line_terminator="\r\n")
    summary = tally.summary()
    for name, row in (
        ("dataset-resource", _dataset_resource(summary, code_version, rules_key)),
        ("converted-resource", _converted_resource(summary)),
    ):
        pl.DataFrame([row]).select(COLUMNS[name]).write_csv(folder / f"{name}.csv", line_terminator="\r\n")
    return summary


def _tables(result: Result) -> dict[str, pl.DataFrame]:
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
    address = {"line": "line-number", "entry": "entry-number"}
    return {
        "transformed": facts,
        "issue": result.issues.with_columns(whose).rename(address | {"type": "issue-type"}),
        "column-field": result.claims.with_columns(whose),
        "refused": result.refused.with_columns(whose).rename(address),
    }


def _dataset_resource(summary: ResultSummary, code_version: str, rules_key: str) -> dict[str, object]:
    conversion = summary.conversion
    read = conversion if isinstance(conversion, Converted) else None
    return {
        "dataset": summary.dataset,
        "resource": summary.resource,
        "entity-count": summary.entities,
        "entry-count": summary.entries,
        "line-count": summary.lines,
        "mime-type": conversion.mime_type,
        "internal-path": read.internal_path if read else None,
        "internal-mime-type": read.internal_mime_type if read else None,
        "code-version": code_version,
        "config-hash": rules_key,
        "specification-hash": rules_key,
    }


def _converted_resource(summary: ResultSummary) -> dict[str, object]:
    conversion = summary.conversion
    return {
        "dataset": summary.dataset,
        "resource": summary.resource,
        "elapsed": round(summary.seconds, 3),
        "status": "success" if isinstance(conversion, Converted) else "failed",
        "exception": None if isinstance(conversion, Converted) else conversion.reason,
    }
