import numpy as np
import pytest
import shapely

from headrace.convert.reference_system import decide_system, in_order
from headrace.model.error import ConversionError

LONDON = {"degrees": (-0.1, 51.5), "flipped": (51.5, -0.1), "grid": (530000, 180000), "mercator": (-11131, 6711542)}
ELSEWHERE = (3_500_000, 3_100_000)


def _at(*places: tuple[float, float]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array([*(shapely.Point(place) for place in places), None], dtype=object)


@pytest.mark.parametrize(
    ("named", "place", "choice", "confidence"),
    [
        ("EPSG:4326", LONDON["degrees"], "EPSG:4326", "sure"),
        ("OGC:CRS84", LONDON["degrees"], "EPSG:4326", "sure"),
        ("EPSG:27700", LONDON["grid"], "EPSG:27700", "sure"),
        ("EPSG:3857", LONDON["mercator"], "EPSG:3857", "sure"),
        (None, LONDON["degrees"], "EPSG:4326", "likely"),
        (None, LONDON["grid"], "EPSG:27700", "likely"),
        ('PROJCS["unnamed",GEOGCS["Airy 1830"]]', LONDON["grid"], "EPSG:27700", "likely"),
        ("EPSG:4326", LONDON["grid"], "EPSG:27700", "doubtful"),
        ("EPSG:3035", ELSEWHERE, "EPSG:3035", "doubtful"),
        (None, ELSEWHERE, "unknown", "doubtful"),
    ],
)
def test_the_system_is_told_by_the_file_and_by_its_coordinates(
    named: str | None, place: tuple[float, float], choice: str, confidence: str
) -> None:
    """They agree, or one of them is silent, or a person should look."""
    decision = decide_system(named, _at(place, place), {})[0]
    assert ("crs", choice, confidence) == (decision.about, decision.choice, decision.confidence)


def test_the_order_of_degrees_is_told() -> None:
    """Great Britain lies where only one of them can be the latitude."""
    assert decide_system("EPSG:4326", _at(LONDON["degrees"]), {})[1].choice == "longitude first"
    assert decide_system("EPSG:4326", _at(LONDON["flipped"]), {})[1].choice == "latitude first"


def test_one_odd_place_does_not_decide() -> None:
    """It is the middle of all that does."""
    assert decide_system(None, _at(LONDON["grid"], LONDON["grid"], (0, 0)), {})[0].choice == "EPSG:27700"


def test_without_coordinates_there_is_nothing_to_decide() -> None:
    """A layer may have attributes alone."""
    assert decide_system(None, np.array([None, shapely.Polygon()], dtype=object), {}) == ()


def test_configuration_settles_both() -> None:
    """The order that it names is put right; the system is believed."""
    choices = {"crs": "EPSG:27700", "axis-order": "northing first"}
    assert [made.confidence for made in decide_system(None, _at(ELSEWHERE), choices)] == ["sure", "sure"]
    assert in_order(_at((180000, 530000)), choices)[0] == shapely.Point(530000, 180000)
    assert in_order(_at((180000, 530000)), {})[0] == shapely.Point(180000, 530000)


@pytest.mark.parametrize("choices", [{"crs": "EPSG:3035"}, {"axis-order": "up"}])
def test_a_choice_that_is_not_known_is_refused(choices: dict[str, str]) -> None:
    """The reason says which are."""
    with pytest.raises(ConversionError, match="choose one of"):
        decide_system(None, _at(LONDON["grid"]), choices)
