"""The goals of a service: its own file, or those that come with Headrace."""

from pathlib import Path

from headrace.model.error import ConfigurationError
from headrace.model.goal import Goals
from headrace.spec.goals import build_goals
from headrace.store.builtin import builtin_datasets
from headrace.store.streams import read_streams


def read_goals(path: Path | None = None) -> Goals:
    """The goals that a file states; None: those that come with Headrace.

    Raises:
        ConfigurationError: the file is missing or is not as expected.
    """
    name = "goals/goals.yaml" if path is None else str(path)
    file = builtin_datasets() / "goals" / "goals.yaml" if path is None else path
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(name, f"not UTF-8 (byte {error.start})", "a YAML file in UTF-8") from error
    except OSError as error:
        raise ConfigurationError(name, f"cannot be read ({error.strerror})", "a YAML file with goals") from error
    return build_goals(text, name, read_streams())
