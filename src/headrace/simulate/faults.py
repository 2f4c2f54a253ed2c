"""How an answer fails: a good reply goes in, what the asker meets comes out.

`visit` counts how often the path has been asked today, from 1, so that a fault can pass.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from headrace.simulate.web_server import Reply

Fault = Callable[[Reply, int], Reply]
"""One way to fail."""

HTML: Final = (("Content-Type", "text/html; charset=utf-8"),)
XML: Final = (("Content-Type", "application/xml"),)

LOST_PAGE: Final = (
    b"<!DOCTYPE html>\n<html lang=en><head><title>Page not found</title></head>"
    b"<body><h1>Sorry, we cannot find that page</h1></body></html>\n"
)
NEW_WEBSITE: Final = (
    b"\n\n<!-- site 4.2 -->\n<!DOCTYPE html>\n<html lang=en><head><title>Our new website</title></head>"
    b"<body><h1>Welcome to our new website</h1><p>Use the search to find what you need.</p></body></html>\n"
)
SERVICE_REPORT: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1"'
    b' version="2.0.0"><ows:Exception exceptionCode="InvalidParameterValue" locator="typeName">'
    b"<ows:ExceptionText>Feature type is not known</ows:ExceptionText></ows:Exception></ows:ExceptionReport>\n"
)
STORAGE_MESSAGE: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'
)
MAP_SERVER_REPORT: Final = b'{"error":{"code":400,"message":"Invalid or missing input parameters.","details":[]}}'


def not_found(reply: Reply, visit: int) -> Reply:
    """The file has been moved, and nobody left word where to."""
    return Reply(LOST_PAGE, 404, HTML)


def server_error_once(reply: Reply, visit: int) -> Reply:
    """The first asking of the day wakes the server up; the second is answered."""
    return Reply(b"starting", 500) if visit == 1 else reply


def too_many_once(reply: Reply, visit: int) -> Reply:
    """The first asking of the day is one too many, and the server says when to come back."""
    return Reply(b"slow down", 429, (("Retry-After", "1"),)) if visit == 1 else reply


def web_page(reply: Reply, visit: int) -> Reply:
    """A page for people, and status 200."""
    return Reply(NEW_WEBSITE, 200, HTML)


def service_report(reply: Reply, visit: int) -> Reply:
    """The error report of a map service, and status 200."""
    return Reply(SERVICE_REPORT, 200, XML)


def storage_message(reply: Reply, visit: int) -> Reply:
    """The error message of a storage service that a proxy turned into status 200."""
    return Reply(STORAGE_MESSAGE, 200, XML)


def map_server_report(reply: Reply, visit: int) -> Reply:
    """The error report of a map server, and status 200."""
    return Reply(MAP_SERVER_REPORT, 200, (("Content-Type", "application/json"),))


def empty(reply: Reply, visit: int) -> Reply:
    """Not one byte, and status 200."""
    return replace(reply, body=b"")


def broken_off(reply: Reply, visit: int) -> Reply:
    """The connection closes after two thirds of what was announced."""
    return replace(reply, missing_bytes=len(reply.body) // 3)


def silent(seconds: float) -> Fault:
    """Nothing comes for some seconds; most askers do not wait."""
    return lambda reply, visit: replace(reply, delay_seconds=seconds)
