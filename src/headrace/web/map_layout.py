"""Where everything of a service map stands in its picture: bands, stages, lanes, cards, and the gates beneath.

A band is a service on a desk, and one stage of it on a telephone. A band is divided into units of one width; a stage
takes as many as its gates and cards need.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from headrace.model.service_map import MapStage, Service, ServiceMap, Step
from headrace.web.lettering import shorten_text, text_width, wrap_text
from headrace.web.map_grid import Cell, place_cards, rows_of, spread_units

GAP: Final = 16.0
"""Between two cards: room for an arrow."""

PAD: Final = 8.0
"""Between the edge of a card and its text."""

TEXT: Final = 12.5
LINE: Final = 15.0
"""Size of the text of a card, and height of a line of it."""

SMALL: Final = 11.0
SMALL_LINE: Final = 14.0
"""The same for what is said in passing."""

HEADING: Final = 15.0
HEADING_LINE: Final = 18.0
"""The same for the name of a stage."""

BANNER: Final = 58.0
BANNER_SIZE: Final = 21.0
"""Height of the name of a service."""

LANE_NAME: Final = 30.0
"""Height of the name of a lane."""

FOOT: Final = 17.0
"""Height of the measured line of a card."""

ROW_NAME: Final = 32.0
ROW_LINE: Final = 16.0
"""Height of what is said about a stream over its gates, and of each line more."""

SLIM: Final = 600.0
"""A picture that is less wide is for a telephone."""

GATE_HEIGHT: Final = 242.5
GATE_LINE: Final = 15.0
GATE_GAP: Final = 8.0
GATE_WIDEST: Final = 196.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, from its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def across(self) -> float:
        """Its middle, from left to right."""
        return self.x + self.width / 2

    @property
    def down(self) -> float:
        """Its middle, from top to bottom."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a stage over its column.

    Attributes:
        stage: the stage.
        number: which one it is: that of its service, and its own within it.
        box: where.
        name, outcome: the lines of its text.
    """

    stage: MapStage
    number: str
    box: Box
    name: tuple[str, ...]
    outcome: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A step.

    Attributes:
        step: the step.
        box: where.
        condition, text, evidence: the lines of its text.
        gates: names of the stages of the stream that are measured for it.
    """

    step: Step
    box: Box
    condition: tuple[str, ...]
    text: tuple[str, ...]
    evidence: tuple[str, ...]
    gates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of cards: its id and name, and where it is."""

    lane: str
    name: str
    box: Box


@dataclass(frozen=True, slots=True)
class GatePlace:
    """Where the gate of a stage of the stream stands; `title` is its name in lines."""

    gate: str
    title: tuple[str, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class GateRow:
    """The gates of one stream in a band.

    Attributes:
        stream: its name.
        title, said: the name as people read it, and the lines of what is said about it.
        box: where, with what is said about the stream on top.
        gates: the gates.
    """

    stream: str
    title: str
    said: tuple[str, ...]
    box: Box
    gates: tuple[GatePlace, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """A stage of the map of which nothing is measured, and why, in lines."""

    stage: str
    box: Box
    reason: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A service, or one stage of it.

    Attributes:
        service: the service.
        number: which one it is, from 1.
        banner: where its name stands; None where it was said in the band before.
        box: where all of it is.
        columns: where each stage is, from its heading to its gates.
        headings, lanes, cards, rows, blanks: what is in it.
    """

    service: Service
    number: int
    banner: Box | None
    box: Box
    columns: tuple[Box, ...]
    headings: tuple[Heading, ...]
    lanes: tuple[Lane, ...]
    cards: tuple[Card, ...]
    rows: tuple[GateRow, ...]
    blanks: tuple[Blank, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole picture: its size and its bands."""

    width: float
    height: float
    bands: tuple[Band, ...]

    def of(self, service: str | None) -> tuple[Band, ...]:
        """The bands of one service, or of all."""
        return tuple(band for band in self.bands if service in (None, band.service.service))

    def cards(self) -> Mapping[str, Card]:
        """Every card by the id of its step."""
        return {card.step.step: card for band in self.bands for card in band.cards}


@dataclass(frozen=True, slots=True)
class Bindings:
    """What is measured, as far as it takes room.

    Attributes:
        streams: stage of the stream → its stream.
        titles: stage of the stream → its name as people read it.
        stages: stage of the map → stages of the stream that stand beneath it.
        steps: step → stages of the stream that are measured for it.
        stream_titles, said: stream → its name as people read it, and what is said about it.
        reasons: stage of the map → why nothing is measured, as a sentence.
    """

    streams: Mapping[str, str]
    titles: Mapping[str, str]
    stages: Mapping[str, tuple[str, ...]]
    steps: Mapping[str, tuple[str, ...]]
    stream_titles: Mapping[str, str]
    said: Mapping[str, str]
    reasons: Mapping[str, str]


def lay_out(
    service_map: ServiceMap,
    bindings: Bindings,
    width: float,
    *,
    units: int,
    banners: bool = True,
) -> Layout:
    """Place everything.

    Args:
        service_map: what is drawn.
        bindings: what is measured.
        width: how wide the picture is.
        units: how many cards fit beside one another; with two, every stage is a band of its own.
        banners: whether the names of the services are drawn.
    """
    bands: list[Band] = []
    y = 0.0
    for number, service in enumerate(service_map.services, start=1):
        parts = [(stage,) for stage in service.stages] if units <= 2 else [service.stages]
        for stages in parts:
            first = banners and stages[0] is service.stages[0]
            band = _best_band(service_map, bindings, service, number, stages, Box(0, y, width, 0), units, first=first)
            bands.append(band)
            y = band.box.bottom + (GAP if units <= 2 else 2 * GAP)
    return Layout(width, y, tuple(bands))


def _best_band(
    service_map: ServiceMap,
    bindings: Bindings,
    service: Service,
    number: int,
    stages: Sequence[MapStage],
    box: Box,
    most: int,
    *,
    first: bool,
) -> Band:
    """The lowest band that the units can be spread to."""
    steps = {stage.stage: [step for step in service_map.steps if step.stage == stage.stage] for stage in stages}
    fewest = {}
    for stage in stages:
        by_stream: dict[str, int] = {}
        for gate in bindings.stages.get(stage.stage, ()):
            by_stream[bindings.streams[gate]] = by_stream.get(bindings.streams[gate], 0) + 1
        fewest[stage.stage] = min(max(by_stream.values(), default=1), most if len(stages) == 1 else 4)
    spreads = [dict.fromkeys(steps, most)] if len(stages) == 1 else spread_units(steps, fewest, most)
    bands = [
        _band(service_map, bindings, service, number, stages, steps, spread, box, first=first) for spread in spreads
    ]
    return min(bands, key=lambda band: band.box.height)


def _band(
    service_map: ServiceMap,
    bindings: Bindings,
    service: Service,
    number: int,
    stages: Sequence[MapStage],
    steps: Mapping[str, Sequence[Step]],
    units: Mapping[str, int],
    box: Box,
    *,
    first: bool,
) -> Band:
    unit = box.width / sum(units.values())
    lefts, left = {}, 0.0
    for stage in stages:
        lefts[stage.stage] = left
        left += unit * units[stage.stage]
    y = box.y
    banner = Box(0, y, box.width, BANNER) if first else None
    y += BANNER if first else 0
    headings = _headings(service, number, stages, lefts, units, unit, y)
    top = y
    y = max(heading.box.bottom for heading in headings) + 10
    lanes, cards, y = _lanes(service_map, bindings, stages, steps, units, lefts, unit, box.width, y)
    rows, blanks, y = _ladder(bindings, stages, units, lefts, unit, box.width, y + 12)
    columns = tuple(Box(lefts[stage.stage], top, unit * units[stage.stage], y - top) for stage in stages)
    return Band(
        service, number, banner, Box(0, box.y, box.width, y - box.y), columns, headings, lanes, cards, rows, blanks
    )


def _headings(
    service: Service,
    number: int,
    stages: Sequence[MapStage],
    lefts: Mapping[str, float],
    units: Mapping[str, int],
    unit: float,
    y: float,
) -> tuple[Heading, ...]:
    made = []
    for stage in stages:
        width = unit * units[stage.stage]
        name = wrap_text(stage.name, HEADING, width - 34, bold=True)
        outcome = wrap_text(stage.outcome or "", SMALL, width - 34)
        made.append((stage, f"{number}.{service.stages.index(stage) + 1}", width, name, outcome))
    tallest = max(len(name) * HEADING_LINE + len(outcome) * SMALL_LINE for _, _, _, name, outcome in made) + 30
    return tuple(
        Heading(stage, place, Box(lefts[stage.stage], y, width, tallest), name, outcome)
        for stage, place, width, name, outcome in made
    )


def _lanes(
    service_map: ServiceMap,
    bindings: Bindings,
    stages: Sequence[MapStage],
    steps: Mapping[str, Sequence[Step]],
    units: Mapping[str, int],
    lefts: Mapping[str, float],
    unit: float,
    width: float,
    y: float,
) -> tuple[tuple[Lane, ...], tuple[Card, ...], float]:
    cells = {stage.stage: place_cards(steps[stage.stage], units[stage.stage]) for stage in stages}
    lanes: list[Lane] = []
    cards: list[Card] = []
    for lane in service_map.lanes:
        here = [(step, cells[stage][step.step]) for stage in cells for step in steps[stage] if step.lane == lane.lane]
        if not here:
            continue
        top = y
        for stage in stages:
            own = [(step, cell) for step, cell in here if step.stage == stage.stage]
            below = top + LANE_NAME
            for row in range(rows_of(cell for _, cell in own)):
                made = [
                    _card(step, cell, bindings, lefts[step.stage], unit, below) for step, cell in own if cell.row == row
                ]
                cards.extend(made)
                below = max((card.box.bottom for card in made), default=below) + GAP
            y = max(y, below)
        lanes.append(Lane(lane.lane, lane.name, Box(0, top, width, y - top)))
    return tuple(lanes), tuple(cards), y


def _card(step: Step, cell: Cell, bindings: Bindings, left: float, unit: float, y: float) -> Card:
    width = unit - GAP
    room = width - 2 * PAD
    gates = bindings.steps.get(step.step, ())
    condition = wrap_text(f"{step.condition}:" if step.condition else "", SMALL, room, bold=True)
    text = wrap_text(step.text, TEXT, room)
    evidence = wrap_text(", ".join(step.evidence).replace("?? (unknown)", "unknown"), SMALL, room - 12)
    height = (
        2 * PAD + len(condition) * SMALL_LINE + len(text) * LINE + len(evidence) * SMALL_LINE
        + (FOOT if gates else 0) + (3 if evidence else 0)
    )  # fmt: skip
    box = Box(left + cell.column * unit + GAP / 2, y, width, height)
    return Card(step, box, condition, text, evidence, gates)


def _gates(
    stream: str,
    bindings: Bindings,
    stages: Sequence[MapStage],
    units: Mapping[str, int],
    lefts: Mapping[str, float],
    unit: float,
    y: float,
) -> tuple[GatePlace, ...]:
    """The gates of one stream, those of a stage beneath it; where they do not fit beside one another, in rows."""
    found = []
    for stage in stages:
        here = [gate for gate in bindings.stages.get(stage.stage, ()) if bindings.streams[gate] == stream]
        beside = min(len(here), units[stage.stage]) or 1
        wide = min(unit * units[stage.stage] / beside, GATE_WIDEST)
        for number, gate in enumerate(here):
            title = wrap_text(bindings.titles[gate], 13, wide - GATE_GAP - 16, bold=True)
            found.append((gate, title, number // beside, lefts[stage.stage] + number % beside * wide, wide))
    high = GATE_HEIGHT + GATE_LINE * (max(len(title) for _, title, _, _, _ in found) - 1)
    return tuple(
        GatePlace(gate, title, Box(x + GATE_GAP / 2, y + row * (high + 40), wide - GATE_GAP, high))
        for gate, title, row, x, wide in found
    )


def _ladder(
    bindings: Bindings,
    stages: Sequence[MapStage],
    units: Mapping[str, int],
    lefts: Mapping[str, float],
    unit: float,
    width: float,
    y: float,
) -> tuple[tuple[GateRow, ...], tuple[Blank, ...], float]:
    """The gates of each stream in a row beneath the stages they belong to."""
    streams: dict[str, None] = {}
    for stage in stages:
        streams.update(dict.fromkeys(bindings.streams[gate] for gate in bindings.stages.get(stage.stage, ())))
    rows: list[GateRow] = []
    first_row = y + (ROW_NAME if streams else 0)
    for stream in streams:
        title = shorten_text(bindings.stream_titles[stream], 13, width, bold=True)
        room = width - text_width(title, 13, bold=True) - 14
        if width < SLIM:
            said = wrap_text(bindings.said[stream], 12, width)
        else:
            said = (shorten_text(bindings.said[stream], 12, room),)
        top, y = y, y + ROW_NAME + (len(said) * ROW_LINE if width < SLIM else 0)
        gates = _gates(stream, bindings, stages, units, lefts, unit, y)
        y = max(place.box.bottom for place in gates) + 30
        rows.append(GateRow(stream, title, said, Box(0, top, width, y - top), gates))
    blanks = []
    for stage in stages:
        if not bindings.stages.get(stage.stage):
            wide = min(unit * units[stage.stage], 2 * GATE_WIDEST) - GATE_GAP
            reason = wrap_text(bindings.reasons[stage.stage], SMALL, wide - 24)
            high = len(reason) * SMALL_LINE + 46
            blanks.append(Blank(stage.stage, Box(lefts[stage.stage] + GATE_GAP / 2, first_row, wide, high), reason))
            y = max(y, first_row + high + 12)
    return tuple(rows), tuple(blanks), y
