"""Expectations of a dataset, as they are configured: rules, and what follows from them for each organisation."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import orjson

from headrace.model.error import ConfigurationError
from headrace.spec.table import Row, Table

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

SLOT: Final = re.compile(r"\{\{\s*organisation\.([a-z_]+)\s*\}\}")
"""A place in a text for something that is known of the organisation. Nothing in configuration is executed."""


@dataclass(frozen=True, slots=True)
class ExpectationRule:
    """One row of `expect.csv`, for one dataset.

    Attributes:
        where: file and line.
        organisations: CURIEs, or kinds of organisation such as `local-authority`, each meaning all of that kind; none
            where the expectation is of the dataset as a whole.
        operation: how it is judged.
        parameters: JSON, in which `{{ organisation.entity }}` and the like stand for what is known of the organisation.
        name, description, severity, responsibility: as configured; name and description have such places too.
        schedule: the only day of the week on which it is judged; "" for every night.
    """

    where: str
    organisations: tuple[str, ...]
    operation: str
    parameters: str
    name: str
    description: str
    severity: str
    responsibility: str
    schedule: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """An expectation of one organisation's part of a dataset, or of the whole.

    Attributes:
        organisation: CURIE; "" for the whole.
        parameters: by name; None where what is known of the organisation does not fill them.
        unfilled: why not, in a sentence; "" where they are filled.
    """

    organisation: str
    operation: str
    parameters: Mapping[str, object] | None
    unfilled: str
    name: str
    description: str
    severity: str
    responsibility: str
    schedule: str


def build_expectation_rules(table: Table, dataset: str) -> tuple[ExpectationRule, ...]:
    """The rules of a table that are for a dataset; a row that names no dataset is for every one.

    Raises:
        ConfigurationError: a schedule is no day of the week, the parameters are no JSON object, or they have a place
            for something else than what is known of an organisation.
    """
    rows = (row for row in table.rows() if dataset in (_split(row["datasets"]) or (dataset,)))
    return tuple(_read(table, row) for row in rows)


def expand(
    rules: Sequence[ExpectationRule], organisations: Mapping[str, Mapping[str, str | None]]
) -> tuple[Expectation, ...]:
    """One expectation for each rule and each organisation that it is for, in the order of the rules.

    Args:
        rules: of one dataset.
        organisations: what is known of each, by CURIE: text by column of `organisation.csv`.

    Raises:
        ConfigurationError: the parameters of a rule are not a JSON object once their places are filled.
    """
    return tuple(
        _expand(rule, organisation, organisations.get(organisation, {}))
        for rule in rules
        for organisation in _of(rule, organisations)
    )


def _read(table: Table, row: Row) -> ExpectationRule:
    where, schedule = table.where(row), row.get("schedule", "").lower()
    if schedule not in ("", *WEEKDAYS):
        raise ConfigurationError(where, f"schedule is {schedule!r}", f"nothing or one of {', '.join(WEEKDAYS)}")
    if "{{" in SLOT.sub("", row["parameters"]) or "{%" in row["parameters"]:
        problem = f"the parameters {row['parameters']!r} have a place that cannot be filled"
        raise ConfigurationError(where, problem, "places such as {{ organisation.entity }} and no others")
    if _read_object(SLOT.sub("0", row["parameters"] or "{}")) is None:
        raise ConfigurationError(where, f"the parameters are {row['parameters']!r}", "a JSON object")
    return ExpectationRule(
        where=where,
        organisations=_split(row["organisations"]),
        operation=row["operation"],
        parameters=row["parameters"] or "{}",
        name=row.get("name", ""),
        description=row.get("description", ""),
        severity=row.get("severity", ""),
        responsibility=row.get("responsibility", ""),
        schedule=schedule,
    )


def _of(rule: ExpectationRule, organisations: Mapping[str, object]) -> Iterator[str]:
    if not rule.organisations:
        yield ""
    for each in rule.organisations:
        if ":" in each:
            yield each
        else:
            yield from sorted(curie for curie in organisations if curie.startswith(f"{each}:"))


def _expand(rule: ExpectationRule, organisation: str, known: Mapping[str, str | None]) -> Expectation:
    parameters, unfilled = _parameters(rule, organisation, known)
    return Expectation(
        organisation=organisation,
        operation=rule.operation,
        parameters=parameters,
        unfilled=unfilled,
        name=_fill(rule.name, known),
        description=_fill(rule.description, known),
        severity=rule.severity,
        responsibility=rule.responsibility,
        schedule=rule.schedule,
    )


def _parameters(
    rule: ExpectationRule, organisation: str, known: Mapping[str, str | None]
) -> tuple[Mapping[str, object] | None, str]:
    asked = {_column(match) for match in SLOT.finditer(rule.parameters)}
    unknown = sorted(name for name in asked if not known.get(name))
    if unknown:
        return None, f"the {' and the '.join(unknown)} of {organisation or 'no organisation'} is not known"
    text = SLOT.sub(lambda match: orjson.dumps(known[_column(match)]).decode()[1:-1], rule.parameters)
    parameters = _read_object(text)
    return parameters, "" if parameters is not None else f"the parameters become {text!r}, which is no JSON object"


def _read_object(text: str) -> Mapping[str, object] | None:
    try:
        read = orjson.loads(text)
    except ValueError:
        return None
    return read if isinstance(read, dict) else None


def _column(match: re.Match[str]) -> str:
    return match[1].replace("_", "-")


def _fill(text: str, known: Mapping[str, str | None]) -> str:
    return SLOT.sub(lambda match: known.get(_column(match)) or "", text)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())
