"""Phase 2: the first record left is the header; the others are entries, numbered from 1."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from headrace.model.batch import Batch
from headrace.spec.rules import Rules
from headrace.transform.found import fields_of


def read_header(batch: Batch, rules: Rules) -> Batch:
    """Take the names of the columns from the first record."""
    if batch.entries.is_empty():
        return batch.with_entries(batch.entries.select("line", pl.lit(None, pl.UInt32).alias("entry")))
    columns = fields_of(batch.entries)
    header = tuple(name or "" for name in batch.entries.select(columns).row(0))
    entries = batch.entries.slice(1).with_row_index("entry", offset=1).select("line", "entry", *columns)
    line = int(batch.entries["line"][0])
    return replace(batch, entries=entries, header=header, header_line=line, numbered=entries.height)


def continue_header(first: Batch, numbered: int) -> Callable[[Batch, Rules], Batch]:
    """A phase for a later part of a resource: its columns are those of the first, its entries follow `numbered`."""

    def read_on(batch: Batch, rules: Rules) -> Batch:
        columns = fields_of(batch.entries)
        entries = batch.entries.with_row_index("entry", offset=numbered + 1).select("line", "entry", *columns)
        header = first.header + ("",) * (len(columns) - len(first.header))
        return replace(batch, entries=entries, header=header, header_line=first.header_line, numbered=entries.height)

    return read_on
