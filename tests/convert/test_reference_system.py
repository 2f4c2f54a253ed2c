import numpy as np
import pytest
import shapely

from headrace.convert.reference_system import Placement, decide_placement
from headrace.model.error import ConversionError

LONDON = {"degrees": (-0.1, 51.5), "flipped": (51.5, -0.1), "grid": (530000, 180000), "mercator": (-11131, 6711542)}
ELSEWHERE = (3_500_000, 3_100_000)
NOWHERE = (5_000_000, 5_000_000)


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
        ("EPSG:4258", LONDON["degrees"], "EPSG:4326", "sure"),
        ("EPSG:3035", LONDON["grid"], "EPSG:27700", "doubtful"),
        ("EPSG:3035", NOWHERE, "EPSG:3035", "doubtful"),
        ("EPSG:99999", ELSEWHERE, "EPSG:99999", "doubtful"),
        (None, ELSEWHERE, "unknown", "doubtful"),
    ],
)
def test_the_system_is_told_by_the_file_and_by_its_coordinates(
    named: str | None, place: tuple[float, float], choice: str, confidence: str
) -> None:
    """They agree, or one of them is silent, or a person should look."""
    decision = decide_placement(named, _at(place, place), {}).decisions[0]
    assert ("crs", choice, confidence) == (decision.about, decision.choice, decision.confidence)


def test_the_order_of_degrees_is_told() -> None:
    """Great Britain lies where only one of them can be the latitude."""
    assert decide_placement("EPSG:4326", _at(LONDON["degrees"]), {}).decisions[1].choice == "longitude first"
    assert decide_placement("EPSG:4326", _at(LONDON["flipped"]), {}).decisions[1].choice == "latitude first"


def test_one_odd_place_does_not_decide() -> None:
    """It is the middle of all that does."""
    places = _at(LONDON["grid"], LONDON["grid"], (0, 0))
    assert decide_placement(None, places, {}).decisions[0].choice == "EPSG:27700"


def test_without_coordinates_there_is_nothing_to_decide() -> None:
    """A layer may have attributes alone."""
    assert decide_placement(None, np.array([None, shapely.Polygon()], dtype=object), {}) == Placement()


def test_configuration_settles_both() -> None:
    """The order that it names is put right; the system is believed."""
    choices = {"crs": "EPSG:27700", "axis-order": "northing first"}
    placement = decide_placement(None, _at(ELSEWHERE), choices)
    assert [made.confidence for made in placement.decisions] == ["sure", "sure"]
    assert placement.place(_at((180000, 530000)))[0] == shapely.Point(530000, 180000)
    assert decide_placement(None, _at(ELSEWHERE), {}).place(_at((180000, 530000)))[0] == shapely.Point(180000, 530000)


@pytest.mark.parametrize("choices", [{"crs": "EPSG:99999"}, {"axis-order": "up"}])
def test_a_choice_that_is_not_known_is_refused(choices: dict[str, str]) -> None:
    """The reason says which are."""
    with pytest.raises(ConversionError, match="choose one of"):
        decide_placement(None, _at(LONDON["grid"]), choices)


CHARING_CROSS = shapely.Point(-0.1278, 51.5074)
UTM = (699316.234, 5710163.758)


def _told(placement: Placement) -> list[tuple[str, str, str]]:
    return [(made.about, made.choice, made.confidence) for made in placement.decisions]


def test_another_system_that_the_file_names_is_transformed() -> None:
    """What was done is told, and how far off the places may be."""
    placement = decide_placement("EPSG:25830", _at(UTM), {})
    assert _told(placement) == [("crs", "EPSG:25830", "sure"), ("transformation", "EPSG:4326", "sure")]
    assert placement.decisions[1].reason.endswith("ETRS89 to WGS 84 (1), to within 1 m")
    point, missing = placement.place(_at(UTM))
    assert point.distance(CHARING_CROSS) < 1e-6
    assert missing is None


def test_another_system_with_the_northing_first_is_put_in_order() -> None:
    """Where the places lie in Great Britain in that order only."""
    placement = decide_placement("EPSG:25830", _at(UTM[::-1]), {})
    assert ("axis-order", "northing first", "likely") in _told(placement)
    assert placement.place(_at(UTM[::-1]))[0].distance(CHARING_CROSS) < 1e-6


def test_configuration_names_any_system_that_leads_to_degrees() -> None:
    """A file without one, or with a wrong one; where that leads out of Great Britain, a person should look."""
    placement = decide_placement("EPSG:27700", _at(UTM), {"crs": "EPSG:25830"})
    assert _told(placement)[0] == ("crs", "EPSG:25830", "sure")
    assert placement.place(_at(UTM))[0].distance(CHARING_CROSS) < 1e-6
    assert _told(decide_placement(None, _at(LONDON["grid"]), {"crs": "EPSG:25830"}))[-1] == (
        "transformation",
        "EPSG:4326",
        "doubtful",
    )


def test_a_place_that_leads_nowhere_stays_as_it_was() -> None:
    """It is for a later phase to refuse it with its reason."""
    outside = (90.0, 10.0)
    placement = decide_placement("EPSG:4277", _at(LONDON["degrees"], LONDON["degrees"], outside), {})
    assert ("transformation", "EPSG:4326", "sure") in _told(placement)
    assert placement.place(_at(outside))[0] == shapely.Point(outside)
