"""The lake: where each kind of thing is kept, and how it gets there."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from headrace.model.error import LakeError
from headrace.model.release import Artefact
from headrace.store.file import hash_of_file, move_whole, write_whole


@dataclass(frozen=True, slots=True)
class Lake:
    """A folder laid out as the design draws it.

    log/date=YYYY-MM-DD/                     attempts
    resource/<sha256>                        bytes as they were served
    content/date=YYYY-MM-DD/                 what those bytes were found to say, by how they were read
    transformed/<dataset>/<resource>.<key>/  results of one resource under exactly the rules that apply to it
    replacement/date=YYYY-MM-DD/             where data of endpoints that fail may be now
    dataset/<dataset>/<key>/                 facts and entities assembled from those results
    artefact/<sha256>, release/<id>.json     what is served; `release/live` names the release being served
    event/date=YYYY-MM-DD/                   the event record

    Attributes:
        root: the folder.
    """

    root: Path

    def resource_path(self, resource: str) -> Path:
        """Where the bytes of a resource are."""
        return self.root / "resource" / resource

    def keep_resource(self, body: bytes) -> str:
        """Keep the bytes of a resource under their SHA-256, which is returned; bytes that are there already stay."""
        resource = sha256(body).hexdigest()
        path = self.resource_path(resource)
        if not path.exists():
            write_whole(path, body)
        return resource

    def artefact_path(self, digest: str) -> Path:
        """Where the bytes of an artefact are."""
        return self.root / "artefact" / digest

    def artefacts(self) -> Iterator[Path]:
        """Where the bytes of every artefact are."""
        return (self.root / "artefact").glob("*")

    def keep_artefact(self, file: Path, name: str, media_type: str) -> Artefact:
        """Move a finished file of the lake's scratch folder among the artefacts and describe it."""
        digest = hash_of_file(file)
        size = file.stat().st_size
        path = self.artefact_path(digest)
        if path.exists():
            file.unlink()
        else:
            move_whole(file, path)
            path.chmod(0o444)
        return Artefact(name, digest, size, media_type)

    def result_folder(self, dataset: str, resource: str, key: str) -> Path:
        """Where the result of one resource under one set of rules is."""
        return self.root / "transformed" / dataset / f"{resource}.{key}"

    def assembled_folder(self, dataset: str, key: str) -> Path:
        """Where a dataset assembled from one set of results is."""
        return self.root / "dataset" / dataset / key

    def part_folder(self, dataset: str, part: str) -> Path:
        """Where a part of a dataset's tables is."""
        return self.root / "dataset" / dataset / "part" / part

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder for files to be finished in before they are kept; it is gone afterwards."""
        folder = self.root / "scratch" / uuid4().hex
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the lake for one run that writes; the lock goes with the process, however that ends.

        Raises:
            LakeError: another run holds it.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise LakeError(f"{self.root}: another run is writing to this lake; wait until it has ended") from error
            yield

    def sweep(self) -> None:
        """Remove what an interrupted run left in the scratch folder."""
        shutil.rmtree(self.root / "scratch", ignore_errors=True)
