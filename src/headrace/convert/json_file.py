"""A file that is one list of JSON objects, read in memory that does not grow with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

import orjson
import polars as pl

from headrace.convert.choices import Choices
from headrace.convert.encoding import Text, find_encoding
from headrace.convert.file_parts import FileParts
from headrace.convert.format import Format, format_decision, recognise, recognise_text
from headrace.convert.json_document import Json, frame_of_objects, list_decision
from headrace.convert.table import following_records, frame_of_columns, gather
from headrace.convert.text_stream import CountedBlocks, read_blocks

HEAD_BYTES: Final = 1 << 16
"""How much of a file is looked at to recognise its format."""

PIECE_BYTES: Final = 1 << 20
"""How much of a list becomes objects at once: few enough for the processor's cache."""

TRIES: Final = 8
"""How many places are tried where an object could end, before more of the text is asked for."""

LONGEST_BYTES: Final = 1 << 26
"""Up to this many bytes are held to find the end of an object."""

Objects = Sequence[Mapping[str, Json]]


class _WholeError(Exception):
    """The file is not of the kind that can be cut; it has to be read whole."""


def split_json_file(path: Path, choices: Choices, rows_at_once: int, block_bytes: int) -> FileParts | None:
    """The table of a list of objects in parts; None where the file has to be read whole.

    It is read twice: for its encoding, and for its objects. Because the header is the keys of all of them, what they
    say waits in a temporary file, about as long as this one, until all were met.
    Read whole is what is no list of objects, not in UTF-8, has something before the list, or numbers that only Python's
    own reader takes.

    Args:
        path: an existing file; it is read while the parts are.
        choices: with one of `encoding` it is read whole.
        rows_at_once: at most so many records are in a part.
        block_bytes: about how much of the file is in memory at once.
    """
    with path.open("rb") as file:
        beginning = file.read(HEAD_BYTES)
    if "encoding" in choices or recognise(beginning).format is not Format.JSON or not beginning.startswith(b"["):
        return None
    blocks = CountedBlocks(path, block_bytes)
    encoding = find_encoding(blocks)
    if not encoding.proven or blocks.nuls:
        return None
    kept = TemporaryFile()  # noqa: SIM115 - it is closed when the parts have been read, or nobody wants them any more
    try:
        keys, lengths = _keep(path, min(block_bytes, PIECE_BYTES), kept)
    except _WholeError:
        return None
    if not all(keys):
        return None  # A column without a name may turn out to be without a value, too.
    mime_type = recognise_text(beginning, Text(beginning, encoding.charset, ())).mime_type
    decisions = (format_decision(Format.JSON), encoding.decision, list_decision())
    texts = gather(_kept(kept, lengths, len(keys)), rows_at_once, block_bytes)
    return FileParts(mime_type, decisions, _frames(texts, keys, rows_at_once))


def _keep(path: Path, piece_bytes: int, file: IO[bytes]) -> tuple[list[str], list[int]]:
    """Write the objects as columns of text into a file, some at a time.

    Returns the keys of all objects in the order in which they are first met, and how many bytes each piece has there. A
    piece has a column for every key that was met until then.
    """
    keys: list[str] = []
    lengths = []
    for objects in _objects(path, piece_bytes):
        start = file.tell()
        _columns_of(objects, keys).write_ipc_stream(file)
        lengths.append(file.tell() - start)
    return keys, lengths


def _columns_of(objects: Objects, keys: list[str]) -> pl.DataFrame:
    """The columns of some objects; keys that are new are appended to the `keys`."""
    if set(map(len, objects)) == {len(keys)}:
        with suppress(KeyError):  # Most lists are of objects with the same keys.
            return frame_of_objects(objects, keys)
    known = set(keys)
    keys.extend(key for key in dict.fromkeys(chain.from_iterable(objects)) if key not in known)
    return frame_of_objects(objects, keys)


def _kept(file: IO[bytes], lengths: Iterable[int], width: int) -> Iterator[pl.DataFrame]:
    """The pieces that were kept, each with a column for every key."""
    with file:
        file.seek(0)
        for length in lengths:
            frame = pl.read_ipc_stream(BytesIO(file.read(length)))
            yield frame.with_columns(pl.lit(None, pl.String).alias(str(key)) for key in range(frame.width, width))


def _frames(texts: Iterable[pl.DataFrame], keys: Sequence[str], rows_at_once: int) -> Iterator[pl.DataFrame]:
    line = 1
    for some in texts:
        frame = frame_of_columns(keys, some) if line == 1 else following_records(some, line)
        line += frame.height
        yield from frame.iter_slices(rows_at_once)


def _objects(path: Path, piece_bytes: int) -> Iterator[Objects]:
    """The objects of the list, some at a time.

    Raises:
        _WholeError: there is something else in it, or no end of an object is found.
    """
    held = b""
    begun = False
    for block in read_blocks(path, piece_bytes):
        held += block if begun else block[1:]
        begun = True
        objects, held = _take(held)
        if objects:
            yield objects
        elif len(held) > LONGEST_BYTES:
            raise _WholeError
    last = _parse(b"[" + held)
    if last is None:
        raise _WholeError
    yield last


def _take(held: bytes) -> tuple[Objects, bytes]:
    """The objects that are whole, and the text from the next one on; none where no end is found.

    What stands before a comma between `}` and `{` is whole if it can be read as a list: only then is the comma one of
    the list and not of something inside an object or a text.
    """
    place = len(held)
    for _ in range(TRIES):
        place = held.rfind(b"{", 0, place)
        comma = held.rfind(b",", 0, max(place, 0))
        if comma < 0:
            break
        if held[comma + 1 : place].strip() or not held[max(comma - 100, 0) : comma].rstrip().endswith(b"}"):
            continue
        objects = _parse(b"[" + held[:comma] + b"]")
        if objects is not None:
            return objects, held[place:]
    return (), held


def _parse(text: bytes) -> Objects | None:
    """The list of objects that the text is; None where it is none."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    if set(map(type, value)) != {dict}:
        raise _WholeError
    return value  # type: ignore[no-any-return]
