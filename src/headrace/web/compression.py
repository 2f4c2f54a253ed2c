"""Answers made smaller for those who can read it: the page of the stream is a picture in text of half a megabyte."""

import gzip
from collections.abc import Callable, Coroutine
from typing import Any, Final

from fastapi import Request, Response
from fastapi.routing import APIRoute

_WORTH_COMPRESSING: Final = 1_400
_GZIP_LEVEL: Final = 4


class CompressedRoute(APIRoute):
    """A route whose answers are compressed where that is worth it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of the route, with its answers compressed."""
        handle = super().get_route_handler()

        async def handle_compressed(request: Request) -> Response:
            return compress(request, await handle(request))

        return handle_compressed


def compress(request: Request, response: Response) -> Response:
    """The same answer as gzip, if the browser takes it; one that is short, packed, or told bit by bit stays as it is.

    The answer that is given is not changed: others may be given it too.
    """
    body = bytes(getattr(response, "body", b""))
    is_packed = "content-encoding" in response.headers or response.media_type == "image/png"
    if is_packed or len(body) < _WORTH_COMPRESSING:
        return response
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return response
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    smaller = gzip.compress(body, _GZIP_LEVEL, mtime=0)
    return Response(
        smaller,
        status_code=response.status_code,
        headers={**headers, "content-encoding": "gzip", "vary": "Accept-Encoding"},
        background=response.background,
    )
