"""A column of texts read: the values, and the problems met."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from headrace.values.parsed import Parsed, Problem

PROBLEM_SCHEMA: Final = pl.Schema({"index": pl.UInt32, "type": pl.String, "value": pl.String, "message": pl.String})
"""Problems of a column of texts. `index` is the position of the text; the rest is as in `Problem`."""


@dataclass(frozen=True, slots=True)
class ParsedColumn:
    """What comes of reading a column of texts.

    Attributes:
        values: String, one for each text in the same order; null where the text holds no value.
        problems: `PROBLEM_SCHEMA`, in the order of the texts and of occurrence within one.
    """

    values: pl.Series
    problems: pl.DataFrame


def parse_texts(texts: pl.Series, parse: Callable[[str], Parsed], canonical: pl.Expr) -> ParsedColumn:
    """Read texts one by one, except those known to be in published form already, which are kept.

    Args:
        texts: String, without nulls.
        parse: reads one text.
        canonical: Boolean, of the column "text": true only where `parse` would return the text with no problem.
    """
    kept = texts.rename("text").to_frame().select(canonical.fill_null(value=False)).to_series()
    others = (~kept).arg_true()
    if others.is_empty():
        return ParsedColumn(texts.alias("value"), problem_table(()))
    parsed = [parse(text) for text in texts.gather(others)]
    values = pl.Series([one.value for one in parsed], dtype=pl.String)
    met = ((index, problem) for index, one in zip(others, parsed, strict=True) for problem in one.problems)
    return ParsedColumn(replace_at(texts, others, values), problem_table(met))


def replace_at(texts: pl.Series, positions: pl.Series, values: pl.Series) -> pl.Series:
    """The texts with those at some positions (unsigned numbers, each once) replaced; named "value"."""
    if len(positions) == len(texts):
        return values.gather(positions.arg_sort()).alias("value")
    sources = pl.arange(len(texts), dtype=pl.UInt32, eager=True).scatter(
        positions, pl.arange(len(texts), len(texts) + len(values), dtype=pl.UInt32, eager=True)
    )
    return pl.concat([texts.alias("value"), values.alias("value")]).gather(sources)


def problem_table(met: Iterable[tuple[int, Problem]]) -> pl.DataFrame:
    """Problems with the position of their text, as a table of `PROBLEM_SCHEMA` in the order of the texts."""
    rows: Sequence[tuple[int, str, str | None, str | None]] = [
        (index, problem.type, problem.value, problem.message) for index, problem in met
    ]
    return pl.DataFrame(rows, schema=PROBLEM_SCHEMA, orient="row").sort("index", maintain_order=True)
