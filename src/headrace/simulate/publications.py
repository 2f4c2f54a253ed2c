"""Every publication of the small England: who publishes what, in which form, with which slips and faults."""

from functools import partial
from typing import Final

from headrace.simulate import faults, slips
from headrace.simulate.edition import NO_DATA_NAME, Edition
from headrace.simulate.formats import csv_bytes, geojson, geojson_in_grid_metres, pdf
from headrace.simulate.gml import gml
from headrace.simulate.position import in_grid_metres, in_mislabelled_metres, in_swapped_degrees
from headrace.simulate.publication import CSV, Publication, Rule, area_list, columns, register
from headrace.simulate.publishers import find_publisher
from headrace.simulate.registers import BROWNFIELD_LAND, CONSERVATION_AREA
from headrace.simulate.table import STANDARD_OF_2017, Table, wkt_in_grid_metres, wkt_in_swapped_degrees
from headrace.simulate.workbook import workbook

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GEOJSON: Final = "application/geo+json"
GML: Final = "text/xml; subtype=gml/3.2; charset=utf-8"

SILENCE_SECONDS: Final = 4.0
"""How long the silent server says nothing."""

NOBODY: Final = "http://127.0.0.1:9"
"""Where nobody listens: the discard port."""

MISSPELT: Final = {
    "OrganisationURI": "OrganistionURI",
    "SiteReference": "Site Ref",
    "NetDwellingsRangeFrom": "NetDwelllingsRangeFrom",
    "HazardousSubstances": "HazardousSubtances",
}
TITLES: Final = {"reference": "REF", "name": "NAME", "designation-date": "DESIG_DATE", "documentation-url": "WEB_LINK"}
LAYER: Final = {"reference": "CA_REF", "name": "CA_NAME", "designation-date": "DESIGNATED", "entry-date": "EDITED"}
NATIONAL: Final = {"reference": "UID", "name": "NAME", "designation-date": "DESIG_DATE", "entry-date": "CAPTURE_DATE"}
FEATURES: Final = "?service=WFS&version=2.0.0&request=GetFeature&typeName=lpa:ConservationAreas"


def _mapped(names: dict[str, str]) -> tuple[Rule, ...]:
    return columns({column: field for field, column in names.items()})


def _two_sheets(table: Table) -> bytes:
    deleted = Table(("Reference", "Why it was deleted"), (("GW900", "Built out in 2021"), ("GW901", "Withdrawn")))
    return workbook({"BrownfieldLandRegister": table, "Deleted Sites": deleted})


def _minutes(edition: Edition) -> bytes:
    return pdf([edition.publisher.name, *(f"{site.reference}  {site.address}" for site in edition.sites)])


def _titled(edition: Edition) -> bytes:
    return geojson(edition.areas, TITLES)


def _titled_in_metres(edition: Edition) -> bytes:
    return geojson_in_grid_metres(edition.areas, TITLES)


def _layer(edition: Edition) -> bytes:
    return geojson(edition.areas, LAYER)


def _national(edition: Edition) -> bytes:
    return geojson_in_grid_metres(edition.areas, NATIONAL)


def _service(edition: Edition) -> bytes:
    return gml(edition.areas, TITLES, f"{edition.day}T02:14:07Z")


