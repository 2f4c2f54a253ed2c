import gzip
from collections.abc import Iterator

import pytest
from fastapi import APIRouter, FastAPI, Response
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient

from headrace.web.compression import CompressedRoute

LONG = b"<svg>" + b"water " * 1000
KEPT = Response(LONG, headers={"Cache-Control": "no-store"}, media_type="text/html")

router = APIRouter(route_class=CompressedRoute)


@router.get("/kept")
def _kept() -> Response:
    return KEPT


@router.get("/short")
def _short() -> Response:
    return Response(b"short", media_type="text/plain")


@router.get("/drawn")
def _drawn() -> Response:
    return Response(LONG, media_type="image/png")


@router.get("/told")
def _told() -> Response:
    def tell() -> Iterator[bytes]:
        yield LONG

    return StreamingResponse(tell(), media_type="text/event-stream")


@pytest.fixture
def client() -> TestClient:
    """A site of these routes."""
    app = FastAPI()
    app.include_router(router)
    return TestClient(app)


def test_a_long_page_is_compressed_again_and_again(client: TestClient) -> None:
    """One that is kept for all stays what it was, and reads the same for those who cannot unpack it."""
    for _ in range(2):
        with client.stream("GET", "/kept", headers={"accept-encoding": "gzip"}) as packed:
            raw = b"".join(packed.iter_raw())
        assert ("gzip", "no-store", "Accept-Encoding") == tuple(
            packed.headers[name] for name in ("content-encoding", "cache-control", "vary")
        )
        assert str(len(raw)) == packed.headers["content-length"]
        assert len(raw) < len(LONG) / 10
        assert LONG == gzip.decompress(raw)
        assert LONG == client.get("/kept", headers={"accept-encoding": "identity"}).content


@pytest.mark.parametrize("address", ["/short", "/drawn", "/told"])
def test_what_would_not_become_smaller_is_left(client: TestClient, address: str) -> None:
    """Nor is what is told bit by bit held back to be packed."""
    assert "content-encoding" not in client.get(address, headers={"accept-encoding": "gzip"}).headers
