"""Many multipolygons as arrays, so that all their vertices can be worked on at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

type Vertices = NDArray[np.float64]
type Offsets = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Multipolygons:
    """Shapes, each of polygons, each of rings (the shell first, then holes), each of vertices.

    Attributes:
        vertices: (n, 2) x and y; every ring is closed and has at least four.
        rings: where each ring begins in `vertices`, and after the last one where it ends.
        polygons: likewise in `rings`.
        shapes: likewise in `polygons`.
    """

    vertices: Vertices
    rings: Offsets
    polygons: Offsets
    shapes: Offsets
