"""The goals of a service: its own file, or those that come with Headrace."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import polars as pl

from headrace.flow.reference import NUMBERS
from headrace.flow.stream import measure, passages
from headrace.model.error import ConfigurationError
from headrace.model.event import EVENT_SCHEMA
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
    return build_goals(text, name, read_streams().by_name, measurable())


@cache
def measurable() -> Mapping[str, Collection[str]]:
    """Stage or stream → names of the numbers that are measured of it, whatever has been recorded."""
    nothing = passages(pl.DataFrame(schema=EVENT_SCHEMA))
    of = measure(nothing, datetime(2000, 1, 1, tzinfo=UTC), read_streams())
    numbers = [
        (frame[key].to_list(), [name for name, kind in frame.schema.items() if kind in NUMBERS])
        for frame, key in ((of.streams, "stream"), (of.stages, "stage"))
    ]
    return {place: columns for places, columns in numbers for place in places}
