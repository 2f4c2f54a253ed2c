"""The releases of a lake, and which one is live."""

from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import orjson

from headrace.model.error import ReleaseError
from headrace.model.release import Artefact, DatasetSummary, Release
from headrace.store.file import write_whole
from headrace.store.lake import Lake


class Releases:
    """Manifests under `release/`, and the pointer `release/live`."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._folder = lake.root / "release"

    def write(self, date: str, datasets: list[DatasetSummary], artefacts: list[Artefact]) -> Release:
        """Keep the manifest of a release made on the night of `date`; the same contents give the same id."""
        summaries = tuple(sorted(datasets, key=lambda summary: summary.dataset))
        files = tuple(sorted(artefacts, key=lambda artefact: artefact.name))
        digest = sha256(
            orjson.dumps([[asdict(each) for each in summaries], [asdict(each) for each in files]])
        ).hexdigest()
        release = Release(f"{date.replace('-', '')}-{digest[:12]}", date, summaries, files)
        write_whole(self._manifest(release.id), orjson.dumps(asdict(release), option=orjson.OPT_INDENT_2))
        return release

    def load(self, id: str) -> Release:  # noqa: A002 - the word of the manifest
        """The release of that id.

        Raises:
            ReleaseError: there is none, or its manifest cannot be read.
        """
        try:
            manifest = orjson.loads(self._manifest(id).read_bytes())
            return Release(
                id=manifest["id"],
                date=manifest["date"],
                datasets=tuple(DatasetSummary(**each) for each in manifest["datasets"]),
                artefacts=tuple(Artefact(**each) for each in manifest["artefacts"]),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ReleaseError(f"release {id!r} cannot be read from {self._folder.name}/: {error}") from error

    def ids(self) -> list[str]:
        """Every release kept, oldest first."""
        return sorted(path.stem for path in self._folder.glob("*.json"))

    def live_id(self) -> str | None:
        """The id of the release being served; None before the first."""
        try:
            return self._pointer.read_text().strip() or None
        except FileNotFoundError:
            return None

    def live(self) -> Release | None:
        """The release being served; None before the first."""
        live = self.live_id()
        return None if live is None else self.load(live)

    def need_live(self) -> Release:
        """The release being served.

        Raises:
            ReleaseError: there is none yet.
        """
        live = self.live()
        if live is None:
            raise ReleaseError(f"{self._lake.root}: nothing is live yet; run `headrace night` first")
        return live

    def go_live(self, release: Release) -> None:
        """Switch the pointer to a release, in one step.

        Raises:
            ReleaseError: an artefact of it is not in the lake.
        """
        missing = [each.name for each in release.artefacts if not self._lake.artefact_path(each.sha256).exists()]
        if missing:
            raise ReleaseError(
                f"release {release.id} cannot go live: {', '.join(missing)} not in the lake; run the night again"
            )
        write_whole(self._pointer, f"{release.id}\n".encode())

    def remove(self, id: str) -> None:  # noqa: A002
        """Remove the manifest of a release; its files stay, because other releases may have them too."""
        self._manifest(id).unlink()

    def path_of(self, artefact: Artefact) -> Path:
        """Where the bytes of an artefact are."""
        return self._lake.artefact_path(artefact.sha256)

    @property
    def _pointer(self) -> Path:
        return self._folder / "live"

    def _manifest(self, id: str) -> Path:  # noqa: A002
        return self._folder / f"{id}.json"