BROWNFIELD_PUBLICATIONS: Final[tuple[Publication, ...]] = (
    Publication(
        find_publisher("ALD"),
        BROWNFIELD_LAND,
        "/aldermere/brownfield-land-register.csv",
        CSV,
        register(),
        changes=True,
    ),
    Publication(
        find_publisher("BKF"),
        BROWNFIELD_LAND,
        "/brackenford/downloads/Brownfield%20Register%202019.csv",
        "application/octet-stream",
        register(
            slips.british_dates,
            slips.spelt_nothing,
            standard=STANDARD_OF_2017,
            position=in_grid_metres,
            to=partial(csv_bytes, encoding="cp1252"),
        ),
        changes=True,
    ),
    Publication(
        find_publisher("CRD"),
        BROWNFIELD_LAND,
        "/carrowdale/media/1432/brownfield.xlsx",
        WORKBOOK,
        register(to=lambda table: workbook({"Register": table})),
        changes=True,
    ),
    Publication(
        find_publisher("DHT"),
        BROWNFIELD_LAND,
        "/dunholt/opendata?id=17&format=csv",
        CSV,
        register(slips.renamed(MISSPELT), to=partial(csv_bytes, encoding="utf-8-sig", delimiter=";")),
        rules=_mapped(MISSPELT),
    ),
    Publication(
        find_publisher("EMH"),
        BROWNFIELD_LAND,
        "/eastmarsh/blr/part1.csv",
        CSV,
        register(
            slips.blank_rows,
            slips.hint_row,
            standard=STANDARD_OF_2017,
            position=in_swapped_degrees,
        ),
        fault=faults.too_many_once,
    ),
    Publication(
        find_publisher("FRL"),
        BROWNFIELD_LAND,
        "/fernleigh/planning/brownfield-register-live.csv",
        f"{CSV}; charset=utf-8",
        register(
            slips.twice_the_same_reference,
            slips.without_references("SiteReference"),
            slips.careless_values,
            slips.unknown_columns,
        ),
    ),
    Publication(
        find_publisher("GWR"),
        BROWNFIELD_LAND,
        "/greywater/documents/s1234/register",
        WORKBOOK,
        register(
            slips.british_dates,
            standard=STANDARD_OF_2017,
            position=in_mislabelled_metres,
            to=_two_sheets,
        ),
    ),
    Publication(
        find_publisher("HXC"),
        BROWNFIELD_LAND,
        "/hexcombe/brownfield-register-2021.csv",
        CSV,
        register(slips.british_dates),
        fault=faults.not_found,
        repaired=True,
    ),
    Publication(
        find_publisher("IGB"),
        BROWNFIELD_LAND,
        "/inglebrook/api/brownfield",
        CSV,
        register(slips.short_dates),
        fault=faults.server_error_once,
    ),
    Publication(
        find_publisher("KDY"),
        BROWNFIELD_LAND,
        "/kelderby/brownfield-register.csv",
        CSV,
        register(),
        fault=faults.web_page,
    ),
    Publication(
        find_publisher("LKS"),
        BROWNFIELD_LAND,
        "/larkstone/committee/brownfield-register.pdf",
        "application/pdf",
        _minutes,
    ),
    Publication(
        find_publisher("MTH"),
        BROWNFIELD_LAND,
        "/millthorne/brownfield.csv",
        CSV,
        register(),
        fault=faults.broken_off,
    ),
    Publication(
        find_publisher("NWV"),
        BROWNFIELD_LAND,
        "/norwick-vale/brownfield.csv",
        CSV,
        register(),
        origin=NOBODY,
    ),
    Publication(
        find_publisher("OSY"),
        BROWNFIELD_LAND,
        "/ostrey/slow/brownfield.csv",
        CSV,
        register(),
        fault=faults.silent(SILENCE_SECONDS),
    ),
    Publication(
        find_publisher("QBK"),
        BROWNFIELD_LAND,
        "/quarrybank/Brownfield_Land_Register.csv",
        CSV,
        register(slips.short_dates, slips.nowhere, to=partial(csv_bytes, encoding="cp1252", line_end="\r")),
    ),
    Publication(
        find_publisher("THB"),
        BROWNFIELD_LAND,
        "/thornby/register/thornby%20brownfield.csv",
        CSV,
        register(slips.padded, slips.impossible_dates, slips.unnamed_organisation, slips.lines_in_cells),
        rules=(
            Rule(
                "patch",
                {
                    "field": "OrganisationURI",
                    "pattern": "^$",
                    "value": find_publisher("THB").opendatacommunities_uri,
                },
            ),
        ),
    ),
    Publication(
        find_publisher("VNM"),
        BROWNFIELD_LAND,
        "/vennmoor/brownfield.txt",
        "text/plain",
        register(slips.wrong_organisation, to=partial(csv_bytes, delimiter="\t")),
    ),
    Publication(
        find_publisher("WDN"),
        BROWNFIELD_LAND,
        "/westerdown/brownfield-register-2020.csv",
        CSV,
        register(),
        ended_on="2021-04-30",
    ),
)

