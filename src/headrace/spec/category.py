"""Lists of category values: what may stand in a field that names one of a list of kinds."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from headrace.spec.specification import DatasetSpecification, FieldSpecification
from headrace.spec.table import Table
from headrace.values.category import normal_category

CATEGORY: Final = "category"
"""The typology of fields that name one of a list of kinds."""

Categories: TypeAlias = Mapping[str, str]
"""The values of one list: each as it is spelt, by its normal form, in the order of the list."""


def build_category_lists(tables: Mapping[str, Table]) -> dict[str, Categories]:
    """The list of each dataset of categories, by its name.

    Args:
        tables: by dataset, one row a value, in the column `reference`.

    Raises:
        ConfigurationError: a table has no such column.
    """
    return {
        dataset: {
            normal_category(row["reference"]): row["reference"]
            for row in table.require("reference").rows()
            if row["reference"]
        }
        for dataset, table in tables.items()
    }


def categories_of_fields(
    lists: Mapping[str, Categories],
    dataset: DatasetSpecification,
    fields: Mapping[str, FieldSpecification],
    migrations: Mapping[str, str],
) -> dict[str, Categories]:
    """The list of each category field of a dataset that has one; the older field that it replaces has the same.

    Args:
        lists: by dataset of categories.
        dataset, fields: what is read, and the specification's fields by name.
        migrations: the older field whose value a field takes, by field.
    """
    found = {}
    for name in dataset.fields:
        field = fields.get(name)
        values = lists.get(field.dataset or name) if field and field.typology == CATEGORY else None
        if values is not None:
            found[name] = values
            if name in migrations:
                found[migrations[name]] = values
    return found
