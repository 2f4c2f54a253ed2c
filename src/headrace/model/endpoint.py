"""An endpoint: the address from which a publisher's data is fetched."""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One row of a collection's `endpoint.csv`.

    Attributes:
        endpoint: SHA-256, in hexadecimal, of the URL; its key everywhere.
        url: what is asked.
        plugin: the kind of service behind the URL, for example `arcgis`; None for a file to download.
        parameters: what the plug-in needs to know, as JSON text.
        query: text of the file that the URL of a SPARQL service names after `#`; None where there is none to be read.
        entry_date, start_date, end_date: ISO dates or moments, as configured; an endpoint that has ended is not asked.
    """

    endpoint: str
    url: str
    plugin: str | None = None
    parameters: str | None = None
    query: str | None = None
    entry_date: str | None = None
    start_date: str | None = None
    end_date: str | None = None

    def ended(self, on: str) -> bool:
        """Whether it ended before the day `on`, an ISO date."""
        return self.end_date is not None and self.end_date[:10] < on


def hash_url(url: str) -> str:
    """The key of the endpoint at this URL: SHA-256 of its UTF-8, in hexadecimal."""
    return sha256(url.encode()).hexdigest()
