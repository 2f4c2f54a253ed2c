r"""Every case of tests/cases/values: one file a field type, that people who do not program can extend.

Columns: `text` as given; `value` as published, empty for none; `problem` the issue types, ` | ` between several;
`logged` the value of the issue; `note`. `\n`, `\r`, `\t` and `\u00a0` stand for characters one cannot see.
"""

import csv
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from headrace.values.parsed import Parsed
from headrace.values.registry import FIELD_TYPES

TODAY = date(2026, 11, 22)
FOLDER = Path(__file__).parent.parent / "cases/values"
INVISIBLE = {r"\n": "\n", r"\r": "\r", r"\t": "\t"}
CASES = [
    (path.stem, row)
    for path in sorted(FOLDER.glob("*.csv"))
    for row in csv.DictReader(path.open(encoding="utf-8", newline=""))
]


def _shown(text: str) -> str:
    text = re.sub(r"\\[nrt]", lambda found: INVISIBLE[found[0]], text)
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


def _read(datatype: str, texts: list[str]) -> list[tuple[str, str, str]]:
    column = FIELD_TYPES[datatype].parse_column(pl.Series(texts, dtype=pl.String), today=TODAY)
    assert len(texts) == len(column.values)
    found: list[tuple[list[str], list[str]]] = [([], []) for _ in texts]
    for index, kind, value, _ in column.problems.iter_rows():
        found[index][0].append(kind)
        found[index][1].extend([value] if value else [])
    return [
        (value or "", " | ".join(kinds), " | ".join(logged))
        for value, (kinds, logged) in zip(column.values, found, strict=True)
    ]


@pytest.mark.parametrize(("datatype", "case"), CASES, ids=[f"{name}: {row['text'][:60]!r}" for name, row in CASES])
def test_a_text_is_published_as(datatype: str, case: dict[str, str]) -> None:
    """The value, the problems and what is logged are those of the case."""
    expected = _shown(case["value"]), case["problem"], _shown(case["logged"])
    assert expected == _read(datatype, [_shown(case["text"])])[0]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.stem)
def test_a_column_is_read_as_its_texts_are(path: Path) -> None:
    """What a text becomes does not depend on the texts beside it, nor on their order."""
    texts = [_shown(row["text"]) for name, row in CASES if name == path.stem]
    singly = [_read(path.stem, [text])[0] for text in texts]
    assert singly == _read(path.stem, texts)
    assert singly[::-1] == _read(path.stem, texts[::-1])


@pytest.mark.parametrize("datatype", sorted(FIELD_TYPES))
def test_nothing_is_nothing(datatype: str) -> None:
    """An empty text has no value and no problem, and an empty column has neither."""
    assert [("", "", "")] == _read(datatype, [""])
    assert [] == _read(datatype, [])


MESSAGES = [
    ("datetime", "soon", "{field} must be a real date"),
    ("datetime", "1066-10-14", "1066-10-14 is before 1799-12-31"),
    ("datetime", "3017-06-07 00:00:00", "3017-06-07 00:00:00 is after 2076-11-22"),
    ("decimal", "much", "{field} must be a decimal number"),
    ("decimal", "-1", "{field} must be larger than 0.0"),
    ("latitude", "north", "{field} must be a decimal number"),
    ("integer", "many", "{field} must be a number"),
    ("integer", "-1", "{field} must be larger than 0"),
    ("flag", "perhaps", "{field} must be yes or no"),
    ("url", "nowhere", "{field} must be a real URL"),
    ("point", "nowhere", "Geometry must be in Well-Known Text (WKT) format"),
    ("point", "POLYGON((0 51,1 51,1 52,0 51))", "Geometry must be a point"),
    ("point", "POINT(20 20)", "Geometry must be in England"),
    ("point", "POINT(99 99)", "Geometry must use WGS84, OSGB or Mercator coordinates"),
    ("point", "POINT(530000 180000)", None),
    ("multipolygon", "POINT(0 51)", "Geometry must be a multipolygon"),
    ("multipolygon", "GEOMETRYCOLLECTION(POINT(0 51))", "Geometry must be a polygon"),
    ("multipolygon", "POLYGON((0 51,0.1 51,0 51))", "Geometry must be correctly formatted"),
    ("multipolygon", "POLYGON((0 51,0.1 51.1,0.1 51,0 51.1,0 51))", None),
]


@pytest.mark.parametrize(("datatype", "text", "message"), MESSAGES)
def test_the_publisher_is_told(datatype: str, text: str, message: str | None) -> None:
    """The message of the problem, where the name of the field is still to be put in."""
    column = FIELD_TYPES[datatype].parse_column(pl.Series([text]), today=TODAY)
    assert [message] == column.problems["message"].to_list()


@pytest.mark.parametrize("datatype", ["blob", "hash", "json", "pattern", "reference", "wkt", "not a datatype"])
def test_a_datatype_without_rules_keeps_its_texts(datatype: str) -> None:
    """Texts are unchanged and nothing is wrong with them."""
    texts = ['{"a": 1}', " x  y ", "0x00"]
    column = FIELD_TYPES[datatype].parse_column(pl.Series(texts), today=TODAY)
    assert texts == column.values.to_list()
    assert column.problems.is_empty()


def test_every_datatype_of_the_specification_has_its_field_type(shared: Path) -> None:
    """None of the datatypes that fields have is left to the rule for unknown ones."""
    fields = pl.read_csv(shared / "digital-land/specification/field.csv", infer_schema_length=0)
    assert [] == sorted(set(fields["datatype"].drop_nulls()) - set(FIELD_TYPES))


def test_a_29_february_in_fifty_years_is_the_28th() -> None:
    """The last day that is believed exists, whatever today is."""
    read = FIELD_TYPES["datetime"].parse_column
    column = read(pl.Series(["2078-02-28", "2078-03-01"]), today=date(2028, 2, 29))
    assert ["2078-02-28", None] == column.values.to_list()


def test_parsed_is_exported_for_one_value() -> None:
    """Each module also reads a single text."""
    from headrace.values import multipolygon, point

    assert Parsed("POINT (0.000000 51.000000)") == point.parse("POINT(0 51)")
    assert Parsed(None) == multipolygon.parse("")
