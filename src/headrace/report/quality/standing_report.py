"""A report: what it asks, what it is for, and how it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from headrace.report.quality.material import Material


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that is kept of a report every night.

    Attributes:
        name: a word or two.
        meaning: what is counted, in a sentence.
        count: over rows of the report; the same for all of them, for those of a dataset and of an organisation.
        is_share: whether it is a part of one, and not a number of things.
    """

    name: str
    meaning: str
    count: pl.Expr
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class StandingReport:
    """A report that can be had at any time.

    Attributes:
        name: in addresses and commands.
        title, question, decision: what it is called, what it answers, and what it helps to decide.
        logic: how it is found, in sentences.
        columns: each column of the table with what it says, in order. `organisation` and `dataset` hold several,
            joined by `;`, where one row is about several.
        make: makes the rows; the first is the first to act on.
        measures: what is kept of it every night.
        shown: columns of the page and the terminal; all others are in JSON and CSV.
    """

    name: str
    title: str
    question: str
    decision: str
    logic: str
    columns: Mapping[str, str]
    make: Callable[[Material], pl.DataFrame]
    measures: tuple[Measure, ...]
    shown: tuple[str, ...] = field(default=())

    def rows(self, material: Material) -> pl.DataFrame:
        """The rows, with exactly the columns that are documented."""
        return self.make(material).select(list(self.columns))
