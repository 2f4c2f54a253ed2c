"""Parts of the tables of a dataset, made and kept apart so that what has not changed is not made again."""

from typing import Final

import polars as pl

BLOCK_ENTITIES: Final = 1_000
"""What is said of entities is kept by blocks of so many successive numbers."""

STATED: Final = "stated"
"""Name of the table of which resource says something of which entity: `entity` (Int64), `resource`, each pair once."""

ENTITY_TABLES: Final = ("entity", "fact", "fact_resource", STATED)
"""Tables that are kept by block of entities."""

UNKNOWN: Final = "unknown"
"""Name of the table of references that no entity has yet, kept beside the tables of the dataset."""

RESOURCE_TABLES: Final = ("issue", "column_field", "dataset_resource", "refused", UNKNOWN)
"""Tables that are kept by the first digit of a resource's hash."""


def block_of(entity: pl.Expr) -> pl.Expr:
    """The block of each entity number."""
    return entity // BLOCK_ENTITIES
