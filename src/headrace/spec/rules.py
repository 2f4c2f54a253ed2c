"""Rules: all that applies to one resource, decided once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256

import orjson

from headrace.model.error import ConfigurationError
from headrace.spec.category import Categories, categories_of_fields
from headrace.spec.configuration import Configuration
from headrace.spec.conversion_choice import read_choices
from headrace.spec.numbering import Numbering
from headrace.spec.organisations import Organisations
from headrace.spec.pattern import compile_pattern
from headrace.spec.scope import Applicable
from headrace.spec.specification import DatasetSpecification, FieldSpecification, Specification
from headrace.spec.table import Row, Table


@dataclass(frozen=True, slots=True)
class Concat:
    """A field made of columns: `prepend`, then what is not blank of them joined by `separator`, then `append`."""

    field: str
    columns: tuple[str, ...]
    separator: str
    prepend: str
    append: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Only entries whose value of a column or field matches a pattern at its start are kept."""

    field: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Patch:
    """A value that matches a pattern at its start, in any case, is replaced whole; field "" means any field."""

    field: str
    pattern: re.Pattern[str]
    value: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All that applies to one resource.

    Attributes:
        dataset: what the resource is read as.
        fields: the specification's fields, by name.
        resource, endpoints, organisations: where it came from.
        entry_date: the ISO date given to entries that have none; the day the resource was first seen.
        today: the day of the run; dates after it are in the future.
        choices: what is chosen where converting would otherwise decide for itself: about what → choice.
        skips: patterns of records that are not entries.
        concats, raw_filters, filters: see those records.
        patches: see that record; by field, those of any field under "".
        columns: field by column name in normal form, where it is configured.
        reserved: fields that configuration gives to columns of this endpoint or resource, and so to no other column.
        defaults: for a blank field, another field to take the value from, in order.
        default_values: for a blank field, a constant.
        migrations: the older field whose value a field takes, by field.
        categories: for a field whose values are on a list, each value as it is spelt by its normal form.
        combines: separator by field, for fields whose values are combined over all entries of an entity.
        numbering: which entities references mean.
        organisations_known: every organisation.
        reference_prefixes: prefixes whose references should name an entity that exists.
        key: hash of all the above but `today` and the numbering, which is hashed by what was asked of it.
    """

    dataset: DatasetSpecification
    fields: Mapping[str, FieldSpecification]
    resource: str
    endpoints: tuple[str, ...]
    organisations: tuple[str, ...]
    entry_date: str
    today: date
    choices: Mapping[str, str]
    skips: tuple[re.Pattern[str], ...]
    concats: tuple[Concat, ...]
    raw_filters: tuple[Filter, ...]
    filters: tuple[Filter, ...]
    columns: Mapping[str, str]
    reserved: frozenset[str]
    patches: Mapping[str, tuple[Patch, ...]]
    defaults: Mapping[str, str]
    default_values: Mapping[str, str]
    migrations: Mapping[str, str]
    categories: Mapping[str, Categories]
    combines: Mapping[str, str]
    numbering: Numbering
    organisations_known: Organisations
    reference_prefixes: frozenset[str]
    key: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a resource came from: what rules are resolved for.

    Attributes:
        resource: its SHA-256.
        endpoints: hashes of the endpoints that served it.
        organisations: CURIEs of the organisations whose endpoints they are.
        entry_date: the ISO day on which it was first seen.
    """

    resource: str
    endpoints: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    entry_date: str = ""


def resolve(
    specification: Specification,
    configuration: Configuration,
    organisations: Organisations,
    provenance: Provenance,
    today: date,
) -> Rules:
    """The rules for one resource: the precedence of every table, decided here and nowhere else.

    Raises:
        ConfigurationError: a pattern is no regular expression, or two rows say different things of one field.
    """
    resource, endpoints = provenance.resource, provenance.endpoints

    def applicable(scoped_name: str) -> Applicable:
        applied: Applicable = getattr(configuration, scoped_name).applicable(resource, endpoints)
        return applied

    dataset = specification.dataset(configuration.dataset)
    filters, skips = applicable("filters"), applicable("skips")
    values, combines = applicable("default_values"), applicable("combines")
    columns, reserved = _columns(applicable("columns"))
    default_values = {row["field"]: row["value"] for row in values.general + values.endpoint}
    migrations = _migrations(applicable("transforms"), configuration.transforms.table)
    for row in filters.narrowing():
        compile_pattern(row["pattern"], configuration.filters.table.where(row))
    rules = Rules(
        dataset=dataset,
        fields=specification.fields,
        resource=resource,
        endpoints=endpoints,
        organisations=provenance.organisations,
        entry_date=default_values.get("entry-date") or provenance.entry_date,
        today=today,
        choices=read_choices(applicable("conversions"), configuration.conversions.table),
        skips=tuple(compile_pattern(row["pattern"], configuration.skips.table.where(row)) for row in skips.narrowing()),
        concats=_concats(applicable("concats")),
        raw_filters=tuple(Filter(row["field"], row["pattern"]) for row in filters.general + filters.resource),
        filters=tuple(Filter(row["field"], row["pattern"]) for row in filters.narrowing()),
        columns=columns,
        reserved=reserved,
        patches=_patches(applicable("patches"), configuration.patches.table),
        defaults={row["field"]: row["default-field"] for row in _endpoint_last(applicable("defaults"))},
        default_values=default_values,
        migrations=migrations,
        categories=categories_of_fields(specification.categories, dataset, specification.fields, migrations),
        combines={row["field"]: row["separator"] for row in combines.general + combines.endpoint},
        numbering=configuration.numbering,
        organisations_known=organisations,
        reference_prefixes=specification.reference_prefixes,
        key="",
    )
    return replace(rules, key=_key(rules))


