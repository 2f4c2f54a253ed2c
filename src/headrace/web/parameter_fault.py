"""What is wrong with one parameter of a request, and what it might have been meant to be."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from fastapi.exceptions import RequestValidationError
from pydantic_core import PydanticCustomError

_RENAMED: Final = {
    "entries": "period",
    "lat": "latitude",
    "lon": "longitude",
    "lng": "longitude",
    "page": "offset",
    "per_page": "limit",
    "search": "q",
}
"""What people write → what they mean. `entries` was the existing platform's name of `period` until October 2023."""


_UNKNOWN: Final = "unknown_parameter"
_SHOWN: Final = 200
"""Characters of a value that are repeated to the one who sent it."""


@dataclass(frozen=True, slots=True)
class ParameterFault:
    """One thing wrong with one parameter.

    Attributes:
        parameter: its name.
        problem: what is wrong, and what was expected.
        got: what was given; None where nothing was.
        suggestion: what may have been meant.
    """

    parameter: str
    problem: str
    got: str | None = None
    suggestion: str | None = None

    @property
    def sentence(self) -> str:
        """The fault in a sentence."""
        got = "" if self.got is None else f", got {self.got!r}"
        meant = "" if self.suggestion is None else f"; did you mean {self.suggestion!r}?"
        return f"{self.parameter}: {self.problem}{got}{meant}"

    def say(self) -> dict[str, str]:
        """The fault as members of a JSON object; what is not known is left out."""
        said = {"parameter": self.parameter, "problem": self.problem}
        if self.got is not None:
            said["got"] = self.got
        if self.suggestion is not None:
            said["suggestion"] = self.suggestion
        return said


def unknown_value(parameter: str, got: str, kind: str, known: Iterable[str]) -> ParameterFault:
    """A value that is none of the known ones, with the nearest of them."""
    return ParameterFault(parameter, f"there is no such {kind}", got, find_nearest(got, known))


def find_nearest(text: str, known: Iterable[str]) -> str | None:
    """The known word that is most like a text, whatever its case, if one is."""
    lowered = {word.lower(): word for word in known}
    near = get_close_matches(text.lower(), lowered, n=1)
    return lowered[near[0]] if near else None


def refuse_unknown(given: Iterable[str], known: Collection[str]) -> None:
    """Refuse the first parameter that has no meaning, rather than answer something that was not asked.

    Raises:
        PydanticCustomError: of type `unknown_parameter`; to be raised while a request is validated.
    """
    for name in given:
        if name not in known:
            suggestion = _RENAMED.get(name, find_nearest(name, known))
            meant = suggestion if suggestion in known else None
            raise PydanticCustomError(_UNKNOWN, "there is no such parameter", {"parameter": name, "suggestion": meant})


def read_faults(error: RequestValidationError) -> tuple[ParameterFault, ...]:
    """The faults that validation of a request found."""
    return tuple(_read(found) for found in error.errors())


def _read(found: dict[str, Any]) -> ParameterFault:  # pydantic types its errors so
    if found["type"] == _UNKNOWN:
        return ParameterFault(found["ctx"]["parameter"], found["msg"], suggestion=found["ctx"]["suggestion"])
    names = [str(part) for part in found["loc"] if isinstance(part, str) and part not in ("query", "path")]
    parameter = names[-1] if names else "query"
    if found["type"] == "missing":
        return ParameterFault(parameter, "is required")
    problem = str(found["msg"]).removeprefix("Input ").removeprefix("Value error, ")
    got = found.get("input")
    return ParameterFault(parameter, problem, None if got is None else str(got)[:_SHOWN])
