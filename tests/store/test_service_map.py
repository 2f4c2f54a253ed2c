from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from headrace.flow.reference import find_measure
from headrace.flow.stream import measure, passages
from headrace.model.error import ConfigurationError
from headrace.model.event import EVENT_SCHEMA
from headrace.model.map_measures import NoteMeasure
from headrace.model.service_map import NoteKind
from headrace.store.service_map import MeasuredMap, read_service_map
from headrace.store.streams import read_streams


@pytest.fixture(scope="module")
def real(shared: Path) -> MeasuredMap:
    """The service map of 30 June 2023, which is not part of Headrace."""
    return read_service_map(shared / "service-map" / "service-map.yaml")


def test_the_real_map_is_read_whole(real: MeasuredMap) -> None:
    shown = real.service_map

    assert (4, 16, 70, 39) == (len(shown.services), len(shown.stages), len(shown.steps), len(shown.notes))
    assert (29, 10) == tuple(sum(note.kind is kind for note in shown.notes) for kind in NoteKind)


def test_the_built_in_map_has_the_stages_of_the_real_one_and_none_of_its_sentences(real: MeasuredMap) -> None:
    own = read_service_map().service_map

    assert [service.service for service in real.service_map.services] == [each.service for each in own.services]
    assert list(real.service_map.stages) == list(own.stages)
    for of in ("steps", "notes"):
        assert {part.text for part in getattr(own, of)}.isdisjoint(part.text for part in getattr(real.service_map, of))


def _complete(shown: MeasuredMap) -> None:
    assert set(shown.measures.stages) == set(shown.service_map.stages)
    assert set(shown.measures.notes) == set(shown.service_map.note_by_number)
    empty = measure(passages(pl.DataFrame(schema=EVENT_SCHEMA)), datetime(2026, 1, 1, tzinfo=UTC), read_streams())
    for bound in shown.measures.notes.values():
        if isinstance(bound, NoteMeasure):
            find_measure(empty.stages, empty.streams, bound.reference)
            better = bound.solved >= bound.improved if bound.more_is_better else bound.solved <= bound.improved
            assert better, bound


def test_every_part_of_the_built_in_map_is_measured_or_says_why_not() -> None:
    """Each measure is one that the stream has, and being solved is more than being improved."""
    _complete(read_service_map())


def test_every_part_of_the_real_map_is_measured_or_says_why_not(real: MeasuredMap) -> None:
    """Each measure is one that the stream has, and being solved is more than being improved."""
    _complete(real)


def test_steps_and_notes_of_the_built_in_map_name_one_another() -> None:
    own = read_service_map().service_map

    at_steps = {(step.step, number) for step in own.steps for number in step.notes}
    at_notes = {(step, note.number) for note in own.notes for step in note.steps}
    assert at_steps == at_notes


def test_measures_beside_a_map_are_taken_before_the_built_in_ones(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(
        "title: Mine\nlanes: [{id: p, name: P}]\nservices: [{id: s, name: S, stages: [{id: one, name: One}]}]\n"
    )
    assert {} == read_service_map(tmp_path / "map.yaml").measures.stages

    (tmp_path / "measures.yaml").write_text("for: Mine\nstages: {one: {measured: [collect]}}\n")
    assert {"one": ("collect",)} == read_service_map(tmp_path / "map.yaml").measures.stages


@pytest.mark.parametrize(("body", "said"), [(None, "cannot be read"), (b"\xff\xfe\x00", "not UTF-8")])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, body: bytes | None, said: str) -> None:
    if body is not None:
        (tmp_path / "map.yaml").write_bytes(body)
    with pytest.raises(ConfigurationError, match=said):
        read_service_map(tmp_path / "map.yaml")
