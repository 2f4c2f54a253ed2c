"""What ordinary nights look like, learnt from releases that went live and stayed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Final

import polars as pl

from headrace.watch.canary.registry import Check

NIGHTS_NEEDED: Final = 20
"""Nights from which something is learnt; with fewer, the shares of `CHECKS` stand as they are."""

_OFTEN: Final = 0.03
"""Share of nights on which something grave must have been seen for it to be ordinary."""

_MARGIN: Final = 2.0
"""How many times as much as on the busiest ordinary night is still ordinary."""

_Key = tuple[str, str, str | None, bool]


@dataclass(frozen=True, slots=True)
class Ordinary:
    """The past.

    Attributes:
        nights: how many steps from release to release it has.
        highest: per dataset, check, field, and whether all organisations together are meant, the highest share of each
            night on which there was any.
    """

    nights: int = 0
    highest: dict[_Key, list[float]] = field(default_factory=dict)

    @property
    def is_enough(self) -> bool:
        """Whether anything can be learnt from it."""
        return self.nights >= NIGHTS_NEEDED

    def limit(self, check: Check, dataset: str, name: str | None, *, in_total: bool) -> float:
        """The share from which a release is held for what a check found; infinite for never."""
        grave = check.grave if not in_total else check.in_total
        if grave is None:
            return float("inf")
        if not (self.is_enough and check.learns):
            return grave
        seen = sorted(self.highest.get((dataset, check.name, name, in_total), []), reverse=True)
        often = max(2, ceil(_OFTEN * self.nights))
        return max(grave, _MARGIN * seen[often - 1]) if len(seen) >= often and seen[often - 1] >= grave else grave


def learn_ordinary(nights: Sequence[pl.DataFrame], checks: tuple[Check, ...]) -> Ordinary:
    """Learn from what was counted on each of some nights; frames as of `COUNTED`."""
    fewest = pl.DataFrame({"check": [each.name for each in checks], "fewest": [each.fewest for each in checks]})
    highest: dict[_Key, list[float]] = {}
    for counted in nights:
        known = counted.join(fewest, on="check").filter(pl.col("rows") >= pl.col("fewest"))
        by = ["dataset", "check", "field", pl.col("organisation").is_null().alias("in_total")]
        for dataset, check, name, in_total, share in known.group_by(by).agg(pl.col("share").max()).iter_rows():
            highest.setdefault((dataset, check, name, in_total), []).append(share)
    return Ordinary(len(nights), highest)
