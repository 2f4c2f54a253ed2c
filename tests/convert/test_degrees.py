import numpy as np
import pytest
from convertbng.cutil import convert_osgb36_to_ll

from headrace.convert.degrees import find_way
from headrace.values.transverse_mercator import AIRY_1830

GRID = np.array([[530027.006, 180379.893], [90000.0, 10000.0], [447000.0, 1209000.0]])
"""Charing Cross, Scilly, Shetland."""

CHARING_CROSS = (-0.1278, 51.5074)
BELFAST = (-5.9301, 54.5964)


def test_degrees_of_ordnance_survey_go_through_its_grid_of_shifts() -> None:
    """Where any formula is metres off; the other way there is here the binding of Ordnance Survey's own."""
    osgb36 = np.column_stack(AIRY_1830.unproject(GRID[:, 0], GRID[:, 1]))
    way = find_way("EPSG:4277")
    assert way is not None
    assert way.operation == "National Grid and OSTN15"
    expected = np.column_stack(convert_osgb36_to_ll(GRID[:, 0].copy(), GRID[:, 1].copy()))
    assert way.to_degrees(osgb36) == pytest.approx(expected, abs=1e-6)
    assert np.abs(osgb36 - expected).max() > 1e-3


@pytest.mark.parametrize(
    ("system", "coordinates", "place"),
    [
        ("EPSG:3035", (3620438.012, 3203903.360), CHARING_CROSS),
        ("EPSG:25830", (699316.234, 5710163.758), CHARING_CROSS),
        ("EPSG:25831", (282950.215, 5710891.173), CHARING_CROSS),
        ("EPSG:32630", (699316.234, 5710163.758), CHARING_CROSS),
        ("EPSG:32631", (282950.215, 5710891.173), CHARING_CROSS),
        ("EPSG:29902", (333831.286, 373987.340), BELFAST),
        ("EPSG:29903", (333831.286, 373987.340), BELFAST),
        ("EPSG:2157", (733754.109, 873983.463), BELFAST),
        ("EPSG:4937", CHARING_CROSS, CHARING_CROSS),
    ],
)
def test_a_known_place_is_found(system: str, coordinates: tuple[float, float], place: tuple[float, float]) -> None:
    """To a decimetre, with an accuracy that is told."""
    way = find_way(system)
    assert way is not None
    assert way.system == system
    assert 0 <= way.accuracy_m <= 1
    assert way.to_degrees(np.array([coordinates]))[0] == pytest.approx(place, abs=1e-6)


@pytest.mark.parametrize(
    "described",
    ["EPSG:99999", "rubbish", "EPSG:4936", "EPSG:5701", 'PROJCS["unnamed",GEOGCS["Airy 1830"]]', "EPSG:4269", ""],
    ids=["no such code", "no code", "geocentric", "heights", "half a description", "no way to WGS84", "nothing"],
)
def test_there_may_be_no_way(described: str) -> None:
    """Nothing is guessed: an approximation without a known accuracy is none."""
    assert find_way(described) is None


def test_nothing_is_fetched() -> None:
    """PROJ would fetch grids of shifts, were it told to by the environment."""
    find_way("EPSG:3035")
    from pyproj import network

    assert not network.is_network_enabled()
