"""Phase 19: values that name another entity are looked up."""

import re
from dataclasses import replace
from typing import Final

import polars as pl

from headrace.model.batch import Batch
from headrace.spec.answers import ANYTHING
from headrace.spec.lookups import normal_key
from headrace.spec.rules import Rules
from headrace.transform.found import issues_at

REFERRING: Final = frozenset({"category", "document", "geography", "organisation", "policy", "legal-instrument"})
"""Typologies of fields whose values name things."""

CURIE: Final = re.compile(r"[A-Za-z0-9_-]+:[A-Za-z0-9_-].*")
PLAN: Final = "plan"
PLANS: Final = ("local-plan", "minerals-plan", "waste-plan", "supplementary-plan")


def find_references(batch: Batch, rules: Rules) -> Batch:
    """Give each fact whose field names things the `reference_entity` that its value means.

    A reference that should name an entity and names none is an issue.
    """
    fields = [name for name in batch.facts["field"].unique() if _refers(name, rules)]
    facts = batch.facts.with_row_index("#order")
    asked = _split(facts.filter(pl.col("field").is_in(fields) & (pl.col("value") != "")), rules)
    answerable = pl.col("#prefix").is_in(rules.numbering.lookups.prefixes | {PLAN})
    asked = asked.filter(answerable | pl.col("#raw").is_in(rules.reference_prefixes))
    if asked.is_empty():
        return batch
    questions = asked.filter(answerable)
    answers = _look_up(questions, facts, rules).filter(pl.col("#found").is_not_null())
    found = facts.join(answers.select("#order", "#found"), on="#order", how="left", maintain_order="left")
    missing = asked.join(answers, on="#order", how="anti").filter(pl.col("#raw").is_in(rules.reference_prefixes))
    issues = [
        issues_at(frame, str(prefix), "missing associated entity", pl.col("value"))
        for (prefix,), frame in missing.group_by("#raw", maintain_order=True)
    ]
    prefixes = {f"{prefix} {ANYTHING}" for prefix in questions["#prefix"].unique()}
    return replace(
        batch.with_issues(*issues),
        asked=batch.asked | prefixes,
        facts=found.with_columns(reference_entity="#found").drop("#order", "#found"),
    )


def _refers(field: str, rules: Rules) -> bool:
    specified = rules.fields.get(field)
    return specified is not None and specified.typology in REFERRING


def _split(facts: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Facts with `#raw`, the prefix as it is written, and `#prefix` and `#reference` in normal form."""
    prefix_of = {name: rules.fields[name].dataset or name for name in facts["field"].unique()}
    is_curie = pl.col("value").str.contains(f"^{CURIE.pattern}")
    own = (
        pl.col("field").replace_strict(prefix_of, default="", return_dtype=pl.String) if prefix_of else pl.col("field")
    )
    raw = pl.when(is_curie).then(pl.col("value").str.extract(r"^([^:]+):")).otherwise(own)
    reference = pl.when(is_curie).then(pl.col("value").str.extract(r"^[^:]+:(?s:(.*))$")).otherwise("value")
    return facts.with_columns(raw.alias("#raw")).with_columns(
        normal_key(pl.col("#raw")).alias("#prefix"), normal_key(reference).alias("#reference")
    )


def _look_up(questions: pl.DataFrame, facts: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Questions with `#found`: by the entry's organisation, or else by nobody's where no authority has it."""
    organisation_of = (
        facts.filter(pl.col("field") == "organisation")
        .select("entry", "entity", normal_key(pl.col("value")).alias("#organisation"))
        .unique(["entry", "entity"], keep="first")
    )
    questions = questions.join(organisation_of, on=["entry", "entity"], how="left", maintain_order="left")
    whose = questions["#organisation"].drop_nulls().unique()
    lookups = rules.numbering.lookups.of(rules.resource, whose).filter(pl.col("entry") == "").drop("entry")
    free = lookups.filter(
        (pl.col("organisation") == "") & ~pl.col("entity").is_in(rules.numbering.lookups.claimed.implode())
    )
    tries = [("#prefix", lookups), ("#prefix", free)]
    found = [pl.lit(None, pl.Int64)]
    for number, (prefix, table) in enumerate(tries):
        own = number == 0
        left = [prefix, "#organisation", "#reference"] if own else [prefix, "#reference"]
        right = ["prefix", "organisation", "reference"] if own else ["prefix", "reference"]
        name = f"#found{number}"
        table = table.select(*right, pl.col("entity").alias(name)).unique(right, keep="last")
        questions = questions.join(table, left_on=left, right_on=right, how="left", maintain_order="left")
        found.append(pl.col(name))
    for number, plan in enumerate(PLANS, start=len(tries)):
        name = f"#found{number}"
        table = free.filter(pl.col("prefix") == plan).select("reference", pl.col("entity").alias(name))
        questions = questions.join(
            table.unique("reference", keep="last"), left_on="#reference", right_on="reference", how="left"
        )
        found.append(pl.when(pl.col("#prefix") == PLAN).then(name))
    return questions.with_columns(pl.coalesce(found).alias("#found"))
