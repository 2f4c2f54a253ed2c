"""A release: one immutable, complete version of everything published, as a manifest of artefacts."""

from dataclasses import dataclass

from headrace.model.error import ReleaseError


@dataclass(frozen=True, slots=True)
class Artefact:
    """One published file.

    Attributes:
        name: what it is called for users, for example `dataset/conservation-area.sqlite3`.
        sha256: of its bytes, in hexadecimal; also its name in the lake.
        bytes: its length.
        media_type: for example `application/vnd.sqlite3`.
    """

    name: str
    sha256: str
    bytes: int
    media_type: str


@dataclass(frozen=True, slots=True)
class DatasetSummary:
    """What a release holds of one dataset.

    Attributes:
        dataset: its name.
        entities, facts, issues, refused: how many.
        resources: how many resources it was made from.
        inputs: SHA-256 of the sorted keys of the transformed results it was made from.
    """

    dataset: str
    entities: int
    facts: int
    issues: int
    refused: int
    resources: int
    inputs: str


@dataclass(frozen=True, slots=True)
class Release:
    """The manifest of a release.

    Attributes:
        id: `<YYYYMMDD>-<12 hexadecimal characters>`: the day of the night that made it, and the hash of what it holds.
        date: the day of the night that made it, ISO.
        datasets: one summary per dataset, sorted by name.
        artefacts: every file, sorted by name.
    """

    id: str
    date: str
    datasets: tuple[DatasetSummary, ...]
    artefacts: tuple[Artefact, ...]

    @property
    def contents(self) -> str:
        """The hash of what it holds: the same for a release of another day that holds the same."""
        return self.id.partition("-")[2]

    def dataset(self, name: str) -> DatasetSummary:
        """What the release holds of that dataset.

        Raises:
            ReleaseError: nothing; it says what the release has.
        """
        for summary in self.datasets:
            if summary.dataset == name:
                return summary
        known = ", ".join(each.dataset for each in self.datasets)
        raise ReleaseError(f"release {self.id} has no dataset {name!r}; expected one of {known}")

    def artefact(self, name: str) -> Artefact:
        """The artefact of that name; KeyError if the release has none."""
        for artefact in self.artefacts:
            if artefact.name == name:
                return artefact
        raise KeyError(name)
