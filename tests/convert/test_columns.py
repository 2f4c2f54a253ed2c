import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import polars as pl
import pytest
import shapely

from headrace.convert.columns import read_parquet
from headrace.convert.resource import convert_bytes
from headrace.model.cells import Unconverted
from headrace.model.error import ConversionError

Rows = list[tuple[str | None, ...]]

SQUARE = shapely.box(530000, 180000, 530010, 180010)


def _write(frame: pl.DataFrame, geo: Any = None) -> bytes:  # Any: JSON
    file = BytesIO()
    frame.write_parquet(file, metadata=None if geo is None else {"geo": json.dumps(geo)})
    return file.getvalue()


def _geo(**column: Any) -> dict[str, Any]:
    return {"version": "1.1.0", "primary_column": "shape", "columns": {"shape": {"encoding": "WKB"} | column}}


def test_geoparquet_becomes_records(rows: Callable[[pl.DataFrame], Rows]) -> None:
    """Geometry first, in the coordinates of the file, then the other columns in their order."""
    frame = pl.DataFrame({"reference": ["001", "002"], "shape": [shapely.to_wkb(SQUARE), None], "hectares": [0.5, 12]})
    table = read_parquet(_write(frame, _geo(crs={"id": {"authority": "EPSG", "code": 27700}})))
    assert rows(table.frame) == [
        ("WKT", "reference", "hectares"),
        ("MULTIPOLYGON (((530010 180000,530010 180010,530000 180010,530000 180000,530010 180000)))", "001", "0.5"),
        (None, "002", "12"),
    ]
    assert [(made.about, made.choice, made.confidence) for made in table.decisions] == [
        ("layer", "shape", "sure"),
        ("crs", "EPSG:27700", "sure"),
    ]


def test_parquet_without_geometry_is_a_table(rows: Callable[[pl.DataFrame], Rows]) -> None:
    """Dates and moments are ISO, lists and structures JSON."""
    frame = pl.DataFrame(
        {
            "on": [date(2020, 1, 31)],
            "at": [datetime(2020, 1, 31, 9, 5)],
            "utc": [datetime(2020, 1, 31, 9, 5, tzinfo=UTC)],
            "many": [["a", "b"]],
            "parts": [{"x": 1}],
            "yes": [True],
            "nothing": [""],
        }
    )
    assert rows(read_parquet(_write(frame)).frame)[1] == (
        "2020-01-31",
        "2020-01-31T09:05:00",
        "2020-01-31T09:05:00+00:00",
        '["a", "b"]',
        '{"x":1}',
        "1",
        None,
    )


def test_coordinates_that_contradict_the_file_are_doubtful() -> None:
    """GeoParquet that names no CRS is in degrees; metres of the National Grid are not."""
    frame = pl.DataFrame({"shape": [shapely.to_wkb(SQUARE)], "a": ["1"]})
    crs = read_parquet(_write(frame, _geo())).decisions[-1]
    assert (crs.about, crs.choice, crs.confidence) == ("crs", "EPSG:27700", "doubtful")


def test_what_cannot_be_read_is_refused() -> None:
    """Geometry in another encoding, and a broken file."""
    frame = pl.DataFrame({"shape": ["POINT (1 2)"], "a": ["1"]})
    with pytest.raises(ConversionError, match=r"'shape' of the Parquet file is not well-known binary"):
        read_parquet(_write(frame, _geo()))
    broken = convert_bytes(b"PAR1" + bytes(40) + b"PAR1")
    assert isinstance(broken, Unconverted)
    assert broken.reason.startswith("The Parquet file cannot be read: ")


@pytest.mark.parametrize("geo", [[], {"primary_column": "b"}, {"primary_column": ["shape"], "columns": {}}, "x"])
def test_metadata_that_make_no_sense_say_nothing(geo: Any) -> None:
    """The columns are there all the same."""
    assert read_parquet(_write(pl.DataFrame({"a": ["1"], "b": ["2"]}), geo)).frame.width == 3
