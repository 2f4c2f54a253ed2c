"""Where entities lie."""

import pytest
import shapely

from headrace.web.parameter_fault import ParameterFault
from headrace.web.place import RELATIONS, lie, read_area

SHAPES = {
    "inside": "POLYGON((1 1,2 1,2 2,1 2,1 1))",
    "same": "POLYGON((0 0,4 0,4 4,0 4,0 0))",
    "around": "POLYGON((-1 -1,5 -1,5 5,-1 5,-1 -1))",
    "across": "POLYGON((3 3,6 3,6 6,3 6,3 3))",
    "beside": "POLYGON((4 0,5 0,5 4,4 4,4 0))",
    "away": "POLYGON((7 7,8 7,8 8,7 8,7 7))",
    "line": "LINESTRING(-1 2,5 2)",
}


@pytest.mark.parametrize("relation", sorted(RELATIONS))
def test_relation_is_of_the_entity_to_the_area(relation: str) -> None:
    """Turned round for speed, each test means what its name says: the entity is within, contains, … the area."""
    area = shapely.from_wkt(SHAPES["same"])
    plain = getattr(shapely, {"coveredby": "covered_by"}.get(relation, relation))
    shapes = [shapely.from_wkt(wkt) for wkt in SHAPES.values()]

    holds = lie(relation, shapely.to_wkb(area), [shapely.to_wkb(shape) for shape in shapes])

    assert [bool(plain(shape, area)) for shape in shapes] == holds.tolist()


@pytest.mark.parametrize("wkt", ["", "POLYGON((0 0,1 1))", '{"type":"Point"}', "POLYGON EMPTY"])
def test_what_is_no_area_is_a_fault(wkt: str) -> None:
    """Text that is not WKT, or is nowhere, names its parameter."""
    fault = read_area("geometry", wkt)

    assert isinstance(fault, ParameterFault)
    assert "geometry" == fault.parameter
