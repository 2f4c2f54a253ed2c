"""A mapping of a configuration document, read part by part, with the address of every fault."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

import yaml

from headrace.model.error import ConfigurationError
from headrace.spec.table import LINE
from headrace.spec.yaml_node import YamlNode, read_yaml


@dataclass(frozen=True, slots=True)
class Section:
    """One mapping of a document.

    Attributes:
        name: the file, as a person knows it.
        values: what is said, by key; `#line` is where.
        what: what the mapping describes, for messages, for example `steps[3]`.
    """

    name: str
    values: Mapping[object, object]
    what: str

    def where(self) -> str:
        """The address: file, line, and which part it is."""
        line = self.values.get(LINE)
        return (self.name if line is None else f"{self.name}:{line}") + (f" ({self.what})" if self.what else "")

    def refuse(self, problem: str, expected: str) -> NoReturn:
        """Say that something here cannot be used.

        Raises:
            ConfigurationError: always.
        """
        raise ConfigurationError(self.where(), problem, expected)

    def text(self, key: str) -> str:
        """A text that has to be there."""
        said = self.optional_text(key)
        if said is None:
            self.refuse(f"{key} is missing or blank", "a text")
        return said

    def optional_text(self, key: str) -> str | None:
        """A text that may be left out; a number is taken as it is written."""
        said = self.values.get(key)
        if said is None:
            return None
        if isinstance(said, bool) or not isinstance(said, str | int | float):
            self.refuse(f"{key} is {said!r}", "a text")
        return str(said).strip() or None

    def whole(self, key: str) -> int:
        """A whole number that has to be there."""
        said = self.values.get(key)
        if isinstance(said, bool) or not isinstance(said, int):
            self.refuse(f"{key} is {said!r}", "a whole number")
        return said

    def optional_number(self, key: str) -> float | None:
        """A number that may be left out."""
        said = self.values.get(key)
        if said is None:
            return None
        if isinstance(said, bool) or not isinstance(said, int | float):
            self.refuse(f"{key} is {said!r}", "a number")
        return float(said)

    def flag(self, key: str) -> bool:
        """A yes or no; no where it is left out."""
        said = self.values.get(key, False)
        if not isinstance(said, bool):
            self.refuse(f"{key} is {said!r}", "true or false")
        return said

    def items(self, key: str) -> tuple[object, ...]:
        """A list; empty where it is left out."""
        said = self.values.get(key)
        if said is None:
            return ()
        if not isinstance(said, list):
            self.refuse(f"{key} is {said!r}", "a list")
        return tuple(said)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where it is left out."""
        said = self.items(key)
        for item in said:
            if isinstance(item, bool) or not isinstance(item, str | int | float):
                self.refuse(f"{key} has {item!r}", "a list of texts")
        return tuple(str(item) for item in said)

    def sections(self, key: str) -> Iterator["Section"]:
        """A list of mappings; empty where it is left out."""
        for number, said in enumerate(self.items(key)):
            if not isinstance(said, dict):
                self.refuse(f"{key}[{number}] is {said!r}", "a mapping")
            yield Section(self.name, said, f"{key}[{number}]")

    def named_sections(self, key: str) -> Iterator[tuple[object, "Section"]]:
        """The mappings of a mapping, by their key; none where it is left out."""
        said = self.values.get(key)
        if said is None:
            return
        if not isinstance(said, dict):
            self.refuse(f"{key} is {said!r}", "a mapping")
        for inner, part in said.items():
            if inner == LINE:
                continue
            if not isinstance(part, dict):
                self.refuse(f"{key}.{inner} is {part!r}", "a mapping")
            yield inner, Section(self.name, part, f"{key}.{inner}")


def read_section(text: str, name: str) -> Section:
    """A YAML document as a whole; `name` is the file, as a person knows it.

    Raises:
        ConfigurationError: it is not YAML, or no mapping.
    """
    node = read_yaml(text, name)
    try:
        values = _plain(node)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ConfigurationError(name, f"not YAML ({error})", "a YAML document") from error
    if not isinstance(values, dict):
        raise node.fault(f"there is {type(values).__name__}", "a mapping")
    return Section(name, values, "")


def _plain(part: YamlNode) -> object:
    """The values of a part: text, numbers, lists, and mappings with their line."""
    node = part.node
    if isinstance(node, yaml.SequenceNode):
        return [_plain(YamlNode(part.name, value)) for value in node.value]
    if isinstance(node, yaml.MappingNode):
        values: dict[object, object] = {LINE: node.start_mark.line + 1}
        for key, value in node.value:
            said = _plain(YamlNode(part.name, key))
            if isinstance(said, list | dict) or said in values:
                raise YamlNode(part.name, key).fault(f"the key {said!r} comes twice or is no text", "each key once")
            values[said] = _plain(YamlNode(part.name, value))
        return values
    return yaml.constructor.SafeConstructor().construct_object(node)
