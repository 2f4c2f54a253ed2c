"""Words of others for where a consideration is, and the stages of the model that they stand for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from headrace.model.error import ConfigurationError
from headrace.spec.table import Table

COLUMNS = ("word", "stage", "state", "counted-as")


class State(StrEnum):
    """What a word says of an item: it waits at the stage, is worked on there, has passed it, or has left."""

    WAITS = "waits"
    WORKED = "worked"
    DONE = "done"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class StageWord:
    """One word.

    Attributes:
        word: as others write it; "" where they write nothing.
        stage: the stage it stands for; "" for one that has left.
        state: what it says of an item.
        counted_as: the column in which they count it; "" where they do not.
    """

    word: str
    stage: str
    state: State
    counted_as: str


def build_stage_words(table: Table, stages: Collection[str]) -> Mapping[str, StageWord]:
    """The words of a table with `COLUMNS`, by word.

    Raises:
        ConfigurationError: a column is missing, a word comes twice, or a stage or state is none that exists.
    """
    words: dict[str, StageWord] = {}
    for row in table.require(*COLUMNS).rows():
        if row["word"] in words:
            raise ConfigurationError(table.where(row), f"the word {row['word']!r} comes twice", "each word once")
        if row["state"] not in set(State):
            raise ConfigurationError(table.where(row), f"state is {row['state']!r}", f"one of {', '.join(State)}")
        if (row["stage"] or None) not in {*stages, None} or bool(row["stage"]) == (row["state"] == State.GONE):
            expected = f"one of {', '.join(stages)}; blank where the state is {State.GONE}, and only there"
            raise ConfigurationError(table.where(row), f"stage is {row['stage']!r}", expected)
        words[row["word"]] = StageWord(row["word"], row["stage"], State(row["state"]), row["counted-as"])
    return words
