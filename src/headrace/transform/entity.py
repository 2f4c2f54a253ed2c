"""Phase 13: which entity an entry is about; an entry about none is refused."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import polars as pl

from headrace.model.batch import Batch
from headrace.model.issue import UNKNOWN_SCHEMA, empty_issues
from headrace.model.likeness import NOT_COMPARED, hash_likeness
from headrace.spec.answers import ANYTHING
from headrace.spec.lookups import Lookups, normal_key
from headrace.spec.numbering import LookupRule
from headrace.spec.rules import Rules
from headrace.transform.found import fields_of, issues_at, refuse


def find_entity(batch: Batch, rules: Rules) -> Batch:
    """Number each entry: by its own number, by its reference in the lookup table, or by a lookup rule.

    An entity that was merged is followed to the one it became. Entries without an entity are refused. Where a resource
    belongs to several organisations and an entry names none, it is looked up for each of them, and an entry is kept for
    each entity found.
    """
    entries = _numbered(batch.entries)
    entries = _for_each_organisation(entries, rules.organisations)
    keys = _keys(entries)
    batch = replace(batch, asked=batch.asked | _asked(keys))
    given = entries["entity"].is_not_null()
    entries = _look_up(entries, keys, rules)
    batch = batch.with_issues(_out_of_range(entries.filter(~given), rules))
    entries = _follow(entries, rules)
    found = entries.filter(pl.col("entity").is_not_null()).unique(
        ["entry", "entity"], keep="first", maintain_order=True
    )
    lost = entries.join(found.select("entry"), on="entry", how="anti").unique(
        "entry", keep="first", maintain_order=True
    )
    return _refuse_lost(batch, lost).with_entries(found.drop("#removed"))


def _numbered(entries: pl.DataFrame) -> pl.DataFrame:
    """Entries with `entity` as a number, and `organisation` even where the resource has none."""
    number = pl.col("entity") if "entity" in entries.columns else pl.lit(None, pl.String)
    organisation = pl.col("organisation") if "organisation" in entries.columns else pl.lit(None, pl.String)
    return entries.with_columns(entity=number.str.to_integer(strict=False, dtype=pl.Int64), organisation=organisation)


def _for_each_organisation(entries: pl.DataFrame, organisations: Sequence[str]) -> pl.DataFrame:
    if len(organisations) < 2:
        return entries
    nobody = pl.col("organisation").is_null()
    each = pl.DataFrame({"#organisation": sorted(organisations)})
    spread = (
        entries.filter(nobody)
        .join(each, how="cross", maintain_order="left_right")
        .with_columns(organisation="#organisation")
        .drop("#organisation")
    )
    return pl.concat([entries.filter(~nobody), spread]).sort("entry", maintain_order=True)


def _keys(entries: pl.DataFrame) -> pl.DataFrame:
    return entries.select(
        "entity",
        entry=pl.col("entry").cast(pl.String),
        prefix=normal_key(pl.col("prefix")),
        organisation=normal_key(pl.col("organisation")),
        reference=normal_key(pl.col("reference")),
    )


def _asked(keys: pl.DataFrame) -> frozenset[str]:
    asked = keys.select("prefix", "organisation").unique()
    pairs = {f"{prefix} {organisation}" for prefix, organisation in asked.iter_rows()}
    anybody = {f"{prefix} " for prefix in asked["prefix"]}
    given = {ANYTHING} if keys["entity"].null_count() < keys.height else set()
    return frozenset(pairs | anybody | given)


@lru_cache(maxsize=4)
def _tables(lookups: Lookups, resource: str, organisations: frozenset[str]) -> tuple[pl.DataFrame, ...]:
    """The tables in which an entity is looked up, in order, by all columns but `entity`; kept for parts of one file."""
    said = lookups.of(resource, organisations)
    of_any, of_entry = said.filter(pl.col("entry") == ""), said.filter(pl.col("entry") != "")
    nobody = (pl.col("organisation") == "") & ((pl.col("entry") == "") | (pl.col("reference") == ""))
    return (
        of_entry.filter(nobody).select("entry", "prefix", "entity"),
        of_any.select("prefix", "organisation", "reference", "entity"),
        of_any.filter(nobody).select("prefix", "reference", "entity"),
    )


def _look_up(entries: pl.DataFrame, keys: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    answers = [keys["entity"]]
    for table in _tables(rules.numbering.lookups, rules.resource, frozenset(keys["organisation"].unique())):
        if table.height:
            on = table.drop("entity").columns
            found = keys.select(on).join(table, on=on, how="left", maintain_order="left")
            answers.append(found["entity"])
    looked_up = pl.select(pl.coalesce(answers)).to_series()
    entries = entries.with_columns(looked_up.alias("entity"))
    return _apply_lookup_rules(entries, rules.numbering.lookup_rules, rules.resource)


def _apply_lookup_rules(entries: pl.DataFrame, lookup_rules: Sequence[LookupRule], resource: str) -> pl.DataFrame:
    if not lookup_rules:
        return entries
    number = pl.col("reference").str.to_integer(strict=False, dtype=pl.Int64)
    answer = pl.col("entity")
    for rule in lookup_rules:
        if rule.resource and rule.resource != resource:
            continue
        entity = number + rule.offset
        applies = (pl.col("prefix") == rule.prefix) & entity.is_between(rule.entity_minimum, rule.entity_maximum)
        if rule.organisation:
            applies &= pl.col("organisation") == rule.organisation
        answer = pl.coalesce(answer, pl.when(applies).then(entity))
    return entries.with_columns(answer.alias("entity"))


def _out_of_range(entries: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    low, high = rules.dataset.entity_minimum, rules.dataset.entity_maximum
    if low is None or high is None:
        return empty_issues()
    outside = entries.filter((pl.col("entity") < low) | (pl.col("entity") >= high))
    message = f"the entity must be at least {low} and less than {high}"
    return issues_at(outside, "entity", "entity number out of range", pl.col("entity"), message)


def _follow(entries: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Entities that were merged become what they became; `#removed` is the number of one that was removed."""
    old = rules.numbering.old_entities.rename({"old_entity": "entity", "entity": "#target"})
    entries = entries.join(old, on="entity", how="left", maintain_order="left")
    removed = pl.col("status") == "410"
    return entries.with_columns(
        entity=pl.when(removed.fill_null(value=False)).then(None).otherwise(pl.coalesce("#target", "entity")),
        **{"#removed": pl.when(removed).then("entity")},
    ).drop("status", "#target")


