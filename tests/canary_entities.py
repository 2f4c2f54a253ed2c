"""Entities of three councils, as a release has them, and a release in which something happened to them."""

import polars as pl
import shapely

COUNCILS = ("local-authority:ALD", "local-authority:BEC", "local-authority:COL")
STREETS = ("Mill Street", "Church Green", "High Street", "Castle Hill", "Station Road", "Quay Side", "The Green")


def areas(each: int = 12) -> pl.DataFrame:
    """So many conservation areas of each council, no two alike."""
    rows = []
    for number, council in enumerate(COUNCILS):
        for row in range(each):
            west, south = -1.8 + number * 0.2 + row * 0.01, 52.5 + row * 0.01
            ring = shapely.Point(west + 0.00123456, south + 0.00234567).buffer(0.002 + row * 0.0001)
            rows.append(
                {
                    "entity": str(44_000_000 + number * 100 + row),
                    "organisation": council,
                    "reference": f"CA{row}",
                    "name": f"{STREETS[row % len(STREETS)]} {council[-3:].title()} {row}",
                    "start-date": f"19{70 + row}-0{1 + row % 9}-15",
                    "shape": shapely.to_wkb(ring),
                }
            )
    return pl.DataFrame(rows)
