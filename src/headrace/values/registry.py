"""Every field type by the name of its datatype in the specification."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

import polars as pl

from headrace.values import address, coordinate, curie, decimal, flag, integer, multipolygon, point, text, url
from headrace.values import date as date_type
from headrace.values.column import ParsedColumn, parse_texts
from headrace.values.parsed import Parsed


class ColumnParser(Protocol):
    """Reads texts, each given once and none null; `today` decides which days are too far ahead."""

    def __call__(self, texts: pl.Series, *, today: date) -> ParsedColumn:
        """Read a column."""
        ...


@dataclass(frozen=True, slots=True)
class FieldType:
    """How the texts of a field are read.

    Attributes:
        name: the datatype, as the specification names it.
        parse_column: reads the distinct texts of a column, in order.
    """

    name: str
    parse_column: ColumnParser


def _one_by_one(name: str, parse: Callable[[str], Parsed], canonical: Callable[[pl.Expr], pl.Expr]) -> FieldType:
    def parse_column(texts: pl.Series, *, today: date) -> ParsedColumn:
        return parse_texts(texts, parse, canonical(pl.col("text")))

    return FieldType(name, parse_column)


class _FieldTypes(dict[str, FieldType]):
    """A datatype that is not known keeps its texts as they are."""

    def __missing__(self, name: str) -> FieldType:
        return _one_by_one(name, curie.parse, curie.canonical)


FIELD_TYPES: Final = _FieldTypes(
    (field_type.name, field_type)
    for field_type in (
        FieldType("datetime", date_type.parse_column),
        FieldType("multipolygon", multipolygon.parse_column),
        FieldType("point", point.parse_column),
        _one_by_one("address", address.parse, address.canonical),
        _one_by_one("curie", curie.parse, curie.canonical),
        _one_by_one("decimal", decimal.parse, decimal.canonical),
        _one_by_one("flag", flag.parse, flag.canonical),
        _one_by_one("integer", integer.parse, integer.canonical),
        _one_by_one("latitude", coordinate.parse, coordinate.canonical),
        _one_by_one("longitude", coordinate.parse, coordinate.canonical),
        _one_by_one("string", text.parse, text.canonical),
        _one_by_one("text", text.parse, text.canonical),
        _one_by_one("url", url.parse, url.canonical),
        *(
            _one_by_one(name, curie.parse, curie.canonical)
            for name in ("blob", "hash", "json", "pattern", "reference", "wkt")
        ),
    )
)
"""Those that the existing platform refuses (`blob` to `wkt`) keep their texts as they are."""
