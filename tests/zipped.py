"""Archives in memory."""

import zipfile
from collections.abc import Mapping
from io import BytesIO


def make_zip(members: Mapping[str, bytes | str]) -> bytes:
    """The bytes of an archive that has these members, by name, in their order."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()
