"""Places given in two fields."""

import polars as pl
import pytest

from headrace.values.coordinate_pair import parse_pairs

CASES = [
    ("-1.180108", "50.826655", "-1.180108", "50.826655", None, None),
    ("50.826655", "-1.180108", "-1.180108", "50.826655", "WGS84 flipped", None),
    ("0.00001", "51.5", "1e-05", "51.5", None, None),
    ("530000", "180000", "-0.128329", "51.503992", "OSGB", None),
    ("180000", "530000", "-0.128329", "51.503992", "OSGB flipped", None),
    ("230000", "900000", None, None, "OSGB out of bounds of England", None),
    ("20", "20", None, None, "WGS84 out of bounds of England", None),
    ("0", "0", None, None, "WGS84 out of bounds of England", None),
    ("99", "99", None, None, "invalid coordinates", None),
    (None, None, None, None, "invalid WKT", "['', '']"),
    ("530000", None, None, None, "invalid WKT", "['530000', '']"),
    (None, "180000", None, None, "invalid WKT", "['', '180000']"),
]


def test_pairs_become_longitude_and_latitude() -> None:
    """Each pair is read by itself; problems name its position and what was given."""
    x, y = (pl.Series(name, [case[at] for case in CASES], pl.String) for at, name in enumerate(("GeoX", "GeoY")))
    longitude, latitude, problems = parse_pairs(x, y)
    assert [case[2] for case in CASES] == longitude.to_list()
    assert [case[3] for case in CASES] == latitude.to_list()
    expected = [(index, case[4], case[5]) for index, case in enumerate(CASES) if case[4]]
    assert expected == problems.select("index", "type", "value").rows()
    assert ("GeoX", "GeoY") == (longitude.name, latitude.name)


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        (("530000", "180000"), None),
        (("20", "20"), "Geometry must be in England"),
        (("99", "99"), "Geometry must use WGS84, OSGB or Mercator coordinates"),
        ((None, None), "Geometry must be in Well-Known Text (WKT) format"),
    ],
)
def test_the_publisher_is_told(pair: tuple[str | None, str | None], message: str | None) -> None:
    """The message of the problem with a pair."""
    problems = parse_pairs(*(pl.Series([one], dtype=pl.String) for one in pair)).problems
    assert [message] == problems["message"].to_list()


def test_no_pairs_are_no_pairs() -> None:
    """Empty columns give empty columns."""
    nothing = pl.Series([], dtype=pl.String)
    longitude, latitude, problems = parse_pairs(nothing, nothing)
    assert (0, 0, 0) == (len(longitude), len(latitude), len(problems))
