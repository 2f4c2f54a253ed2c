"""The picture of the stream: stages as gates in a channel, the queue before each as the water that stands there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from headrace.flow.awaited import Awaited
from headrace.flow.health import Health
from headrace.report.chart_style import AWAITED_COLOURS, DEEP, HEALTH_COLOURS, INK, QUIET, WATER
from headrace.report.measure_text import UNKNOWN, format_duration
from headrace.web.stream_wording import address_of_list, format_percentile

GAUGE: Final = "#9aa8aa"

STRATA: Final = {Awaited(word): colour for word, colour in AWAITED_COLOURS.items()}
"""The colour of waiting by what is waited for, bottom of the reservoir first; none of them means good or bad."""

COLOURS: Final = {Health(word): colour for word, colour in HEALTH_COLOURS.items()}
"""The colour of a gate; each has a contrast of at least 4.5 to 1 with white."""

WORDING: Final = {
    Health.GREEN: "flowing",
    Health.AMBER: "slow",
    Health.RED: "stuck",
    Health.UNMEASURED: "no events",
}
"""The colours in words, for those who cannot see them."""

CELL_WIDTH: Final = 168
CELL_HEIGHT: Final = 344
BED: Final = 174
"""Height, from the top of a cell, at which the water ends."""

DEPTH: Final = 96
"""Height of the water of the longest queue."""

GATE_LEFT: Final = 73
GATE_WIDTH: Final = 91
CHANNEL: Final = 12
"""Height of the water that always runs."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What is drawn of one stage.

    Attributes:
        stage: its name.
        health: its colour.
        constraint: whether it is the constraint.
        waiting: how many items wait, by what they wait for.
        in_progress: how many are worked on.
        figures: pairs of label and value, written beneath it.
    """

    stage: str
    health: Health
    constraint: bool
    waiting: Mapping[Awaited, int]
    in_progress: int
    figures: tuple[tuple[str, str], ...]


def gate_of(measures: Mapping[str, object], happened: Mapping[str, object] | None) -> Gate:
    """The gate of one row of `headrace.flow.stream.Stream.stages`, with the row of its night if there was one."""
    done, failed = (str(happened[kind]) if happened else UNKNOWN for kind in ("finished", "failed"))
    return Gate(
        stage=str(measures["stage"]),
        health=Health(str(measures["health"])),
        constraint=bool(measures["constraint"]),
        waiting={word: _count(measures[f"waits_{word}"]) for word in Awaited},
        in_progress=_count(measures["in_progress"]),
        figures=(
            ("oldest", format_duration(_seconds(measures["oldest_age_s"]))),
            ("wait p50", _percentile(measures, "wait", "p50")),
            ("wait p85", _percentile(measures, "wait", "p85")),
            ("work p50", _percentile(measures, "work", "p50")),
            ("failed, waiting", f"{_count(measures['failed']):,}"),
            ("last night done", done),
            ("last night failed", failed),
        ),
    )


def draw(gates: Sequence[Gate], columns: int) -> str:
    """The gates as an SVG element to be placed in a page, so many beside one another."""
    rows = -(-len(gates) // columns)
    width, height = columns * CELL_WIDTH, rows * CELL_HEIGHT
    svg = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "role": "group",
            "aria-label": "The stages in order, with what waits before each",
            "class": "stream-picture__drawing",
            "font-family": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif",
            "font-size": "13",
            "fill": INK,
        },
    )
    longest = max((sum(gate.waiting.values()) for gate in gates), default=0)
    for number, gate in enumerate(gates):
        row, column = divmod(number, columns)
        cell = SubElement(svg, "g", {"transform": f"translate({column * CELL_WIDTH} {row * CELL_HEIGHT})"})
        _draw_stage(cell, gate, longest)
    return tostring(svg, encoding="unicode")


def swatch(colour: str) -> str:
    """A small square of a colour, for a legend."""
    svg = Element(
        "svg", {"viewBox": "0 0 12 12", "width": "14", "height": "14", "aria-hidden": "true", "class": "stream-swatch"}
    )
    _rectangle(svg, 0, 0, 12, 12, fill=colour)
    return tostring(svg, encoding="unicode")


def _draw_channel(cell: Element) -> None:
    """The water that always runs, with marks of which way."""
    _rectangle(cell, 0, BED - CHANNEL, CELL_WIDTH, CHANNEL, fill=WATER)
    _rectangle(cell, 0, BED, CELL_WIDTH, 3, fill=DEEP)
    top, half = BED - CHANNEL + 2.5, (CHANNEL - 5) / 2
    marks = "".join(f"M{GATE_LEFT + 30 + 11 * mark} {top}l4 {half}l-4 {half}" for mark in range(3))
    SubElement(cell, "path", {"d": marks, "fill": "none", "stroke": DEEP, "stroke-width": "1.5"})


def _draw_stage(cell: Element, gate: Gate, longest: int) -> None:
    link = SubElement(cell, "a", {"href": address_of_list(gate.stage), "class": "stream-picture__stage"})
    waiting = sum(gate.waiting.values())
    SubElement(link, "title").text = f"{gate.stage}: {waiting:,} waiting, {WORDING[gate.health]}" + (
        ", the constraint" if gate.constraint else ""
    )
    _rectangle(link, 0, 0, CELL_WIDTH, CELL_HEIGHT - 8, fill="transparent", rx=4, **{"class": "stream-picture__ground"})
    _draw_channel(link)
    _draw_queue(link, gate.waiting, longest)
    _draw_gate(link, gate)
    for number, (label, value) in enumerate(gate.figures):
        baseline = BED + 28 + 19 * number
        _text(link, 6, baseline, label, fill=QUIET)
        _text(link, CELL_WIDTH - 6, baseline, value, anchor="end", weight="600")


def _draw_queue(link: Element, waiting: Mapping[Awaited, int], longest: int) -> None:
    """The water before the gate with its gauge, and the number over it."""
    total = sum(waiting.values())
    said = f"{total:,}"
    _text(link, 6, BED - DEPTH - 31, said, size=28 if len(said) < 7 else 22, weight="700", fill=INK if total else QUIET)
    _text(link, 6, BED - DEPTH - 13, "waiting", fill=QUIET)
    left, width, surface = 8.0, GATE_LEFT - 8.0, float(BED)
    for word, colour in STRATA.items():
        if waiting[word]:
            depth = max(DEPTH * waiting[word] / longest, 3)
            surface -= depth
            _rectangle(link, left, surface, width, depth, fill=colour)
    if total:
        crests = f"M{left:g} {surface:.7g}" + f"q{width / 8:g} -4 {width / 4:g} 0t{width / 4:g} 0" * 2
        SubElement(link, "path", {"d": crests, "fill": "none", "stroke": DEEP, "stroke-width": "2"})
    ticks = "".join(f"M{left - 2:g} {BED - DEPTH * tick / 4:g}h{5 if tick % 2 else 9}" for tick in range(5))
    gauge = f"M{left - 2:g} {BED - DEPTH}V{BED}{ticks}"
    SubElement(link, "path", {"d": gauge, "fill": "none", "stroke": GAUGE, "stroke-width": "1"})


def _draw_gate(link: Element, gate: Gate) -> None:
    """The stage itself."""
    colour, top, centre = COLOURS[gate.health], BED - DEPTH, GATE_LEFT + GATE_WIDTH / 2
    if gate.constraint:
        _rectangle(link, GATE_LEFT - 1, top - 28, GATE_WIDTH + 2, 21, fill=DEEP, rx=3)
        _text(link, centre, top - 13, "constraint", anchor="middle", fill="#ffffff", weight="600")
    outline = {"stroke": DEEP, "stroke-width": "4" if gate.constraint else "1.5"}
    _rectangle(link, GATE_LEFT, top, GATE_WIDTH, DEPTH - CHANNEL, fill="#ffffff", rx=3, **outline)
    _rectangle(link, GATE_LEFT + 6, top + 7, GATE_WIDTH - 12, 7, fill=colour, rx=2)
    _text(link, centre, top + 36, gate.stage, anchor="middle", size=14, weight="700")
    _text(link, centre, top + 54, WORDING[gate.health], anchor="middle", fill=colour, weight="600")
    if gate.in_progress:
        _text(link, centre, top + 73, f"{gate.in_progress:,} at work", anchor="middle", fill=QUIET)


def _rectangle(
    parent: Element, x: float, y: float, width: float, height: float, *, fill: str, rx: float = 0, **more: str
) -> None:
    place = {"x": f"{x:g}", "y": f"{y:.7g}", "width": f"{width:g}", "height": f"{height:.7g}"}
    rounded = {"rx": f"{rx:g}"} if rx else {}
    SubElement(parent, "rect", {**place, **rounded, "fill": fill, **more})


def _text(
    parent: Element,
    x: float,
    y: float,
    said: str,
    *,
    anchor: str = "start",
    fill: str = INK,
    size: int = 13,
    weight: str = "400",
) -> None:
    look = {"text-anchor": anchor, "fill": fill, "font-size": str(size), "font-weight": weight}
    SubElement(parent, "text", {"x": f"{x:g}", "y": f"{y:g}", **look}).text = said


def _percentile(measures: Mapping[str, object], kind: str, share: str) -> str:
    return format_percentile(_seconds(measures[f"{kind}_{share}_s"]), _seconds(measures[f"{kind}_watched_s"]))


def _seconds(measure: object) -> float | None:
    return float(measure) if isinstance(measure, int | float) else None


def _count(measure: object) -> int:
    return measure if isinstance(measure, int) else 0
