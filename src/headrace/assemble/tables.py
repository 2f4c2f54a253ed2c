"""The tables of one dataset, made of the results of its resources."""

from collections.abc import Mapping, Sequence

import polars as pl

from headrace.assemble.entity import assemble_entities
from headrace.model.cells import Converted, Unconverted
from headrace.model.dataset_tables import DATASET_TABLES
from headrace.model.gathering import Gathering
from headrace.model.partition import STATED, UNKNOWN
from headrace.model.result import ResultSummary
from headrace.spec.numbering import Numbering
from headrace.spec.organisations import Organisations
from headrace.spec.specification import DatasetSpecification


def assemble_block(
    facts: pl.DataFrame, end_dates: Mapping[str, str], dataset: DatasetSpecification, organisations: Organisations
) -> dict[str, pl.DataFrame]:
    """Each of `ENTITY_TABLES`, sorted, so that the order of the facts does not matter.

    Args:
        facts: `FACT_SCHEMA` and `resource`: all there are of the entities of a block.
        end_dates: ISO day on which a resource was last seen, for those that are no longer published.
        dataset, organisations: what the facts are of.
    """
    ended = pl.DataFrame(
        list(end_dates.items()), schema={"resource": pl.String, "resource_end_date": pl.String}, orient="row"
    )
    facts = facts.join(ended, on="resource", how="left")
    return {
        "entity": assemble_entities(facts, dataset, organisations),
        "fact": _fact(facts),
        "fact_resource": _fact_resource(facts),
        STATED: facts.select("entity", "resource").unique().sort(pl.all()),
    }


def assemble_resources(gathering: Gathering, dataset: DatasetSpecification) -> dict[str, pl.DataFrame]:
    """Each of `RESOURCE_TABLES`, sorted by resource, so that the order of the results does not matter."""
    named = pl.lit(dataset.dataset).alias("dataset")
    return {
        "issue": _issue(gathering.issues.with_columns(named)),
        "column_field": _shape(gathering.claims.with_columns(named), "column_field", "resource", "column", "field"),
        "dataset_resource": _dataset_resource(gathering.summaries),
        "refused": _refused(gathering.refused.with_columns(named), gathering.summaries),
        UNKNOWN: gathering.unknown.sort("resource", maintain_order=True),
    }


def list_old_entities(numbering: Numbering, dataset: DatasetSpecification) -> pl.DataFrame:
    """The table `old_entity`: entities of the dataset's range that were merged or removed."""
    old = numbering.old_entities
    if dataset.entity_minimum is not None and dataset.entity_maximum is not None:
        old = old.filter(pl.col("old_entity").is_between(dataset.entity_minimum, dataset.entity_maximum))
    return _shape(old, "old_entity", "old_entity")


def _shape(frame: pl.DataFrame, table: str, *order: str) -> pl.DataFrame:
    """A frame with exactly the columns of a table, those it lacks being null, sorted."""
    schema = DATASET_TABLES[table]
    absent = [pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in frame.columns]
    shaped = frame.with_columns(absent).select(schema.names()).cast(schema)
    return shaped.sort(order, nulls_last=True, maintain_order=True)


def _fact(facts: pl.DataFrame) -> pl.DataFrame:
    """Each fact once; what is kept beside it is of the least of its resources, as on the existing platform."""
    first = facts.sort(
        ["fact", "priority", "entry_date", "entry", "resource"], descending=[False, False, True, True, False]
    ).unique("fact", keep="first", maintain_order=True)
    return _shape(first, "fact", "fact")


def _fact_resource(facts: pl.DataFrame) -> pl.DataFrame:
    return _shape(facts.rename({"entry": "entry_number"}), "fact_resource", "fact", "resource", "entry_number")


def _issue(issues: pl.DataFrame) -> pl.DataFrame:
    renamed = issues.rename({"entry": "entry_number", "line": "line_number", "type": "issue_type"})
    return _shape(renamed, "issue", "resource", "entry_number", "field", "issue_type", "value")


def _dataset_resource(summaries: Sequence[ResultSummary]) -> pl.DataFrame:
    rows = []
    for summary in summaries:
        conversion = summary.conversion if isinstance(summary.conversion, Converted) else None
        rows.append(
            {
                "dataset": summary.dataset,
                "resource": summary.resource,
                "entity_count": summary.entities,
                "entry_count": summary.entries,
                "line_count": summary.lines,
                "mime_type": summary.conversion.mime_type,
                "internal_path": conversion and conversion.internal_path,
                "internal_mime_type": conversion and conversion.internal_mime_type,
            }
        )
    return _shape(pl.DataFrame(rows, schema=DATASET_TABLES["dataset_resource"]), "dataset_resource", "resource")


def _refused(refused: pl.DataFrame, summaries: Sequence[ResultSummary]) -> pl.DataFrame:
    """Records that did not become facts; a resource that could not be read at all is refused as a whole."""
    whole = [
        {"dataset": each.dataset, "resource": each.resource, "phase": "convert", "reason": each.conversion.reason}
        for each in summaries
        if isinstance(each.conversion, Unconverted)
    ]
    unread = pl.DataFrame(whole, schema=DATASET_TABLES["refused"])
    read = refused.rename({"line": "line_number", "entry": "entry_number"})
    read = read.select(unread.columns).cast(DATASET_TABLES["refused"])
    return _shape(pl.concat([read, unread]), "refused", "resource", "line_number", "phase")
