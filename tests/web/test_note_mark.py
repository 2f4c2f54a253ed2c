from xml.etree import ElementTree as ET

import pytest

from headrace.flow.note_state import NoteState
from headrace.model.service_map import NoteKind
from headrace.web.note_mark import COLOURS, SOLVED, UNMEASURED, draw_mark


def looks(state: NoteState, kind: NoteKind = NoteKind.PAIN) -> tuple[str, str, str | None, int]:
    """Ground, edge and dashes of the shape, and how many paths there are."""
    paths = ET.fromstring(f"<g>{draw_mark(7, kind, state, 0, 0)}</g>").findall("path")
    return (paths[0].attrib["fill"], paths[0].attrib["stroke"], paths[0].get("stroke-dasharray"), len(paths))


def test_every_state_looks_different() -> None:
    """Full, half full, ticked, and with a broken edge."""
    red = COLOURS[NoteKind.PAIN]
    assert [
        (red, red, None, 1),
        ("#ffffff", red, None, 2),
        ("#ffffff", SOLVED, None, 2),
        ("#ffffff", UNMEASURED, "2.5 2", 1),
    ] == [looks(state) for state in (NoteState.OPEN, NoteState.IMPROVED, NoteState.SOLVED, NoteState.UNMEASURED)]


@pytest.mark.parametrize("state", list(NoteState))
def test_the_kinds_differ_in_shape(state: NoteState) -> None:
    """For those who cannot see colours: one is round, the other has corners."""
    shapes = [
        ET.fromstring(f"<g>{draw_mark(7, kind, state, 0, 0)}</g>").findall("path")[0].attrib["d"] for kind in NoteKind
    ]
    assert [True, False] == ["a10" in shape for shape in shapes]
