"""A file of delimited text, read in memory that does not grow with it."""

from pathlib import Path
from typing import Final

from headrace.convert.choices import Choices
from headrace.convert.delimited import split_delimited
from headrace.convert.encoding import choose_encoding, find_encoding, nul_decision
from headrace.convert.file_parts import FileParts
from headrace.convert.format import Format, format_decision, recognise
from headrace.convert.text_stream import STREAMED_CODECS, CountedBlocks, utf8_blocks

HEAD_BYTES: Final = 1 << 16
"""How much of a file is looked at to recognise its format."""


def split_delimited_file(path: Path, choices: Choices, rows_at_once: int, block_bytes: int) -> FileParts | None:
    """The table of a delimited file in parts; None where the file has to be read whole.

    It is read twice, or three times where it is not UTF-8: for its encoding, with its NULs, and for its records.

    Args:
        path: an existing file.
        choices: what configuration says of `encoding`, `delimiter`, `header` and `orientation`.
        rows_at_once: at most so many records are in a part.
        block_bytes: about how much of the file is in memory at once.

    Returns:
        the parts, or None when it is not delimited text or in an encoding in which it cannot be cut (UTF-16, UTF-32).

    Raises:
        ConversionError: it holds no table, or a choice cannot be followed.
    """
    blocks = CountedBlocks(path, block_bytes)
    with path.open("rb") as file:
        beginning = file.read(HEAD_BYTES)
    if recognise(beginning).format is not Format.DELIMITED:
        return None
    chosen = choices.get("encoding")
    encoding = choose_encoding(chosen, beginning) if chosen else find_encoding(blocks)
    if encoding.codec not in STREAMED_CODECS:
        return None
    decisions = [format_decision(Format.DELIMITED), encoding.decision]
    if blocks.nuls:
        decisions.append(nul_decision(blocks.nuls))
    parts = split_delimited(utf8_blocks(blocks(), encoding), rows_at_once, choices)
    mime_type = f"text/csv;charset={encoding.charset}"
    return FileParts(mime_type, (*decisions, *parts.decisions), parts.frames, parts.left_out)
