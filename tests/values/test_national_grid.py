"""From the National Grid to degrees."""

import numpy as np
import pytest
from convertbng.cutil import convert_osgb36_to_ll

from headrace.values.national_grid import to_degrees
from headrace.values.transverse_mercator import AIRY_1830, GRS80, Projection

CAISTER = (651_409.903, 313_177.270)
"""The water tower of the worked examples in "A guide to coordinate systems in Great Britain", annexe C."""


def test_the_projection_gives_the_worked_example() -> None:
    """Caister water tower is at 1° 43′ 4.5177″ E, 52° 39′ 27.2531″ N on the Airy ellipsoid."""
    longitude, latitude = AIRY_1830.unproject(*(np.array([metres]) for metres in CAISTER))
    assert 1 + 43 / 60 + 4.5177 / 3600 == pytest.approx(longitude[0], abs=1e-8)
    assert 52 + 39 / 60 + 27.2531 / 3600 == pytest.approx(latitude[0], abs=1e-8)


@pytest.mark.parametrize("ellipsoid", [AIRY_1830, GRS80])
def test_projecting_undoes_unprojecting(ellipsoid: Projection) -> None:
    """There and back is less than 0.01 mm away, everywhere in Great Britain."""
    east, north = (axis.ravel() for axis in np.meshgrid(np.arange(0, 7e5, 5e4), np.arange(0, 1.25e6, 5e4)))
    again = ellipsoid.project(*ellipsoid.unproject(east, north))
    assert 0 == pytest.approx(np.abs(again - np.array([east, north])).max(), abs=1e-5)


def test_the_tower_is_where_satellites_see_it() -> None:
    """OSTN15 puts 1.716073973° E, 52.658007833° N at 651409.804 E, 313177.450 N; that way back to 5 mm."""
    degrees = to_degrees(np.array([[651_409.804, 313_177.450]]))[0]
    assert (1.716073973, 52.658007833) == pytest.approx(tuple(degrees), abs=5e-8)


def test_the_form_used_stays_near_the_definition() -> None:
    """Over England it differs from OSTN15 by less than 5 mm in 99 places of 100, and by less than 10 cm in all."""
    axes = np.arange(81_300, 655_000, 1_870), np.arange(6_300, 660_000, 1_870)
    places = np.column_stack([axis.ravel() for axis in np.meshgrid(*axes)]).astype(np.float64)
    defined = np.column_stack(convert_osgb36_to_ll(*(np.ascontiguousarray(axis) for axis in places.T)))
    metres_a_degree = np.column_stack([111_320 * np.cos(np.radians(defined[:, 1])), np.full(len(places), 111_320)])
    apart_mm = np.hypot(*((to_degrees(places) - defined) * metres_a_degree).T) * 1000
    assert np.percentile(apart_mm, 99) < 5
    assert apart_mm.max() < 100


def test_beyond_the_area_of_ostn15_there_are_no_degrees() -> None:
    """West and south of the false origin, north of Shetland and east of Norfolk the answer is NaN."""
    outside = np.array([[-1.0, 5e5], [5e5, -1.0], [5e5, 1_250_001.0], [700_001.0, 3e5], [np.nan, 3e5], [np.inf, 3e5]])
    assert np.isnan(to_degrees(outside)).all()


def test_many_places_are_converted_as_each_alone() -> None:
    """Nothing depends on what else is converted, near or far."""
    places = np.array([[530_000.0, 180_000.0], [90_000.0, 12_000.0], [np.nan, 0.0], [640_000.0, 650_000.0]])
    singly = np.concatenate([to_degrees(place[None]) for place in places])
    assert np.array_equal(singly, to_degrees(places), equal_nan=True)


def test_no_places_are_no_places() -> None:
    """Nothing is converted to nothing."""
    assert (0, 2) == to_degrees(np.empty((0, 2))).shape
