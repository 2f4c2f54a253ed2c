"""Routes whose answers depend on the release, the address and the day alone, so that nobody need fetch them twice.

Source: RFC 9110, sections 8.8.3 (ETag), 13.1.2 (If-None-Match) and 15.4.5 (304).
"""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any, Final

from fastapi import Request, Response
from fastapi.routing import APIRoute

from headrace import __version__
from headrace.web.compression import compress
from headrace.web.shelf import Reader

CACHE_CONTROL: Final = "public, no-cache"
"""Keep it, and ask each time whether it still holds: a release that goes live is seen at once, and a 304 is cheap."""


class ReleasedRoute(APIRoute):
    """A route that names its answer by release, and answers 304 to those who have it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of the route, with its answers named."""
        handle = super().get_route_handler()

        async def handle_named(request: Request) -> Response:
            reader: Reader | None = request.state.reader
            if reader is None:
                return await handle(request)
            tag = f'W/"{reader.release.id}-{datetime.now(UTC):%Y%m%d}-{__version__}"'
            headers = {"ETag": tag, "Cache-Control": CACHE_CONTROL, "Vary": "Accept-Encoding"}
            if tag in (each.strip() for each in request.headers.get("if-none-match", "").split(",")):
                return Response(status_code=304, headers=headers)
            response = await handle(request)
            if response.status_code != 200:
                return response
            response.headers.update(headers)
            return compress(request, response)

        return handle_named
