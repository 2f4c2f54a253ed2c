"""The tables of one resource as the existing platform writes them: the contract by which fidelity is judged."""

from pathlib import Path
from typing import Final

import polars as pl

from headrace.model.cells import Converted
from headrace.model.result import Result

TRANSFORMED: Final = (
    "end-date,entity,entry-date,entry-number,fact,field,priority,reference-entity,resource,start-date,value"
).split(",")
ISSUE: Final = "dataset,resource,line-number,entry-number,field,entity,issue-type,value,message".split(",")
COLUMN_FIELD: Final = "dataset,resource,column,field".split(",")
DATASET_RESOURCE: Final = (
    "dataset,resource,entity-count,entry-count,line-count,mime-type,internal-path,internal-mime-type,"
    "code-version,config-hash,specification-hash"
).split(",")
CONVERTED_RESOURCE: Final = "dataset,resource,elapsed,status,exception".split(",")
REFUSED: Final = "dataset,resource,line-number,entry-number,phase,reason,value".split(",")


def write_resource_tables(result: Result, code_version: str, rules_key: str, folder: Path) -> None:
    """Write `transformed.csv`, `issue.csv`, `column-field.csv`, `dataset-resource.csv`, `converted-resource.csv` and
    `refused.csv`, with a header even where there are no rows; blank cells stand for nothing."""
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
    for name, frame, columns in (
        ("transformed", facts, TRANSFORMED),
        ("issue", issues, ISSUE),
        ("column-field", claims, COLUMN_FIELD),
        ("dataset-resource", pl.DataFrame([about]), DATASET_RESOURCE),
        ("converted-resource", pl.DataFrame([conversion]), CONVERTED_RESOURCE),
        ("refused", refused, REFUSED),
    ):
        frame.select(columns).write_csv(folder / f"{name}.csv", line_terminator="\r\n")
