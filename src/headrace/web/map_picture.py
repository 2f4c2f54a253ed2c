"""The picture of the service map: who does what in which stage, and beneath it how the stream runs there."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from headrace.flow.health import Health
from headrace.flow.note_state import NoteState
from headrace.model.service_map import Note
from headrace.report.chart_style import DEEP, HEALTH_COLOURS, INK, QUIET, WATER
from headrace.web.drawing import attributes, line_of_text, linked, path, rectangle, whole
from headrace.web.gate_picture import WORDING, Gate, draw_gate
from headrace.web.lettering import shorten_text, text_width
from headrace.web.map_arrows import Arrow, find_arrows, head_of, path_of
from headrace.web.map_layout import (
    BANNER_SIZE,
    FOOT,
    HEADING,
    HEADING_LINE,
    LINE,
    PAD,
    ROW_LINE,
    SLIM,
    SMALL,
    SMALL_LINE,
    TEXT,
    Band,
    Blank,
    Card,
    GateRow,
    Layout,
)
from headrace.web.note_mark import draw_mark
from headrace.web.stream_wording import address_of_list

SHALLOW: Final = "#eaf4f3"
CHEVRON: Final = "#dcedec"
PALE: Final = "#f5f9f9"
FOAM: Final = "#9fd8d2"
CARD_EDGE: Final = "#a9bfc1"
ARROW: Final = "#3d757b"
LINK: Final = "#8aa3a5"
TEAL: Final = "#146a70"
BED_HEIGHT: Final = 12.0
TAB_WIDTH: Final = 38.0


@dataclass(frozen=True, slots=True)
class Told:
    """What the record says about the map at one moment, as far as it is drawn.

    Attributes:
        gates: the gates by the stage of the stream.
        notes: the notes of the map, by number.
        states: how each note stands, by number.
        chosen: the filters that hold for every list that is opened.
    """

    gates: Mapping[str, Gate]
    notes: Mapping[int, Note]
    states: Mapping[int, NoteState]
    chosen: Mapping[str, str]


def draw_map(
    layout: Layout, told: Told, label: str, name: str, *, service: str | None = None, ground: str | None = None
) -> str:
    """The picture, of all services or of one, as an SVG element.

    `name` is its arrangement, `ground` its colour where it stands alone.
    """
    longest = max((sum(gate.waiting.values()) for gate in told.gates.values()), default=0)
    bands = layout.of(service)
    here = {card.step.step for band in bands for card in band.cards}
    top, height = bands[0].box.y, bands[-1].box.bottom - bands[0].box.y
    drawn = [rectangle(0, top, layout.width, height, fill=ground)] if ground else []
    drawn += [_ground(band) for band in bands]
    arrows = [arrow for arrow in find_arrows(layout) if arrow.source in here or arrow.target in here]
    drawn += [_arrow(arrow) for arrow in arrows if arrow.points]
    drawn += [_band(band, told, longest) for band in bands]
    drawn += _jumps(layout, [arrow for arrow in arrows if not arrow.points], here)
    look = f"stream-picture__drawing stream-picture__{name}"
    return whole(layout.width, height, label, "".join(drawn), top=top, class_=look)


def _ground(band: Band) -> str:
    drawn = []
    for number, lane in enumerate(band.lanes):
        if number % 2 == 0:
            drawn.append(rectangle(lane.box.x, lane.box.y, lane.box.width, lane.box.height, fill=PALE, rx=3))
    drawn += [
        path(
            f"M{column.x:.1f} {column.y:.1f}V{column.bottom:.1f}", stroke=WATER, stroke_width=1, stroke_dasharray="2 4"
        )
        for column in band.columns[1:]
    ]
    return "".join(drawn)


def _arrow(arrow: Arrow) -> str:
    look: dict[str, str | float | None] = {"stroke": LINK if arrow.linked else ARROW, "stroke_width": 1.4}
    if arrow.linked:
        look |= {"stroke_dasharray": "1 3.5", "stroke_width": 1.8, "stroke_linecap": "round"}
    told = attributes(data_from=arrow.source, data_to=arrow.target, class_="stream-arrow")
    drawn = path(path_of(arrow.points), **look)
    if not arrow.linked:
        drawn += path(head_of(arrow.points), fill=ARROW)
    return f"<g{told}>{drawn}</g>"


def _jumps(layout: Layout, arrows: Sequence[Arrow], here: Collection[str]) -> list[str]:
    """Arrows to another band: at each end that is drawn a tab with the number of the stage where the other end is."""
    cards = layout.cards()
    stages = {heading.stage.stage: heading.number for band in layout.bands for heading in band.headings}
    ends = [(arrow, arrow.source, arrow.target, True) for arrow in arrows]
    ends += [(arrow, arrow.target, arrow.source, False) for arrow in arrows]
    beside = Counter((step, leaves) for _, step, _, leaves in ends)
    taken: Counter[tuple[str, bool]] = Counter()
    drawn: dict[Arrow, list[str]] = {arrow: [] for arrow in arrows}
    for arrow, step, other, leaves in ends:
        if step not in here:
            continue
        box, number = cards[step].box, stages[cards[other].step.stage]
        apart = min(TAB_WIDTH + 8, (box.width - 20 - TAB_WIDTH) / max(beside[step, leaves] - 1, 1))
        x = box.x + 10 + apart * taken[step, leaves]
        y = box.bottom - 1 if leaves else box.y - 11
        taken[step, leaves] += 1
        mark = (
            rectangle(x, y, TAB_WIDTH, 14, fill=ARROW, rx=7, stroke="#ffffff", stroke_width=0.8)
            + path(f"M{x + 8:.1f} {y + 3:.1f}v4h-2.5l4 4.5l4 -4.5h-2.5v-4z", fill="#ffffff")
            + line_of_text(x + 24, y + 11, number, size=11, bold=True, fill="#ffffff", anchor="middle")
        )
        title = f"{'goes on to' if leaves else 'comes from'} {number}: {cards[other].step.text}"
        drawn[arrow].append(linked(f"#step-{other}", title, mark, class_="stream-link"))
    return [
        f"<g{attributes(data_from=arrow.source, data_to=arrow.target, class_='stream-arrow')}>{''.join(marks)}</g>"
        for arrow, marks in drawn.items()
    ]


def _band(band: Band, told: Told, longest: int) -> str:
    drawn = [
        line_of_text(
            *(8, lane.box.y + 14, lane.name),
            size=SMALL,
            bold=True,
            fill=TEAL,
            halo="#ffffff" if number % 2 else PALE,
        )
        for number, lane in enumerate(band.lanes)
    ]
    if band.banner:
        drawn.append(_banner(band))
    drawn += [_heading(band, place) for place in range(len(band.headings))]
    drawn += [_card(card, told) for card in band.cards]
    drawn += [_row(row, told, longest) for row in band.rows]
    drawn += [_blank(blank) for blank in band.blanks]
    return "".join(drawn)


def _banner(band: Band) -> str:
    box = band.banner or band.box
    base = box.y + 34
    room = box.width - 44
    size = max(BANNER_SIZE * min(1.0, room / text_width(band.service.name, BANNER_SIZE, bold=True)), 14)
    name = shorten_text(band.service.name, size, room, bold=True)
    said = (
        rectangle(0, box.y + 12, 30, 30, fill=DEEP, rx=15)
        + line_of_text(15, base - 1, str(band.number), size=16, bold=True, fill="#ffffff", anchor="middle")
        + line_of_text(42, base, name, size=size, bold=True)
    )
    left = 42 + text_width(name, size, bold=True) + 18
    rule = path(f"M{left:.1f} {base - 7:.1f}H{box.width:g}", stroke=FOAM, stroke_width=2) if left < box.width else ""
    return said + rule


def _heading(band: Band, number: int) -> str:
    """The name of a stage on an arrow that points to the next."""
    heading = band.headings[number]
    box, point = heading.box, 12.0
    left = box.x + (2 if number else 0)
    notch = f"l{point:g} {box.height / 2:.1f}l{-point:g} {box.height / 2:.1f}" if number else f"v{box.height:.1f}"
    shape = (
        f"M{left:.1f} {box.y:.1f}{notch}H{box.right - point - 1:.1f}"
        f"l{point:g} {-box.height / 2:.1f}l{-point:g} {-box.height / 2:.1f}z"
    )
    drawn = [path(shape, fill=CHEVRON)]
    x, y = box.x + (22 if number else 10), box.y + 18
    drawn.append(line_of_text(x, y, heading.number, size=SMALL, bold=True, fill=TEAL))
    for line in heading.name:
        y += HEADING_LINE
        drawn.append(line_of_text(x, y - 3, line, size=HEADING, bold=True))
    for line in heading.outcome:
        y += SMALL_LINE
        drawn.append(line_of_text(x, y, line, size=SMALL, fill=QUIET))
    title = f"{heading.stage.name}: {heading.stage.outcome or 'its outcome is not stated'}"
    return linked(f"#stage-{heading.stage.stage}", title, "".join(drawn), class_="stream-link")


def _card(card: Card, told: Told) -> str:
    box, step = card.box, card.step
    drawn = [
        rectangle(
            *(box.x, box.y, box.width, box.height),
            fill=SHALLOW if step.automatic else "#ffffff",
            stroke=CARD_EDGE,
            rx=4,
            class_="stream-card__ground",
        )
    ]
    if step.automatic:
        drawn.append(rectangle(box.x, box.y + 4, 3, box.height - 8, fill=FOAM))
    x, y = box.x + PAD, box.y + PAD - 3
    for line in card.condition:
        y += SMALL_LINE
        drawn.append(line_of_text(x, y, line, size=SMALL, fill=TEAL, bold=True))
    for line in card.text:
        y += LINE
        drawn.append(line_of_text(x, y, line, size=TEXT))
    y += 3 if card.evidence else 0
    for number, line in enumerate(card.evidence):
        y += SMALL_LINE
        if number == 0:
            drawn.append(path(f"M{x:.1f} {y - 8:.1f}h5l2 2v7h-7z", stroke=QUIET, stroke_width=0.9))
        drawn.append(line_of_text(x + 11, y, line, size=SMALL, fill=QUIET))
    who = f", {step.actor}" if step.actor else ""
    said = linked(f"#step-{step.step}", f"{step.text} ({step.step}{who})", "".join(drawn), class_="stream-link")
    return (
        f"<g{attributes(class_='stream-card', data_step=step.step)}>{said}{_foot(card, told)}{_marks(card, told)}</g>"
    )


def _foot(card: Card, told: Told) -> str:
    """What waits at the stages that are measured for the step, and since when."""
    if not card.gates:
        return ""
    gates = [told.gates[gate] for gate in card.gates]
    waiting = sum(sum(gate.waiting.values()) for gate in gates)
    worst = max(gates, key=lambda gate: list(HEALTH_COLOURS).index(gate.health) % 3)
    box = card.box
    y = box.bottom - FOOT
    said = f"{waiting:,} waiting" + (f" · {worst.oldest}" if waiting and len(gates) == 1 else "")
    if all(gate.health is Health.UNMEASURED for gate in gates):
        said = WORDING[Health.UNMEASURED]
    room = box.width - 2 * PAD - 12
    size = min(SMALL, max(SMALL * room / text_width(said, SMALL), 10))
    drawn = (
        path(f"M{box.x + PAD:.1f} {y:.1f}h{box.width - 2 * PAD:.1f}", stroke=WATER, stroke_width=1)
        + rectangle(box.x + PAD, y + 5, 7, 7, fill=HEALTH_COLOURS[worst.health], rx=3.5)
        + line_of_text(box.x + PAD + 12, y + 12, shorten_text(said, size, room), size=size, fill=INK)
    )
    names = " and ".join(card.gates)
    return linked(address_of_list(card.gates[0], **told.chosen), f"{said} at {names}", drawn, class_="stream-link")


def _marks(card: Card, told: Told) -> str:
    drawn = []
    for place, number in enumerate(reversed(card.step.notes)):
        note, state = told.notes[number], told.states[number]
        mark = draw_mark(number, note.kind, state, card.box.right - 10 - 24 * place, card.box.y - 4)
        title = f"{note.kind.capitalize()} {number}, {state}: {note.text}"
        drawn.append(linked(f"/stream/note/{number}", title, mark, class_="stream-link", data_note=str(number)))
    return "".join(drawn)


def _row(row: GateRow, told: Told, longest: int) -> str:
    """The gates of a stream in its channel."""
    base = row.box.y + 13
    beside = len(row.said) == 1 and row.box.width >= SLIM
    drawn = [line_of_text(0, base, row.title, size=13, bold=True)]
    for number, line in enumerate(row.said):
        x = text_width(row.title, 13, bold=True) + 10 if beside else 0
        y = base if beside else base + ROW_LINE * (number + 1)
        drawn.append(line_of_text(x, y, line, size=12, fill=QUIET))
    drawn += [_channel(row, bottom) for bottom in sorted({gate.box.bottom for gate in row.gates})]
    drawn += [draw_gate(told.gates[gate.gate], gate, max(longest, 1), told.chosen) for gate in row.gates]
    return "".join(drawn)


def _channel(row: GateRow, y: float) -> str:
    """The water that always runs under the gates, with marks of which way."""
    width = row.box.width
    marks = "".join(
        f"M{x:g} {y + 3:.1f}l3.5 3.5l-3.5 3.5"
        for start in range(60, int(width), 150)
        for x in range(start, start + 24, 8)
    )
    return (
        rectangle(0, y, width, BED_HEIGHT, fill=WATER)
        + rectangle(0, y + BED_HEIGHT, width, 2.5, fill=DEEP)
        + path(marks, stroke=DEEP, stroke_width=1.3)
    )


def _blank(blank: Blank) -> str:
    box = blank.box
    drawn = [
        rectangle(*(box.x, box.y, box.width, box.height), fill="#ffffff", stroke=QUIET, stroke_dasharray="4 4", rx=4),
        line_of_text(box.x + 12, box.y + 24, "Not measured", size=13, bold=True, fill=QUIET),
    ]
    y = box.y + 28
    for line in blank.reason:
        y += SMALL_LINE
        drawn.append(line_of_text(box.x + 12, y, line, size=SMALL, fill=QUIET))
    return f"<g{attributes(class_='stream-blank', data_stage=blank.stage)}>{''.join(drawn)}</g>"
