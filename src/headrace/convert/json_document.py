"""JSON: a table in one of the shapes that tables come in, or features."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from typing import Final, TypeAlias, TypeGuard

import orjson
import polars as pl

from headrace.convert.choices import NO_CHOICES, Choices
from headrace.convert.encoding import Text
from headrace.convert.features import read_features
from headrace.convert.table import Table, frame_of, frame_of_columns, without_blank_columns
from headrace.model.cells import Decision
from headrace.model.error import ConversionError

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"

FEATURE_COLLECTION: Final = re.compile(rb'"type"\s*:\s*"FeatureCollection"')
LIMIT_EXCEEDED: Final = re.compile(rb'"exceededTransferLimit"\s*:\s*true')
NEAR_BYTES: Final = 4096
"""How near to its beginning or its end a feature collection says what it is, and whether it is whole."""

LIST: Final = "list"
"""Where the table of a document is that is one list."""

AT_ONCE: Final = 4000
"""Objects that become text at once: few enough to stay in the processor's cache, which takes half of the time."""

TURNED_AT_ONCE: Final = 250
"""Objects whose values are gathered at once by their keys, for the same reason."""

GEOJSON_TYPES: Final = frozenset(
    {"Feature", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"}
)


def read_json(text: Text, choices: Choices = NO_CHOICES) -> Table:
    """The table of a JSON document.

    Read are GeoJSON and Esri JSON, through GDAL; a list of objects, whose header is the keys of all objects in the
    order in which they are first met; an object whose `columns` names the columns of the lists in its `data`; a list
    of lists; and an object with exactly one list of objects under any key.

    Numbers are written as they are, `true` and `false` as `True` and `False`, lists and objects in cells as JSON.

    Raises:
        ConversionError: the text is not JSON, or holds no table that can be told.
    """
    if is_feature_collection(text.utf8[:NEAR_BYTES], text.utf8[-NEAR_BYTES:]):
        return _with_limit(read_features({".geojson": text.utf8}, choices), text.utf8)
    document = _parse(text.utf8)
    if isinstance(document, Mapping):
        if isinstance(document.get("features"), list) or document.get("type") in GEOJSON_TYPES:
            return _with_limit(read_features({".json": text.utf8}, choices), text.utf8)
        return _read_object(document)
    return _read_list(document, LIST)


def is_feature_collection(beginning: bytes, end: bytes) -> bool:
    """Whether a document says that it is one, in its first or its last `NEAR_BYTES`."""
    return _says(FEATURE_COLLECTION, beginning, end)


def limit_decision(beginning: bytes, end: bytes, sent: str) -> tuple[Decision, ...]:
    """What to say of the features that the service held back, where it says that it did."""
    if not _says(LIMIT_EXCEEDED, beginning, end):
        return ()
    return (Decision("limit", sent, "the service says that it has more than it sent", "doubtful"),)


def _says(pattern: re.Pattern[bytes], *pieces: bytes) -> bool:
    return any(pattern.search(piece) for piece in pieces)


def _with_limit(table: Table, utf8: bytes) -> Table:
    sent = f"{table.frame.height - 1} features"
    return replace(table, decisions=(*table.decisions, *limit_decision(utf8[:NEAR_BYTES], utf8[-NEAR_BYTES:], sent)))


def _parse(utf8: bytes) -> Json:
    try:
        return orjson.loads(utf8)  # type: ignore[no-any-return]
    except orjson.JSONDecodeError:
        pass
    try:
        # Slower, but takes what programs write although the standard forbids it: NaN, numbers beyond 64 bits.
        return json.loads(utf8)  # type: ignore[no-any-return]
    except (ValueError, RecursionError) as error:
        raise ConversionError(
            f"The file starts as JSON but is not JSON: {error}. Check that it was written and downloaded whole."
        ) from error


def _read_object(document: Mapping[str, Json]) -> Table:
    columns, data = document.get("columns"), document.get("data")
    if isinstance(columns, list) and isinstance(data, list):
        rows = [row for row in data if isinstance(row, list)]
        if len(rows) == len(data):
            decision = Decision("table", "data", "its columns are named under `columns`")
            return Table(frame_of([_texts(columns), *map(_texts, rows)]), (decision,))
    if "error" in document:
        raise ConversionError(f"The service answered with an error instead of data: {_text(document['error'])}")
    lists = {key: value for key, value in document.items() if _is_list_of_objects(value)}
    if len(lists) == 1:
        ((key, value),) = lists.items()
        return _read_list(value, key)
    raise ConversionError(
        f"The file is a JSON object with the keys {', '.join(map(repr, list(document)[:10]))}, and no table. Publish a "
        "list of objects, or GeoJSON."
    )


def _read_list(value: Json, where: str) -> Table:
    if isinstance(value, list) and value and all(isinstance(item, list) for item in value):
        return Table(frame_of([_texts(item) for item in value]), (Decision("table", where, "each list is a row"),))
    if not _is_list_of_objects(value):
        raise ConversionError("The file is JSON but not a list of objects, so there is no table in it.")
    keys, texts = _by_key(value)
    frame = without_blank_columns(frame_of_columns(_texts(keys), texts))
    return Table(frame, (list_decision(where),))


def list_decision(where: str = LIST) -> Decision:
    """What to say of a list of objects."""
    return Decision("table", where, "each object is a row")


def _by_key(objects: Sequence[Mapping[str, Json]]) -> tuple[Sequence[str], pl.DataFrame]:
    """The keys of all objects in the order in which they are first met, and the texts of each."""
    keys = list(objects[0])
    if set(map(len, objects)) == {len(keys)}:
        with suppress(KeyError):  # Most lists are of objects with the same keys.
            return keys, frame_of_objects(objects, keys)
    keys = list(dict.fromkeys(chain.from_iterable(objects)))
    return keys, frame_of_objects(objects, keys)


def frame_of_objects(objects: Sequence[Mapping[str, Json]], keys: Sequence[str]) -> pl.DataFrame:
    """A column of text for each key, named by its position."""
    names = [str(position) for position in range(len(keys))]
    starts = range(0, len(objects), AT_ONCE)
    frames = (_columns(objects[start : start + AT_ONCE], keys) for start in starts)
    return pl.concat([pl.DataFrame(dict(zip(names, columns, strict=True))) for columns in frames], rechunk=True)


def _columns(objects: Sequence[Mapping[str, Json]], keys: Sequence[str]) -> Iterable[pl.Series]:
    if len(keys) < 2 or set(map(len, objects)) != {len(keys)}:
        return (_column([item.get(key) for item in objects]) for key in keys)
    columns: list[list[Json]] = [[] for _ in keys]
    values_of = itemgetter(*keys)  # Each object has every key: that takes half of the time.
    for start in range(0, len(objects), TURNED_AT_ONCE):
        turned = zip(*map(values_of, objects[start : start + TURNED_AT_ONCE]), strict=True)
        for column, values in zip(columns, turned, strict=True):
            column.extend(values)
    return map(_column, columns)


def _column(values: Sequence[Json]) -> pl.Series:
    try:
        return pl.Series(values, dtype=pl.String, strict=True)
    except (TypeError, UnicodeEncodeError, pl.exceptions.PolarsError):
        return pl.Series([_text(value) for value in values], dtype=pl.String)


def _is_list_of_objects(value: Json) -> TypeGuard[list[Mapping[str, Json]]]:
    return isinstance(value, list) and set(map(type, value)) == {dict}


def _texts(values: Sequence[Json]) -> list[str | None]:
    return [_text(value) for value in values]


def _text(value: Json) -> str | None:
    if value is None:
        return None
    if isinstance(value, Mapping | list):
        value = json.dumps(value, ensure_ascii=False)
    # Half of a surrogate pair can be written in JSON but is no text.
    return str(value).encode(errors="replace").decode()
