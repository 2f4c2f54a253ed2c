"""The transverse Mercator projection of the National Grid, on either of its two ellipsoids.

Source: Krüger, L., "Konforme Abbildung des Erdellipsoids in der Ebene" (1912): series in the third flattening n to its
fourth power. Parameters: Ordnance Survey, "A guide to coordinate systems in Great Britain", annexe A. The error of the
series is below 0.01 mm in and around Great Britain.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]
_Field = TypeVar("_Field", NDArray[np.float64], NDArray[np.complex128])

_SCALE: Final = 0.9996012717
_ORIGIN_LATITUDE: Final = 49.0
_CENTRAL_MERIDIAN: Final = -2.0
_FALSE_EASTING_M: Final = 400_000.0
_FALSE_NORTHING_M: Final = -100_000.0


@dataclass(frozen=True, slots=True)
class Projection:
    """The projection on one ellipsoid.

    Attributes:
        eccentricity: of the ellipsoid.
        radius_m: of the sphere with meridians as long, times the scale on the central meridian.
        to_plane, from_plane: coefficients between the sphere's and the ellipsoid's transverse Mercator.
        to_latitude: coefficients from conformal to geographic latitude.
        origin_m: distance along the meridian from the equator to the true origin, on the plane.
    """

    eccentricity: float
    radius_m: float
    to_plane: tuple[float, ...]
    from_plane: tuple[float, ...]
    to_latitude: tuple[float, ...]
    origin_m: float = 0.0

    def project(self, longitude: Numbers, latitude: Numbers) -> tuple[Numbers, Numbers]:
        """Easting and northing, in metres, of degrees."""
        east = np.radians(longitude - _CENTRAL_MERIDIAN)
        sine, e = np.sin(np.radians(latitude)), self.eccentricity
        conformal = np.sinh(np.arctanh(sine) - e * np.arctanh(e * sine))
        sphere = np.arctan2(conformal, np.cos(east)) + 1j * np.arcsinh(np.sin(east) / np.hypot(conformal, np.cos(east)))
        plane = self.radius_m * (sphere + _sine_series(self.to_plane, np.sin(2 * sphere), np.cos(2 * sphere)))
        return plane.imag + _FALSE_EASTING_M, plane.real - self.origin_m + _FALSE_NORTHING_M

    def unproject(self, easting: Numbers, northing: Numbers) -> tuple[Numbers, Numbers]:
        """Longitude and latitude, in degrees, of metres."""
        north = (northing - _FALSE_NORTHING_M + self.origin_m) / self.radius_m
        east = (easting - _FALSE_EASTING_M) / self.radius_m
        sine, cosine, hyperbolic_sine = np.sin(2 * north), np.cos(2 * north), np.sinh(2 * east)
        hyperbolic_cosine = np.sqrt(1 + hyperbolic_sine * hyperbolic_sine)
        change = _sine_series(
            self.from_plane,
            sine * hyperbolic_cosine + 1j * (cosine * hyperbolic_sine),
            cosine * hyperbolic_cosine - 1j * (sine * hyperbolic_sine),
        )
        north, east = north + change.real, np.sinh(east + change.imag)
        conformal = np.sin(north) / np.sqrt(1 + east * east)
        cosine = np.sqrt(1 - conformal * conformal)
        latitude = np.arcsin(conformal) + _sine_series(
            self.to_latitude, 2 * conformal * cosine, 1 - 2 * conformal * conformal
        )
        return np.degrees(np.arctan(east / np.cos(north))) + _CENTRAL_MERIDIAN, np.degrees(latitude)


def _sine_series(coefficients: Sequence[float], sine: _Field, cosine: _Field) -> _Field:
    """The sum of c₁ sin θ + c₂ sin 2θ + …, given sin θ and cos θ (Clenshaw's recurrence)."""
    later = latest = np.zeros_like(sine)
    for coefficient in reversed(coefficients):
        latest, later = coefficient + 2 * cosine * latest - later, latest
    return sine * latest


def _projection(semi_major_m: float, semi_minor_m: float) -> Projection:
    n = (semi_major_m - semi_minor_m) / (semi_major_m + semi_minor_m)
    radius_m = _SCALE * semi_major_m / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    from_equator = Projection(
        eccentricity=2 * n**0.5 / (1 + n),
        radius_m=radius_m,
        to_plane=(
            n / 2 - 2 / 3 * n**2 + 5 / 16 * n**3 + 41 / 180 * n**4,
            13 / 48 * n**2 - 3 / 5 * n**3 + 557 / 1440 * n**4,
            61 / 240 * n**3 - 103 / 140 * n**4,
            49561 / 161280 * n**4,
        ),
        from_plane=(
            -n / 2 + 2 / 3 * n**2 - 37 / 96 * n**3 + 1 / 360 * n**4,
            -1 / 48 * n**2 - 1 / 15 * n**3 + 437 / 1440 * n**4,
            -17 / 480 * n**3 + 37 / 840 * n**4,
            -4397 / 161280 * n**4,
        ),
        to_latitude=(
            2 * n - 2 / 3 * n**2 - 2 * n**3 + 116 / 45 * n**4,
            7 / 3 * n**2 - 8 / 5 * n**3 - 227 / 45 * n**4,
            56 / 15 * n**3 - 136 / 35 * n**4,
            4279 / 630 * n**4,
        ),
    )
    _, origin = from_equator.project(np.array([_CENTRAL_MERIDIAN]), np.array([_ORIGIN_LATITUDE]))
    return replace(from_equator, origin_m=float(origin[0]) - _FALSE_NORTHING_M)


AIRY_1830: Final = _projection(6_377_563.396, 6_356_256.909)
"""OSGB36: the National Grid as coordinates are published in it."""

GRS80: Final = _projection(6_378_137.0, 6_356_752.314140)
"""ETRS89, and for this purpose WGS84: the same plane on the ellipsoid of satellite positions."""
