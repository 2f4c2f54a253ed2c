"""Conservation areas as the answer of a Web Feature Service: GML 3.2 on the British National Grid.

The answer carries the moment it was made, as many servers' answers do, so that its bytes differ from night to night
although nothing else does. Source: OGC 07-036 (GML 3.2.1) and OGC 09-025r2 (WFS 2.0).
"""

from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

from headrace.simulate.formats import area_properties
from headrace.simulate.registers import Area

NAMESPACES: Final = (
    'xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" '
    'xmlns:lpa="https://maps.example/lpa"'
)
GRID: Final = 'srsName="urn:ogc:def:crs:EPSG::27700"'


def gml(areas: Sequence[Area], names: Mapping[str, str], moment: str) -> bytes:
    """A feature collection; `names` says how properties are called, `moment` is ISO text."""
    members = "".join(_member(number, area, names) for number, area in enumerate(areas, 1))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<wfs:FeatureCollection {NAMESPACES} timeStamp="{moment}" numberMatched="{len(areas)}"'
        f' numberReturned="{len(areas)}">\n{members}</wfs:FeatureCollection>\n'
    ).encode()


def _member(number: int, area: Area, names: Mapping[str, str]) -> str:
    properties = "".join(
        f"    <lpa:{name}>{escape(value)}</lpa:{name}>\n"
        for name, value in area_properties(area, names).items()
        if value is not None
    )
    places = " ".join(f"{easting} {northing}" for easting, northing in area.ring)
    return (
        f' <wfs:member>\n  <lpa:ConservationAreas gml:id="ConservationAreas.{number}">\n{properties}'
        f'    <lpa:SHAPE><gml:MultiSurface gml:id="ConservationAreas.{number}.shape" {GRID}><gml:surfaceMember>'
        f'<gml:Polygon gml:id="ConservationAreas.{number}.shape.1" {GRID}><gml:exterior><gml:LinearRing>'
        f"<gml:posList>{places}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>"
        "</gml:MultiSurface></lpa:SHAPE>\n  </lpa:ConservationAreas>\n </wfs:member>\n"
    )
