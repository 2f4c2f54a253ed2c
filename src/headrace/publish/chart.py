"""Charts as pictures: a Vega-Lite specification with its data in it becomes SVG or PNG."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import vl_convert

SCALE: Final = 2
"""Dots of a PNG for one pixel of the specification, so that it is sharp on paper and on good screens."""

ROWS: Final = frozenset({"values", "datasets", "config"})
"""Keys beneath which a `url` is a value like any other."""


class RemoteDataError(ValueError):
    """A specification names an address to be read; a chart holds its data itself."""


def draw_svg(chart: Mapping[str, Any]) -> bytes:
    """The picture of a Vega-Lite specification, UTF-8.

    Raises:
        RemoteDataError: it would have something read from elsewhere.
        ValueError: it is not Vega-Lite.
    """
    _refuse_addresses(chart)
    return vl_convert.vegalite_to_svg(dict(chart), allowed_base_urls=[]).encode()


def draw_png(chart: Mapping[str, Any]) -> bytes:
    """The picture of a Vega-Lite specification, `SCALE` dots a pixel.

    Raises:
        RemoteDataError: it would have something read from elsewhere.
        ValueError: it is not Vega-Lite.
    """
    _refuse_addresses(chart)
    return vl_convert.vegalite_to_png(dict(chart), scale=SCALE, allowed_base_urls=[])


def _refuse_addresses(chart: Mapping[str, Any]) -> None:
    """Raise where anything would be read: vl-convert 1.9 reads `file:` addresses whatever base URLs it is allowed."""
    for address in _addresses(chart):
        raise RemoteDataError(f"url: got {address!r}; expected a chart with its rows in `data.values`")


def _addresses(part: object) -> Iterator[object]:
    if isinstance(part, Mapping):
        for key, value in part.items():
            if key == "url":
                yield value
            elif key not in ROWS:
                yield from _addresses(value)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from _addresses(each)
