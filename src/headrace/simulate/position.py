"""A place on the British National Grid, written in the ways in which councils write it."""

from collections.abc import Callable, Sequence

from convertbng.cutil import convert_osgb36_to_ll

Place = tuple[int, int]
"""Easting and northing, metres (EPSG:27700)."""

Position = Callable[[Place], tuple[str, str, str]]
"""A way of writing a place: the texts of GeoX, GeoY and CoordinateReferenceSystem."""


def degrees(places: Sequence[Place]) -> list[tuple[float, float]]:
    """Longitude and latitude of places (WGS84), degrees to 6 places, by OSTN15."""
    eastings, northings = zip(*places, strict=True)
    longitudes, latitudes = convert_osgb36_to_ll([float(e) for e in eastings], [float(n) for n in northings])
    pairs = zip(longitudes, latitudes, strict=True)
    return [(round(float(longitude), 6), round(float(latitude), 6)) for longitude, latitude in pairs]


def in_degrees(place: Place) -> tuple[str, str, str]:
    """Longitude, then latitude: as the standard asks."""
    (longitude, latitude), *_ = degrees([place])
    return str(longitude), str(latitude), "WGS84"


def in_swapped_degrees(place: Place) -> tuple[str, str, str]:
    """Latitude where longitude should be."""
    (longitude, latitude), *_ = degrees([place])
    return str(latitude), str(longitude), "WGS84"


def in_grid_metres(place: Place) -> tuple[str, str, str]:
    """Easting and northing, as most councils' own systems have them."""
    return str(place[0]), str(place[1]), "OSGB36"


def in_mislabelled_metres(place: Place) -> tuple[str, str, str]:
    """Easting and northing under the name of the reference system that the standard of 2017 named first."""
    return f"{place[0]}.00", f"{place[1]}.00", "ETRS89"
