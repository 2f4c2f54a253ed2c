"""What the pages of the stream can be narrowed to, and what leads from one of them to another keeps."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from headrace.flow.stream import PERIOD
from headrace.web.parameters import Parameters, Text


class Span(StrEnum):
    """Over which period times, rates and shares are taken."""

    FOUR_WEEKS = "4-weeks"
    TWELVE_WEEKS = "12-weeks"
    YEAR = "year"
    ALL = "all"


PERIODS: Final[Mapping[Span, timedelta]] = {
    Span.FOUR_WEEKS: PERIOD,
    Span.TWELVE_WEEKS: timedelta(weeks=12),
    Span.YEAR: timedelta(days=365),
    Span.ALL: timedelta(days=36_500),
}
"""How long each is; all there is begins with the record."""

SAID: Final[Mapping[Span, str]] = {
    Span.FOUR_WEEKS: "the last four weeks",
    Span.TWELVE_WEEKS: "the last twelve weeks",
    Span.YEAR: "the last year",
    Span.ALL: "all that is recorded",
}
"""Each in words."""


class Chosen(Parameters):
    """Of what, and over which period, the stream is measured."""

    dataset: Annotated[Text | None, Field(description="Only items of this dataset.")] = None
    organisation: Annotated[Text | None, Field(description="Only items of this organisation.")] = None
    period: Annotated[Span, Field(description="What times and rates are taken over; queues are those of now.")] = (
        Span.FOUR_WEEKS
    )

    def chosen(self) -> dict[str, str]:
        """What holds for the pages behind the numbers too."""
        period = None if self.period is Span.FOUR_WEEKS else self.period.value
        named = {"dataset": self.dataset, "organisation": self.organisation, "period": period}
        return {name: value for name, value in named.items() if value}
