"""The verdict on a release, and its reasons."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Word: TypeAlias = Literal["fail", "hold", "inconclusive", "pass"]
"""`fail`: it must not go live. `hold`: it waits for a person who says that it is right. `inconclusive`: nobody can tell
from what there is; it waits for a person, too."""

WORDS: tuple[Word, ...] = ("fail", "hold", "inconclusive", "pass")
"""The gravest first."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a release does not pass.

    Attributes:
        verdict: what it leads to.
        check: name of the check that found it.
        dataset: the dataset.
        organisation: whose entities; None where those of several organisations are meant together.
        field: of which field; None where entities as a whole are meant.
        rows, of: how many entities, of how many.
        limit: the share from which that is not ordinary.
        text: what happened, in a sentence.
        also: what other checks say of the same entities.
        releases: who can say that it is right.
        evidence: some of the rows, as of `AFFECTED`.
    """

    verdict: Word
    check: str
    dataset: str
    organisation: str | None
    field: str | None
    rows: int
    of: int
    limit: float
    text: str
    also: tuple[str, ...]
    releases: str
    evidence: tuple[dict[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class DatasetVerdict:
    """What came of comparing one dataset.

    Attributes:
        dataset: its name.
        verdict: on it alone.
        before, after: how many entities it had and would have.
        providers: of how many organisations anything differs.
        held: organisations whose data is not as it should be.
        reasons: the gravest first.
    """

    dataset: str
    verdict: Word
    before: int
    after: int
    providers: int
    held: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of comparing a release with the one before it.

    Attributes:
        before, after: what the two are called.
        verdict: the gravest of the datasets'.
        nights: how many past steps it was judged against.
        learnt: whether these were enough to learn from; the shares of `CHECKS` stand otherwise.
        datasets: by name.
    """

    before: str
    after: str
    verdict: Word
    nights: int
    learnt: bool
    datasets: tuple[DatasetVerdict, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Those of all datasets, the gravest first."""
        every = [reason for each in self.datasets for reason in each.reasons]
        return tuple(sorted(every, key=lambda reason: WORDS.index(reason.verdict)))


def gravest(words: list[Word]) -> Word:
    """The gravest of some verdicts; inconclusive where there is none."""
    return min(words, key=WORDS.index, default="inconclusive")
