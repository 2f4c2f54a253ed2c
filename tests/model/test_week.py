from datetime import UTC, date, datetime

import pytest

from headrace.model.error import SettingsError
from headrace.model.week import Week


def test_a_week_is_written_by_year_and_number() -> None:
    """From Monday to Sunday; the moment of its end is that of the next one's beginning."""
    week = Week.parse("2023-W26")
    assert (date(2023, 6, 26), date(2023, 7, 2)) == (week.first, week.last)
    assert datetime(2023, 7, 3, tzinfo=UTC) == week.end == week.after.start
    assert "2023-W26" == str(week)
    assert week == week.before.after == Week.of(date(2023, 6, 30))


@pytest.mark.parametrize(
    ("day", "written"), [("2021-01-03", "2020-W53"), ("2018-12-31", "2019-W01"), ("2024-12-30", "2025-W01")]
)
def test_a_week_at_the_turn_of_the_year_is_of_the_year_of_its_thursday(day: str, written: str) -> None:
    """As ISO 8601 has it."""
    week = Week.of(date.fromisoformat(day))
    assert (written, week) == (str(week), Week.parse(written))


@pytest.mark.parametrize("text", ["", "2023-26", "2023-W00", "2023-W53", "2023-W1", "0000-W01", "2023-W26 "])
def test_what_is_no_week_is_said(text: str) -> None:
    """With what was expected."""
    with pytest.raises(SettingsError, match="expected a year and a week of it such as 2023-W26"):
        Week.parse(text)
