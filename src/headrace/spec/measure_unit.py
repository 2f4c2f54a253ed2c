"""What the measures of the stream count, by their names."""

from typing import Final

from headrace.model.goal import Unit

SHARES: Final = frozenset({"complete_accurate", "rolled_complete_accurate", "first_time", "flow_efficiency"})
COUNTS: Final = frozenset({"waiting", "in_progress", "failed", "mean_waiting", "trend"})
RATIOS: Final = frozenset({"variability"})


def unit_of(column: str) -> Unit | None:
    """What a measure counts: `wait_p85_s` seconds, `arrived_per_week` items per week; None for no measure."""
    if column.endswith("_s"):
        return Unit.SECONDS
    if column.endswith("_per_week"):
        return Unit.PER_WEEK
    if column in SHARES:
        return Unit.SHARE
    if column in COUNTS or column.startswith("waits_"):
        return Unit.COUNT
    return Unit.RATIO if column in RATIOS else None
