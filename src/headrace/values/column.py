"""A column of texts read: the values, and the problems met."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from headrace.values.parsed import Parsed

PROBLEM_SCHEMA: Final = pl.Schema({"index": pl.UInt32, "type": pl.String, "value": pl.String, "message": pl.String})
"""Problems of a column of texts. `index` is the position of the text; the rest is as in `Problem`."""

FEW: Final = 100
"""Up to so many texts, reading each costs less than finding out which need not be read."""


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
    if len(texts) <= FEW:
        return gather_parsed([parse(text) for text in texts])
    kept = texts.rename("text").to_frame().select(canonical).to_series()
    others = (~kept).arg_true()
    if others.is_empty():
        return ParsedColumn(texts.alias("value"), pl.DataFrame(schema=PROBLEM_SCHEMA))
    read = gather_parsed([parse(text) for text in texts.gather(others)])
    problems = read.problems.with_columns(others.gather(read.problems["index"]).alias("index"))
    return ParsedColumn(texts.alias("value").scatter(others, read.values), problems)


def gather_parsed(parsed: Sequence[Parsed]) -> ParsedColumn:
    """The column that single values make up."""
    rows = [
        (index, problem.type, problem.value, problem.message)
        for index, one in enumerate(parsed)
        for problem in one.problems
    ]
    values = pl.Series("value", [one.value for one in parsed], dtype=pl.String)
    return ParsedColumn(values, pl.DataFrame(rows, schema=PROBLEM_SCHEMA, orient="row"))
