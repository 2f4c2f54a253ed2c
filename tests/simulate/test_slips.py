"""The slips that people make in tables."""

from random import Random

import pytest
import shapely

from headrace.simulate import slips
from headrace.simulate.position import (
    in_degrees,
    in_grid_metres,
    in_mislabelled_metres,
    in_swapped_degrees,
)
from headrace.simulate.publishers import find_publisher
from headrace.simulate.registers import make_areas, make_sites
from headrace.simulate.table import (
    STANDARD_OF_2017,
    STANDARD_OF_2019,
    Table,
    area_table,
    site_table,
    wkt_in_degrees,
)

ALDERMERE = find_publisher("ALD")
SITES = make_sites(1, ALDERMERE)
REGISTER = site_table(SITES, ALDERMERE, STANDARD_OF_2017, in_degrees)


def _slipped(slip: slips.Slip, table: Table = REGISTER) -> Table:
    return slip(table, Random(1))


def _column(table: Table, name: str) -> list[str]:
    return [record[name] for record in table.records()]


def test_a_register_without_slips_follows_the_standard() -> None:
    """Every row has its reference, its dates are ISO, and its columns are those that were asked for."""
    table = site_table(SITES, ALDERMERE, STANDARD_OF_2019, in_degrees)
    assert table.columns == STANDARD_OF_2019
    assert len(set(_column(table, "SiteReference"))) == len(SITES)
    assert all(len(text) == 10 and text[4] == "-" for text in _column(table, "LastUpdatedDate"))


def test_a_place_is_written_in_four_ways() -> None:
    """All mean the same place: the water tower of Caister, a test point of the national transformation OSTN15."""
    tower = (651410, 313177)
    longitude, latitude, name = in_degrees(tower)
    assert (float(longitude), float(latitude)) == pytest.approx((1.716074, 52.658008), abs=5e-6)
    assert name == "WGS84"
    assert in_swapped_degrees(tower) == (latitude, longitude, "WGS84")
    assert in_grid_metres(tower) == ("651410", "313177", "OSGB36")
    assert in_mislabelled_metres(tower) == ("651410.00", "313177.00", "ETRS89")


@pytest.mark.parametrize(
    ("slip", "column", "expected"),
    [
        (slips.british_dates, "FirstAddedDate", lambda text: f"{text[8:]}/{text[5:7]}/{text[:4]}"),
        (slips.short_dates, "FirstAddedDate", lambda text: f"{text[8:]}/{text[5:7]}/{text[2:4]}"),
        (slips.unnamed_organisation, "OrganisationURI", lambda text: ""),
        (slips.wrong_organisation("https://x.example"), "OrganisationURI", lambda text: "https://x.example"),
    ],
)
def test_a_slip_of_the_pen_befalls_a_whole_column(slip: slips.Slip, column: str, expected: object) -> None:
    """Habits are kept from the first row to the last."""
    assert callable(expected)
    assert [expected(text) for text in _column(REGISTER, column)] == _column(_slipped(slip), column)


def test_columns_can_be_renamed_and_lost() -> None:
    """What is not named stays."""
    table = _slipped(slips.without("Part2"), _slipped(slips.renamed({"SiteReference": "Ref", "Nothing": "Else"})))
    assert table.columns == tuple("Ref" if c == "SiteReference" else c for c in STANDARD_OF_2017 if c != "Part2")
    assert _column(table, "Ref") == _column(REGISTER, "SiteReference")


def test_rows_can_be_blank_and_full_of_hints() -> None:
    """Blank rows come between and after, the hints come first; the rows themselves are as they were."""
    table = _slipped(slips.hint_row, _slipped(slips.blank_rows))
    assert dict(zip(table.columns, table.rows[0], strict=True))["PermissionDate"] == "yyyy-mm-dd"
    assert tuple(row for row in table.rows[1:] if any(row)) == REGISTER.rows
    assert sum(not any(row) for row in table.rows) >= 5


def test_nothing_can_be_spelt() -> None:
    """Blank cells get a word for nothing, or stay blank; others stay."""
    before = [text for row in REGISTER.rows for text in row]
    after = [text for row in _slipped(slips.spelt_nothing).rows for text in row]
    words = {new for old, new in zip(before, after, strict=True) if not old}
    assert words == {*slips.NOTHING, ""}
    assert all(old == new for old, new in zip(before, after, strict=True) if old)


def test_a_reference_can_be_there_twice_and_missing() -> None:
    """One row is doubled; two references are gone."""
    doubled = _column(_slipped(slips.twice_the_same_reference), "SiteReference")
    missing = _column(_slipped(slips.without_references("SiteReference")), "SiteReference")
    assert len(doubled) == len(SITES) + 1
    assert len(set(doubled)) == len(SITES)
    assert missing.count("") == 2


def test_values_can_be_careless() -> None:
    """Units, abbreviations and capitals creep in, and addresses lose their scheme."""
    table = _slipped(slips.careless_values)
    assert sum(text.endswith(" ha") for text in _column(table, "Hectares")) == 1
    assert sum(text.startswith("c. ") for text in _column(table, "NetDwellingsRangeTo")) == 1
    assert set(_column(table, "Deliverable")) <= {"TRUE", "Y", ""}
    assert _column(table, "SiteplanURL")[0].startswith("www.")


def test_the_map_system_leaves_its_columns() -> None:
    """Columns that no standard knows stand around those that it does."""
    assert _slipped(slips.unknown_columns).columns == ("OBJECTID", *STANDARD_OF_2017, "Ward", "Shape.STArea()")


def test_dates_can_be_impossible_and_places_nowhere() -> None:
    """One date is still to be added, another never was, and one point lies off West Africa."""
    dates = _column(_slipped(slips.impossible_dates), "LastUpdatedDate")
    places = [(record["GeoX"], record["GeoY"]) for record in _slipped(slips.nowhere).records()]
    assert {"TO ADD", "2019-02-31"} <= set(dates)
    assert places.count(("0", "0")) == 1


def test_blanks_and_line_breaks_creep_in() -> None:
    """Around names of columns, after addresses, and within them."""
    padded = _slipped(slips.padded)
    assert padded.columns[1] == " OrganisationLabel "
    assert _column(padded, "SiteNameAddress")[0].endswith("  ")
    assert "\n" in _column(_slipped(slips.lines_in_cells), "SiteNameAddress")[1]


def test_areas_can_be_in_two_parts_and_cross_themselves() -> None:
    """Two rows share a reference, each with a boundary of its own; one boundary is no valid one."""
    table = area_table(make_areas(1, ALDERMERE), wkt_in_degrees)
    parts = [record for record in _slipped(slips.in_two_parts, table).records() if record["reference"] == "CA01"]
    crossed = [shapely.from_wkt(text) for text in _column(_slipped(slips.crossed_boundary, table), "geometry")]
    assert len({part["geometry"] for part in parts}) == 2
    assert sum(not shape.is_valid for shape in crossed) == 1
