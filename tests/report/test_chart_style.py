import pytest

from headrace.flow.awaited import Awaited
from headrace.flow.health import Health
from headrace.report.chart_style import (
    AWAITED_COLOURS,
    BAD,
    CATEGORIES,
    CONFIG,
    GOOD,
    HEALTH_COLOURS,
    SCHEMA,
    WIDTH,
    colour_scale,
    make_chart,
)


def _luminance(colour: str) -> float:
    """Relative luminance of a colour, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast_with_white(colour: str) -> float:
    return 1.05 / (_luminance(colour) + 0.05)


@pytest.mark.parametrize("colour", [*CATEGORIES, GOOD, BAD])
def test_a_colour_that_stands_alone_is_seen_on_white(colour: str) -> None:
    """At least 3 to 1."""
    assert _contrast_with_white(colour) >= 3


@pytest.mark.parametrize("colour", HEALTH_COLOURS.values())
def test_a_judgement_can_be_written_in_its_colour(colour: str) -> None:
    """At least 4.5 to 1."""
    assert _contrast_with_white(colour) >= 4.5


def test_every_judgement_and_everything_that_is_waited_for_has_a_colour() -> None:
    """The words are those of the stream."""
    assert [list(Health), list(Awaited)] == [list(HEALTH_COLOURS), list(AWAITED_COLOURS)]


def test_a_chart_holds_its_data_and_its_style() -> None:
    """What the view says of its size stands; its title is read aloud."""
    chart = make_chart([{"a": 1}], {"mark": "bar", "height": 90}, title="One", subtitle="a day")
    assert {
        "$schema": SCHEMA,
        "title": {"text": "One", "subtitle": "a day"},
        "description": "One",
        "width": WIDTH,
        "height": 90,
        "data": {"values": [{"a": 1}]},
        "mark": "bar",
        "config": CONFIG,
    } == chart


def test_a_scale_keeps_the_order_of_its_things() -> None:
    """What is first said is first drawn."""
    assert {"domain": ["ok", "failed"], "range": [GOOD, BAD]} == colour_scale({"ok": GOOD, "failed": BAD})
