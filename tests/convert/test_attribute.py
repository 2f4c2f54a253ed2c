from datetime import date, time

import polars as pl
import pytest

from headrace.convert.attribute import to_text


@pytest.mark.parametrize(
    ("values", "ogr_type", "expected"),
    [
        (pl.Series(["001"]), "OFTString", "001"),
        (pl.Series([5], dtype=pl.Int32), "OFTInteger", "5"),
        (pl.Series([12.0]), "OFTReal", "12"),
        (pl.Series([0.1 + 0.2]), "OFTReal", "0.3"),
        (pl.Series([-1.27018], dtype=pl.Float32), "OFTReal", "-1.27018"),
        (pl.Series([True]), "OFTInteger", "1"),
        (pl.Series([date(1978, 9, 28)]), "OFTDate", "1978/09/28"),
        (pl.Series([time(9, 5)]), "OFTTime", "09:05:00"),
        (pl.Series(["2022-08-01T09:30:00"]), "OFTDateTime", "2022/08/01 09:30:00"),
        (pl.Series(["2022-08-01T09:30:00Z"]), "OFTDateTime", "2022/08/01 09:30:00+00"),
        (pl.Series(["2022-08-01T09:30:00.250+01:00"]), "OFTDateTime", "2022/08/01 09:30:00.250+01"),
        (pl.Series(["2022-08-01T09:30:00-03:30"]), "OFTDateTime", "2022/08/01 09:30:00-0330"),
        (pl.Series([b"\x0f\xa0"]), "OFTBinary", "0FA0"),
        (pl.Series([[1.5, 2.0]]), "OFTRealList", "[1.5, 2.0]"),
        (pl.Series([["a", "é"]]), "OFTStringList", '["a", "é"]'),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_attribute_is_written(values: pl.Series, ogr_type: str, expected: str) -> None:
    """As GDAL's CSV driver spells it; nothing stays nothing."""
    assert [expected, None] == to_text(values.extend_constant(None, 1), ogr_type).to_list()
