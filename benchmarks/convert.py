"""What converting costs for each format, beside the floor: the plain library call that only parses the same file.

    python benchmarks/convert.py FOLDER [--rows N] [--runs N] [--large BYTES] [--only NAME ...]

Makes a file of N rows of every format in FOLDER, unless it is there from before, and reads each in processes of their
own, by Headrace and by the floor in turn; of several runs the least CPU time counts. `--large` adds a CSV file of
about so many bytes, read in parts. Prints megabytes, CPU-seconds, MB and rows a CPU-second, peak memory in MiB, and
how many times the floor it took.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
import shapely
import xlsxwriter

from headrace.convert.gdal import load_gdal

TIMED = """
import json, re, sys, time
from pathlib import Path
{setup}
begun = time.process_time()
rows = read(sys.argv[1])
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024
print(json.dumps([rows, time.process_time() - begun, peak]))
"""

OURS = """
from headrace.convert.resource import convert
from headrace.convert.gdal import load_gdal
load_gdal()
def read(path):
    return convert(Path(path)).cells.frame.height
"""

OURS_IN_PARTS = """
from headrace.convert.resource import convert_parts
def read(path):
    return sum(part.frame.height for part in convert_parts(Path(path))[1])
"""

BY_POLARS = """
import polars as pl
def read(path):
    frame = pl.read_csv(path, has_header=False, infer_schema=False, separator={separator!r}, encoding={encoding!r})
    return frame.height
"""

BY_CSV_MODULE = """
import csv
def read(path):
    return len(list(csv.reader(open(path, newline="", encoding="utf-8"))))
"""

BY_ORJSON = """
import orjson
def read(path):
    return len(orjson.loads(Path(path).read_bytes()))
"""

BY_GDAL = """
import polars as pl
from headrace.convert.gdal import load_gdal
load_gdal()
from pyogrio.raw import open_arrow
import shapely
def read(path):
    with open_arrow(path) as (meta, stream):
        frame = pl.DataFrame(stream)
    texts = shapely.to_wkt(shapely.from_wkb(frame[meta["geometry_name"] or "wkb_geometry"].ext.storage().to_numpy()))
    return len(texts)
"""
"""Geometry is written as text, as it is in cells: well-known binary alone takes a fraction of that."""


BY_PARQUET = """
import polars as pl
import shapely
def read(path):
    return len(shapely.to_wkt(shapely.from_wkb(pl.read_parquet(path)["shape"].to_numpy())))
"""

BY_CALAMINE = """
from python_calamine import CalamineWorkbook
def read(path):
    return len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One format: how its file is made, and what reads it with the least work."""

    suffix: str
    make: Callable[[Path, int], None]
    floor: str
    ours: str = OURS


def register(rows: int) -> pl.DataFrame:
    """Rows such as registers have: 20 columns of text, a third of them with quotes, commas or nothing in a cell."""
    rng = random.Random(1)
    numbers = range(rows)
    columns = {
        "SiteReference": [f"BF{number:06}" for number in numbers],
        "SiteNameAddress": [f"{number} High Street, The {chr(0x201C)}Mill{chr(0x201D)}" for number in numbers],
        "GeoX": [f"{rng.uniform(1e5, 6e5):.2f}" for _ in numbers],
        "GeoY": [f"{rng.uniform(1e5, 6e5):.2f}" for _ in numbers],
        "Notes": [f'said to be "{number}"' if number % 3 == 0 else "" for number in numbers],
        "FirstAddedDate": [f"{2017 + number % 9}-{number % 12 + 1:02}-{number % 28 + 1:02}" for number in numbers],
    }
    more = {f"column-{each}": [rng.choice(("yes", "no", "", "full planning")) for _ in numbers] for each in range(14)}
    return pl.DataFrame(columns | more)


def _csv(separator: str = ",", encoding: str = "utf-8", odd: str = "") -> Callable[[Path, int], None]:
    def make(path: Path, rows: int) -> None:
        text = register(rows).write_csv(separator=separator)
        path.write_bytes((text + odd).encode(encoding))

    return make


def _json(path: Path, rows: int) -> None:
    path.write_text(json.dumps(register(rows).to_dicts()), "utf-8")


def _xlsx(path: Path, rows: int) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        frame = register(rows)
        for number, row in enumerate([tuple(frame.columns), *frame.iter_rows()]):
            sheet.write_row(number, 0, row)


def shapes(rows: int) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Polygons of 33 vertices on the National Grid."""
    rng = np.random.default_rng(1)
    centres = shapely.points(rng.uniform(4e5, 6e5, rows), rng.uniform(1e5, 3e5, rows))
    return np.asarray(shapely.buffer(centres, rng.uniform(10, 500, rows), quad_segs=8))


