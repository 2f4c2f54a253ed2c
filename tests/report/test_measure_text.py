import pytest

from headrace.model.goal import Unit
from headrace.report.measure_text import format_duration, format_measure


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, "–"), (0, "0.0 s"), (0.5374, "537 ms"), (1.25, "1.2 s"), (10, "10 s"), (119, "119 s"), (120, "2 min"),
        (5400, "90 min"), (7200, "2 h"), (172_799, "48 h"), (172_800, "2 d"), (86400 * 700, "700 d"),
        (86400 * 1000, "2.7 y"),
    ],
)  # fmt: skip
def test_a_duration_has_one_unit(seconds: float | None, said: str) -> None:
    """The one in which people would say it."""
    assert said == format_duration(seconds)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (None, Unit.SHARE, "–"), (93_600.0, Unit.SECONDS, "26 h"), (0.925, Unit.SHARE, "92.5%"),
        (1.0, Unit.SHARE, "100%"), (2.5, Unit.PER_WEEK, "2.5 per week"), (0.1249, Unit.PER_WEEK, "0.12 per week"),
        (0.0, Unit.COUNT, "0"), (1234.0, Unit.COUNT, "1,234"), (2.96, Unit.RATIO, "3"), (1234.5, Unit.RATIO, "1,234"),
        (0.001, Unit.RATIO, "0"),
    ],
)  # fmt: skip
def test_a_measure_is_said_with_its_unit(value: float | None, unit: Unit, said: str) -> None:
    """With no more decimals than say something."""
    assert said == format_measure(value, unit)
