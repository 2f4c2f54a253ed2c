"""Phase 7: values that configuration replaces, each replacement an issue."""

from collections.abc import Sequence

import polars as pl

from headrace.model.batch import Batch
from headrace.spec.rules import Patch, Rules
from headrace.transform.distinct import distinct
from headrace.transform.found import fields_of, issues_at


def patch(batch: Batch, rules: Rules) -> Batch:
    """Replace each value by what the first patch that matches makes of it: those of its field, then those of any.

    A blank value is matched as an empty text: configuration can fill it.
    """
    entries, issues = batch.entries, []
    for field in fields_of(entries):
        patches = rules.patches.get(field, ()) + rules.patches.get("", ())
        changed = _changes(entries[field], patches) if patches else {}
        if changed:
            texts = pl.col(field).fill_null("")
            of_changed = entries.filter(texts.is_in(list(changed)))
            issues.append(issues_at(of_changed, field, "patch", pl.col(field)))
            entries = entries.with_columns(texts.replace(changed).replace("", None).alias(field))
    return batch.with_entries(entries).with_issues(*issues)


def _changes(column: pl.Series, patches: Sequence[Patch]) -> dict[str, str]:
    """What patches make of the texts that they change."""
    texts = [*distinct(column), ""] if column.null_count() else distinct(column)
    return {text: new for text in texts if (new := patch_text(text, patches)) != text}


def patch_text(text: str, patches: Sequence[Patch]) -> str:
    """The text as the first patch that matches leaves it; a pattern that is the whole text is taken literally."""
    for rule in patches:
        if rule.pattern.pattern == text:
            return rule.value
        match = rule.pattern.match(text)
        if match:
            return match.expand(rule.value)
    return text
