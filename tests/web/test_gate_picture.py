from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from headrace.flow.awaited import Awaited
from headrace.flow.health import Health
from headrace.report.chart_style import AWAITED_COLOURS, HEALTH_COLOURS
from headrace.web.gate_picture import Gate, draw_gate, draw_strip, gate_of
from headrace.web.map_layout import Box, GatePlace

SVG = "{http://www.w3.org/2000/svg}"
NONE_WAIT = dict.fromkeys(Awaited, 0)
GATE = Gate("collect", Health.GREEN, False, NONE_WAIT, 0, 0, "flowing", "–", (("wait", "1 h", "2 h"),), ())
PLACE = GatePlace("collect", ("Collect",), Box(0, 0, 150, 242.5))

MEASURES: dict[str, object] = {
    "stage": "check", "health": "amber", "queue_health": "moving", "constraint": True, "in_progress": 1, "failed": 2,
    "oldest_age_s": 7200.0, "wait_p50_s": 60.0, "wait_p85_s": None, "wait_watched_s": 7200.0, "work_p50_s": None,
    "work_p85_s": None, "work_watched_s": None, "arrived_per_week": 3.25, "departed_per_week": 12.0,
    "complete_accurate": 0.995, "trend": -1.5, **{f"waits_{word}": 1 for word in Awaited},
}  # fmt: skip


def test_a_gate_tells_what_was_measured() -> None:
    """A percentile that is not known yet is told by what it exceeds; nearly all is not all."""
    gate = gate_of(MEASURES)
    assert (("wait", "60 s", ">2 h"), ("work", "–", "–")) == gate.times
    assert ["1", "3.2", "12", "99%", "−1.5"] == [value for _, value in gate.figures]
    assert ("slow", "2 h", 5) == (gate.state, gate.oldest, sum(gate.waiting.values()))


@pytest.mark.parametrize(
    ("queue", "state"), [("falling behind", "falling behind"), ("empty", "slow"), ("moving", "slow")]
)
def test_a_queue_that_does_not_move_is_told_rather_than_the_colour(queue: str, state: str) -> None:
    assert state == gate_of(MEASURES | {"queue_health": queue}).state


def _water(svg: str) -> list[tuple[str, float]]:
    """Colour and height of every stratum, in the order in which they are drawn."""
    rects = [each.attrib for each in ET.fromstring(svg).iter("rect")]
    return [(each["fill"], float(each["height"])) for each in rects if each["fill"] in AWAITED_COLOURS.values()]


def test_water_is_layered_by_what_is_waited_for() -> None:
    """Three quarters wait for the schedule, a quarter for the provider."""
    waiting = NONE_WAIT | {Awaited.SCHEDULE: 75, Awaited.PROVIDER: 25}
    (one, high), (other, low) = _water(draw_gate(replace(GATE, waiting=waiting), PLACE, 100, {}))
    assert (AWAITED_COLOURS["schedule"], AWAITED_COLOURS["provider"]) == (one, other)
    assert pytest.approx(3, abs=0.05) == high / low


def test_where_nothing_was_recorded_no_nought_is_told() -> None:
    """Nobody knows whether something waits there."""
    texts = [
        [each.text for each in ET.fromstring(draw_gate(replace(GATE, health=health), PLACE, 1, {})).iter("text")]
        for health in (Health.GREEN, Health.UNMEASURED)
    ]
    assert [True, False] == ["0" in each for each in texts]


def test_one_item_among_many_can_be_seen() -> None:
    """Not to scale then, but not nothing either."""
    assert 3 == _water(draw_gate(replace(GATE, waiting=NONE_WAIT | {Awaited.OPERATOR: 1}), PLACE, 100_000, {}))[0][1]


def test_what_is_written_is_escaped_and_quoted() -> None:
    svg = draw_gate(replace(GATE, stage='<b>"&'), PLACE, 1, {"dataset": '"><script>'})
    assert "<script" not in svg
    assert ET.fromstring(svg) is not None


def test_a_strip_shows_every_gate_with_its_queue_and_colour() -> None:
    """Each opens its list; the number stands over the water."""
    red = replace(GATE, stage="assign", health=Health.RED, waiting=NONE_WAIT | {Awaited.OPERATOR: 47})
    strip = ET.fromstring(draw_strip([(GATE, "Collect"), (red, "Assign")], 47, {"dataset": "tree"}))
    links = list(strip.iter(f"{SVG}a"))
    assert ["/stream/collect?dataset=tree", "/stream/assign?dataset=tree"] == [link.attrib["href"] for link in links]
    assert "Assign: 47 waiting, flowing" == links[1].findtext(f"{SVG}title")
    assert "47" == links[1].findtext(f"{SVG}text")
    gates = [each.attrib["fill"] for each in strip.iter(f"{SVG}rect") if each.get("class") == "gate"]
    assert [HEALTH_COLOURS["green"], HEALTH_COLOURS["red"]] == gates
