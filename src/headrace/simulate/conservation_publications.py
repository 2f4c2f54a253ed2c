"""The conservation areas of the small England: their forms, their slips and their faults."""

from functools import partial
from typing import Final

from headrace.simulate import faults, slips
from headrace.simulate.edition import NO_DATA_NAME, Edition
from headrace.simulate.formats import csv_bytes, geojson, geojson_in_grid_metres
from headrace.simulate.gml import gml
from headrace.simulate.publication import CSV, Publication, Rule, area_list, columns
from headrace.simulate.publishers import find_publisher
from headrace.simulate.registers import CONSERVATION_AREA
from headrace.simulate.table import wkt_in_grid_metres, wkt_in_swapped_degrees

GEOJSON: Final = "application/geo+json"
GML: Final = "text/xml; subtype=gml/3.2; charset=utf-8"

TITLES: Final = {"reference": "REF", "name": "NAME", "designation-date": "DESIG_DATE", "documentation-url": "WEB_LINK"}
LAYER: Final = {"reference": "CA_REF", "name": "CA_NAME", "designation-date": "DESIGNATED", "entry-date": "EDITED"}
NATIONAL: Final = {"reference": "UID", "name": "NAME", "designation-date": "DESIG_DATE", "entry-date": "CAPTURE_DATE"}
"""Field → how the publisher's system calls it."""

FEATURES: Final = "?service=WFS&version=2.0.0&request=GetFeature&typeName=lpa:ConservationAreas"
"""The one question that a Web Feature Service is asked."""


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
        rules=columns(TITLES),
    ),
    Publication(
        find_publisher("CRD"),
        CONSERVATION_AREA,
        "/carrowdale/gis/export.json",
        "application/json",
        _titled_in_metres,
        rules=columns(TITLES),
    ),
    Publication(
        find_publisher("DHT"),
        CONSERVATION_AREA,
        f"/dunholt/inspire/wfs{FEATURES}",
        GML,
        _service,
        plugin="wfs",
        rules=columns(TITLES),
    ),
    Publication(
        find_publisher("EMH"),
        CONSERVATION_AREA,
        "/eastmarsh/arcgis/rest/services/planning/FeatureServer/3",
        GEOJSON,
        _layer,
        plugin="arcgis",
        rules=columns(LAYER),
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
        rules=columns(TITLES),
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
        rules=columns(TITLES),
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
        rules=columns(LAYER),
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
        moved_to="/ostrey/files/conservation-areas-2026.csv",
    ),
    Publication(
        find_publisher("QBK"),
        CONSERVATION_AREA,
        "/quarrybank/conservation-areas.csv",
        CSV,
        area_list(slips.crossed_boundary, slips.spelt_nothing),
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
        rules=columns(TITLES),
    ),
    Publication(
        find_publisher("NHV"),
        CONSERVATION_AREA,
        "/national-heritage-survey/conservation-areas.geojson",
        GEOJSON,
        _national,
        rules=(
            *columns(NATIONAL),
            Rule("filter", {"field": "name", "pattern": f"(?!{NO_DATA_NAME})"}),
        ),
    ),
)
