"""A week: from Monday to Sunday, as ISO 8601 numbers them."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from headrace.model.error import SettingsError

_WRITTEN: Final = re.compile(r"(\d{4})-W(\d{2})")
_DAYS: Final = 7


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One week.

    Attributes:
        first: its Monday.
    """

    first: date

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week that a day is in."""
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def parse(cls, text: str) -> "Week":
        """The week that is written as `2023-W26`.

        Raises:
            SettingsError: it is not written so, or the year has no such week.
        """
        written = _WRITTEN.fullmatch(text)
        if written:
            with suppress(ValueError):
                return cls(date.fromisocalendar(int(written[1]), int(written[2]), 1))
        raise SettingsError(f"week: got {text!r}; expected a year and a week of it such as 2023-W26")

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + timedelta(days=_DAYS - 1)

    @property
    def start(self) -> datetime:
        """The moment at which it begins, UTC."""
        return datetime.combine(self.first, time(), UTC)

    @property
    def end(self) -> datetime:
        """The moment at which it is over, UTC."""
        return self.start + timedelta(days=_DAYS)

    @property
    def before(self) -> "Week":
        """The week before it."""
        return Week(self.first - timedelta(days=_DAYS))

    @property
    def after(self) -> "Week":
        """The week after it."""
        return Week(self.first + timedelta(days=_DAYS))

    @property
    def number(self) -> int:
        """Its number in its year, from 1."""
        return self.first.isocalendar().week

    @property
    def year(self) -> int:
        """The year that it is counted in: that of its Thursday."""
        return self.first.isocalendar().year

    def __str__(self) -> str:
        """As it is written: `2023-W26`."""
        return f"{self.year}-W{self.number:02}"
