"""Until when numbers stay as they are."""

from datetime import date, timedelta

import pytest

from headrace.report.quality.expiry import find_expiry

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days_ago", "left"), [(6, 1), (7, 23), (30, 271), (301, 65), (366, None)], ids=lambda days: f"{days} days"
)
def test_a_resource_ages(make, days_ago, left):
    """It is of this week for seven days, of this month for thirty, stale soon after 300, and stale after 365."""
    first_on = TODAY - timedelta(days=days_ago)
    expiry = find_expiry(make(answers=[{"endpoint": "a", "resource": "r", "first_on": first_on}]))
    assert expiry == (TODAY + timedelta(days=left) if left is not None else None)


def test_an_end_counts_from_the_day_after(make):
    """What ends on a day is still there on that day; what has ended long ago makes no difference."""
    ends = [{"organisation": "A", "dataset": "area", "end_date": end} for end in ("2026-11-24", "2020-01-01", None)]
    assert find_expiry(make(provisions=ends)) == date(2026, 11, 25)
