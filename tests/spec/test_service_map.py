import pytest
import yaml

from headrace.model.error import ConfigurationError
from headrace.model.service_map import NoteKind
from headrace.spec.service_map import build_service_map


def document() -> dict[str, object]:
    """The least that says everything."""
    return {
        "title": "A map",
        "lanes": [{"id": "evidence", "name": "Evidence"}, {"id": "people", "name": "People", "meaning": "Who acts."}],
        "services": [{"id": "s", "name": "S", "stages": [{"id": "one", "name": "One"}, {"id": "two", "name": "Two"}]}],
        "steps": [
            {"id": "a", "stage": "one", "lane": "people", "text": "Ask", "next": ["b"], "notes": [1]},
            {"id": "b", "stage": "two", "lane": "people", "text": "Answer", "linked": ["a", "backstage: ?? (unknown)"]},
        ],
        "notes": [{"number": 1, "kind": "pain", "stage": "one", "steps": ["a"], "text": "It takes long."}],
        "timings": [{"id": "t", "steps": ["a"], "stated": "1 to 5 h", "kind": "work", "low_hours": 1, "high_hours": 5}],
        "gaps": ["Nobody knows."],
    }


def build(said: object) -> object:
    return build_service_map(yaml.safe_dump(said, sort_keys=False), "map.yaml")


def test_a_map_is_read_whole() -> None:
    service_map = build_service_map(yaml.safe_dump(document()), "map.yaml")

    assert ["people"] == [lane.lane for lane in service_map.lanes]
    assert ["one", "two"] == list(service_map.stages)
    assert (("b",), (1,)) == (service_map.step_by_id["a"].next, service_map.step_by_id["a"].notes)
    assert (("a",), ("backstage: ?? (unknown)",)) == (
        service_map.step_by_id["b"].linked,
        service_map.step_by_id["b"].unknown,
    )
    assert (NoteKind.PAIN, "s") == (service_map.note_by_number[1].kind, service_map.note_by_number[1].service)
    assert 5.0 == service_map.timings[0].hours


@pytest.mark.parametrize(
    ("part", "place", "key", "value", "said"),
    [
        ("steps", 0, "stage", "three", "stage is 'three'; expected one of one, two"),
        ("steps", 0, "lane", "evidence", "lane is 'evidence'; expected one of people"),
        ("steps", 0, "next", ["z"], "next names 'z'; expected something that is on the map"),
        ("steps", 0, "notes", [9], "notes names 9"),
        ("steps", 0, "notes", ["x"], "notes has 'x'; expected a list of whole numbers"),
        ("lanes", 1, "id", "evidence", "'evidence' comes twice"),
        ("steps", 0, "text", None, "text is missing or blank"),
        ("steps", 0, "automatic", "often", "automatic is 'often'; expected true or false"),
        ("notes", 0, "kind", "joy", "kind is 'joy'; expected one of pain, opportunity"),
        ("notes", 0, "number", "one", "number is 'one'; expected a whole number"),
        ("notes", 0, "service", "z", "service is 'z'; expected 's', the service of the stage 'one'"),
        ("timings", 0, "steps", ["z"], "steps names 'z'"),
        ("timings", 0, "high_hours", "long", "high_hours is 'long'; expected a number"),
        ("services", 0, "stages", [], "it has no stages"),
    ],
)
def test_a_fault_is_told_with_its_address(part: str, place: int, key: str, value: object, said: str) -> None:
    changed = document()
    changed[part][place][key] = value  # type: ignore[index]
    with pytest.raises(ConfigurationError) as told:
        build(changed)

    assert said in str(told.value)
    assert f"({part}[{place}]" in str(told.value)
    assert str(told.value).startswith("map.yaml:")


def test_a_stage_belongs_to_one_service() -> None:
    changed = document()
    changed["services"] = [*changed["services"], {"id": "t", "name": "T", "stages": [{"id": "one", "name": "One"}]}]  # type: ignore[misc]
    with pytest.raises(ConfigurationError, match="a stage comes twice"):
        build(changed)
