"""The media types of artefacts, by the ending of their names."""

from pathlib import PurePosixPath
from typing import Final

MEDIA_TYPES: Final[dict[str, str]] = {
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".ndjson": "application/x-ndjson",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite3": "application/vnd.sqlite3",
}
"""Ending → media type, as registered with IANA where it is."""


def find_media_type(name: str) -> str:
    """The media type of an artefact: `dataset/tree.csv` → `text/csv; charset=utf-8`.

    Raises:
        KeyError: no artefact has that ending.
    """
    return MEDIA_TYPES[PurePosixPath(name).suffix]
