"""What comes of reading a text: a value, and the problems met."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong, or put right, in one value.

    Attributes:
        type: the issue type, as the specification names it, for example `invalid date`.
        value: what is logged as the value of the issue; None for nothing.
        message: a sentence for the publisher; `{field}` stands for the name of the field; None for nothing.
    """

    type: str
    value: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value in its published form; None when the text holds none."""

    value: str | None
    problems: tuple[Problem, ...] = ()
