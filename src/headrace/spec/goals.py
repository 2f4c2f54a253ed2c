"""Reading goals: objectives, key results bound to measures, and teams."""

import math
import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from headrace.model.goal import Aim, Goals, KeyResult, Objective, Team, Unit
from headrace.spec.yaml_node import YamlNode, read_yaml

HOUR_S: Final = 3600.0

UNITS: Final[Mapping[Unit, Mapping[str, float]]] = {
    Unit.SECONDS: {"hour": HOUR_S, "hours": HOUR_S, "day": 24 * HOUR_S, "days": 24 * HOUR_S}
    | {"week": 7 * 24 * HOUR_S, "weeks": 7 * 24 * HOUR_S, "minute": HOUR_S / 60, "minutes": HOUR_S / 60},
    Unit.PER_WEEK: {"per week": 1.0},
    Unit.SHARE: {"%": 0.01},
    Unit.COUNT: {"": 1.0},
    Unit.RATIO: {"": 1.0},
}
"""For what a measure counts: how its values are written, and how much each is."""

_TARGET: Final = re.compile(r"(at most|at least)\s+(.+)")
_QUANTITY: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(.*)")
_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def build_goals(text: str, name: str, streams: Collection[str], measures: Mapping[str, Mapping[str, Unit]]) -> Goals:
    """The goals that a YAML document states.

    Args:
        text: the document, as `datasets/goals/goals.yaml` explains it.
        name: the file, as a person knows it.
        streams: names of the streams that teams can work on.
        measures: stage, stream or `report/` and the name of a report → its numbers, with what each counts.

    Raises:
        ConfigurationError: it is not as expected; the error names the line.
    """
    parts = read_yaml(text, name).mapping(("goal", "objectives", "service-team", "teams", "disciplines"))
    teams: dict[str, Team] = {}
    for each in parts["teams"].items():
        team = _team(each, teams, streams)
        teams[team.name] = team
    objectives: dict[str, Objective] = {}
    results: set[str] = set()
    for each in parts["objectives"].items():
        objective = _objective(each, objectives, results, teams, measures)
        objectives[objective.name] = objective
    service = parts["service-team"].mapping(("title", "purpose"))
    return Goals(
        goal=parts["goal"].text(),
        objectives=tuple(objectives.values()),
        service_team=service["title"].text(),
        service_purpose=service["purpose"].text(),
        teams=tuple(teams.values()),
        disciplines=tuple(each.text() for each in parts["disciplines"].items()),
    )


def _team(node: YamlNode, others: Collection[str], streams: Collection[str]) -> Team:
    parts = node.mapping(("name", "title", "purpose", "management", "streams"))
    return Team(
        name=_name(parts["name"], others),
        title=parts["title"].text(),
        purpose=parts["purpose"].text(),
        management=parts["management"].text(),
        streams=tuple(_one_of(each, streams) for each in parts["streams"].items()),
    )


def _objective(
    node: YamlNode,
    others: Collection[str],
    results: set[str],
    teams: Collection[str],
    measures: Mapping[str, Mapping[str, Unit]],
) -> Objective:
    """One objective; the names of its key results are added to `results`, the names taken so far."""
    parts = node.mapping(("name", "title", "why", "teams", "key-results"))
    key_results = []
    for each in parts["key-results"].items():
        key_results.append(_key_result(each, results, measures))
        results.add(key_results[-1].name)
    return Objective(
        name=_name(parts["name"], others),
        title=parts["title"].text(),
        why=parts["why"].text(),
        teams=tuple(_one_of(each, teams) for each in parts["teams"].items()),
        key_results=tuple(key_results),
    )


def _key_result(node: YamlNode, others: Collection[str], measures: Mapping[str, Mapping[str, Unit]]) -> KeyResult:
    parts = node.mapping(("name", "title", "measure", "target", "by"), ("baseline",))
    measure = parts["measure"].text()
    unit = _unit(parts["measure"], measures)
    aim = _TARGET.fullmatch(parts["target"].text())
    if aim is None:
        raise parts["target"].fault(
            f"target is {parts['target'].text()!r}", f"'at most' or 'at least' and {_written(unit)}"
        )
    return KeyResult(
        name=_name(parts["name"], others),
        title=parts["title"].text(),
        measure=measure,
        unit=unit,
        aim=Aim(aim[1]),
        target=_quantity(parts["target"], aim[2], unit),
        baseline=_baseline(parts["baseline"], unit) if "baseline" in parts else None,
        by=_day(parts["by"]),
    )


def _unit(node: YamlNode, measures: Mapping[str, Mapping[str, Unit]]) -> Unit:
    place, _, column = node.text().partition(".")
    if place not in measures:
        raise node.fault(f"there is no stage, stream or report {place!r}", f"one of {', '.join(measures)}")
    unit = measures[place].get(column)
    if unit is None:
        known = ", ".join(f"{place}.{each}" for each in measures[place])
        raise node.fault(f"measure is {node.text()!r}", f"one of {known}")
    return unit


def _baseline(node: YamlNode, unit: Unit) -> float | date:
    try:
        return date.fromisoformat(node.text())
    except ValueError:
        return _quantity(node, node.text(), unit)


def _quantity(node: YamlNode, text: str, unit: Unit) -> float:
    parts = _QUANTITY.fullmatch(text)
    factor = UNITS[unit].get(parts[2]) if parts else None
    if parts is None or factor is None or not math.isfinite(float(parts[1])):
        raise node.fault(f"there is {text!r}", _written(unit))
    return float(parts[1]) * factor


def _written(unit: Unit) -> str:
    words = [word for word in UNITS[unit] if word]
    return f"a number and one of {', '.join(words)}" if words else "a number"


def _day(node: YamlNode) -> date:
    try:
        return date.fromisoformat(node.text())
    except ValueError as error:
        raise node.fault(f"there is {node.text()!r}", "a day, such as 2027-03-31") from error


def _name(node: YamlNode, others: Collection[str]) -> str:
    if not _NAME.fullmatch(node.text()):
        raise node.fault(f"name is {node.text()!r}", "lower-case letters and digits, joined by hyphens")
    if node.text() in others:
        raise node.fault(f"the name {node.text()!r} comes twice", "each name once")
    return node.text()


def _one_of(node: YamlNode, known: Collection[str]) -> str:
    if node.text() not in known:
        raise node.fault(f"there is {node.text()!r}", f"one of {', '.join(known)}")
    return node.text()
