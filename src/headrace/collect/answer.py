"""What comes of asking: an answer, or why there is none.

Answer       a body that can be kept
Unchanged    the server says that what is kept already is still what it has
Unanswered   asking came to nothing; raised, and recorded as the reason of a failed attempt
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """A body, with what the server said about it.

    Attributes:
        body: as served, transfer compression removed.
        status: HTTP status; None for a file.
        final_url: where redirects led.
        content_type, etag, last_modified: as served.
        headers: others worth keeping, as JSON text.
    """

    body: bytes
    status: int | None
    final_url: str
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    headers: str | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Status 304 to a conditional request.

    Attributes:
        final_url: where redirects led.
        etag, last_modified: the validators to ask with next time; None where the server did not repeat them.
        headers: others worth keeping, as JSON text.
    """

    final_url: str
    etag: str | None = None
    last_modified: str | None = None
    headers: str | None = None


class Unanswered(Exception):  # noqa: N818 - one of three outcomes, not a fault of the program
    """Asking came to nothing.

    Attributes:
        reason: why, in a sentence.
        status: HTTP status of the response, where there was one.
        final_url, content_type, received: of that response; `received` is the length of its body as far as it was read.
        headers: others of that response worth keeping, as JSON text.
        exception: class name of what the network raised.
        passing: whether the same request may succeed in a moment.
        wait_seconds: how long the server asked to be left alone.
    """

    def __init__(
        self,
        reason: str,
        *,
        status: int | None = None,
        final_url: str | None = None,
        content_type: str | None = None,
        received: int = 0,
        headers: str | None = None,
        exception: str | None = None,
        passing: bool = False,
        wait_seconds: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.final_url = final_url
        self.content_type = content_type
        self.received = received
        self.headers = headers
        self.exception = exception
        self.passing = passing
        self.wait_seconds = wait_seconds
