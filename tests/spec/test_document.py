import pytest

from headrace.model.error import ConfigurationError
from headrace.spec.document import read_section


def test_every_mapping_knows_its_line() -> None:
    second = list(read_section("things:\n- id: a\n- id: b\n", "f.yaml").sections("things"))[1]

    assert "f.yaml:3 (things[1])" == second.where()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a\n", "f.yaml:1: there is list; expected a mapping"),
        ("a: 1\na: 2\n", "f.yaml:2: the key 'a' comes twice"),
        ("[a]: 1\n", "f.yaml:1: the key ['a'] comes twice or is no text"),
        ("&a a: *b\n", "f.yaml:1: not YAML"),
        ("a: &x [*x]\n", "f.yaml: not YAML"),
        ("a: 2023-02-31\n", "f.yaml: not YAML"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_address(text: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as told:
        read_section(text, "f.yaml")

    assert said in str(told.value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "[]"),
        ("text", "true"),
        ("whole", "1.5"),
        ("whole", "true"),
        ("optional_number", "x"),
        ("flag", "maybe"),
    ],
)
def test_a_value_of_another_kind_is_refused(kind: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=r"f\.yaml:1: a is"):
        getattr(read_section(f"a: {value}\n", "f.yaml"), kind)("a")


@pytest.mark.parametrize(("kind", "value"), [("texts", "[{}]"), ("texts", "{}"), ("items", "x"), ("texts", "[true]")])
def test_a_list_of_something_else_is_refused(kind: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=r"f\.yaml:1: a "):
        getattr(read_section(f"a: {value}\n", "f.yaml"), kind)("a")
