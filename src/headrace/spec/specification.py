"""The specification: which datasets there are, what fields they have, and which issues can be found in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from headrace.model.error import ConfigurationError
from headrace.spec.table import Table

REQUIRED_TABLES: Final = {
    "dataset": ("dataset", "collection", "name", "typology", "entity-minimum", "entity-maximum"),
    "field": ("field", "datatype", "typology", "parent-field", "replacement-field", "end-date"),
    "schema-field": ("schema", "field"),
    "pipeline": ("pipeline", "schema"),
    "issue-type": ("issue-type", "severity", "name", "description", "responsibility"),
}
"""Files of a specification that must be there, with the columns that are read."""

OPTIONAL_TABLES: Final = {
    "provision-rule": ("dataset", "specification", "project"),
    "mandatory-field": ("dataset", "field"),
}
"""Files of a specification that are used where they are there."""


@dataclass(frozen=True, slots=True)
class FieldSpecification:
    """One field.

    Attributes:
        field: its name.
        datatype: the field type of its values, for example `datetime`.
        typology: the kind of thing it names, found at the root of its parents, for example `category`.
        dataset: the dataset whose members its values name, where that is not the field's own name.
        current: whether it has not ended.
    """

    field: str
    datatype: str
    typology: str
    dataset: str
    current: bool


@dataclass(frozen=True, slots=True)
class DatasetSpecification:
    """One dataset.

    Attributes:
        dataset, name, plural, description, collection, typology, licence, attribution: as specified; "" where not.
        prefix: the prefix of its references.
        entity_minimum, entity_maximum: the range of its entity numbers; None where it has none.
        fields: the names of the fields of its schema, sorted.
        mandatory: fields that must not be blank where they are given.
    """

    dataset: str
    name: str
    plural: str
    description: str
    collection: str
    typology: str
    licence: str
    attribution: str
    prefix: str
    entity_minimum: int | None
    entity_maximum: int | None
    fields: tuple[str, ...]
    mandatory: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssueType:
    """One kind of issue: what it is called, how bad it is, and whose task it is (`internal` or `external`)."""

    code: str
    name: str
    description: str
    severity: str
    responsibility: str


@dataclass(frozen=True, slots=True)
class Specification:
    """All of it.

    Attributes:
        datasets: by name.
        fields: by name.
        issue_types: by code.
        reference_prefixes: prefixes whose references are expected to name an entity that exists.
        categories: lists of category values by dataset: each value as it is spelt, by its normal form.
    """

    datasets: Mapping[str, DatasetSpecification]
    fields: Mapping[str, FieldSpecification]
    issue_types: Mapping[str, IssueType]
    reference_prefixes: frozenset[str]
    categories: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def dataset(self, name: str) -> DatasetSpecification:
        """The dataset of that name.

        Raises:
            ConfigurationError: there is none.
        """
        try:
            return self.datasets[name]
        except KeyError as error:
            raise ConfigurationError("dataset.csv", f"no dataset {name!r}", "one of its datasets") from error


def build_specification(
    tables: Mapping[str, Table], categories: Mapping[str, Mapping[str, str]] | None = None
) -> Specification:
    """The specification that its tables, keyed by file name without `.csv`, describe, with its lists of categories.

    Raises:
        ConfigurationError: a table lacks a column, or a cell holds what it must not.
    """
    for name, columns in REQUIRED_TABLES.items():
        tables[name].require(*columns)
    return Specification(
        datasets=_datasets(tables),
        fields=_fields(tables["field"]),
        issue_types={
            row["issue-type"]: IssueType(
                row["issue-type"], row["name"], row["description"], row["severity"], row["responsibility"]
            )
            for row in tables["issue-type"].rows()
        },
        reference_prefixes=_reference_prefixes(tables),
        categories=categories or {},
    )


def _fields(table: Table) -> dict[str, FieldSpecification]:
    rows = {row["field"]: row for row in table.rows()}

    def root_typology(field: str) -> str:
        seen: set[str] = set()
        while field in rows and field not in seen:
            seen.add(field)
            parent = rows[field]["parent-field"]
            if not parent or parent == field:
                return rows[field]["typology"]
            field = parent
        return rows[field]["typology"] if field in rows else ""

    return {
        name: FieldSpecification(
            name, row["datatype"], root_typology(name), row.get("dataset", ""), current=not row["end-date"]
        )
        for name, row in rows.items()
    }


def _datasets(tables: Mapping[str, Table]) -> dict[str, DatasetSpecification]:
    schema_of = {row["pipeline"]: row["schema"] for row in tables["pipeline"].rows()}
    fields_of: dict[str, set[str]] = {}
    for row in tables["schema-field"].rows():
        fields_of.setdefault(row["schema"], set()).add(row["field"])
    mandatory_of: dict[str, list[str]] = {}
    for row in tables["mandatory-field"].rows():
        mandatory_of.setdefault(row["dataset"], []).append(row["field"])
    table = tables["dataset"]
    datasets = {}
    for row in table.rows():
        name = row["dataset"]
        datasets[name] = DatasetSpecification(
            dataset=name,
            name=row["name"] or name,
            plural=row.get("plural", "") or row["name"] or name,
            description=row.get("text", "") or row.get("description", ""),
            collection=row["collection"],
            typology=row["typology"],
            licence=row.get("licence", ""),
            attribution=row.get("attribution", ""),
            prefix=row.get("prefix", "") or name,
            entity_minimum=table.number(row, "entity-minimum") if row["entity-minimum"] else None,
            entity_maximum=table.number(row, "entity-maximum") if row["entity-maximum"] else None,
            fields=tuple(sorted(fields_of.get(schema_of.get(name, name), ()))),
            mandatory=tuple(mandatory_of.get(name, ())),
        )
    return datasets


def _reference_prefixes(tables: Mapping[str, Table]) -> frozenset[str]:
    """Prefixes of the specifications that the open digital planning project expects, and plans."""
    expected = {
        row["specification"] for row in tables["provision-rule"].rows() if row["project"] == "open-digital-planning"
    }
    return frozenset((expected - {""}) | {"plan"})
