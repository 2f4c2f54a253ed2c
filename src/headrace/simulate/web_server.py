"""A web server on this machine whose answers are made by a function, and that counts who asks what."""

import ssl
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from headrace.simulate.startable import Startable


@dataclass(frozen=True, slots=True)
class Asked:
    """One request.

    Attributes:
        path: with its query, as sent.
        headers: by name in lower case.
        visit: how often this path has been asked, this time included.
    """

    path: str
    headers: dict[str, str]
    visit: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent back.

    Attributes:
        body: bytes of the body.
        status: HTTP status.
        headers: in order; `Content-Length` is added.
        delay_seconds: silence before the first byte.
        missing_bytes: how many bytes at the end of the body are announced but not sent.
    """

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    delay_seconds: float = 0.0
    missing_bytes: int = 0


NO_ROBOTS: Final = Reply(b"there is none", 404)
"""What is sent for robots.txt by those who have none."""


def in_turn(*replies: Reply) -> Callable[[Asked], Reply]:
    """An answering function: each path gets the replies one by one, and the last for ever after."""
    return lambda asked: replies[min(asked.visit, len(replies)) - 1]


class WebServer(Startable):
    """A server on the loopback interface, one thread per request.

    It has no robots.txt unless it is given one; that question is neither counted nor put to the answering function.

    Attributes:
        asked: every request so far, in order of arrival.
        most_at_once: the largest number of requests that were under way together.
        robots: what is sent for robots.txt.
    """

    def __init__(
        self,
        answer: Callable[[Asked], Reply],
        port: int = 0,
        secured: ssl.SSLContext | None = None,
        robots: Reply = NO_ROBOTS,
    ) -> None:
        """Bind a port, 0 for any that is free; OSError when it is taken. `secured` makes it speak TLS."""
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self._answer = answer
        self.robots = robots
        self._visits: Counter[str] = Counter()
        self._under_way = 0
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._server = _Server(("127.0.0.1", port), _handler_of(self))
        if secured is not None:
            self._server.socket = secured.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    @property
    def origin(self) -> str:
        """Scheme, host and port of its URLs."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more, and cut short whatever is delayed."""
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def reply_to(self, path: str, headers: dict[str, str]) -> Reply:
        """Count the request, and make its reply."""
        with self._lock:
            self._visits[path] += 1
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)
            asked = Asked(path, headers, self._visits[path])
            self.asked.append(asked)
        reply = self._answer(asked)
        if reply.delay_seconds:
            self._stopping.wait(reply.delay_seconds)
        return reply

    def over(self) -> None:
        """Count the end of a request."""
        with self._lock:
            self._under_way -= 1


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128


def _handler_of(server: WebServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                self._send(server.robots)
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = server.reply_to(self.path, headers)
            # Counted as over before the last byte is out: the asker may come back the moment it has that byte.
            server.over()
            self._send(reply)

        def _send(self, reply: Reply) -> None:
            try:
                self.send_response(reply.status)
                for name, value in reply.headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body[: len(reply.body) - reply.missing_bytes])
            except ConnectionError:
                self.close_connection = True  # the asker has gone away

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named so where it is overridden
            """Keep quiet."""

    return Handler
