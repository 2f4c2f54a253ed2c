"""The forms in which publishers write dates, and the reading of one.

The forms are those of the existing platform, in its order: where two fit the same text the first decides, so
`01/02/2020` is the first of February. Directives mean what they mean to `datetime.strptime`, with English names
whatever the locale, and `%Z` for UTC or GMT only.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final

FORMATS: Final = (
    "%Y-%m-%d",
    "%Y/%m/%d %H:%M:%S%z",
    "%Y/%m/%d %H:%M:%S+00",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%dT%H:%M:%S",
    "%Y/%m/%dT%H:%M:%S.%fZ",
    "%Y/%m/%dT%H:%M:%S.%f%z",
    "%Y/%m/%dT%H:%M:%S.%f",
    "%Y/%m/%dT%H:%M:%SZ",
    "%Y-%m-%dT%H:%M:%S.%fZ",
    "%Y-%m-%dT%H:%M:%S.%f%z",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d",
    "%Y %m %d",
    "%Y.%m.%d",
    "%Y-%d-%m",
    "%Y-%m",
    "%Y.%m",
    "%Y/%m",
    "%Y %m",
    "%Y",
    "%Y.0",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d-%m-%Y",
    "%d-%m-%y",
    "%d.%m.%Y",
    "%d.%m.%y",
    "%d/%m/%Y",
    "%d/%m/%y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%d %B %Y",
    "%a, %d %b %Y %H:%M:%S %Z",
    "%b %d, %Y",
    "%b %d, %y",
    "%b-%y",
    "%B %Y",
    "%m/%d/%Y",
    "%Y%m%d",
    "%Y%m%d%H%M%S",
)

_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SHORT_MONTHS: Final = [name[:3] for name in _MONTHS]
_TWO_DIGIT_PIVOT: Final = 69
"""Two digits from here on are a year of the twentieth century. Source: POSIX, strptime."""

_OFFSET_MINUTES: Final = r"[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?"
_DIRECTIVES: Final = {
    "%Y": r"(?P<year>\d{4})",
    "%y": r"(?P<short_year>\d{2})",
    "%m": r"(?P<month>1[0-2]|0[1-9]|[1-9])",
    "%b": rf"(?P<short_name>{'|'.join(_SHORT_MONTHS)})",
    "%B": rf"(?P<name>{'|'.join(_MONTHS)})",
    "%d": r"(?P<day>3[01]|[12]\d|0[1-9]|[1-9]| [1-9])",
    "%a": r"(?:mon|tue|wed|thu|fri|sat|sun)",
    "%H": r"(?:2[0-3]|[01]\d|\d)",
    "%M": r"(?:[0-5]\d|\d)",
    "%S": r"(?:[0-5]\d|\d)",
    "%f": r"[0-9]{1,6}",
    "%z": rf"(?:Z|[+-](?:[01]\d|2[0-3])(?::{_OFFSET_MINUTES}|[0-5]\d(?:[0-5]\d(?:\.\d{{1,6}})?)?))",
    "%Z": r"(?:UTC|GMT)",
}


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of dates: its place among the others, and what its texts look like."""

    rank: int
    pattern: re.Pattern[str]

    def read(self, text: str) -> date | None:
        """The date, where the text has this form and such a day exists."""
        found = self.pattern.fullmatch(text)
        if found is None:
            return None
        given = found.groupdict()
        try:
            return date(_year(given), _month(given), int(given.get("day") or 1))
        except ValueError:
            return None


def _year(given: Mapping[str, str]) -> int:
    if "year" in given:
        return int(given["year"])
    short = int(given["short_year"])
    return short + (1900 if short >= _TWO_DIGIT_PIVOT else 2000)


def _month(given: Mapping[str, str]) -> int:
    if name := given.get("name") or given.get("short_name"):
        return _SHORT_MONTHS.index(name[:3].lower()) + 1
    return int(given.get("month") or 1)


def _compile(rank: int, form: str) -> _Form:
    parts = re.findall(r"%.|\s+|[^%\s]+", form)
    pattern = "".join(_DIRECTIVES.get(part) or (r"\s+" if part.isspace() else re.escape(part)) for part in parts)
    if all(part in _DIRECTIVES for part in parts):
        digits = 4 + 2 * (len(parts) - 1)
        pattern = rf"(?=.{{{digits}}}\Z){pattern}"
    return _Form(rank, re.compile(pattern, re.IGNORECASE))


def _outline(text: str) -> str:
    """A text with each run of digits, of letters and of blanks as one character."""
    return re.sub(r"\s+", " ", re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "0", text)))


_FORMS: Final = tuple(_compile(rank, form) for rank, form in enumerate(FORMATS))
_FIRST_WITH_FRACTION: Final = next(rank for rank, form in enumerate(FORMATS) if "%f" in form)
_LONGEST_FRACTION: Final = 6

_SAMPLES: Final = {"%b": "a", "%B": "a", "%a": "a", "%Z": "a"}
_OFFSET_SAMPLES: Final = ("a", "+0", "-0", "+0:0", "-0:0")


def _by_outline() -> dict[str, tuple[_Form, ...]]:
    """For an outline, the forms that its texts can have, in order; trying all of them on each text takes long."""
    forms: dict[str, list[_Form]] = {}
    for form, text in zip(_FORMS, FORMATS, strict=True):
        # A day of one digit may have a blank before it, even where nothing stands between month and day.
        for offset, day in product(_OFFSET_SAMPLES if "%z" in text else ("",), ("0", " 0")):
            said = text.replace("%z", offset).replace("%d", day)
            outline = _outline(re.sub("%.", lambda found: _SAMPLES.get(found[0], "0"), said))
            if form not in forms.setdefault(outline, []):
                forms[outline].append(form)
    return {outline: tuple(found) for outline, found in forms.items()}


_FORMS_BY_OUTLINE: Final = _by_outline()


def read_date(text: str) -> date | None:
    """The day a text names in one of `FORMATS`; None where it has none of these forms, or the day does not exist.

    The time of day must make sense but is not used, and neither is its zone: the day is the one written. Of a fraction
    of a second the first six digits count.
    """
    cut = cut_fraction(text)
    forms = _FORMS_BY_OUTLINE.get(_outline(cut), _FORMS)
    if cut != text:
        forms = tuple(form for form in forms if form.rank >= _FIRST_WITH_FRACTION)
    return next((day for form in forms if (day := form.read(cut))), None)


def cut_fraction(text: str) -> str:
    """A text whose part after the first point has at most six characters up to a `+`; what is too long is cut off."""
    while len(tail := text.partition(".")[2].partition(".")[0].partition("+")[0]) > _LONGEST_FRACTION:
        text = text.partition("+")[0][: _LONGEST_FRACTION - len(tail)]
    return text
