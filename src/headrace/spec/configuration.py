"""The configuration of one dataset's pipeline, filed so that what applies to a resource is found at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from headrace.spec.expectation import ExpectationRule, build_expectation_rules
from headrace.spec.numbering import Numbering
from headrace.spec.scope import Scoped, file_by_scope
from headrace.spec.table import Table

PIPELINE_TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "column": ("column", "field"),
    "combine": ("field", "separator"),
    "concat": ("field", "fields", "separator"),
    "convert": ("about", "choice"),
    "default": ("field", "default-field"),
    "default-value": ("field", "value"),
    "expect": ("datasets", "organisations", "operation", "parameters"),
    "filter": ("field", "pattern"),
    "lookup": ("prefix", "reference", "entity"),
    "lookup-rule": ("prefix", "offset", "entity-minimum", "entity-maximum"),
    "old-entity": ("old-entity", "status", "entity"),
    "patch": ("field", "pattern", "value"),
    "skip": ("pattern",),
    "transform": ("field", "replacement-field"),
    "entity-organisation": ("dataset", "entity-minimum", "entity-maximum", "organisation"),
}
"""Files of a pipeline folder, with the columns that are read; `convert` is Headrace's own."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What is configured for one dataset.

    Attributes:
        columns, combines, concats, conversions, defaults, default_values, filters, patches, skips, transforms: rows by
            scope.
        numbering: which entities references mean; the same for all datasets of a pipeline.
        expectations: what the dataset should be like.
    """

    dataset: str
    columns: Scoped
    combines: Scoped
    concats: Scoped
    conversions: Scoped
    defaults: Scoped
    default_values: Scoped
    filters: Scoped
    patches: Scoped
    skips: Scoped
    transforms: Scoped
    numbering: Numbering
    expectations: tuple[ExpectationRule, ...] = ()


def build_configuration(dataset: str, tables: Mapping[str, Table], numbering: Numbering) -> Configuration:
    """The configuration of a dataset that the tables of its pipeline folder describe, with its numbering.

    Raises:
        ConfigurationError: a table lacks a column, or a cell holds what it must not.
    """
    for name, columns in PIPELINE_TABLES.items():
        tables[name].require(*columns)

    def scoped(name: str) -> Scoped:
        return file_by_scope(tables[name], dataset)

    return Configuration(
        dataset=dataset,
        columns=scoped("column"),
        combines=scoped("combine"),
        concats=scoped("concat"),
        conversions=scoped("convert"),
        defaults=scoped("default"),
        default_values=scoped("default-value"),
        filters=scoped("filter"),
        patches=scoped("patch"),
        skips=scoped("skip"),
        transforms=scoped("transform"),
        numbering=numbering,
        expectations=build_expectation_rules(tables["expect"], dataset),
    )
