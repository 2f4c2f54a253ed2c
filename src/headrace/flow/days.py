"""Days, as the record counts them: from midnight to midnight in UTC."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)


def midnights(began: datetime, now: datetime) -> Sequence[datetime]:
    """Every midnight after a moment and before another."""
    first = began.replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    return [first + number * DAY for number in range(max(0, -(-(now - first) // DAY)))]
