"""What becomes of one entry, phase by phase."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from headrace.model.batch import Batch
from headrace.report.reason import Step, find_reasons
from headrace.spec.rules import Rules


@dataclass(frozen=True, slots=True)
class TracedPhase:
    """One entry after one phase.

    Attributes:
        phase: its name.
        values: text by column or field; None where blank. After the last phases: by field, of the facts.
        changed: the columns whose value is not what it was after the phase before.
        because: the rule that applied, in words, by column or field; where columns are read as fields, for every field.
        issues: what the phase said of the entry: type, field, value and message.
        refused: why the phase refused the entry; None where it did not.
    """

    phase: str
    values: dict[str, str | None]
    changed: tuple[str, ...]
    because: dict[str, str]
    issues: tuple[dict[str, str | None], ...]
    refused: str | None


def trace_entry(steps: Sequence[tuple[str, Batch]], line: int, rules: Rules) -> list[TracedPhase]:
    """The record at a line after each phase, until one refuses it.

    Args:
        steps: the name of each phase with the batch it left, in order; the first is the batch before any phase.
        line: number of the record in its resource.
        rules: what the phases went by.
    """
    traced: list[TracedPhase] = []
    before: dict[str, str | None] = {}
    issues_before = 0
    for name, batch in steps:
        values = _values(batch, line)
        found = batch.issues.filter(pl.col("line") == line).select("type", "field", "value", "message")
        issues = tuple(found.slice(issues_before).iter_rows(named=True))
        issues_before = found.height
        refused = batch.refused.filter(pl.col("line") == line)["reason"]
        changed = tuple(
            key for key in {**before, **values} if before.get(key) != values.get(key) and not _was_position(key, values)
        )
        reason = str(refused[0]) if len(refused) else None
        step = Step(before, values, _entry(batch, line), batch.claims.rows(), rules)
        traced.append(TracedPhase(name, values, changed, find_reasons(name, changed, step), issues, reason))
        if reason is not None:
            break
        before = values
    return traced


def _entry(batch: Batch, line: int) -> int | None:
    if "entry" not in batch.entries.columns:
        return None
    entries = batch.entries.filter(pl.col("line") == line)["entry"]
    return int(entries[0]) if len(entries) else None


def _values(batch: Batch, line: int) -> dict[str, str | None]:
    facts = batch.facts.filter(pl.col("line") == line)
    if facts.height:
        said: dict[str, str | None] = dict(facts.select("field", "value").iter_rows())
        return {"entity": str(facts["entity"][0]), **said}
    rows = batch.entries.filter(pl.col("line") == line)
    if rows.is_empty():
        return {}
    names = {str(position): name for position, name in enumerate(batch.header) if name}
    row = rows.row(0, named=True)
    return {
        names.get(column, column): None if value is None else str(value)
        for column, value in row.items()
        if column not in ("line", "entry")
    }


def _was_position(key: str, values: dict[str, str | None]) -> bool:
    """Whether a key stood for a column by its position, before the header gave it a name."""
    return key.isdecimal() and key not in values
