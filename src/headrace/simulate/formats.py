"""Tables and areas as the bytes of a file."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

import orjson

from headrace.simulate.position import degrees
from headrace.simulate.registers import Area
from headrace.simulate.table import Table


def csv_bytes(table: Table, encoding: str = "utf-8", delimiter: str = ",", line_end: str = "\r\n") -> bytes:
    """A table as separated values, its header first; `utf-8-sig` begins with a byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return text.getvalue().encode(encoding)


def geojson(areas: Sequence[Area], names: Mapping[str, str]) -> bytes:
    """Areas as GeoJSON in longitude and latitude (RFC 7946); `names` says how properties are called."""
    features = [_feature(area, names, [list(pair) for pair in degrees(area.ring)]) for area in areas]
    return orjson.dumps({"type": "FeatureCollection", "features": features}, option=orjson.OPT_APPEND_NEWLINE)


def geojson_in_grid_metres(areas: Sequence[Area], names: Mapping[str, str]) -> bytes:
    """Areas as GeoJSON of 2008, which could name another reference system: the British National Grid."""
    system = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    features = [_feature(area, names, [list(place) for place in area.ring]) for area in areas]
    collection = {"type": "FeatureCollection", "name": "conservation_areas", "crs": system, "features": features}
    return orjson.dumps(collection, option=orjson.OPT_INDENT_2)


def area_properties(area: Area, names: Mapping[str, str]) -> dict[str, str | None]:
    """What is known of an area besides its boundary, under the publisher's own names."""
    known = {
        "reference": area.reference,
        "name": area.name,
        "designation-date": area.designated_on,
        "documentation-url": area.documentation_url,
        "notes": area.notes or None,
        "entry-date": area.updated_on,
    }
    return {names[field]: value for field, value in known.items() if field in names}


def _feature(area: Area, names: Mapping[str, str], ring: list[list[float]]) -> dict[str, object]:
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": area_properties(area, names), "geometry": geometry}


PDF_PAGE: Final = (
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    "<< /Length {length} >>\nstream\n{stream}\nendstream",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
)


def pdf(lines: Sequence[str]) -> bytes:
    """A page of text: a register as a document, from which nobody can take the rows (ISO 32000-1)."""
    shown = [f"({line.replace('(', '').replace(')', '')}) Tj T*" for line in lines]
    stream = "\n".join(("BT /F1 10 Tf 14 TL 40 800 Td", *shown, "ET"))
    body, offsets = "%PDF-1.4\n", []
    for number, page in enumerate(PDF_PAGE, 1):
        offsets.append(len(body))
        content = page.replace("{length}", str(len(stream))).replace("{stream}", stream)
        body += f"{number} 0 obj\n{content}\nendobj\n"
    entries = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(PDF_PAGE) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{entries}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return f"{body}{table}startxref\n{len(body)}\n%%EOF\n".encode("ascii", "replace")
