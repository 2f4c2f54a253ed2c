"""The outermost loop: an error of ours is logged, answered, and does not take the connection with it."""

import logging
from typing import Final

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from headrace.web.problem import answer_problem

_LOG: Final = logging.getLogger(__name__)


class LastResort:
    """ASGI middleware that answers any exception with 500, unless an answer has begun."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and answer it if nobody else could."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_noticed(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_noticed)
        except Exception as error:
            if begun:
                raise
            _LOG.exception("%s %s could not be answered", scope["method"], scope["path"])
            await answer_problem(Request(scope, receive), error)(scope, receive, send)
