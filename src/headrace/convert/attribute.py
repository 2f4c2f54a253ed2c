"""Attributes of features as text, in the spelling of the existing platform's CSV files."""

import json
from collections.abc import Callable
from typing import Any

import polars as pl


def to_text(values: pl.Series, ogr_type: str) -> pl.Series:
    """The text of each value; null stays null.

    Whole numbers have no decimal point and others at most 15 significant digits; dates are `YYYY/MM/DD`, moments
    `YYYY/MM/DD HH:MM:SS` with `+HH` where an offset is known; booleans are `1` and `0`; lists are JSON.

    Args:
        values: as GDAL's Arrow stream gives them, moments as ISO text.
        ogr_type: GDAL's name of the type, for example `OFTDateTime`.

    Source: what GDAL's CSV driver writes, as seen in the existing platform's output.
    """
    if isinstance(values.dtype, pl.Extension):
        values = values.ext.storage()  # Text that is JSON says so in its type.
    if ogr_type == "OFTDateTime":
        return _moments(values.cast(pl.String))
    if values.dtype == pl.String:
        return values
    if isinstance(values.dtype, pl.List):
        return _each(values, lambda items: json.dumps(items.to_list(), ensure_ascii=False))
    if values.dtype == pl.Float64:
        return _each(values, "{:.15g}".format)
    if values.dtype == pl.Date:
        return values.dt.strftime("%Y/%m/%d")
    if values.dtype == pl.Time:
        return values.dt.strftime("%H:%M:%S")
    if values.dtype == pl.Binary:
        return values.bin.encode("hex").str.to_uppercase()
    return (values.cast(pl.Int8) if values.dtype == pl.Boolean else values).cast(pl.String)


def _moments(iso: pl.Series) -> pl.Series:
    """`2022-08-01T09:30:00+01:00` as `2022/08/01 09:30:00+01`."""
    moments = iso.str.slice(0, 10).str.replace_all("-", "/", literal=True) + " " + iso.str.slice(11)
    return (
        moments.str.replace(r"Z$", "+00")
        .str.replace(r"([+-]\d\d):00$", "${1}")
        .str.replace(r"([+-]\d\d):(\d\d)$", "${1}${2}")
    )


def _each(values: pl.Series, write: Callable[[Any], str]) -> pl.Series:  # Any: whatever a column of that type holds
    return pl.Series([None if value is None else write(value) for value in values], dtype=pl.String)