def _features(driver: str, **options: str) -> Callable[[Path, int], None]:
    def make(path: Path, rows: int) -> None:
        load_gdal()
        from pyogrio.raw import write

        frame = register(rows).select(pl.nth(range(6)))
        write(
            str(path),
            shapely.to_wkb(shapes(rows)),
            [frame[name].to_numpy().astype(object) for name in frame.columns],
            frame.columns,
            geometry_type="Polygon",
            crs="EPSG:27700",
            driver=driver,
            layer="areas",
            **options,
        )

    return make


BY_GDAL_IN_ZIP = BY_GDAL.replace("load_gdal()", "").replace(
    "def read(path):",
    '''def read(path):
    path = f"/vsizip/{path}/{Path(path).stem}.shp"''',
)


def _zipped_shapefile(path: Path, rows: int) -> None:
    shapefile = path.with_suffix(".shp")
    _features("ESRI Shapefile")(shapefile, rows)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in path.parent.glob(f"{path.stem}.*"):
            if part != path:
                archive.write(part, part.name)
                part.unlink()


def _geoparquet(path: Path, rows: int) -> None:
    crs = {"id": {"authority": "EPSG", "code": 27700}}
    geo = {"version": "1.1.0", "primary_column": "shape", "columns": {"shape": {"encoding": "WKB", "crs": crs}}}
    frame = register(rows).select(pl.nth(range(6))).with_columns(shape=pl.Series(shapely.to_wkb(shapes(rows))))
    frame.write_parquet(path, metadata={"geo": json.dumps(geo)})


def _by_polars(separator: str = ",", encoding: str = "utf8") -> str:
    return BY_POLARS.format(separator=separator, encoding=encoding)


CASES: Mapping[str, Case] = {
    "csv": Case("csv", _csv(), _by_polars()),
    "csv in parts": Case(
        "csv", _csv(), _by_polars(), OURS_IN_PARTS.replace("Path(path)", "Path(path), stream_bytes=0")
    ),
    "csv, semicolons": Case("csv", _csv(";"), _by_polars(";")),
    "csv, cp1252": Case("csv", _csv(encoding="cp1252"), _by_polars(encoding="cp1252")),
    "csv, a stray quote": Case("csv", _csv(odd='x,6" pipe\n'), BY_CSV_MODULE),
    "json": Case("json", _json, BY_ORJSON),
    "xlsx": Case("xlsx", _xlsx, BY_CALAMINE),
    "geojson": Case("geojson", _features("GeoJSON"), BY_GDAL),
    "gml": Case("gml", _features("GML"), BY_GDAL),
    "kml": Case("kml", _features("KML"), BY_GDAL),
    "gpkg": Case("gpkg", _features("GPKG"), BY_GDAL),
    "flatgeobuf": Case("fgb", _features("FlatGeobuf"), BY_GDAL),
    "zipped shapefile": Case("zip", _zipped_shapefile, BY_GDAL_IN_ZIP),
    "geoparquet": Case("parquet", _geoparquet, BY_PARQUET),
}


