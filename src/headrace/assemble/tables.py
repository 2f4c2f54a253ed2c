"""The tables of one dataset, made of the results of its resources."""

from collections.abc import Sequence

import polars as pl

from headrace.assemble.entity import assemble_entities
from headrace.model.cells import Converted
from headrace.model.dataset_tables import DATASET_TABLES
from headrace.model.fact import FACT_SCHEMA
from headrace.model.result import Result
from headrace.spec.numbering import Numbering
from headrace.spec.organisations import Organisations
from headrace.spec.specification import DatasetSpecification


def assemble_tables(
    results: Sequence[Result],
    end_dates: dict[str, str],
    dataset: DatasetSpecification,
    numbering: Numbering,
    organisations: Organisations,
) -> dict[str, pl.DataFrame]:
    """Each of `DATASET_TABLES`, sorted, so that the order of the results does not matter.

    Args:
        results: one for each resource.
        end_dates: ISO day on which a resource was last seen, for those that are no longer published.
        dataset, numbering, organisations: what the results are of.
    """
    facts = _facts(results, end_dates)
    return {
        "entity": assemble_entities(facts, dataset, organisations),
        "old_entity": _old_entities(numbering, dataset),
        "fact": _fact(facts),
        "fact_resource": _fact_resource(facts),
        "issue": _issues(results),
        "column_field": _column_fields(results),
        "dataset_resource": _dataset_resources(results),
        "refused": _refused(results),
    }


def _facts(results: Sequence[Result], end_dates: dict[str, str]) -> pl.DataFrame:
    schema = pl.Schema([*FACT_SCHEMA.items(), ("resource", pl.String()), ("resource_end_date", pl.String())])
    frames = [
        result.facts.with_columns(
            resource=pl.lit(result.resource), resource_end_date=pl.lit(end_dates.get(result.resource), pl.String)
        )
        for result in results
    ]
    return pl.concat([pl.DataFrame(schema=schema), *frames])


def _shape(frame: pl.DataFrame, table: str, *order: str) -> pl.DataFrame:
    """A frame with exactly the columns of a table, those it lacks being null, sorted where an order is given."""
    schema = DATASET_TABLES[table]
    absent = [pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in frame.columns]
    shaped = frame.with_columns(absent).select(schema.names()).cast(schema)
    return shaped.sort(order, nulls_last=True, maintain_order=True) if order else shaped


def _fact(facts: pl.DataFrame) -> pl.DataFrame:
    """Each fact once; what is kept beside it is of the least of its resources, as on the existing platform."""
    first = facts.sort(
        ["fact", "priority", "entry_date", "entry", "resource"], descending=[False, False, True, True, False]
    ).unique("fact", keep="first", maintain_order=True)
    return _shape(first, "fact", "fact")


def _fact_resource(facts: pl.DataFrame) -> pl.DataFrame:
    return _shape(facts.rename({"entry": "entry_number"}), "fact_resource", "fact", "resource", "entry_number")


def _issues(results: Sequence[Result]) -> pl.DataFrame:
    frames = [
        _shape(
            result.issues.rename({"entry": "entry_number", "line": "line_number", "type": "issue_type"}).with_columns(
                dataset=pl.lit(result.dataset), resource=pl.lit(result.resource)
            ),
            "issue",
        )
        for result in results
    ]
    whole = pl.concat([pl.DataFrame(schema=DATASET_TABLES["issue"]), *frames])
    return _shape(whole, "issue", "resource", "entry_number", "field", "issue_type", "value")


def _column_fields(results: Sequence[Result]) -> pl.DataFrame:
    frames = [
        result.claims.with_columns(dataset=pl.lit(result.dataset), resource=pl.lit(result.resource))
        for result in results
    ]
    empty = pl.DataFrame(schema=dict.fromkeys(("column", "field", "dataset", "resource"), pl.String))
    return _shape(pl.concat([empty, *frames]), "column_field", "resource", "column", "field")


def _dataset_resources(results: Sequence[Result]) -> pl.DataFrame:
    rows = [
        {
            "dataset": result.dataset,
            "resource": result.resource,
            "entity_count": result.entities,
            "entry_count": result.entries,
            "line_count": result.lines,
            "mime_type": result.conversion.mime_type,
            "internal_path": conversion.internal_path if conversion else None,
            "internal_mime_type": conversion.internal_mime_type if conversion else None,
        }
        for result in results
        for conversion in [result.conversion if isinstance(result.conversion, Converted) else None]
    ]
    return _shape(
        pl.DataFrame(rows, schema_overrides=DATASET_TABLES["dataset_resource"])
        if rows
        else pl.DataFrame(schema=DATASET_TABLES["dataset_resource"]),
        "dataset_resource",
        "resource",
    )


def _refused(results: Sequence[Result]) -> pl.DataFrame:
    """Records that did not become facts; a resource that could not be read at all is refused as a whole."""
    frames = [pl.DataFrame(schema=DATASET_TABLES["refused"])]
    for result in results:
        whose = {"dataset": pl.lit(result.dataset), "resource": pl.lit(result.resource)}
        refused = result.refused.rename({"line": "line_number", "entry": "entry_number"}).with_columns(**whose)
        frames.append(_shape(refused, "refused"))
        if not isinstance(result.conversion, Converted):
            whole = pl.DataFrame({"phase": ["convert"], "reason": [result.conversion.reason]}).with_columns(**whose)
            frames.append(_shape(whole, "refused"))
    return _shape(pl.concat(frames), "refused", "resource", "line_number", "phase")


def _old_entities(numbering: Numbering, dataset: DatasetSpecification) -> pl.DataFrame:
    """Entities of the dataset's range that were merged or removed."""
    old = numbering.old_entities
    if dataset.entity_minimum is not None and dataset.entity_maximum is not None:
        old = old.filter(pl.col("old_entity").is_between(dataset.entity_minimum, dataset.entity_maximum))
    return _shape(old, "old_entity", "old_entity")