CONSERVATION_PUBLICATIONS: Final[tuple[Publication, ...]] = (
    Publication(
        find_publisher("ALD"),
        CONSERVATION_AREA,
        "/aldermere/conservation-areas.csv",
        CSV,
        area_list(),
        changes=True,
    ),
    Publication(
        find_publisher("BKF"),
        CONSERVATION_AREA,
        "/brackenford/maps/conservation_areas.geojson",
        GEOJSON,
        _titled,
        rules=_mapped(TITLES),
    ),
    Publication(
        find_publisher("CRD"),
        CONSERVATION_AREA,
        "/carrowdale/gis/export.json",
        "application/json",
        _titled_in_metres,
        rules=_mapped(TITLES),
    ),
    Publication(
        find_publisher("DHT"),
        CONSERVATION_AREA,
        f"/dunholt/inspire/wfs{FEATURES}",
        GML,
        _service,
        plugin="wfs",
        rules=_mapped(TITLES),
    ),
    Publication(
        find_publisher("EMH"),
        CONSERVATION_AREA,
        "/eastmarsh/arcgis/rest/services/planning/FeatureServer/3",
        GEOJSON,
        _layer,
        plugin="arcgis",
        rules=_mapped(LAYER),
    ),
    Publication(
        find_publisher("FRL"),
        CONSERVATION_AREA,
        "/fernleigh/planning/conservation-areas.csv",
        CSV,
        area_list(slips.british_dates, geometry=wkt_in_grid_metres),
    ),
    Publication(
        find_publisher("GWR"),
        CONSERVATION_AREA,
        "/greywater/conservation-areas.csv",
        CSV,
        area_list(geometry=wkt_in_swapped_degrees),
    ),
    Publication(
        find_publisher("HXC"),
        CONSERVATION_AREA,
        f"/hexcombe/mapserver/wfs{FEATURES}",
        GML,
        _service,
        fault=faults.service_report,
        repaired=True,
        plugin="wfs",
        rules=_mapped(TITLES),
    ),
    Publication(
        find_publisher("IGB"),
        CONSERVATION_AREA,
        "/inglebrook/api/conservation-areas",
        CSV,
        area_list(slips.in_two_parts),
        rules=(Rule("combine", {"field": "geometry", "separator": ""}),),
    ),
    Publication(
        find_publisher("KDY"),
        CONSERVATION_AREA,
        "/kelderby/conservation-areas.geojson",
        GEOJSON,
        _titled,
        changes=True,
        rules=_mapped(TITLES),
    ),
    Publication(
        find_publisher("LKS"),
        CONSERVATION_AREA,
        "/larkstone/conservation-areas.csv",
        CSV,
        area_list(),
        fault=faults.empty,
    ),
    Publication(
        find_publisher("MTH"),
        CONSERVATION_AREA,
        "/millthorne/arcgis/rest/services/heritage/MapServer/0/query?where=1%3D1&outFields=*&f=geojson",
        GEOJSON,
        _layer,
        fault=faults.map_server_report,
        rules=_mapped(LAYER),
    ),
    Publication(
        find_publisher("NWV"),
        CONSERVATION_AREA,
        "/norwick-vale/conservation-areas.csv",
        CSV,
        area_list(slips.without_references("reference"), to=partial(csv_bytes, encoding="cp1252")),
    ),
    Publication(
        find_publisher("OSY"),
        CONSERVATION_AREA,
        "/ostrey/conservation.csv",
        CSV,
        area_list(),
        fault=faults.moved_to("/ostrey/files/conservation-areas-2026.csv"),
    ),
    Publication(
        find_publisher("QBK"),
        CONSERVATION_AREA,
        "/quarrybank/conservation-areas.csv",
        CSV,
        area_list(slips.spelt_nothing),
    ),
    Publication(
        find_publisher("THB"),
        CONSERVATION_AREA,
        "/thornby/bucket/conservation-areas.csv",
        CSV,
        area_list(),
        fault=faults.storage_message,
    ),
    Publication(
        find_publisher("VNM"),
        CONSERVATION_AREA,
        "/vennmoor/conservation-areas.geojson",
        GEOJSON,
        _titled,
        rules=_mapped(TITLES),
    ),
    Publication(
        find_publisher("NHV"),
        CONSERVATION_AREA,
        "/national-heritage-survey/conservation-areas.geojson",
        GEOJSON,
        _national,
        rules=(
            *_mapped(NATIONAL),
            Rule("filter", {"field": "name", "pattern": f"(?!{NO_DATA_NAME})"}),
        ),
    ),
)

PUBLICATIONS: Final = BROWNFIELD_PUBLICATIONS + CONSERVATION_PUBLICATIONS
"""All of them."""
