"""How many entities lie so, or so, to the boundary of a local planning authority."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from headrace.watch.expectation.evidence import Evidence, Places
from headrace.watch.expectation.judgement import Judgement, judge_count
from headrace.watch.expectation.parameters import Parameters, UnjudgeableError

BOUNDARIES: Final = "local-planning-authority"
"""The dataset whose boundaries are meant."""

Relation = Callable[[Places, BaseGeometry], npt.NDArray[np.bool_]]


RELATIONS: Final[Mapping[str, Relation]] = {
    "within": lambda places, boundary: shapely.contains(boundary, places.extent),
    "intersects": lambda places, boundary: shapely.intersects(boundary, places.extent),
    "not_intersects": lambda places, boundary: ~shapely.intersects(boundary, places.extent),
    "centroid_within": lambda places, boundary: shapely.contains(boundary, places.middle),
}
"""How an entity can lie to the boundary."""


def count_lpa_boundary(evidence: Evidence, parameters: Parameters) -> Judgement:
    """Count the entities that lie to the boundary of `lpa` (a reference) as `geometric_relation` says.

    `organisation_entity` counts those of one organisation alone. Not supported: boundaries that are fetched.
    """
    relation = parameters.text("geometric_relation", "within")
    if relation not in RELATIONS:
        raise UnjudgeableError(f"geometric_relation is {relation!r}; expected one of {', '.join(RELATIONS)}")
    boundary = evidence.boundary(BOUNDARIES, parameters.text("lpa"))
    places = evidence.places
    counted = RELATIONS[relation](places, boundary)
    if parameters.has("organisation_entity"):
        counted &= places.organisation == parameters.number("organisation_entity")
    entities = sorted(places.entity[counted].tolist())
    of_what = f"entities of which {relation.replace('_', ' ')} the boundary is true"
    return judge_count(len(entities), parameters, "equals_to", of_what, entities=entities)
