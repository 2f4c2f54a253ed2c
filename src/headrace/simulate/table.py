"""Rows and columns of text, on their way to becoming a file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from headrace.simulate.position import Position, degrees
from headrace.simulate.publishers import Publisher
from headrace.simulate.registers import Area, Site

STANDARD_OF_2017: Final = (
    "OrganisationURI",
    "OrganisationLabel",
    "SiteReference",
    "PreviouslyPartOf",
    "SiteNameAddress",
    "SiteplanURL",
    "CoordinateReferenceSystem",
    "GeoX",
    "GeoY",
    "Hectares",
    "OwnershipStatus",
    "Deliverable",
    "PlanningStatus",
    "PermissionType",
    "PermissionDate",
    "PlanningHistory",
    "ProposedForPIP",
    "MinNetDwellings",
    "DevelopmentDescription",
    "NonHousingDevelopment",
    "Part2",
    "NetDwellingsRangeFrom",
    "NetDwellingsRangeTo",
    "HazardousSubstances",
    "SiteInformation",
    "Notes",
    "FirstAddedDate",
    "LastUpdatedDate",
)
"""Columns of the brownfield land register as the government's data standard of 2017 asks for them."""

DROPPED_IN_2019: Final = (
    "PreviouslyPartOf",
    "CoordinateReferenceSystem",
    "ProposedForPIP",
    "MinNetDwellings",
    "DevelopmentDescription",
    "NonHousingDevelopment",
    "Part2",
    "SiteInformation",
)
STANDARD_OF_2019: Final = (*(column for column in STANDARD_OF_2017 if column not in DROPPED_IN_2019), "EndDate")
"""The same after its revision of 2019."""

AREA_COLUMNS: Final = (
    "reference",
    "name",
    "geometry",
    "designation-date",
    "documentation-url",
    "notes",
    "entry-date",
)
"""Columns of conservation areas, by the names that the specification gives them."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of text.

    Attributes:
        columns: their names, in order.
        rows: each as long as `columns`.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def records(self) -> Iterator[dict[str, str]]:
        """The rows, by column."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def changed(self, column: str, change: Callable[[int, str], str]) -> "Table":
        """The same table with each cell of a column replaced by `change(number of the row from 0, text)`."""
        place = self.columns.index(column)
        rows = ((*row[:place], change(number, row[place]), *row[place + 1 :]) for number, row in enumerate(self.rows))
        return replace(self, rows=tuple(rows))


def site_table(sites: Sequence[Site], publisher: Publisher, columns: Sequence[str], position: Position) -> Table:
    """A brownfield land register, correct but for how it writes positions."""
    cells = (_site_cells(site, publisher, position) for site in sites)
    return Table(tuple(columns), tuple(tuple(cell.get(column, "") for column in columns) for cell in cells))


def area_table(areas: Sequence[Area], geometry: Callable[[Area], str]) -> Table:
    """Conservation areas, correct but for how it writes their boundaries."""
    return Table(
        AREA_COLUMNS,
        tuple(
            (
                area.reference,
                area.name,
                geometry(area),
                area.designated_on,
                area.documentation_url,
                area.notes,
                area.updated_on,
            )
            for area in areas
        ),
    )


def wkt_in_degrees(area: Area) -> str:
    """A boundary as a WKT multipolygon of longitude and latitude."""
    return _wkt(degrees(area.ring))


def wkt_in_swapped_degrees(area: Area) -> str:
    """A boundary as a WKT multipolygon of latitude and longitude, which is the wrong way round."""
    return _wkt([(latitude, longitude) for longitude, latitude in degrees(area.ring)])


def wkt_in_grid_metres(area: Area) -> str:
    """A boundary as a WKT multipolygon of the British National Grid."""
    return _wkt(area.ring)


def _wkt(pairs: Sequence[tuple[float, float]]) -> str:
    return f"MULTIPOLYGON ((({', '.join(f'{x} {y}' for x, y in pairs)})))"


def _site_cells(site: Site, publisher: Publisher, position: Position) -> dict[str, str]:
    x, y, reference_system = position(site.place)
    page = f"{publisher.website}/brownfield/{site.reference.replace('/', '-').replace(' ', '-')}"
    return {
        "OrganisationURI": publisher.opendatacommunities_uri,
        "OrganisationLabel": publisher.name,
        "SiteReference": site.reference,
        "SiteNameAddress": site.address,
        "SiteplanURL": page,
        "CoordinateReferenceSystem": reference_system,
        "GeoX": x,
        "GeoY": y,
        "Hectares": site.hectares,
        "OwnershipStatus": site.ownership,
        "Deliverable": "yes" if site.deliverable else "",
        "PlanningStatus": site.planning_status,
        "PermissionType": site.permission_type,
        "PermissionDate": site.permission_on,
        "PlanningHistory": f"{page}/history" if site.permission_on else "",
        "MinNetDwellings": str(site.dwellings_from),
        "DevelopmentDescription": site.description,
        "NetDwellingsRangeFrom": str(site.dwellings_from),
        "NetDwellingsRangeTo": str(site.dwellings_to),
        "HazardousSubstances": "yes" if site.hazardous else "",
        "Notes": site.notes,
        "FirstAddedDate": site.first_added_on,
        "LastUpdatedDate": site.last_updated_on,
    }
