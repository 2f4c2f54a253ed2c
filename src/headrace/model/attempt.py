"""An attempt: one asking of one endpoint at one moment, and how it went."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import polars as pl


@dataclass(frozen=True, slots=True)
class Attempt:
    """One row of the collection log.

    Attributes:
        endpoint: SHA-256, in hexadecimal, of the URL.
        url: what was asked.
        started_at, finished_at: UTC.
        status: HTTP status of the last response; None when there was none.
        resource: SHA-256, in hexadecimal, of the bytes kept; None when the attempt failed.
        content: hash of what the resource says as it was read when it was answered, the same for bytes that differ in
            nothing that matters; None when the attempt failed or the resource cannot be read as a table.
        bytes: length of the body received; None where history does not say.
        content_type: as served.
        exception: class name of what was raised when there was no usable response.
        reason: why the attempt failed, in a sentence; None when it did not.
        final_url: where redirects led; None when there was no response.
        etag, last_modified: validators served, for the next conditional request.
        tries: how many requests were made, retries included.
        due: why it was asked now.
        redirects: the hops before `final_url`, as a JSON list of `[status, URL]`; None when there were none.
        headers: those of the response that matter to nobody but a person who looks into it, as a JSON object.
        dns_ms, connect_ms: of the last request, milliseconds to resolve the name, and to connect, TLS included.
        first_byte_ms, total_ms: of the last request, milliseconds from its start to its first and to its last byte.
            Waiting for a turn is in none of the four; each is None where the request did not come so far.
        told: how many rows of a log that was recorded elsewhere tell of it; None where it was made here.
    """

    endpoint: str
    url: str
    started_at: datetime
    finished_at: datetime
    status: int | None = None
    resource: str | None = None
    content: str | None = None
    bytes: int | None = 0
    content_type: str | None = None
    exception: str | None = None
    reason: str | None = None
    final_url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    tries: int = 1
    due: str | None = None
    redirects: str | None = None
    headers: str | None = None
    dns_ms: float | None = None
    connect_ms: float | None = None
    first_byte_ms: float | None = None
    total_ms: float | None = None
    told: int | None = None

    @property
    def ok(self) -> bool:
        """Whether the attempt ended with a resource, new or known."""
        return self.resource is not None


RECORDED_ELSEWHERE: Final = "recorded elsewhere"
"""What `due` says of an attempt that somebody else made, and whose history was imported."""

ATTEMPT_SCHEMA: Final = pl.Schema(
    [
        ("night", pl.String()),
        ("endpoint", pl.String()),
        ("url", pl.String()),
        ("started_at", pl.Datetime("us", "UTC")),
        ("finished_at", pl.Datetime("us", "UTC")),
        ("status", pl.Int64()),
        ("resource", pl.String()),
        ("content", pl.String()),
        ("bytes", pl.Int64()),
        ("content_type", pl.String()),
        ("exception", pl.String()),
        ("reason", pl.String()),
        ("final_url", pl.String()),
        ("etag", pl.String()),
        ("last_modified", pl.String()),
        ("tries", pl.Int64()),
        ("due", pl.String()),
        ("redirects", pl.String()),
        ("headers", pl.String()),
        ("dns_ms", pl.Float64()),
        ("connect_ms", pl.Float64()),
        ("first_byte_ms", pl.Float64()),
        ("total_ms", pl.Float64()),
        ("told", pl.Int64()),
    ]
)
"""The collection log as a frame: the attributes of `Attempt`, and the `night` (ISO day) it belongs to: an endpoint is
asked once a night, whatever the clock says at that moment."""
