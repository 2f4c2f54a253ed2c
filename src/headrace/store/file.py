"""Writing a file so that it is either there whole or not there at all."""

import os
from hashlib import sha256
from pathlib import Path
from uuid import uuid4


def write_whole(path: Path, body: bytes) -> None:
    """Write `body` to `path` in one step: a reader, or a crash, sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{uuid4().hex}.part")
    with part.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def move_whole(source: Path, path: Path) -> None:
    """Move a finished file or folder of the same file system into its place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    source.replace(path)


def hash_of_file(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal, read in blocks."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
