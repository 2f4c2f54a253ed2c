"""What a plug-in needs to know of an endpoint, from the JSON of its `parameters`."""

from typing import Any

import orjson

from headrace.collect.answer import Unanswered
from headrace.model.endpoint import Endpoint


def read_whole_number(endpoint: Endpoint, name: str) -> int | None:
    """A parameter that is a whole number; None where it is not given.

    Raises:
        Unanswered: the parameters are no JSON object, or this one is no whole number.
    """
    value = _read(endpoint, name, "whole number")
    try:
        return None if value is None else int(value)
    except (ValueError, TypeError) as error:
        raise _unreadable(endpoint, name, "whole number") from error


def read_text(endpoint: Endpoint, name: str) -> str | None:
    """A parameter that is text; None where it is not given. A number is taken as it is written.

    Raises:
        Unanswered: the parameters are no JSON object, or this one is neither.
    """
    value = _read(endpoint, name, "text")
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise _unreadable(endpoint, name, "text")


def _read(endpoint: Endpoint, name: str, kind: str) -> Any:  # JSON: a value of any kind
    if endpoint.parameters is None:
        return None
    try:
        return orjson.loads(endpoint.parameters).get(name)
    except (ValueError, AttributeError) as error:
        raise _unreadable(endpoint, name, kind) from error


def _unreadable(endpoint: Endpoint, name: str, kind: str) -> Unanswered:
    return Unanswered(f"parameters {endpoint.parameters!r} are not a JSON object with a {kind} `{name}`")
