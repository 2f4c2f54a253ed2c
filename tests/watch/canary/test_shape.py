"""What is measured of a geometry."""

import polars as pl
import pytest
import shapely

from headrace.watch.canary.shape import measure_shapes


def test_a_square_is_measured() -> None:
    """A hundredth of a degree at 52° north is 1,112 by 685 metres."""
    square = shapely.box(-1.80, 52.0, -1.79, 52.01)
    measured = measure_shapes(pl.Series([shapely.to_wkb(square), None, shapely.to_wkb(shapely.Point(-1.5, 52.125))]))

    first, missing, point = measured.to_dicts()
    assert first["area_m2"] == pytest.approx(1112 * 685, rel=0.01)
    assert (5, True, 2) == (first["vertices"], first["valid"], first["decimals"])
    assert {None} == set(missing.values())
    assert (-1.5, 52.125, 0.0, 3) == (point["x"], point["y"], point["area_m2"], point["decimals"])


def test_a_bow_tie_is_invalid() -> None:
    bow_tie = shapely.Polygon([(0, 50), (1, 51), (1, 50), (0, 51)])

    assert [False] == measure_shapes(pl.Series([shapely.to_wkb(bow_tie)]))["valid"].to_list()
