"""Whether entities lie in the same place."""

from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from headrace.watch.expectation.evidence import Evidence, Places
from headrace.watch.expectation.judgement import Judgement
from headrace.watch.expectation.parameters import Parameters, UnjudgeableError

SAME: Final = 0.95
"""Two shapes are the same where they share more than this part of the area: of both, or of one of them."""

Pairs = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]


def check_duplicate_geometry(evidence: Evidence, parameters: Parameters) -> Judgement:
    """Find pairs of entities with one `spatial_field`: points that are equal, or geometries that cover one another.

    Pairs that only overlap are listed, and are no failure: neighbours share a boundary.
    """
    field = parameters.text("spatial_field")
    if field not in ("point", "geometry"):
        raise UnjudgeableError(f"spatial_field is {field!r}; expected point or geometry")
    places = evidence.places
    complete, single, partly = _same_points(places) if field == "point" else _same_shapes(places)
    found = len(complete) + len(single)
    message = f"{len(complete):,} pairs are the same, in {len(single):,} one covers the other, {len(partly):,} overlap"
    details = {
        "actual": found,
        "expected": 0,
        "complete_matches": complete,
        "single_matches": single,
        "any_matches": partly,
    }
    return Judgement(found == 0, message, details)


Said = list[dict[str, int | None]]


def _same_points(places: Places) -> tuple[Said, Said, Said]:
    return _say(places, _pairs(places.point)), [], []


def _same_shapes(places: Places) -> tuple[Said, Said, Said]:
    first, second = _pairs(places.shape)
    a, b = places.shape[first], places.shape[second]
    shared = shapely.area(shapely.intersection(a, b))
    with np.errstate(divide="ignore", invalid="ignore"):
        of_a, of_b = shared / shapely.area(a) > SAME, shared / shapely.area(b) > SAME
    kinds = (of_a & of_b, of_a ^ of_b, ~of_a & ~of_b & (shared > 0))
    complete, single, partly = (_say(places, (first[kind], second[kind])) for kind in kinds)
    return complete, single, partly


def _pairs(shapes: npt.NDArray[np.object_]) -> Pairs:
    """The positions of shapes that meet, each pair once."""
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = first < second
    return first[once], second[once]


def _say(places: Places, pairs: Pairs) -> Said:
    first, second = pairs

    def organisation(position: np.intp) -> int | None:
        number = int(places.organisation[position])
        return None if number < 0 else number

    return sorted(
        (
            {
                "entity_a": int(places.entity[a]),
                "organisation_entity_a": organisation(a),
                "entity_b": int(places.entity[b]),
                "organisation_entity_b": organisation(b),
            }
            for a, b in zip(first, second, strict=True)
        ),
        key=lambda pair: (pair["entity_a"] or 0, pair["entity_b"] or 0),
    )
