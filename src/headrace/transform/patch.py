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
        patches = [rule for rule in rules.patches if rule.field == field]
        patches += [rule for rule in rules.patches if not rule.field]
        table = _changes(entries[field], patches) if patches else None
        if table is None or table.is_empty():
            continue
        texts = pl.col(field).fill_null("")
        issues.append(issues_at(entries.filter(texts.is_in(table["old"].implode())), field, "patch", pl.col(field)))
        entries = entries.with_columns(texts.replace(table["old"], table["new"]).replace("", None).alias(field))
    return batch.with_entries(entries).with_issues(*issues)


def _changes(column: pl.Series, patches: Sequence[Patch]) -> pl.DataFrame:
    """The texts that patches change: columns `old` and `new`."""
    texts = [*distinct(column), ""] if column.null_count() else distinct(column)
    changed = [(text, new) for text in texts if (new := patch_text(text, patches)) != text]
    return pl.DataFrame(changed, schema={"old": pl.String, "new": pl.String}, orient="row")


def patch_text(text: str, patches: Sequence[Patch]) -> str:
    """The text as the first patch that matches leaves it; a pattern that is the whole text is taken literally."""
    for rule in patches:
        if rule.pattern.pattern == text:
            return rule.value
        match = rule.pattern.match(text)
        if match:
            return match.expand(rule.value)
    return text
