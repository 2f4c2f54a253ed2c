"""The Hilbert curve: one number for a place, such that places with near numbers are near one another.

Source: Hilbert, D., "Über die stetige Abbildung einer Linie auf ein Flächenstück", Mathematische Annalen 38 (1891).
"""

from typing import Any, Final, TypeAlias

import numpy as np

BITS: Final = 16
"""The curve passes 2^16 cells in each direction, over the extent of what is placed."""

Bounds: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Cells: TypeAlias = np.ndarray[Any, np.dtype[np.uint64]]


def hilbert_distance(bounds: Bounds) -> list[int | None]:
    """How far along the curve the middle of each box is, in cells; None where a box has no place.

    Args:
        bounds: shape (n, 4): least x, least y, most x, most y; NaN where there is no place.
    """
    middle = (bounds[:, :2] + bounds[:, 2:]) / 2
    placed = ~np.isnan(middle.sum(axis=1))
    if not placed.any():
        return [None] * len(bounds)
    least, most = middle[placed].min(axis=0), middle[placed].max(axis=0)
    extent = np.where(most > least, most - least, 1.0)
    cell = np.zeros(middle.shape, dtype=np.uint64)
    cell[placed] = (middle[placed] - least) / extent * (2**BITS - 1)
    distance = _along(cell[:, 0], cell[:, 1])
    return [int(far) if there else None for far, there in zip(distance.tolist(), placed.tolist(), strict=True)]


def _along(x: Cells, y: Cells) -> Cells:
    x, y, distance = x.copy(), y.copy(), np.zeros_like(x)
    most = np.uint64(2**BITS - 1)
    for bit in range(BITS - 1, -1, -1):
        half = np.uint64(1 << bit)
        right, upper = (x & half) > 0, (y & half) > 0
        distance += half * half * ((np.uint64(3) * right) ^ upper)
        # Turn the lower quadrants, so that the curve within each begins where it was entered.
        turned = right & ~upper
        x, y = np.where(turned, most - x, x), np.where(turned, most - y, y)
        x, y = np.where(upper, x, y), np.where(upper, y, x)
    return distance
