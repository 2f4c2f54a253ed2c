"""Reading a YAML file as plain values, with the line of every mapping."""

from pathlib import Path

import yaml

from headrace.model.error import ConfigurationError
from headrace.spec.table import LINE


class _Lines(yaml.SafeLoader):
    """The safe loader, which reads no tags; keeps in every mapping, as `#line`, where in the file it begins."""


def _mapping_with_line(loader: _Lines, node: yaml.MappingNode) -> dict[object, object]:
    seen: set[object] = set()
    for key, _ in node.value:
        said = loader.construct_object(key)
        if said in seen:
            raise yaml.constructor.ConstructorError(None, None, f"the key {said!r} comes twice", key.start_mark)
        seen.add(said)
    return {LINE: node.start_mark.line + 1, **loader.construct_mapping(node, deep=True)}


_Lines.add_constructor("tag:yaml.org,2002:map", _mapping_with_line)


def read_yaml(path: Path, name: str) -> object:
    """What a YAML file says: mappings, lists, text, numbers; every mapping has its line as `#line`.

    `name` is the file as a person knows it, for messages.

    Raises:
        ConfigurationError: the file cannot be read, or is no YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _Lines)  # noqa: S506 - derived from the safe loader
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(name, f"it cannot be read ({error})", "a YAML file in UTF-8") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = name if mark is None else f"{name}:{mark.line + 1}"
        raise ConfigurationError(where, f"it is no YAML: {error.problem}", "a YAML file in UTF-8") from error
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        raise ConfigurationError(name, f"it is no YAML: {error}", "a YAML file in UTF-8") from error
