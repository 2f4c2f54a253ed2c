"""Numbers as small pictures of characters, for the terminal."""

from collections.abc import Sequence
from typing import Final

STEPS: Final = "▁▂▃▄▅▆▇█"
EIGHTHS: Final = " ▏▎▍▌▋▊▉█"


def sparkline(values: Sequence[float | None]) -> str:
    """One character a value, the higher the larger, from 0 to the largest: [0, 4, 8] → `▁▄█`; a blank for None."""
    largest = max((value for value in values if value is not None), default=0.0)
    return "".join(
        " " if value is None else STEPS[round(value / largest * (len(STEPS) - 1)) if largest > 0 else 0]
        for value in values
    )


def bar(value: float, largest: float, width: int) -> str:
    """A bar of at most so many characters: (3, 6, 4) → `██`; what is more than nothing is at least an eighth."""
    if value <= 0 or largest <= 0:
        return ""
    eighths = max(round(value / largest * width * 8), 1)
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()
