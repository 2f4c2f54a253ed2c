"""Phase 1: cells without what only looks like content, records without what only looks like an entry."""

import polars as pl

from headrace.model.batch import Batch
from headrace.spec.rules import Rules
from headrace.transform.found import fields_of, refuse
from headrace.transform.matching import matches_at_start

BLANK_SPACE = " \n\r\t\f"

LINE_BREAK = "[\r\n]"

NOTHING = r"(?i)^(?:<*null>*|#*n/?a|\?*|-+)$"
"""What publishers write into a cell to say that there is nothing: `null`, `n/a`, `#N/A`, `?`, `-`."""


def normalise(batch: Batch, rules: Rules) -> Batch:
    """Trim each cell, blank what means nothing, refuse blank records and those that match a skip pattern."""
    columns = fields_of(batch.entries)
    if not columns:
        return batch
    entries = batch.entries.with_columns(pl.col(columns).str.strip_chars(BLANK_SPACE))
    broken = [name for name in columns if entries[name].str.contains(LINE_BREAK).any()]
    if broken:
        text = pl.col(broken).str.replace_all("\r", "", literal=True).str.replace_all("\n", "\r\n", literal=True)
        entries = entries.with_columns(text)
    entries = entries.with_columns(pl.when(~pl.col(columns).str.contains(NOTHING)).then(pl.col(columns)))
    blank = pl.all_horizontal(pl.col(columns).is_null())
    batch = batch.with_refused(refuse(entries.filter(blank), "normalise", "every cell is blank"))
    entries = entries.filter(~blank)
    return _skip(batch.with_entries(entries), rules)


def _skip(batch: Batch, rules: Rules) -> Batch:
    if not rules.skips:
        return batch
    cells = pl.col(fields_of(batch.entries)).fill_null("")
    entries = batch.entries.with_columns(pl.concat_str(cells, separator=",").alias("#joined"))
    for pattern in rules.skips:
        skipped = matches_at_start(entries["#joined"], pattern)
        at_top = batch.from_workbook and entries["line"].head(1).to_list() == [1]
        if at_top and pattern.match(_as_spreadsheet_header(entries)):
            skipped[0] = True
        if skipped.any():
            reason = f"configuration skips records like {pattern.pattern}"
            batch = batch.with_refused(refuse(entries.filter(skipped), "skip", reason, pl.col("#joined")))
            entries = entries.filter(~skipped)
    return batch.with_entries(entries.drop("#joined"))


def _as_spreadsheet_header(entries: pl.DataFrame) -> str:
    """The first record, its blank cells named as the existing platform names those of a workbook's first row.

    Patterns of its configuration are written for those names.
    """
    cells = entries.drop("line", "#joined").row(0)
    return ",".join(cell or f"Unnamed: {position}" for position, cell in enumerate(cells))
