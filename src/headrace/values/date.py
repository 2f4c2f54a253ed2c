"""The field type `datetime`: a day, published as `YYYY-MM-DD`."""

import re
from datetime import date, datetime, timedelta
from typing import Final

import polars as pl

from headrace.values.column import ParsedColumn, parse_texts
from headrace.values.date_format import cut_fraction, read_date
from headrace.values.parsed import Parsed, Problem

EARLIEST: Final = date(1799, 12, 31)
YEARS_AHEAD: Final = 50
"""Days later than this from today are taken for slips of the pen."""

_UNIX_TIME: Final = re.compile(r"[+-]?(\d{9,13})(?:\.\d+)?")
_EPOCH: Final = datetime(1970, 1, 1)
_LONGEST_SECONDS: Final = 10
_YEARS_IN_SECONDS: Final = range(1800, 2101)


def parse(text: str, *, today: date) -> Parsed:
    """A day from any of the forms of `date_format.FORMATS`, or from Unix time.

    Issues: `invalid date`; `far-past-date` before `EARLIEST`, `far-future-date` more than `YEARS_AHEAD` years after
    today. The value of the issue is the text.
    """
    if not text:
        return Parsed(None)
    stripped = text.strip().strip('",')
    day = read_date(stripped) or _read_unix_time(cut_fraction(stripped))
    if day is None:
        return Parsed(None, (Problem("invalid date", text, "{field} must be a real date"),))
    if day < EARLIEST:
        return Parsed(None, (Problem("far-past-date", text, f"{cut_fraction(stripped)} is before {EARLIEST}"),))
    if day > latest(today):
        return Parsed(None, (Problem("far-future-date", text, f"{cut_fraction(stripped)} is after {latest(today)}"),))
    return Parsed(day.isoformat())


def canonical(column: pl.Expr, *, today: date) -> pl.Expr:
    """Days that exist, written as published, neither too far back nor too far ahead."""
    day = pl.when(column.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")).then(column)
    return day.str.to_date("%Y-%m-%d", strict=False).is_between(EARLIEST, latest(today)).fill_null(value=False)


def parse_column(texts: pl.Series, *, today: date) -> ParsedColumn:
    """Read days; see `parse`."""
    return parse_texts(texts, lambda text: parse(text, today=today), canonical(pl.col("text"), today=today))


def latest(today: date) -> date:
    """The last day that is believed: today's date in `YEARS_AHEAD` years, or the 28th for the 29th of February."""
    year = today.year + YEARS_AHEAD
    try:
        return today.replace(year=year)
    except ValueError:
        return today.replace(year=year, day=28)


def _read_unix_time(text: str) -> date | None:
    """The day of a number of seconds or milliseconds since 1970.

    Eleven digits or more are milliseconds; fewer are seconds, or milliseconds if that gives a year nobody means.
    """
    found = _UNIX_TIME.fullmatch(text)
    if found is None:
        return None
    number = float(text)
    if len(found[1]) <= _LONGEST_SECONDS and (day := _EPOCH + timedelta(seconds=number)).year in _YEARS_IN_SECONDS:
        return day.date()
    return (_EPOCH + timedelta(milliseconds=number)).date()