def timed(setup: str, path: Path) -> tuple[int, float, int]:
    """Rows, CPU-seconds and peak memory in MiB of a process that reads the file."""
    done = subprocess.run(
        [sys.executable, "-c", TIMED.format(setup=setup), str(path)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )
    if done.returncode:
        sys.exit(f"{path.name}: {done.stderr[-1000:]}")
    rows, seconds, peak = json.loads(done.stdout.splitlines()[-1])
    return rows, seconds, peak


def without_traces(path: Path) -> None:
    """Remove what GDAL wrote beside a file and would believe when it reads it again."""
    for suffix in (".gfs", ".xsd"):
        path.with_suffix(suffix).unlink(missing_ok=True)


def show(name: str, path: Path, ours: str, floor: str, runs: int) -> None:
    """Read a file both ways and print a line."""
    measured = []
    for _ in range(runs):
        for setup in (ours, floor):
            without_traces(path)
            measured.append(timed(setup, path))
    without_traces(path)
    (rows, seconds, peak), (_, least, least_peak) = (min(measured[way::2], key=lambda run: run[1]) for way in (0, 1))
    size = path.stat().st_size / 1e6
    print(
        f"{name:<20}{size:>8.1f}{seconds:>9.2f}{least:>9.2f}{size / seconds:>9.1f}{rows / seconds:>11,.0f}"
        f"{peak:>8}{least_peak:>8}{seconds / least:>8.1f}",
        flush=True,
    )


def make_large_features(folder: Path, suffix: str, size: int) -> Path:
    """A GML or GeoJSON file of about `size` bytes: 50,000 polygons, over and over."""
    path = folder / f"large-{size}.{suffix}"
    if path.exists():
        return path
    small = folder / f"part-{size}.{suffix}"
    _features({"gml": "GML", "geojson": "GeoJSON"}[suffix])(small, 50_000)
    text = small.read_bytes()
    first, last, between = FEATURES[suffix]
    begin, end = text.index(first), text.rindex(last) + len(last)
    with path.open("wb") as file:
        file.write(text[:end])
        while file.tell() < size:
            file.write(between + text[begin:end])
        file.write(text[end:])
    small.unlink()
    without_traces(small)
    return path


FEATURES: Mapping[str, tuple[bytes, bytes, bytes]] = {
    "gml": (b"<ogr:featureMember>", b"</ogr:featureMember>", b"\n"),
    "geojson": (b'{ "type": "Feature"', b"} }", b",\n"),
}
"""How the first feature begins, how the last one ends, and what stands between two."""


def make_large_list(folder: Path, size: int) -> Path:
    """A JSON file of about `size` bytes: the register as a list of objects, over and over."""
    path = folder / f"large-{size}.json"
    if not path.exists():
        objects = json.dumps(register(50_000).to_dicts())[1:-1]
        with path.open("w", encoding="utf-8") as file:
            file.write("[" + objects)
            while file.tell() < size:
                file.write(", " + objects)
            file.write("]")
    return path


def make_large(folder: Path, size: int) -> Path:
    """A CSV file of about `size` bytes: the register, over and over."""
    path = folder / f"large-{size}.csv"
    if not path.exists():
        frame = register(50_000)
        with path.open("wb") as file:
            frame.clear().write_csv(file)
            while file.tell() < size:
                frame.write_csv(file, include_header=False)
    return path


def main() -> None:
    """Make the files and read them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--large", type=int, default=0)
    parser.add_argument("--only", nargs="*", choices=list(CASES), default=list(CASES))
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    print(f"{'format':<20}{'MB':>8}{'CPU s':>9}{'floor':>9}{'MB/s':>9}{'rows/s':>11}{'MiB':>8}{'floor':>8}{'times':>8}")
    for name in given.only:
        case = CASES[name]
        path = given.folder / f"{name.replace(',', '').replace(' ', '-')}-{given.rows}.{case.suffix}"
        if not path.exists():
            case.make(path, given.rows)
        show(name, path, case.ours, case.floor, given.runs)
    if given.large:
        show("large csv in parts", make_large(given.folder, given.large), OURS_IN_PARTS, _by_polars(), 1)
        show("large json in parts", make_large_list(given.folder, given.large), OURS_IN_PARTS, BY_ORJSON, 1)
        for suffix in FEATURES:
            path = make_large_features(given.folder, suffix, given.large)
            show(f"large {suffix} in parts", path, OURS_IN_PARTS, BY_GDAL, 1)


if __name__ == "__main__":
    main()
