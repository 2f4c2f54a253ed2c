"""What is drawn of a service map: the built-in one and the real one, on a desk and on a telephone."""

import re
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import polars as pl
import pytest

from headrace.flow.stream import Passages, measure, passages
from headrace.model.event import EVENT_SCHEMA, Event, Kind
from headrace.store.service_map import MeasuredMap, read_service_map
from headrace.store.streams import read_streams
from headrace.web.map_arrows import find_arrows
from headrace.web.map_layout import Box, Layout, lay_out
from headrace.web.map_picture import draw_map
from headrace.web.map_reading import bind, judge, tell
from headrace.web.stream_map import NARROW, NARROW_UNITS, WIDE, WIDE_UNITS
from headrace.web.stream_reading import Reading, StreamParameters

SVG = "{http://www.w3.org/2000/svg}"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module", params=["built-in", "real"])
def shown(request: pytest.FixtureRequest) -> MeasuredMap:
    """Each map with what is bound to it."""
    if request.param == "built-in":
        return read_service_map()
    shared: Path = request.getfixturevalue("shared")
    return read_service_map(shared / "service-map" / "service-map.yaml")


def read(*events: Event) -> Reading:
    """The stream of these events."""
    rows = [{name: getattr(event, name) for name in EVENT_SCHEMA} for event in events]
    passed: Passages = passages(pl.DataFrame(rows, schema=EVENT_SCHEMA))
    stream = measure(passed, NOW, read_streams())
    return Reading(StreamParameters(), passed, passed, stream, pl.DataFrame())


def waiting(stage: str, items: int, item_type: str = "provision") -> list[Event]:
    """So many things that have waited at a stage for ten days."""
    ready_at = NOW - timedelta(days=10)
    return [Event(ready_at, item_type, str(number), stage, Kind.READY, "run") for number in range(items)]


@pytest.fixture(scope="module")
def reading() -> Reading:
    """Twelve and three things wait at two stages."""
    return read(*waiting("check", 12), *waiting("configure", 3))


@pytest.fixture(scope="module", params=[(WIDE, WIDE_UNITS), (NARROW, NARROW_UNITS)], ids=["desk", "telephone"])
def layout(request: pytest.FixtureRequest, shown: MeasuredMap, reading: Reading) -> Layout:
    """Both arrangements."""
    width, units = request.param
    return lay_out(shown.service_map, bind(shown, reading.stream), width, units=units)


@pytest.fixture(scope="module")
def drawn(layout: Layout, shown: MeasuredMap, reading: Reading) -> ET.Element:
    """The picture."""
    return ET.fromstring(draw_map(layout, tell(shown, reading, judge(shown, reading.stream)), "A picture", "wide"))


def test_every_step_is_drawn_once(drawn: ET.Element, shown: MeasuredMap) -> None:
    steps = [part.attrib["data-step"] for part in drawn.iter(f"{SVG}g") if "data-step" in part.attrib]
    assert sorted(steps) == sorted(step.step for step in shown.service_map.steps)


def test_every_arrow_is_drawn_once(drawn: ET.Element, shown: MeasuredMap) -> None:
    """What happens together is one line, whichever end says so, and none where an arrow says it already."""
    arrows = [
        (part.attrib["data-from"], part.attrib["data-to"])
        for part in drawn.iter(f"{SVG}g")
        if "data-from" in part.attrib
    ]
    steps = shown.service_map.steps
    following = {(step.step, other) for step in steps for other in step.next}
    together = {frozenset((step.step, other)) for step in steps for other in step.linked}
    together -= {frozenset(pair) for pair in following}
    assert len(arrows) == len(set(arrows)) == len(following) + len(together)
    assert {frozenset(arrow) for arrow in arrows} == {frozenset(pair) for pair in following} | together
    assert following <= set(arrows)


def test_every_note_is_marked_at_each_of_its_steps(drawn: ET.Element, shown: MeasuredMap) -> None:
    marks = sorted(int(part.attrib["data-note"]) for part in drawn.iter(f"{SVG}a") if "data-note" in part.attrib)
    assert marks == sorted(number for step in shown.service_map.steps for number in step.notes)
    assert set(marks) == set(shown.service_map.note_by_number)


def test_every_measured_stage_has_its_gate_and_every_other_says_why(drawn: ET.Element, shown: MeasuredMap) -> None:
    gates = [part.attrib["data-gate"] for part in drawn.iter(f"{SVG}g") if "data-gate" in part.attrib]
    bound = [gate for names in shown.measures.stages.values() if isinstance(names, tuple) for gate in names]
    assert sorted(gates) == sorted(bound)
    blanks = {part.attrib["data-stage"] for part in drawn.iter(f"{SVG}g") if "data-stage" in part.attrib}
    assert blanks == {stage for stage, names in shown.measures.stages.items() if not isinstance(names, tuple)}


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.right - 0.5
        and other.x < one.right - 0.5
        and one.y < other.bottom - 0.5
        and other.y < one.bottom - 0.5
    )