def _refuse_lost(batch: Batch, lost: pl.DataFrame) -> Batch:
    unknown = lost.filter(pl.col("#removed").is_null())
    known_as = pl.concat_str(pl.col("prefix"), pl.lit(":"), pl.col("reference").fill_null(""))
    nameless = pl.col("reference").is_null()
    kind = pl.when(nameless).then(pl.lit("unknown entity - missing reference")).otherwise(pl.lit("unknown entity"))
    reason = pl.when(nameless).then(pl.lit("no reference")).otherwise(pl.lit("no entity has this reference yet"))
    removed = lost.filter(pl.col("#removed").is_not_null())
    batch = replace(batch, unknown=_with_likeness(unknown.filter(~nameless)).select(UNKNOWN_SCHEMA.names()))
    return batch.with_issues(issues_at(unknown, "entity", kind, known_as)).with_refused(
        refuse(unknown, "entity", reason, known_as),
        refuse(removed, "entity", pl.format("entity {} was removed", "#removed"), known_as),
    )


def _with_likeness(unknown: pl.DataFrame) -> pl.DataFrame:
    """The entries with `likeness`, by which an entity whose reference was changed is found again."""
    fields = [name for name in fields_of(unknown) if not name.startswith("#") and name not in NOT_COMPARED]
    said = unknown.unpivot(on=fields, index=["entry", "reference"], variable_name="field", value_name="value")
    likeness = hash_likeness(said, ["entry"])
    return unknown.join(likeness, on="entry", how="left", maintain_order="left")
