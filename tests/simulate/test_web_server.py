"""The web server that everything here is rehearsed with."""

import http.client
from threading import Thread

import httpx2
import pytest

from headrace.simulate.web_server import Asked, Reply, WebServer, in_turn


def _get(server: WebServer, path: str = "/", **headers: str) -> httpx2.Response:
    return httpx2.get(server.origin + path, headers=headers, trust_env=False)


def test_a_reply_is_sent_as_it_is() -> None:
    """Status, headers and body arrive, and the length is announced."""
    with WebServer(lambda asked: Reply(b"body", 418, (("X-Kind", "tea"),))) as server:
        response = _get(server)
    assert (response.status_code, response.content) == (418, b"body")
    assert (response.headers["x-kind"], response.headers["content-length"]) == ("tea", "4")


def test_every_asking_is_counted_by_path() -> None:
    """Paths are counted with their query, and headers are known by name in lower case."""
    with WebServer(lambda asked: Reply()) as server:
        for path in ("/a", "/a?b=1", "/a"):
            _get(server, path, Accept="text/csv")
    assert [(asked.path, asked.visit) for asked in server.asked] == [("/a", 1), ("/a?b=1", 1), ("/a", 2)]
    assert server.asked[0].headers["accept"] == "text/csv"


def test_replies_come_in_turn() -> None:
    """The last of them stays."""
    answer = in_turn(Reply(status=500), Reply(status=200))
    assert [answer(Asked("/", {}, visit)).status for visit in (1, 2, 3)] == [500, 200, 200]


def test_bytes_can_be_announced_and_not_sent() -> None:
    """The length is that of the whole body; the connection ends before it."""
    with WebServer(lambda asked: Reply(b"0123456789", missing_bytes=4)) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        connection.request("GET", "/")
        with pytest.raises(http.client.IncompleteRead) as broken:
            connection.getresponse().read()
    assert broken.value.partial == b"012345"


def test_requests_under_way_together_are_counted() -> None:
    """The largest number is kept."""
    with WebServer(lambda asked: Reply(delay_seconds=0.3)) as server:
        askers = [Thread(target=_get, args=(server,)) for _ in range(4)]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join()
    assert server.most_at_once == 4


def test_a_server_stops_while_it_is_silent() -> None:
    """Nobody has to wait for the end of a delay."""
    with WebServer(lambda asked: Reply(delay_seconds=60)) as server, pytest.raises(httpx2.ReadTimeout):
        httpx2.get(server.origin, timeout=0.2, trust_env=False)
    with pytest.raises(httpx2.ConnectError):
        _get(server)
