"""Phase 7: values that configuration replaces, each replacement an issue."""

from collections.abc import Sequence

import polars as pl

from headrace.model.batch import Batch
from headrace.spec.rules import Patch, Rules
from headrace.transform.distinct import distinct
from headrace.transform.found import fields_of, issues_at


def patch(batch: Batch, rules: Rules) -> Batch:
    """Replace each value by what the first patch that matches makes of it: those of its field, then those of any."""
    entries, issues = batch.entries, []
    for field in fields_of(entries):
        patches = [rule for rule in rules.patches if rule.field == field]
        patches += [rule for rule in rules.patches if not rule.field]
        changed = _changed(distinct(entries[field]), patches) if patches else {}
        if not changed:
            continue
        old = pl.Series(list(changed), dtype=pl.String)
        new = pl.Series(list(changed.values()), dtype=pl.String)
        is_old = entries[field].is_in(old.implode())
        issues.append(issues_at(entries.filter(is_old), field, "patch", pl.col(field)))
        entries = entries.with_columns(pl.col(field).replace(old, new))
    return batch.with_entries(entries).with_issues(*issues)


def _changed(texts: pl.Series, patches: Sequence[Patch]) -> dict[str, str | None]:
    changed: dict[str, str | None] = {}
    for text in texts:
        value = patch_text(text, patches)
        if value != text:
            changed[text] = value or None
    return changed


def patch_text(text: str, patches: Sequence[Patch]) -> str:
    """The text as the first patch that matches leaves it; a pattern that is the whole text is taken literally."""
    for rule in patches:
        if rule.pattern.pattern == text:
            return rule.value
        match = rule.pattern.match(text)
        if match:
            return match.expand(rule.value)
    return text
