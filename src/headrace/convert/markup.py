"""The root element of an XML document that is whole and safe to give to a reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from headrace.model.error import ConversionError

CHUNK_BYTES: Final = 1 << 16
SEPARATOR: Final = " "


@dataclass(frozen=True, slots=True)
class Root:
    """The root element of a document.

    Attributes:
        name: without prefix, for example `FeatureCollection`.
        namespace: its namespace; "" when it has none.
    """

    name: str
    namespace: str


def read_root(data: bytes) -> Root:
    """The root element of a document that is in memory; see `read_root_of_blocks`."""
    return read_root_of_blocks(data[start : start + CHUNK_BYTES] for start in range(0, len(data), CHUNK_BYTES))


def read_root_of_blocks(blocks: Iterable[bytes]) -> Root:
    """The root element of a document, which is read to its end: readers of GML give nothing of a broken one, silently.

    A document type that declares entities or refers to a file elsewhere is refused: no geographic format needs one,
    and they are the ways to make a reader open other files or fill its memory.

    Args:
        blocks: an XML document, piece by piece.

    Raises:
        ConversionError: the document has such a document type, or is not well-formed.
    """
    roots: list[Root] = []
    parser = expat.ParserCreate(namespace_separator=SEPARATOR)

    def on_element(name: str, _attributes: object) -> None:
        namespace, _, local = name.rpartition(SEPARATOR)
        roots.append(Root(local, namespace))
        parser.StartElementHandler = None

    parser.StartElementHandler = on_element
    parser.StartDoctypeDeclHandler = _on_doctype
    parser.EntityDeclHandler = _on_entity
    try:
        for block in blocks:
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
        raise ConversionError(
            f"The XML file is broken ({error}). Check that it was written and downloaded whole, and that its encoding "
            "is the one it declares."
        ) from error
    return roots[0]


def _on_doctype(_name: str, system_id: str | None, public_id: str | None, _internal: bool) -> None:
    if system_id or public_id:
        raise ConversionError(
            "The XML file refers to a document type kept elsewhere, which is not read for safety. Publish it without a "
            "DOCTYPE."
        )


def _on_entity(*_declaration: object) -> None:
    raise ConversionError(
        "The XML file declares entities, which are not read for safety. Publish it without entity declarations."
    )
