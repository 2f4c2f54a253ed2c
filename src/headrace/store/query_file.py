"""The query of a SPARQL endpoint, kept in a file beside the configuration that names it."""

from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

SPARQL: Final = "sparql"
"""The plug-in whose endpoints have their query in a file."""


def read_query(folder: Path, url: str, plugin: str | None) -> str | None:
    """The text of the file that the URL of a SPARQL endpoint names after `#`, as on the existing platform.

    None where the URL names no file, or none that can be read as text inside the folder: why is told to the person who
    looks at the endpoint, because one endpoint must not stop the others.

    Args:
        folder: of the collection; the name is relative to it.
        url: of the endpoint.
        plugin: kind of service behind the URL; only a SPARQL service has a query.
    """
    if plugin != SPARQL:
        return None
    try:
        path = (folder / unquote(urlsplit(url).fragment)).resolve()
        return path.read_text("utf-8-sig") if path.is_relative_to(folder.resolve()) else None
    except (OSError, ValueError):
        return None
