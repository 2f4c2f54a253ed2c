"""Geometries that are elsewhere, of another size, or say less than they did."""

from typing import Final

import polars as pl

from headrace.watch.canary.pair import SHAPE, Pair, tell_rows

_BRITAIN: Final = ((-9.0, 2.1), (49.8, 61.0))
"""Least and most longitude and latitude of what is published, in degrees."""

_NEAR: Final = 0.01
"""Degrees by which a place may differ and be the same still."""

_MOVED_M: Final = 250.0
_DEGREE_M: Final = 111_195.0
_COARSER: Final = 0.6
"""Share of its vertices that a geometry has at most that is called coarser."""

_SIMPLE: Final = 12
"""Vertices of a geometry that may be drawn with fewer without being called coarser."""

_FINE: Final = 4
"""Decimals of a degree that are about eleven metres, and needed to find a site."""


def find_no_shape(pair: Pair) -> pl.DataFrame:
    """Entities that had a geometry and have none that can be read."""
    return _tell(pair, pl.col("x").is_null() & pl.col("x_before").is_not_null())


def find_swapped(pair: Pair) -> pl.DataFrame:
    """Geometries whose latitude is what their longitude was, and the other way round."""
    there = (pl.col("x") - pl.col("y_before")).abs() < _NEAR
    back = (pl.col("y") - pl.col("x_before")).abs() < _NEAR
    return _tell(pair, there & back)


def find_outside(pair: Pair) -> pl.DataFrame:
    """Geometries that lie nowhere in Britain and did, as do those in another reference system."""
    return _tell(pair, _is_inside("_before") & ~_is_inside(""))


def find_moved(pair: Pair) -> pl.DataFrame:
    """Geometries whose centre is more than 250 metres from where it was."""
    east = (pl.col("x") - pl.col("x_before")) * pl.col("y_before").clip(-90, 90).radians().cos()
    north = pl.col("y") - pl.col("y_before")
    return _tell(pair, (east.pow(2) + north.pow(2)).sqrt() * _DEGREE_M > _MOVED_M)


def find_resized(pair: Pair) -> pl.DataFrame:
    """Areas that are less than half of what they were, or more than twice as large."""
    times = pl.col("area_m2") / pl.col("area_m2_before")
    return _tell(pair, (pl.col("area_m2_before") > 0) & ((times < 0.5) | (times > 2)))


def find_invalid(pair: Pair) -> pl.DataFrame:
    """Geometries that cross themselves or are otherwise invalid, and were not."""
    return _tell(pair, pl.col("valid_before") & ~pl.col("valid"))


def find_coarser(pair: Pair) -> pl.DataFrame:
    """Geometries drawn with far fewer vertices or decimals than they were."""
    fewer = pl.col("vertices") <= pl.col("vertices_before") * _COARSER
    drawn = fewer & (pl.col("vertices_before") > _SIMPLE)
    written = (pl.col("decimals") < _FINE) & (pl.col("decimals") < pl.col("decimals_before"))
    return _tell(pair, drawn | written)


def _is_inside(ending: str) -> pl.Expr:
    (west, east), (south, north) = _BRITAIN
    return pl.col(f"x{ending}").is_between(west, east) & pl.col(f"y{ending}").is_between(south, north)


def _tell(pair: Pair, found: pl.Expr) -> pl.DataFrame:
    return tell_rows(pair.kept.filter(found), SHAPE, _say("_before"), _say(""))


def _say(ending: str) -> pl.Expr:
    """A geometry in a few words."""
    measures = [pl.col(f"{name}{ending}") for name in ("x", "y", "area_m2", "vertices")]
    x, y, area, vertices = measures
    at = pl.format("at {} {}, {} m², {} vertices", x.round(5), y.round(5), area.round(0).cast(pl.Int64), vertices)
    return at.fill_null("no geometry")
