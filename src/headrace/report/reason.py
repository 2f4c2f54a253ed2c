"""Why a phase changed a value: the rule that applied, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from headrace.spec.lookups import normal_key
from headrace.spec.rules import Rules, normal_name

IGNORE: Final = "IGNORE"
COORDINATES: Final = ("GeoX", "GeoY")


@dataclass(frozen=True, slots=True)
class Step:
    """One entry before and after a phase, and what the phase went by.

    Attributes:
        before, after: text by column or field; None where blank.
        entry: the number of the entry; None before the header is read.
        claims: each column of the file with the field that it is read as, in the order in which the later holds.
        rules: all that applies to the file.
    """

    before: Mapping[str, str | None]
    after: Mapping[str, str | None]
    entry: int | None
    claims: Sequence[tuple[str, str | None]]
    rules: Rules


def find_reasons(phase: str, changed: Sequence[str], step: Step) -> dict[str, str]:
    """Why each of some columns or fields has another value than before; those without a rule to name are left out.

    Where columns are read as fields there is a reason for every field, because none is read without one.
    """
    explain = _EXPLANATIONS.get(phase)
    if explain is None:
        return {}
    names = dict.fromkeys([*changed, *step.after]) if phase == "map_columns" else changed
    reasons = {name: explain(name, step) for name in names}
    return {name: reason for name, reason in reasons.items() if reason}


def _normalised(name: str, step: Step) -> str:
    return "means nothing" if step.after.get(name) is None else "trimmed"


def _joined(name: str, step: Step) -> str:
    rules = [rule for rule in step.rules.concats if rule.field == name]
    return f"joined of {', '.join(rules[0].columns)} by concat.csv" if rules else ""


def _mapped(name: str, step: Step) -> str:
    if name in step.after:
        columns = [column for column, field in step.claims if field == name]
        return f"column {columns[-1]!r} {_claimed(columns[-1], name, step.rules)}" if columns else ""
    fields = [field for column, field in step.claims if column == name and field in (*step.after, IGNORE)]
    if not fields:
        return "no field has this name"
    return "left out by column.csv" if fields[-1] == IGNORE else f"read as {fields[-1]}"


def _claimed(column: str, field: str, rules: Rules) -> str:
    if rules.columns.get(normal_name(column)) != field:
        return "has the name of the field"
    whom = "this endpoint or resource" if field in rules.reserved else "any file"
    return f"is configured as {field} for {whom}"


def _patched(name: str, step: Step) -> str:
    text = step.before.get(name) or ""
    for rule in step.rules.patches.get(name, ()) + step.rules.patches.get("", ()):
        if rule.pattern.pattern == text or rule.pattern.match(text):
            return f"pattern {rule.pattern.pattern!r} of patch.csv"
    return ""


def _harmonised(name: str, step: Step) -> str:
    if name in COORDINATES:
        return "one place with the other coordinate, in degrees"
    if step.after.get(name) in step.rules.categories.get(name, {}).values():
        return "spelt as on the list of its values"
    field = step.rules.fields.get(name)
    if field is None:
        return ""
    return f"not to be used as {field.datatype}" if step.after.get(name) is None else f"read as {field.datatype}"


def _filled(name: str, step: Step) -> str:
    source = step.rules.defaults.get(name)
    if source and step.after.get(source) == step.after.get(name):
        return f"takes {source}, by default.csv"
    if step.rules.default_values.get(name):
        return "the constant of default-value.csv"
    return {
        "organisation": "the organisation whose endpoint served the file",
        "entry-date": "the day on which the file was first seen",
    }.get(name, "")


def _migrated(name: str, step: Step) -> str:
    migrations = step.rules.migrations
    if name in step.after:
        if migrations.get(name) in step.before:
            return f"takes the place of {migrations[name]}"
        return f"made of {' and '.join(COORDINATES)}" if name == "point" else ""
    newer = sorted(field for field, older in migrations.items() if older == name)
    return f"its place is taken by {', '.join(newer)}" if newer else "no field of the dataset"


def _found_organisation(name: str, step: Step) -> str:
    said = step.before.get(name)
    return f"{said!r} in organisation.csv" if step.after.get(name) else f"organisation.csv has no {said!r}"


def _identified(name: str, step: Step) -> str:
    if name not in step.after:
        return "the field has ended"
    if name == "reference":
        return f"takes {step.rules.dataset.dataset}"
    return "the prefix of the dataset" if name == "prefix" else ""


def _numbered(name: str, step: Step) -> str:
    """The key that names the entity: of the entry, of a reference of the organisation or of anybody; or arithmetic."""
    if name != "entity" or step.after.get(name) is None:
        return ""
    prefix, organisation, reference = (step.after.get(key) or "" for key in ("prefix", "organisation", "reference"))
    keys = pl.DataFrame({"key": [prefix, organisation, reference]}).select(normal_key(pl.col("key"))).to_series()
    lookups = step.rules.numbering.lookups.of(step.rules.resource, [keys[1]]).filter(pl.col("prefix") == keys[0])
    of_any = pl.col("entry") == ""
    of_reference = of_any & (pl.col("reference") == keys[2])
    tries = (
        (pl.col("entry") == str(step.entry), f"entry {step.entry} of this file"),
        (of_reference & (pl.col("organisation") == keys[1]), f"{organisation}, {reference}"),
        (of_reference & (pl.col("organisation") == ""), reference),
    )
    for applies, key in tries:
        found = lookups.filter(applies)["entity"]
        if len(found):
            became = "" if str(found[0]) == step.after[name] else f": {found[0]}, which has become this"
            return f"lookup {prefix}, {key}{became}"
    return f"lookup-rule.csv, for {prefix}, {reference}" if step.rules.numbering.lookup_rules else ""


def _ranked(name: str, step: Step) -> str:
    if name == "organisation":
        return "the owner of the entity, by entity-organisation.csv"
    if name == "priority":
        return "the file comes from the owner of the entity" if step.after.get(name) == "2" else "of no owner"
    return ""


def _combined(name: str, step: Step) -> str:
    separator = step.rules.combines.get(name)
    return "" if separator is None else f"all values of the entity with {separator!r} between them, by combine.csv"


_EXPLANATIONS: Final[Mapping[str, Callable[[str, Step], str]]] = {
    "normalise": _normalised,
    "concat": _joined,
    "map_columns": _mapped,
    "patch": _patched,
    "harmonise": _harmonised,
    "fill_defaults": _filled,
    "migrate": _migrated,
    "find_organisation": _found_organisation,
    "identify": _identified,
    "find_entity": _numbered,
    "rank": _ranked,
    "combine": _combined,
}
"""Phase → what explains one change of it."""
