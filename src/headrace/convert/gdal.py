"""GDAL with nothing but the readers that are wanted.

Some of GDAL's drivers open other files, or the network, because the bytes they are given say so. They are switched off
before GDAL is loaded, which happens here and only when a geographic file is met: loading takes longer than reading a
small CSV.
"""

import os
import sys
from types import ModuleType
from typing import Final

DRIVERS: Final = frozenset(
    {
        "ESRI Shapefile",
        "ESRIJSON",
        "FlatGeobuf",
        "GeoJSON",
        "GeoJSONSeq",
        "GML",
        "GPKG",
        "KML",
        "LIBKML",
        "MapInfo File",
        "MEM",
    }
)
"""What is left on: the formats that are read here, one that is only written elsewhere, and memory."""

SKIPPED: Final = (
    "ADBC", "AIVector", "AmigoCloud", "AVCBin", "AVCE00", "Carto", "CSV", "CSW", "DGN", "DXF", "EDIGEO", "EEDA",
    "Elasticsearch", "GDALG", "GeoRSS", "GPSBabel", "GPX", "GTFS", "HTTP", "Idrisi", "JML", "JSONFG", "LVBAG", "MapML",
    "MBTiles", "MiraMonVector", "MVT", "NGW", "OAPIF", "ODS", "OGCAPI", "OGR_GMT", "OGR_PDS", "OGR_VRT", "OpenFileGDB",
    "OSM", "PCIDSK", "PDF", "PDS4", "PGDUMP", "PLSCENES", "PMTiles", "S57", "Selafin", "SQLite", "SXF", "TopoJSON",
    "VDV", "VFK", "VICAR", "VRT", "WAsP", "WFS", "XLSX",
)  # fmt: skip
"""Every other driver of GDAL 3.12; GDAL knows no allow list."""

OPTIONS: Final = {
    "OGR_GEOJSON_MAX_OBJ_SIZE": "0",
    "SHAPE_RESTORE_SHX": "YES",
    "GML_DOWNLOAD_SCHEMA": "NO",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{noext}",
}
"""No limit to the size of one feature; shapefiles without their index are read; nothing is fetched, although GML names
the address of its schema."""


def load_gdal() -> ModuleType:
    """The pyogrio package, loaded with only `DRIVERS` where it was not loaded before."""
    if "pyogrio" not in sys.modules:
        before = os.environ.get("GDAL_SKIP")
        os.environ["GDAL_SKIP"] = ",".join(SKIPPED)
        import pyogrio

        if before is None:
            del os.environ["GDAL_SKIP"]
        else:
            os.environ["GDAL_SKIP"] = before
    pyogrio = sys.modules["pyogrio"]
    pyogrio.set_gdal_config_options(OPTIONS)
    return pyogrio
