"""Zip archives: which member is the data."""

import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from headrace.convert.choices import CONFIGURED, NO_CHOICES, Choices
from headrace.model.cells import Decision
from headrace.model.error import ConversionError

MAX_MEMBERS: Final = 10_000
MAX_BYTES: Final = 1 << 30
"""What an archive may unpack to, in bytes."""
MAX_RATIO: Final = 200
"""How many times its size an archive may unpack to, once that is more than `SMALL_BYTES`."""
SMALL_BYTES: Final = 100 << 20

SHAPEFILE: Final = (".shp", ".dbf", ".shx", ".prj", ".cpg")
MAPINFO: Final = (".tab", ".dat", ".map", ".id", ".ind")
INTERCHANGE: Final = (".mif", ".mid")
FAMILIES: Final = {family[0]: family for family in (SHAPEFILE, MAPINFO, INTERCHANGE)}
"""Suffixes of files that are only read together, by that of the one to open."""

PREFERRED: Final = {
    ".shp": "x-gis/x-shapefile",
    ".gml": "application/gml+xml",
    ".tab": "x-gis/x-mapinfo-tab",
    ".geojson": "application/vnd.geo+json",
    ".json": "application/vnd.geo+json",
    ".kml": "application/vnd.google-earth.kml+xml",
    ".mif": "x-gis/x-mapinfo-mif",
} | dict.fromkeys((".gpkg", ".fgb", ".parquet", ".csv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"))
"""Suffixes in the order in which they are looked for. The first six, with their media types, are those of the existing
platform; the others, which it does not open, have the media type of their content."""

SIGNATURES: Final = {".shp": b"\0\0\x27\x0a", ".tab": b"!table", ".mif": b"version"}
"""How the files begin that are not looked into again. Sources: ESRI Shapefile Technical Description; MapInfo."""

MAIN_OF_KMZ: Final = "doc.kml"


@dataclass(frozen=True, slots=True)
class Member:
    """The member of an archive that is the data.

    Attributes:
        path: within the archive, with a leading slash.
        mime_type: the media type that goes by its suffix; None where its content decides.
        files: suffix → bytes of the member, first, and of those that belong to it.
        decision: why this one.
    """

    path: str
    mime_type: str | None
    files: dict[str, bytes]
    decision: Decision


def open_member(data: bytes, choices: Choices = NO_CHOICES) -> Member:
    """The one member that holds the data.

    The first suffix of `PREFERRED` that any member has decides; an archive of a single file is that file.

    Args:
        data: the archive.
        choices: what configuration says of `member`: its path in the archive.

    Raises:
        ConversionError: no member, or more than one of the deciding suffix, could be the data; or the archive is
            broken, protected by a password, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refuse_bomb(archive, len(data))
            members = _visible(archive)
            chosen = choices.get("member")
            return _read(archive, *(_configured(members, chosen) if chosen else _choose(members)))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise ConversionError(f"The zip archive cannot be read: {error}. Pack it again.") from error


def refuse_bomb(archive: zipfile.ZipFile, packed_bytes: int) -> None:
    """Refuse an archive that unpacks to more than a register can need.

    Raises:
        ConversionError: it has more than `MAX_MEMBERS`, or unpacks to more than `MAX_BYTES` or, beyond `SMALL_BYTES`,
            to more than `MAX_RATIO` times itself.
    """
    members = archive.infolist()
    unpacked_bytes = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS:
        raise ConversionError(f"The zip archive has {len(members)} members; at most {MAX_MEMBERS} are opened.")
    if unpacked_bytes > MAX_BYTES or unpacked_bytes > max(SMALL_BYTES, MAX_RATIO * packed_bytes):
        raise ConversionError(
            f"The file of {packed_bytes} bytes unpacks to {unpacked_bytes}, which is more than is opened for safety."
        )


def _visible(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members that are files and not what systems hide beside them."""
    paths = [(member, PurePosixPath(member.filename)) for member in archive.infolist()]
    files = [(member, path) for member, path in paths if path.name and not member.filename.endswith("/")]
    return [member for member, path in files if "__MACOSX" not in path.parts and not path.name.startswith(".")]


_Chosen = tuple[zipfile.ZipInfo, Sequence[zipfile.ZipInfo], str]
"""The member, all members, and the reason."""


def _choose(members: Sequence[zipfile.ZipInfo]) -> _Chosen:
    for suffix in PREFERRED:
        found = [member for member in members if _suffix(member) == suffix]
        if suffix == ".kml" and len(found) > 1:
            found = [member for member in found if member.filename == MAIN_OF_KMZ] or found
        if len(found) > 1:
            names = ", ".join(member.filename for member in found)
            raise ConversionError(
                f"The zip archive has {len(found)} files {suffix}, and which is the data is not to be told: "
                f"{names[:300]}. Publish one per archive."
            )
        if found:
            return found[0], members, f"the only {suffix} file of the archive"
    if len(members) == 1:
        return members[0], members, "the only file of the archive"
    names = ", ".join(member.filename for member in members)
    raise ConversionError(f"The zip archive holds nothing that is read as data: {names[:300] or 'it is empty'}.")


def _configured(members: Sequence[zipfile.ZipInfo], chosen: str) -> _Chosen:
    for member in members:
        if member.filename == chosen.removeprefix("/"):
            return member, members, CONFIGURED
    names = ", ".join(member.filename for member in members)
    raise ConversionError(f"The configuration chooses {chosen!r} of the zip archive, which holds {names[:300]}.")


def _read(archive: zipfile.ZipFile, chosen: zipfile.ZipInfo, members: Sequence[zipfile.ZipInfo], reason: str) -> Member:
    suffix = _suffix(chosen)
    family = FAMILIES.get(suffix, (suffix,))
    stem = _stem(chosen)
    kin = {_suffix(member): member for member in members if _stem(member) == stem}
    files = {member: archive.read(kin[member]) for member in family if member in kin}
    if not files[suffix].lower().startswith(SIGNATURES.get(suffix, b"")):
        raise ConversionError(f"{chosen.filename!r} in the zip archive is called {suffix} but is not such a file.")
    path = f"/{chosen.filename}"
    return Member(path, PREFERRED.get(suffix), files, Decision("member", path, reason))


def _suffix(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).suffix.lower()


def _stem(member: zipfile.ZipInfo) -> str:
    return str(PurePosixPath(member.filename).with_suffix("")).lower()
