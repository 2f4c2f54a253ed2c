from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from headrace.flow.awaited import Awaited
from headrace.flow.health import Health
from headrace.web.stream_picture import BED, DEPTH, STRATA, Gate, draw

NONE_WAIT = dict.fromkeys(Awaited, 0)
GATE = Gate("collect", Health.GREEN, constraint=False, waiting=NONE_WAIT, in_progress=0, figures=(("oldest", "9 h"),))


def _strata(svg: str) -> list[tuple[str, float]]:
    """Colour and height of every stratum of water, in the order in which they are drawn."""
    colours = set(STRATA.values())
    found = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect")
    return [(rect.attrib["fill"], float(rect.attrib["height"])) for rect in found if rect.attrib["fill"] in colours]


def test_the_longest_queue_is_full_and_the_others_are_to_its_scale() -> None:
    """Half as many items stand half as high."""
    waiting = [NONE_WAIT | {Awaited.OPERATOR: number} for number in (50, 100)]
    drawn = _strata(draw([replace(GATE, waiting=each) for each in waiting], 2))
    assert [(STRATA[Awaited.OPERATOR], DEPTH / 2), (STRATA[Awaited.OPERATOR], DEPTH)] == drawn


def test_water_is_layered_by_what_is_waited_for() -> None:
    """Three quarters wait for the schedule, a quarter for the provider."""
    waiting = NONE_WAIT | {Awaited.SCHEDULE: 75, Awaited.PROVIDER: 25}
    expected = [(STRATA[Awaited.SCHEDULE], DEPTH * 3 / 4), (STRATA[Awaited.PROVIDER], DEPTH / 4)]
    assert expected == _strata(draw([replace(GATE, waiting=waiting)], 1))


def test_one_item_among_many_can_be_seen() -> None:
    """Not to scale then, but not nothing either."""
    waiting = [NONE_WAIT | {Awaited.OPERATOR: number} for number in (1, 100_000)]
    assert _strata(draw([replace(GATE, waiting=each) for each in waiting], 2))[0][1] == 3


@pytest.mark.parametrize(("columns", "box"), [(7, "0 0 1176 344"), (2, "0 0 336 1376")])
def test_gates_stand_in_as_many_columns_as_fit(columns: int, box: str) -> None:
    """Seven stages are one row on a desk and four on a telephone."""
    assert box == ET.fromstring(draw([GATE] * 7, columns)).attrib["viewBox"]


def test_what_is_written_is_escaped() -> None:
    """A name never becomes markup."""
    assert "<b>" not in draw([replace(GATE, stage='<b>"&')], 1)


def test_colour_and_constraint_are_said_in_words_too() -> None:
    """For those who cannot see them."""
    svg = draw([replace(GATE, health=Health.RED, constraint=True)], 1)
    assert "<title>collect: 0 waiting, stuck, the constraint</title>" in svg


def test_nothing_is_drawn_below_the_bed() -> None:
    """Water stands on the bed of the channel."""
    svg = draw([replace(GATE, waiting=NONE_WAIT | {Awaited.SCHEDULE: 3, Awaited.OPERATOR: 4})], 1)
    rects = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect")
    water = [rect.attrib for rect in rects if rect.attrib["fill"] in STRATA.values()]
    assert pytest.approx(BED) == max(float(each["y"]) + float(each["height"]) for each in water)
