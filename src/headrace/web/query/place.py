"""Which entities lie where: bounding boxes choose candidates, geometry decides."""

from collections.abc import Sequence
from typing import Final

import orjson

from headrace.web.parameter_fault import ParameterFault
from headrace.web.parameters import SearchParameters
from headrace.web.place import Place, find_bounds, lie, make_point, read_area
from headrace.web.problem import unusable
from headrace.web.query.criteria import Criteria, split_curie
from headrace.web.shelf import Reader

_CANDIDATES_AT_ONCE: Final = 5_000
_CHOSEN: Final = "e.entity IN (SELECT value FROM json_each(?))"


def read_places(reader: Reader, wanted: SearchParameters) -> tuple[Place, ...]:
    """The places that a search names; all of them must hold.

    Raises:
        ProblemError: one half of a point, an area that is none, or an entity without a geometry.
    """
    faults: list[ParameterFault] = []
    places: list[Place] = []
    if wanted.longitude is not None and wanted.latitude is not None:
        places.append(Place((make_point(wanted.longitude, wanted.latitude),), "intersects"))
    elif wanted.longitude is not None or wanted.latitude is not None:
        missing = "latitude" if wanted.latitude is None else "longitude"
        faults.append(ParameterFault(missing, "is required: a point is a longitude and a latitude"))
    areas: list[bytes] = []
    for found in [*(read_area("geometry", wkt) for wkt in wanted.geometry), *_borrow_areas(reader, wanted)]:
        if isinstance(found, ParameterFault):
            faults.append(found)
        else:
            areas.append(found)
    if faults:
        raise unusable(*faults)
    if areas:
        places.append(Place(tuple(areas), wanted.geometry_relation))
    return tuple(places)


def limit_to_place(reader: Reader, criteria: Criteria, place: Place) -> Criteria:
    """The criteria, and the entities lie to the place as it says."""
    chosen = reader.memory.recall(("place", criteria, place), lambda: _choose(reader, criteria, place))
    if place.relation == "disjoint":
        return criteria.having("e.located = 1").having(f"NOT {_CHOSEN}", chosen)
    return criteria.having(_CHOSEN, chosen)


def _choose(reader: Reader, criteria: Criteria, place: Place) -> str:
    """The numbers of the entities that lie so, as a JSON array; for `disjoint`, of those that do not."""
    relation = "intersects" if place.relation == "disjoint" else place.relation
    chosen = {number for area in place.areas for number in _choose_in_area(reader, criteria, area, relation)}
    return orjson.dumps(sorted(chosen)).decode()


def _choose_in_area(reader: Reader, criteria: Criteria, area: bytes, relation: str) -> list[int]:
    west, south, east, north = find_bounds(area)
    near = criteria.having(
        "e.entity IN (SELECT entity FROM box WHERE west <= ? AND east >= ? AND south <= ? AND north >= ?)",
        east,
        west,
        north,
        south,
    )
    numbers = [row[0] for row in reader.search.rows(f"SELECT e.entity {near.source} ORDER BY e.entity", near.values)]
    chosen: list[int] = []
    for start in range(0, len(numbers), _CANDIDATES_AT_ONCE):
        part = orjson.dumps(numbers[start : start + _CANDIDATES_AT_ONCE]).decode()
        rows = reader.search.rows(
            "SELECT entity, wkb FROM shape WHERE entity IN (SELECT value FROM json_each(?)) ORDER BY entity", (part,)
        )
        holds = lie(relation, area, [row["wkb"] for row in rows])
        chosen.extend(row["entity"] for row, so in zip(rows, holds, strict=True) if so)
    return chosen


def _borrow_areas(reader: Reader, wanted: SearchParameters) -> list[bytes | ParameterFault]:
    """The geometries of the entities that a search names as areas."""
    found: list[bytes | ParameterFault] = []
    for number in wanted.geometry_entity:
        found += _areas_of(reader, "geometry_entity", str(number), "e.entity = ?", (number,))
    for reference in wanted.geometry_reference:
        found += _areas_of(reader, "geometry_reference", reference, "e.reference = ?", (reference,))
    for curie in wanted.geometry_curie:
        split = split_curie("geometry_curie", curie)
        if isinstance(split, ParameterFault):
            found.append(split)
        else:
            found += _areas_of(reader, "geometry_curie", curie, "e.prefix = ? AND e.reference = ?", split)
    return found


def _areas_of(
    reader: Reader, parameter: str, said: str, clause: str, values: Sequence[object]
) -> list[bytes | ParameterFault]:
    rows = reader.search.rows(f"SELECT s.wkb FROM entity e JOIN shape s USING (entity) WHERE {clause}", values)
    if not rows:
        return [ParameterFault(parameter, "no such entity has a geometry", said)]
    return [row["wkb"] for row in rows]
