"""Phase 3: a column made of others, by their names in the resource."""

from dataclasses import replace

import polars as pl

from headrace.model.batch import Batch
from headrace.spec.rules import Concat, Rules


def concat(batch: Batch, rules: Rules) -> Batch:
    """Join columns as configured; a column of the new one's own name comes first in the joined text."""
    for rule in rules.concats:
        batch = _join(batch, rule)
    return batch


def positions(header: tuple[str, ...]) -> dict[str, str]:
    """The column of each name; of two with one name the later."""
    return {name: str(position) for position, name in enumerate(header) if name}


def _join(batch: Batch, rule: Concat) -> Batch:
    column_of = positions(batch.header)
    parts = [column_of[name] for name in (rule.field, *rule.columns) if name in column_of]
    joined = pl.concat_str(parts, separator=rule.separator, ignore_nulls=True) if parts else pl.lit("")
    text = pl.lit(rule.prepend) + joined.fill_null("") + pl.lit(rule.append)
    target = column_of.get(rule.field, str(len(batch.header)))
    header = batch.header if rule.field in column_of else (*batch.header, rule.field)
    entries = batch.entries.with_columns(pl.when(text != "").then(text).alias(target))
    said = f"{rule.prepend}{rule.separator.join(rule.columns)}{rule.append}"
    claim = pl.DataFrame({"column": [rule.field], "field": [said]}, schema=batch.claims.schema)
    return replace(batch, entries=entries, header=header, claims=pl.concat([batch.claims, claim]))
