"""Lending: each request reads one release from beginning to end, and says which."""

from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from headrace.web.shelf import Reader, Shelf

RELEASE_HEADER: Final = "x-headrace-release"


class Lending:
    """ASGI middleware that borrows the live release for the length of a request.

    The reader is `request.state.reader` (None before the first release); responses carry its id in a header.
    """

    def __init__(self, app: ASGIApp, shelf: Shelf) -> None:
        self._app = app
        self._shelf = shelf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with a reader."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with self._shelf.borrow() as reader:
            scope["state"] = {**scope.get("state", {}), "reader": reader}
            if reader is None:
                await self._app(scope, receive, send)
                return
            header = (RELEASE_HEADER.encode(), reader.release.id.encode())

            async def send_named(message: Message) -> None:
                if message["type"] == "http.response.start":
                    message["headers"] = [*message.get("headers", ()), header]
                await send(message)

            await self._app(scope, receive, send_named)


class NoReleaseError(Exception):
    """Nothing has been published yet."""


async def lent_reader(request: Request) -> Reader:
    """The release that this request reads.

    Raises:
        NoReleaseError: nothing has been published yet; answered with 503.
    """
    reader: Reader | None = request.state.reader
    if reader is None:
        raise NoReleaseError
    return reader


Lent = Annotated[Reader, Depends(lent_reader)]
"""The type of a route's argument that is the release to read."""
