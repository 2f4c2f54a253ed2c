"""Phases 15 to 18: entries become facts, combined where configuration says so, each known by what it says."""

from dataclasses import replace
from hashlib import sha256

import polars as pl

from headrace.model.batch import Batch
from headrace.model.fact import FACT_SCHEMA
from headrace.spec.rules import Rules
from headrace.transform.combine import combine_values
from headrace.transform.found import fields_of, issues_at

NOT_FACTS = ("entity", "priority")
HASHED_AT_ONCE = 200_000
"""Texts that leave the frame at a time, so that memory stays bounded."""

MAY_BE_BLANK = "end-date"
"""The field whose blank value is a fact: it says that the entity has not ended."""


def pivot(batch: Batch, rules: Rules) -> Batch:
    """One fact for each field of each entry that has a value; `fact` is still null."""
    entries = batch.entries
    fields = sorted(name for name in fields_of(entries) if name not in NOT_FACTS)
    entry_date = pl.col("entry-date") if "entry-date" in entries.columns else pl.lit(None, pl.String)
    entries = entries.with_columns(entry_date.alias("#entry_date"))
    if MAY_BE_BLANK in fields:
        entries = entries.with_columns(pl.col(MAY_BE_BLANK).fill_null(""))
    facts = (
        entries.unpivot(
            on=fields,
            index=["line", "entry", "entity", "priority", "#entry_date"],
            variable_name="field",
            value_name="value",
        )
        .filter(pl.col("value").is_not_null())
        .select(
            fact=pl.lit(None, pl.String),
            entity="entity",
            field="field",
            value="value",
            reference_entity=pl.lit(None, pl.Int64),
            priority="priority",
            entry="entry",
            line="line",
            entry_date="#entry_date",
        )
        .sort("entry", "entity", maintain_order=True)
    )
    return replace(batch, facts=facts.cast(FACT_SCHEMA))


def combine(batch: Batch, rules: Rules) -> Batch:
    """Give the facts of a combined field the value made of all values that the resource has for the entity."""
    facts = batch.facts
    for field, separator in rules.combines.items():
        of_field = pl.col("field") == field
        combined = combine_values(facts.filter(of_field), field, separator)
        issues = issues_at(combined, field, "combined-value", pl.col("entity"))
        batch = batch.with_issues(issues)
        facts = pl.concat([facts.filter(~of_field), combined])
    return replace(batch, facts=facts)


def name_facts(batch: Batch, rules: Rules) -> Batch:
    """Name each fact by the hash of what it says."""
    said = batch.facts.select(
        pl.concat_str(pl.col("entity").cast(pl.String), pl.col("field"), pl.col("value"), separator=":")
    ).to_series()
    names = [hash_texts(part) for part in said.cast(pl.Binary).to_frame().iter_slices(HASHED_AT_ONCE)]
    named = pl.concat(names) if names else pl.Series([], dtype=pl.String)
    return replace(batch, facts=batch.facts.with_columns(named.alias("fact")))


def hash_texts(texts: pl.DataFrame) -> pl.Series:
    """SHA-256, in hexadecimal, of each text of a column of bytes."""
    return pl.Series([sha256(text).hexdigest() for text in texts.to_series().to_list()], dtype=pl.String)


def find_duplicates(batch: Batch, rules: Rules) -> Batch:
    """An issue for each entry whose reference another entry has with the same entry date."""
    if rules.combines:
        return batch
    references = batch.facts.filter(pl.col("field") == "reference")
    repeated = references.filter(pl.struct("value", "entry_date", "entity").is_duplicated())
    message = "Reference must be unique in resource"
    return batch.with_issues(
        issues_at(repeated, "reference", "reference values are not unique", pl.col("value"), message)
    )
