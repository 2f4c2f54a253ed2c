"""The mark of a pain point or an opportunity: its number, its kind as shape, its state as look."""

from typing import Final

from headrace.flow.note_state import NoteState
from headrace.model.service_map import Note, NoteKind
from headrace.web.drawing import line_of_text, path, picture_in_text

RADIUS: Final = 10.0
CORNER: Final = 12.5
"""From the middle to the edge of a disc, and to a corner of a square."""

COLOURS: Final = {NoteKind.PAIN: "#b3261e", NoteKind.OPPORTUNITY: "#146a70"}
"""Each has a contrast of at least 4.5 to 1 with white."""

SOLVED: Final = "#00703c"
UNMEASURED: Final = "#4a5759"


def draw_mark(number: int, kind: NoteKind, state: NoteState, x: float, y: float) -> str:
    """The mark around a point: a disc for a pain, a square that stands on its corner for an opportunity.

    Full while it is open, half full when it has improved, empty with a tick when it is solved; its edge is broken where
    nothing is measured.
    """
    colour = {NoteState.SOLVED: SOLVED, NoteState.UNMEASURED: UNMEASURED}.get(state, COLOURS[kind])
    ground = colour if state is NoteState.OPEN else "#ffffff"
    ink = "#ffffff" if state is NoteState.OPEN else colour
    dashes = "2.5 2" if state is NoteState.UNMEASURED else None
    drawn = [path(_shape(kind, x, y), fill=ground, stroke=colour, stroke_width=1.8, stroke_dasharray=dashes)]
    if state is NoteState.IMPROVED:
        drawn.append(path(_lower_half(kind, x, y), fill=colour, fill_opacity=0.28))
    drawn.append(line_of_text(x, y + 4, str(number), size=11, bold=True, fill=ink, anchor="middle"))
    if state is NoteState.SOLVED:
        drawn.append(path(f"M{x + 4:g} {y - 8:g}l3 3l5 -6", stroke=SOLVED, stroke_width=2.4))
    return "".join(drawn)


def draw_mark_alone(note: Note, state: NoteState) -> str:
    """The mark as a little drawing within text that says the same."""
    return picture_in_text(draw_mark(note.number, note.kind, state, 14, 14), 28, 28, "stream-mark")


def _shape(kind: NoteKind, x: float, y: float) -> str:
    if kind is NoteKind.PAIN:
        half_turn = f"a{RADIUS:g} {RADIUS:g} 0 1 1"
        return f"M{x - RADIUS:.1f} {y:.1f}{half_turn} {2 * RADIUS:g} 0{half_turn} {-2 * RADIUS:g} 0z"
    return f"M{x:.1f} {y - CORNER:.1f}l{CORNER:g} {CORNER:g}l{-CORNER:g} {CORNER:g}l{-CORNER:g} {-CORNER:g}z"


def _lower_half(kind: NoteKind, x: float, y: float) -> str:
    if kind is NoteKind.PAIN:
        return f"M{x - RADIUS:.1f} {y:.1f}a{RADIUS:g} {RADIUS:g} 0 0 0 {2 * RADIUS:g} 0z"
    return f"M{x - CORNER:.1f} {y:.1f}l{CORNER:g} {CORNER:g}l{CORNER:g} {-CORNER:g}z"
