"""The goals of a service: its own file, or those that come with Headrace."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import polars as pl

from headrace.flow.reference import NUMBERS
from headrace.flow.stream import measure, passages
from headrace.model.error import ConfigurationError
from headrace.model.event import EVENT_SCHEMA
from headrace.model.goal import REPORT, Goals, Unit
from headrace.report.quality.registry import REPORTS
from headrace.spec.goals import build_goals
from headrace.spec.measure_unit import unit_of
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
def measurable() -> Mapping[str, Mapping[str, Unit]]:
    """Stage, stream or report → the numbers that there are of it, whatever has been recorded, with what each counts."""
    nothing = passages(pl.DataFrame(schema=EVENT_SCHEMA))
    of = measure(nothing, datetime(2000, 1, 1, tzinfo=UTC), read_streams())
    found: dict[str, Mapping[str, Unit]] = {}
    for frame, key in ((of.streams, "stream"), (of.stages, "stage")):
        numbers = [name for name, kind in frame.schema.items() if kind in NUMBERS]
        units = {name: unit for name in numbers if (unit := unit_of(name))}
        found |= dict.fromkeys(frame[key].to_list(), units)
    for report in REPORTS:
        found[f"{REPORT}{report.name}"] = {
            each.name: Unit.SHARE if each.is_share else Unit.COUNT for each in report.measures
        }
    return found
