"""A dataset as one JSON document a line."""

from pathlib import Path

import orjson
import polars as pl

from headrace.publish.document import make_documents
from headrace.publish.ndjson import write_ndjson

Tables = dict[str, pl.DataFrame]


def test_a_line_is_what_the_api_says(conservation: Tables, tmp_path: Path) -> None:
    """By entity, whatever the order they came in."""
    write_ndjson(conservation["entity"].reverse(), tmp_path / "d.ndjson")

    lines = (tmp_path / "d.ndjson").read_bytes().splitlines()
    assert make_documents(conservation["entity"].sort("entity")).documents == lines
    assert conservation["entity"].height == len(lines)
    assert all(isinstance(orjson.loads(line), dict) for line in lines)