def _key(rules: Rules) -> str:
    """The hash of all that a result depends on and that is known before the resource is read."""
    dataset = rules.dataset
    said = [
        [dataset.dataset, dataset.prefix, dataset.entity_minimum, dataset.entity_maximum, dataset.mandatory],
        [(name, rules.fields.get(name)) for name in dataset.fields],
        rules.resource,
        sorted(rules.organisations),
        rules.entry_date,
        sorted(rules.choices.items()),
        [pattern.pattern for pattern in rules.skips],
        rules.concats,
        rules.raw_filters,
        rules.filters,
        sorted(rules.columns.items()),
        sorted(rules.reserved),
        [(field, each.pattern.pattern, each.value) for field, of in rules.patches.items() for each in of],
        list(rules.defaults.items()),
        sorted(rules.default_values.items()),
        sorted(rules.migrations.items()),
        sorted((field, list(values.values())) for field, values in rules.categories.items()),
        sorted(rules.combines.items()),
        sorted(rules.reference_prefixes),
        rules.organisations_known.digest,
    ]
    return sha256(orjson.dumps(said)).hexdigest()


def normal_name(name: str) -> str:
    """A column's name as it is compared: lower case, `_` as `-`, nothing but letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9-]", "", name.replace("_", "-").lower())


def _endpoint_last(applied: Applicable) -> tuple[Row, ...]:
    """Rows in the order in which later ones hold, for tables in which the endpoint outranks the resource."""
    return applied.general + applied.resource + applied.endpoint


def _concats(applied: Applicable) -> tuple[Concat, ...]:
    by_field = {
        row["field"]: Concat(
            field=row["field"],
            columns=tuple(name for name in row["fields"].split(";") if name),
            separator=row["separator"],
            prepend=row.get("prepend", ""),
            append=row.get("append", ""),
        )
        for row in _endpoint_last(applied)
    }
    return tuple(by_field.values())


@lru_cache(maxsize=1024)
def _columns(applied: Applicable) -> tuple[dict[str, str], frozenset[str]]:
    """Endpoint rows, overridden by resource rows, and the fields they give; general rows only for other fields."""
    narrow = {normal_name(row["column"]): row["field"] for row in applied.endpoint + applied.resource}
    reserved = frozenset(narrow.values())
    general = {normal_name(row["column"]): row["field"] for row in applied.general}
    return {name: field for name, field in general.items() if field not in reserved} | narrow, reserved


@lru_cache(maxsize=1024)
def _patches(applied: Applicable, table: Table) -> Mapping[str, tuple[Patch, ...]]:
    """In order of the general rows; a narrower row for the same field and pattern takes the place of a wider one."""
    by_field: dict[str, list[Patch]] = {}
    for row in {(row["field"], row["pattern"]): row for row in applied.narrowing()}.values():
        pattern = compile_pattern(row["pattern"], table.where(row), re.IGNORECASE)
        by_field.setdefault(row["field"], []).append(Patch(row["field"], pattern, row["value"]))
    return {field: tuple(patches) for field, patches in by_field.items()}


def _migrations(applied: Applicable, table: Table) -> dict[str, str]:
    migrations: dict[str, Row] = {}
    for row in applied.narrowing():
        field = row["replacement-field"]
        if not field:
            continue
        if field in migrations and migrations[field]["field"] != row["field"]:
            raise ConfigurationError(
                table.where(row),
                f"{field!r} is already the replacement of {migrations[field]['field']!r}",
                "one older field for each replacement-field",
            )
        migrations[field] = row
    return {field: row["field"] for field, row in migrations.items()}
