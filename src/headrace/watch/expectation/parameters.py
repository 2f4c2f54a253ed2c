"""The parameters of an expectation, as they were configured."""

from collections.abc import Mapping
from dataclasses import dataclass


class UnjudgeableError(Exception):
    """An expectation cannot be judged; the text says why, and becomes the message of its judgement."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """Parameters by name, from JSON.

    Attributes:
        given: the values. One that is missing or of the wrong kind raises `UnjudgeableError` where it is read.
    """

    given: Mapping[str, object]

    def text(self, name: str, default: str | None = None) -> str:
        """A text."""
        value = self.given.get(name, default)
        if isinstance(value, str) and value:
            return value
        raise UnjudgeableError(f"the parameter {name!r} is {value!r}; expected a text")

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number, which may be written as text."""
        value = self.given.get(name, default)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and value.strip().isdecimal():
            return int(value)
        raise UnjudgeableError(f"the parameter {name!r} is {value!r}; expected a whole number")

    def texts(self, name: str) -> list[str]:
        """Several texts: a list, or one text with commas."""
        value = self.given.get(name)
        if isinstance(value, str):
            value = value.split(",")
        texts = [str(each).strip() for each in value] if isinstance(value, list) else []
        if not texts:
            raise UnjudgeableError(f"the parameter {name!r} is {value!r}; expected a list of texts")
        return texts

    def values(self, name: str) -> list[str]:
        """A list of texts of which one may be blank."""
        value = self.given.get(name)
        if not isinstance(value, list) or not value:
            raise UnjudgeableError(f"the parameter {name!r} is {value!r}; expected a list of values")
        return [str(each).strip() for each in value]

    def has(self, name: str) -> bool:
        """Whether it was given, and is not null."""
        return self.given.get(name) is not None
