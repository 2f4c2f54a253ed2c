"""A dataset as one JSON document a line, for programs that read as they go."""

from pathlib import Path

import polars as pl

from headrace.publish.document import make_documents


def write_ndjson(entity: pl.DataFrame, to: Path) -> None:
    """Write the document of each entity, as the API says it, by entity."""
    with to.open("wb") as file:
        for document in make_documents(entity.sort("entity")).documents:
            file.write(document)
            file.write(b"\n")