def test_no_two_things_stand_in_the_same_place(layout: Layout) -> None:
    """Cards, headings and gates have room of their own, within the picture."""
    boxes = [
        part.box
        for band in layout.bands
        for parts in (band.headings, band.cards, band.blanks, [gate for row in band.rows for gate in row.gates])
        for part in parts
    ]
    assert not [pair for pair in combinations(boxes, 2) if _overlap(*pair)]
    assert all(0 <= box.x and box.right <= layout.width + 0.5 and box.bottom <= layout.height for box in boxes)


def test_an_arrow_runs_from_the_edge_of_one_card_to_the_edge_of_the_other(layout: Layout) -> None:
    cards = layout.cards()
    for arrow in find_arrows(layout):
        if arrow.points:
            for point, step in ((arrow.points[0], arrow.source), (arrow.points[-1], arrow.target)):
                box = cards[step].box
                on_side = point[0] in (box.x, box.right) and box.y <= point[1] <= box.bottom
                on_top = point[1] in (box.y, box.bottom) and box.x <= point[0] <= box.right
                assert on_side or on_top, arrow


def _draw(shown: MeasuredMap, reading: Reading) -> str:
    layout = lay_out(shown.service_map, bind(shown, reading.stream), WIDE, units=WIDE_UNITS)
    return draw_map(layout, tell(shown, reading, judge(shown, reading.stream)), "A picture", "wide")


def test_the_longest_queue_is_full_and_the_others_are_to_its_scale(reading: Reading) -> None:
    """A quarter as many items stand a quarter as high."""
    heights = {
        link.attrib["href"].partition("?")[0]: float(water.attrib["height"])
        for link in ET.fromstring(_draw(read_service_map(), reading)).iter(f"{SVG}a")
        if link.attrib.get("class") == "stream-water" and (water := link.find(f"{SVG}rect")) is not None
    }
    assert ["/stream/check", "/stream/configure"] == sorted(heights)
    assert pytest.approx(4, abs=0.05) == heights["/stream/check"] / heights["/stream/configure"]


def test_the_constraint_and_the_colour_are_said_in_words(reading: Reading) -> None:
    """For those who cannot see them."""
    svg = _draw(read_service_map(), reading)
    assert re.search(r"<title>check: stuck[a-z, ]*, the constraint of its stream</title>", svg)


def test_what_is_written_is_escaped(tmp_path: Path, reading: Reading) -> None:
    """A text of a map never becomes markup."""
    hostile = """'<script>alert(1)</script>"&'"""
    (tmp_path / "map.yaml").write_text(
        f"title: {hostile}\nlanes: [{{id: p, name: {hostile}}}]\n"
        f"services: [{{id: s, name: {hostile}, stages: [{{id: one, name: {hostile}, outcome: {hostile}}}]}}]\n"
        f"steps: [{{id: a, stage: one, lane: p, actor: {hostile}, text: {hostile}, condition: {hostile},"
        f" evidence: [{hostile}], notes: [1]}}]\n"
        f"notes: [{{number: 1, kind: pain, stage: one, steps: [a], text: {hostile}}}]\n"
    )
    shown = read_service_map(tmp_path / "map.yaml")
    svg = _draw(shown, reading)
    assert ET.fromstring(svg) is not None
    assert not re.search(r"<script|alert\(1\)</script", svg)


def test_the_parts_of_the_services_are_the_whole(
    drawn: ET.Element, layout: Layout, shown: MeasuredMap, reading: Reading
) -> None:
    """Every card once, and of an arrow to another service an end in each."""
    told = tell(shown, reading, judge(shown, reading.stream))
    services = [service.service for service in shown.service_map.services]
    parts = [ET.fromstring(draw_map(layout, told, "A part", "wide", service=service)) for service in services]

    def of(elements: list[ET.Element], name: str) -> list[str]:
        return sorted(part.attrib[name] for each in elements for part in each.iter() if name in part.attrib)

    for name in ("data-step", "data-gate", "data-note"):
        assert of([drawn], name) == of(parts, name)
    links = [sorted(link.attrib["href"] for link in each.iter(f"{SVG}a")) for each in ([drawn], parts) for each in each]
    assert links[0] == sorted(link for part in links[1:] for link in part)
