"""The front-end files of others that come with Headrace, and how they are fetched again.

`static/vendored.json` says of each file what it is part of, its version and licence, and the SHA-256 of the file as
published and as kept. Run this module to fetch a version again; that needs npm, using Headrace does not.
"""

import re
import subprocess
import tarfile
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Final

import orjson

STATIC: Final = Path(__file__).parent / "static"
MANIFEST: Final = STATIC / "vendored.json"

_PACKAGE: Final = "govuk-frontend"
_VERSION: Final = "6.6.0"
_PUBLISHED: Final = "package/dist/govuk/govuk-frontend.min.css"
_KEPT: Final = "govuk-frontend/govuk-frontend.min.css"

_CHANGES: Final = (
    "the typeface licensed to www.gov.uk alone is replaced by the reader's own",
    "the Royal Arms are left out",
    "the pointer to the source map is left out",
)


def adapt_styles(css: str) -> str:
    """The style sheet of GOV.UK Frontend without what only www.gov.uk may use."""
    without_face = re.sub(r"/\*! Copyright[^*]*Calvert.*?\*/|@font-face\{[^}]*\}", "", css)
    own_face = without_face.replace("GDS Transport,arial,sans-serif", "var(--headrace-typeface,sans-serif)")
    without_arms = re.sub(r"[a-z-]+:url\(/assets/images/govuk-crest\.svg\);", "", own_face)
    return re.sub(r"\n/\*# sourceMappingURL=.*?\*/", "", without_arms)


def fetch_styles() -> None:
    """Fetch the published style sheet through npm, adapt it, and write it with its manifest."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", f"{_PACKAGE}@{_VERSION}"], cwd=folder, check=True)  # noqa: S607 - found on PATH
        with tarfile.open(Path(folder) / f"{_PACKAGE}-{_VERSION}.tgz") as archive:
            member = archive.extractfile(_PUBLISHED)
            if member is None:
                raise FileNotFoundError(f"{_PACKAGE} {_VERSION} has no {_PUBLISHED}; look where it moved")
            published = member.read()
    kept = adapt_styles(published.decode()).encode()
    (STATIC / _KEPT).write_bytes(kept)
    manifest = [
        {
            "file": _KEPT,
            "name": _PACKAGE,
            "version": _VERSION,
            "licence": "MIT",
            "licence_file": "govuk-frontend/LICENCE.txt",
            "published_as": _PUBLISHED,
            "published_sha256": sha256(published).hexdigest(),
            "sha256": sha256(kept).hexdigest(),
            "changes": _CHANGES,
        }
    ]
    MANIFEST.write_bytes(orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


if __name__ == "__main__":
    fetch_styles()
