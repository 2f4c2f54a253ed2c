"""Every check of a release against the one before it, and how much of what it finds is not ordinary."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Final, Literal

import polars as pl

from headrace.watch.canary.check import day, key, number, place, presence, value
from headrace.watch.canary.pair import Pair

MANAGER: Final = "data manager"
DEVELOPER: Final = "developer"


@dataclass(frozen=True, slots=True)
class Check:
    """What is looked for, and what is made of it.

    Attributes:
        name: of the check, for configuration and documents.
        find: the rows that it finds, as `AFFECTED`.
        says: what became of them, to follow a number of entities: `had … emptied`.
        of: what their share is taken of: the organisation's entities as they were, are, or those that both have.
        ordinary: the share up to which nothing is made of it.
        grave: the share from which a release is held, where no past says that this is ordinary.
        fewest: rows of an organisation below which nothing is made of it.
        in_total: the share of all entities of the dataset from which it is held, whosever they are; None for never.
        learns: whether a past in which as much was ordinary makes it so; what breaks data never is.
        verdict: `fail` where nobody should release it.
        releases: who can say that it is right nevertheless.
    """

    name: str
    find: Callable[[Pair], pl.DataFrame]
    says: str
    of: Literal["before", "after", "kept"] = "kept"
    ordinary: float = 0.2
    grave: float = 0.4
    fewest: int = 3
    in_total: float | None = None
    learns: bool = True
    verdict: Literal["hold", "fail"] = "hold"
    releases: str = MANAGER


CHECKS: Final[tuple[Check, ...]] = (
    Check("repeated-entity", key.find_repeated_entities, "are there more than once", of="after", ordinary=0.0,
          grave=0.0, fewest=1, learns=False, verdict="fail", releases=DEVELOPER),
    Check("dropped-field", value.find_dropped_fields, "lost the only values that the dataset had", of="before",
          ordinary=0.0, grave=0.3, in_total=0.02, learns=False, releases=DEVELOPER),
    Check("absent-provider", presence.find_absent_providers, "are gone, all that there were", of="before",
          ordinary=0.0, grave=0.0, fewest=1, learns=False),
    Check("swapped", place.find_swapped, "have latitude and longitude swapped", grave=0.2, fewest=1, learns=False),
    Check("outside", place.find_outside, "lie outside of Britain", grave=0.2, fewest=1, learns=False),
    Check("renumbered", presence.find_renumbered, "have another reference", of="before", fewest=2),
    Check("lost", presence.find_lost, "are gone", of="before", grave=0.45, in_total=0.05),
    Check("copied", presence.find_copied, "are copies of others", of="after", fewest=2, learns=False),
    Check("repeated-reference", key.find_repeated_references, "share a reference", of="after", fewest=2),
    Check("no-shape", place.find_no_shape, "lost their geometry", fewest=5, in_total=0.05),
    Check("emptied", value.find_emptied, "had the value emptied", ordinary=0.3, grave=0.5, fewest=5, in_total=0.05),
    Check("misread", value.find_misread, "were read in the wrong encoding"),
    Check("shifted", day.find_shifted, "moved by the same number of days", ordinary=0.1, grave=0.2),
    Check("scaled", number.find_scaled, "became as many times larger or smaller"),
    Check("exchanged", value.find_exchanged, "say what another said", grave=0.5),
    Check("recased", value.find_recased, "lost the difference between capital and small letters", grave=0.8),
    Check("cut-short", value.find_cut_short, "were cut short", grave=0.9),
    Check("unfamiliar", value.find_unfamiliar, "have a value that was not there before", grave=0.6),
    Check("moved", place.find_moved, "moved by more than 250 metres"),
    Check("resized", place.find_resized, "have half or twice the area"),
    Check("invalid", place.find_invalid, "became invalid"),
    Check("coarser", place.find_coarser, "became coarser"),
    Check("replaced", value.find_replaced, "say something else altogether"),
    Check("rewritten", value.find_rewritten, "say something else", ordinary=1.0, grave=inf, in_total=0.2),
    Check("appeared", presence.find_appeared, "appeared", of="before", ordinary=3.0, grave=inf, in_total=0.5),
)  # fmt: skip
"""The gravest first: where several find the same rows, the first says best what happened."""
