"""Degrees at the precision they are published with: six decimals, some 10 cm."""

from typing import Final

import numpy as np

from headrace.values.multipolygons import Vertices

DECIMALS: Final = 6
GRID: Final = 1e-6
"""Degrees between two values that can be published."""

_PER_DEGREE: Final = 1e6
_SPLITTER: Final = 2.0**27 + 1
"""Splits a double into two halves whose products with a small number are exact (Dekker, 1971)."""


def round_degrees(values: Vertices) -> Vertices:
    """The doubles that `float(f"{value:.6f}")` gives, for magnitudes below 10⁹.

    The product with a million is rounded, so a value near the middle of two steps may look as if it were exactly
    there; for those the error of the product decides.
    """
    scaled = values * _PER_DEGREE
    below = np.floor(scaled)
    steps = np.rint(scaled)
    middle = scaled - below == 0.5
    if middle.any():
        value, product, lower = values[middle], scaled[middle], below[middle]
        high = value * _SPLITTER - (value * _SPLITTER - value)
        error = (high * _PER_DEGREE - product) + (value - high) * _PER_DEGREE
        steps[middle] = np.where(error > 0, lower + 1, np.where(error < 0, lower, steps[middle]))
    return np.asarray(steps / _PER_DEGREE)
