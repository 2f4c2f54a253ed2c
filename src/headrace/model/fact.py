"""A fact: what one entry of one resource says about one field of one entity."""

from typing import Final

import polars as pl

FACT_SCHEMA: Final = pl.Schema(
    {
        "fact": pl.String,
        "entity": pl.Int64,
        "field": pl.String,
        "value": pl.String,
        "reference_entity": pl.Int64,
        "priority": pl.Int8,
        "entry": pl.UInt32,
        "line": pl.UInt32,
        "entry_date": pl.String,
    }
)
"""Facts of one resource. `fact` is the SHA-256, in hexadecimal, of `entity:field:value` in UTF-8; `value` is "" only
for a blank `end-date`; `priority` is 2 when the resource's organisation owns the entity, otherwise 1; `entry_date` is
an ISO date."""
