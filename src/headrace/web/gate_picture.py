"""The picture of one stage of the stream: a gate, with the water that stands before it and what is measured."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from headrace.flow.awaited import Awaited
from headrace.flow.health import Health
from headrace.report.chart_style import AWAITED_COLOURS, DEEP, HEALTH_COLOURS, INK, QUIET, WATER
from headrace.report.measure_text import UNKNOWN, format_duration
from headrace.web.drawing import attributes, line_of_text, linked, path, rectangle, whole
from headrace.web.lettering import shorten_text, text_width
from headrace.web.map_layout import GatePlace
from headrace.web.stream_wording import (
    address_of_list,
    format_change,
    format_rate,
    format_share,
)

WORDING: Final = {
    Health.GREEN: "flowing",
    Health.AMBER: "slow",
    Health.RED: "stuck",
    Health.UNMEASURED: "no events yet",
}
"""The colours in words, for those who cannot see them."""

EDGE: Final = "#a9bfc1"
BED: Final = "#eef5f5"
FIGURE: Final = 11.5
FIGURE_LINE: Final = 15.5
LABEL: Final = 11.0
STRIP_WIDTH: Final = 270.0
STRIP_HEIGHT: Final = 58.0

Measures = Mapping[str, object]
"""A row of `headrace.flow.stream.Stream.stages`."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What is drawn of one stage.

    Attributes:
        stage: its name.
        health: its colour.
        constraint: whether it is the constraint of its stream.
        waiting: how many items wait, by what they wait for.
        in_progress, failed: how many are worked on; how many of the waiting do so after a failure.
        state: how it does, in words.
        oldest: the age of the oldest.
        times: label, p50 and p85 of waiting and of work.
        figures: pairs of label and value, written beneath.
    """

    stage: str
    health: Health
    constraint: bool
    waiting: Mapping[Awaited, int]
    in_progress: int
    failed: int
    state: str
    oldest: str
    times: tuple[tuple[str, str, str], ...]
    figures: tuple[tuple[str, str], ...]


def gate_of(measures: Measures) -> Gate:
    """The gate of one row of `headrace.flow.stream.Stream.stages`."""
    health = Health(str(measures["health"]))
    queue = str(measures["queue_health"] or "")
    moves = health is not Health.UNMEASURED and queue not in ("", "empty", "moving")
    return Gate(
        stage=str(measures["stage"]),
        health=health,
        constraint=bool(measures["constraint"]),
        waiting={word: _count(measures[f"waits_{word}"]) for word in Awaited},
        in_progress=_count(measures["in_progress"]),
        failed=_count(measures["failed"]),
        state=queue if moves else WORDING[health],
        oldest=format_duration(_number(measures["oldest_age_s"])),
        times=tuple(
            (kind, _percentile(measures, kind, "p50"), _percentile(measures, kind, "p85")) for kind in ("wait", "work")
        ),
        figures=(
            ("at work", f"{_count(measures['in_progress']):,}"),
            ("in a week", _rate(measures["arrived_per_week"])),
            ("out a week", _rate(measures["departed_per_week"])),
            ("right first time", format_share(_number(measures["complete_accurate"]))),
            ("trend a week", format_change(_number(measures["trend"]))),
        ),
    )


def draw_gate(gate: Gate, place: GatePlace, longest: int, chosen: Mapping[str, str]) -> str:
    """The gate where it stands.

    `longest` is the length of the queue that fills a reservoir; `chosen` are the filters that hold for the lists that
    its numbers open.
    """
    box = place.box

    def address(**more: object) -> str:
        return address_of_list(gate.stage, **chosen, **more)

    head = 34 + 15 * len(place.title)
    table_top = box.bottom - len(gate.figures) * FIGURE_LINE - 3 * FIGURE_LINE - 13
    drawn = [
        rectangle(box.x, box.y, box.width, box.height, fill="#ffffff", rx=4, stroke="none"),
        _reservoir(gate, box.x, box.y + head, box.width, table_top - box.y - head, longest, address),
        _head(gate, place, head, address),
        _table(gate, box.x, table_top, box.width),
        rectangle(
            *(box.x, box.y, box.width, box.height),
            fill="none",
            rx=4,
            stroke=DEEP if gate.constraint else EDGE,
            stroke_width=2.5 if gate.constraint else 1,
        ),
    ]
    label = attributes(class_="stream-gate", data_gate=gate.stage)
    return f"<g{label}>{''.join(drawn)}</g>"


def draw_strip(gates: Sequence[tuple[Gate, str]], longest: int, chosen: Mapping[str, str]) -> str:
    """The gates of one stream beside one another, each with its name no more than told: its queue and its colour."""
    width, cell = STRIP_WIDTH, STRIP_WIDTH / max(len(gates), 1)
    bed = STRIP_HEIGHT - 8
    drawn = [rectangle(0, bed, width, 8, fill=WATER), rectangle(0, STRIP_HEIGHT - 1.5, width, 1.5, fill=DEEP)]
    for number, (gate, title) in enumerate(gates):
        left, waiting = number * cell, sum(gate.waiting.values())
        marks = [rectangle(left, 0, cell, STRIP_HEIGHT, fill="#ffffff", fill_opacity=0)]
        surface = float(bed)
        for word, colour in AWAITED_COLOURS.items():
            if gate.waiting[Awaited(word)]:
                depth = max((bed - 16) * gate.waiting[Awaited(word)] / longest, 2)
                surface -= depth
                marks.append(rectangle(left + 1, surface, cell - 6, depth, fill=colour))
        if waiting:
            shown = f"{waiting:,}" if waiting < 10_000 else f"{waiting // 1000:,}k"
            middle = left + (cell - 4) / 2
            marks.append(line_of_text(middle, surface - 4, shown, size=LABEL, bold=True, anchor="middle"))
        wide = 5 if gate.constraint else 3
        marks.append(
            rectangle(left + cell - 1 - wide, bed - 24, wide, 24, fill=HEALTH_COLOURS[gate.health], rx=1, class_="gate")
        )
        told = f"{title}: {waiting:,} waiting, {gate.state}" + (", the constraint" if gate.constraint else "")
        drawn.append(linked(address_of_list(gate.stage, **chosen), told, "".join(marks), class_="stream-link"))
    return whole(width, STRIP_HEIGHT, "What waits before each of its gates", "".join(drawn), class_="stream-strip")


def _head(gate: Gate, place: GatePlace, head: float, address: Callable[..., str]) -> str:
    box = place.box
    ground, ink = (DEEP, "#ffffff") if gate.constraint else ("#ffffff", INK)
    colour = HEALTH_COLOURS[gate.health]
    said = shorten_text(gate.state, LABEL, box.width - 16, bold=True)
    lines = [
        path(
            f"M{box.x:g} {box.y + head:g}v{4 - head:g}q0 -4 4 -4h{box.width - 8:g}q4 0 4 4v{head - 4:g}z", fill=ground
        ),
        rectangle(
            box.x + 8, box.y + 8, box.width - 16, 5, fill=colour, rx=2.5, stroke=ink if gate.constraint else None
        ),
    ]
    y = box.y + 15
    for line in place.title:
        y += 15
        lines.append(line_of_text(box.x + 8, y, line, size=13, bold=True, fill=ink))
    lines.append(
        line_of_text(box.x + 8, y + 14, said, size=LABEL, bold=True, fill="#ffffff" if gate.constraint else colour)
    )
    told = (
        f"{gate.stage}: {WORDING[gate.health]}"
        + (f", {gate.state}" if gate.state != WORDING[gate.health] else "")
        + (", the constraint of its stream" if gate.constraint else "")
    )
    tab = ""
    if gate.constraint:
        tab = path(f"M{box.x:g} {box.y + 4:g}v-16q0 -4 4 -4h66q4 0 4 4v16z", fill=DEEP) + line_of_text(
            box.x + 8, box.y - 4, "constraint", size=LABEL, bold=True, fill="#ffffff"
        )
    return linked(address(), told, tab + "".join(lines), class_="stream-link")


def _reservoir(
    gate: Gate, x: float, y: float, width: float, height: float, longest: int, address: Callable[..., str]
) -> str:
    """The water before the gate by what it waits for, to scale, with the number on it."""
    total = sum(gate.waiting.values())
    drawn = [rectangle(x, y, width, height, fill=BED)]
    surface = y + height
    for word, colour in AWAITED_COLOURS.items():
        number = gate.waiting[Awaited(word)]
        if number:
            depth = max((height - 6) * number / longest, 3)
            surface -= depth
            water = rectangle(x, surface, width, depth, fill=colour)
            told = f"{number:,} of {gate.stage} wait for {word}"
            drawn.append(linked(address(waits_for=word), told, water, class_="stream-water"))
    if total:
        crests = f"M{x:g} {surface:.1f}" + f"q{width / 12:.2f} -3.5 {width / 6:.2f} 0t{width / 6:.2f} 0" * 3
        drawn.append(path(crests, stroke=DEEP, stroke_width=1.5))
    base = y + 27
    # A crest that runs through the words on the water would cross them out.
    halo = BED if base < surface < base + 20 else None
    size = 26 if len(f"{total:,}") < 6 else 20
    # Where nothing was ever recorded nobody knows whether something waits: a nought would say that nothing does.
    shown = UNKNOWN if gate.health is Health.UNMEASURED else f"{total:,}"
    number_drawn = line_of_text(x + 8, base, shown, size=size, bold=True) + line_of_text(
        x + 8, base + 15, "waiting", size=LABEL, halo=halo
    )
    told = f"{total:,} waiting at" if shown != UNKNOWN else f"{WORDING[gate.health]} at"
    drawn.append(linked(address(), f"{told} {gate.stage}", number_drawn, class_="stream-link"))
    if total:
        drawn.append(line_of_text(x + width - 8, base, gate.oldest, size=13, bold=True, anchor="end"))
        drawn.append(line_of_text(x + width - 8, base + 15, "oldest", size=LABEL, anchor="end", halo=halo))
    return "".join(drawn)


def _table(gate: Gate, x: float, top: float, width: float) -> str:
    left, right, y = x + 7, x + width - 7, top + FIGURE_LINE
    middle = right - (width - 14) * 0.42
    drawn = [
        line_of_text(middle, y, "p50", size=LABEL, fill=QUIET, anchor="end"),
        line_of_text(right, y, "p85", size=LABEL, fill=QUIET, anchor="end"),
    ]
    for label, half, most in gate.times:
        y += FIGURE_LINE
        size = _fitting_size((half, most), (width - 14 - text_width(f"{label} ", FIGURE)) / 2)
        drawn.append(line_of_text(left, y, label, size=FIGURE, fill=QUIET))
        drawn.append(line_of_text(middle, y, half, size=size, bold=True, anchor="end"))
        drawn.append(line_of_text(right, y, most, size=size, bold=True, anchor="end"))
    y += 5
    drawn.append(path(f"M{left:.1f} {y:.1f}h{width - 14:.1f}", stroke=WATER, stroke_width=1))
    for label, value in gate.figures:
        y += FIGURE_LINE
        drawn.append(line_of_text(left, y, label, size=FIGURE, fill=QUIET))
        drawn.append(line_of_text(right, y, value, size=FIGURE, bold=True, anchor="end"))
    return "".join(drawn)


def _fitting_size(values: tuple[str, str], room: float) -> float:
    """The size at which the wider of two values leaves a gap beside the other."""
    widest = max(text_width(value, FIGURE, bold=True) for value in values) + 3
    return min(FIGURE, FIGURE * room / widest)


def _percentile(measures: Measures, kind: str, share: str) -> str:
    value, watched = _number(measures[f"{kind}_{share}_s"]), _number(measures.get(f"{kind}_watched_s"))
    if value is None and watched is not None:
        return f">{format_duration(watched)}"
    return format_duration(value)


def _rate(measure: object) -> str:
    number = _number(measure)
    return UNKNOWN if number is None else format_rate(number)


def _number(measure: object) -> float | None:
    return float(measure) if isinstance(measure, int | float) else None


def _count(measure: object) -> int:
    return measure if isinstance(measure, int) else 0
