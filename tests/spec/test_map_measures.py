from datetime import timedelta

import pytest
import yaml

from headrace.model.error import ConfigurationError
from headrace.model.goal import Unit
from headrace.model.map_measures import NoteMeasure, NotMeasured
from headrace.spec.map_measures import build_map_measures
from headrace.spec.service_map import build_service_map
from headrace.store.streams import read_streams

MAP = build_service_map(
    """
title: A map
lanes: [{id: people, name: People}]
services: [{id: s, name: S, stages: [{id: one, name: One}]}]
steps: [{id: a, stage: one, lane: people, text: Ask, notes: [1]}]
notes: [{number: 1, kind: pain, stage: one, steps: [a], text: It takes long.}]
""",
    "map.yaml",
)


def build(**said: object) -> object:
    return build_map_measures(yaml.safe_dump({"for": "A map", **said}), "measures.yaml", MAP, read_streams())


def test_measures_are_bound_in_seconds_and_shares() -> None:
    note = {"measure": "check.wait_p85_s", "baseline": "168 hours", "improved": "3 days", "solved": "30 minutes"}
    measures = build_map_measures(
        yaml.safe_dump({"for": "A map", "stages": {"one": {"measured": ["collect"]}}, "notes": {1: note}}),
        "measures.yaml",
        MAP,
        read_streams(),
    )

    assert {"one": ("collect",)} == measures.stages
    assert {
        1: NoteMeasure(
            "check.wait_p85_s",
            Unit.SECONDS,
            timedelta(days=7).total_seconds(),
            None,
            timedelta(days=3).total_seconds(),
            1800.0,
            more_is_better=False,
        )
    } == measures.notes


def test_what_is_not_measured_says_why() -> None:
    measures = build_map_measures("for: A map\nstages: {one: {because: nobody looks}}\n", "m.yaml", MAP, read_streams())

    assert {"one": NotMeasured("nobody looks")} == measures.stages


@pytest.mark.parametrize(
    ("part", "key", "value", "said"),
    [
        ("stages", "two", {"measured": ["collect"]}, "'two' is not on the map"),
        ("steps", "z", {"measured": ["collect"]}, "'z' is not on the map"),
        ("notes", 2, {"because": "x"}, "2 is not on the map"),
        ("stages", "one", {"measured": ["wait"]}, "measured names 'wait'"),
        ("stages", "one", {}, "both or neither of measured and because"),
        ("stages", "one", {"measured": ["collect"], "because": "x"}, "both or neither"),
        ("stages", "one", "collect", "stages.one is 'collect'; expected a mapping"),
        ("notes", 1, {"measure": "nowhere.waiting", "improved": 1, "solved": 0}, "measure is 'nowhere.waiting'"),
        ("notes", 1, {"measure": "collect.weight", "improved": 1, "solved": 0}, "measure is 'collect.weight'"),
        ("notes", 1, {"measure": "collect.waiting", "solved": 0}, "improved is missing"),
        ("notes", 1, {"measure": "collect.wait_p85_s", "improved": "soon", "solved": 0}, "improved is 'soon'"),
        ("notes", 1, {"measure": "collect.waiting", "improved": "3 days", "solved": 0}, "a number alone"),
    ],
)
def test_a_fault_is_told_with_its_address(part: str, key: object, value: object, said: str) -> None:
    with pytest.raises(ConfigurationError) as told:
        build(**{part: {key: value}})

    assert said in str(told.value)
    assert str(told.value).startswith("measures.yaml:")
