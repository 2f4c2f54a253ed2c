import pytest

from headrace.model.map_measures import NoteMeasure
from headrace.report.measure_name import NAMES, name_measure
from headrace.store.service_map import read_service_map
from headrace.store.streams import read_streams


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("check.wait_p85_s", "Check: 85 in 100 wait no longer than"),
        ("data.lead_p50_s", "Data: half take no longer than"),
        ("elsewhere.mean_waiting", "elsewhere: mean waiting"),
    ],
)
def test_a_measure_is_named_by_its_place_and_what_it_tells(reference: str, name: str) -> None:
    assert name == name_measure(reference, read_streams())


def test_every_measure_of_the_built_in_notes_has_words() -> None:
    bound = [each for each in read_service_map().measures.notes.values() if isinstance(each, NoteMeasure)]
    assert {each.reference.rpartition(".")[2] for each in bound} <= set(NAMES)
