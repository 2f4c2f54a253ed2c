from dataclasses import replace
from datetime import UTC, datetime

import polars as pl
from fastapi import Response

from headrace.flow.stream import measure, passages
from headrace.model.event import EVENT_SCHEMA
from headrace.store.streams import read_streams
from headrace.web.kept_pages import MOST_KEPT, KeptPages

STREAM = measure(passages(pl.DataFrame(schema=EVENT_SCHEMA)), datetime(2026, 1, 1, tzinfo=UTC), read_streams())


def test_a_page_is_made_once_for_a_stream() -> None:
    """And again for another stream, although it says the same."""
    pages, made = KeptPages(), []

    def make() -> Response:
        made.append(1)
        return Response(str(len(made)))

    assert [b"1", b"1", b"2", b"3"] == [
        pages.answer(STREAM, "a", make).body,
        pages.answer(STREAM, "a", make).body,
        pages.answer(STREAM, "b", make).body,
        pages.answer(replace(STREAM), "a", make).body,
    ]


def test_the_oldest_pages_are_let_go() -> None:
    pages = KeptPages()
    for number in range(MOST_KEPT + 1):
        pages.answer(STREAM, number, lambda: Response("first"))
    again = [pages.answer(STREAM, number, lambda: Response("again")).body for number in (MOST_KEPT, 0)]
    assert [b"first", b"again"] == again
