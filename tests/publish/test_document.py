"""Entities as the API says them."""

import orjson
import polars as pl
import pytest

from headrace.model.dataset_tables import DATASET_TABLES
from headrace.publish.document import ENTITY_FIELDS, make_documents

Tables = dict[str, pl.DataFrame]


def entity(**values: object) -> pl.DataFrame:
    row = dict.fromkeys(DATASET_TABLES["entity"].names()) | {"entity": 1, "dataset": "tree"} | values
    return pl.DataFrame([row], schema=DATASET_TABLES["entity"])


def say(**values: object) -> dict[str, object]:
    said: dict[str, object] = orjson.loads(make_documents(entity(**values)).documents[0])
    return said


def test_nothing_is_said_as_blank() -> None:
    """Every field is there; one without a value is an empty string, the organisation's number too."""
    said = say()

    assert list(ENTITY_FIELDS) == list(said)
    assert {"entity": 1, "dataset": "tree"} == {field: value for field, value in said.items() if value != ""}


def test_further_fields_follow_in_kebab_case() -> None:
    """Fields of `json` come last, spelt as all others; null is blank there too."""
    said = say(json='{"tree_height": "12", "notes": null, "tags": ["a"]}')

    assert {"tree-height": "12", "notes": "", "tags": ["a"]} == dict(list(said.items())[len(ENTITY_FIELDS) :])


def test_further_field_with_the_name_of_a_column_gives_way() -> None:
    """A `json` that repeats a column cannot change or break the document."""
    said = say(name="Oak", json='{"name": "Elm", "geometry": {"type": "Point"}, "organisation-entity": "x"}')

    assert ("Oak", "", "") == (said["name"], said["geometry"], said["organisation-entity"])


@pytest.mark.parametrize(
    ("geometry", "point", "kind"),
    [
        ("MULTIPOLYGON (((0 0,1 0,1 1,0 0)))", "POINT (5 5)", "MultiPolygon"),
        (None, "POINT (5 5)", "Point"),
        ("", "POINT (5 5)", "Point"),
    ],
)
def test_feature_has_the_geometry_or_else_the_point(geometry: str | None, point: str, kind: str) -> None:
    """The point stands in where there is no geometry."""
    feature = orjson.loads(make_documents(entity(geometry=geometry, point=point)).features[0] or b"")

    assert ["geometry", "type", "properties"] == list(feature)
    assert (kind, "Feature") == (feature["geometry"]["type"], feature["type"])


@pytest.mark.parametrize("geometry", [None, "", "POLYGON EMPTY", "nonsense", "CIRCULARSTRING (0 0,1 1,2 0)"])
def test_no_geometry_is_no_feature(geometry: str | None) -> None:
    """What is nowhere has a document and no feature."""
    said = make_documents(entity(geometry=geometry))

    assert [None] == said.features
    assert said.shapes[0] is None


def test_one_curve_does_not_spoil_the_others() -> None:
    """A geometry that cannot be read leaves the ones beside it as they are."""
    frame = pl.concat(
        [entity(point="POINT (1 2)"), entity(point="CIRCULARSTRING (0 0,1 1,2 0)"), entity(point="POINT (3 4)")]
    )

    assert [True, False, True] == [feature is not None for feature in make_documents(frame).features]


def test_coordinates_are_those_that_were_given(conservation: Tables) -> None:
    """Six decimals of a degree come through to GeoJSON unchanged."""
    feature = orjson.loads(make_documents(conservation["entity"]).features[0] or b"")

    assert [-1.482449, 52.1] == feature["geometry"]["coordinates"][0][0][0]


def test_fields_beyond_the_usual_are_named(conservation: Tables) -> None:
    """The fields that only this dataset has are known."""
    assert {"documentation-url", "notes"} == make_documents(conservation["entity"]).fields
