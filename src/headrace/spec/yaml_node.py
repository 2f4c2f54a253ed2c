"""A part of a YAML document that knows on which line it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from headrace.model.error import ConfigurationError


@dataclass(frozen=True, slots=True, eq=False)
class YamlNode:
    """A mapping, a list or a text of a document.

    Attributes:
        name: the file, as a person knows it.
        node: what PyYAML made of this part.
    """

    name: str
    node: yaml.Node

    @property
    def where(self) -> str:
        """Its address, `file:line`."""
        return f"{self.name}:{self.node.start_mark.line + 1}"

    def fault(self, problem: str, expected: str) -> ConfigurationError:
        """The error that says what is wrong here."""
        return ConfigurationError(self.where, problem, expected)

    def mapping(self, required: Sequence[str], optional: Sequence[str] = ()) -> Mapping[str, "YamlNode"]:
        """The parts of a mapping that has these keys and no others.

        Raises:
            ConfigurationError: it is no mapping, or a key is missing, unknown or there twice.
        """
        keys = ", ".join((*required, *optional))
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fault(f"there is {self._said()}", f"a mapping with the keys {keys}")
        parts: dict[str, YamlNode] = {}
        for key, value in self.node.value:
            at = YamlNode(self.name, key)
            if at.text() in parts:
                raise at.fault(f"the key {at.text()!r} comes twice", "each key once")
            if at.text() not in (*required, *optional):
                raise at.fault(f"the key {at.text()!r} is not known here", f"one of {keys}")
            parts[at.text()] = YamlNode(self.name, value)
        missing = [key for key in required if key not in parts]
        if missing:
            raise self.fault(f"the key {missing[0]!r} is missing", f"the keys {', '.join(required)}")
        return parts

    def items(self) -> Sequence["YamlNode"]:
        """The parts of a list that is not empty.

        Raises:
            ConfigurationError: it is no list, or an empty one.
        """
        if not isinstance(self.node, yaml.SequenceNode) or not self.node.value:
            raise self.fault(f"there is {self._said()}", "a list that is not empty")
        return [YamlNode(self.name, value) for value in self.node.value]

    def text(self) -> str:
        """What is written here.

        Raises:
            ConfigurationError: it is a mapping or a list, or blank.
        """
        if not isinstance(self.node, yaml.ScalarNode) or not self.node.value.strip():
            raise self.fault(f"there is {self._said()}", "a text")
        return str(self.node.value).strip()

    def _said(self) -> str:
        if isinstance(self.node, yaml.ScalarNode):
            return repr(self.node.value) if self.node.value else "nothing"
        kind = "mapping" if isinstance(self.node, yaml.MappingNode) else "list"
        return f"a {kind}" if self.node.value else f"an empty {kind}"


def read_yaml(text: str, name: str) -> YamlNode:
    """The whole of a document.

    Raises:
        ConfigurationError: it is empty or not YAML.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ConfigurationError(f"{name}{line}", f"not YAML ({error.problem})", "a YAML document") from error
    except yaml.YAMLError as error:
        raise ConfigurationError(name, f"not YAML ({error})", "a YAML document") from error
    if node is None:
        raise ConfigurationError(name, "the file is empty", "a YAML document")
    return YamlNode(name, node)
