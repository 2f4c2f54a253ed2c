"""Phase 8: values in their published form, as the field's datatype defines it."""

import polars as pl

from headrace.model.batch import Batch
from headrace.model.issue import empty_issues
from headrace.spec.rules import Rules
from headrace.transform.distinct import distinct
from headrace.transform.found import fields_of, issues_at
from headrace.values.category import parse_column
from headrace.values.column import ParsedColumn
from headrace.values.coordinate_pair import parse_pairs
from headrace.values.registry import FIELD_TYPES

COORDINATES = ("GeoX", "GeoY")
DATES_OF_RECORDING = ("entry-date", "LastUpdatedDate")
REFERENCE_FIELDS = ("organisation", "geography", "document")
WIKIPEDIA = "https://en.wikipedia.org/wiki/"


def harmonise(batch: Batch, rules: Rules) -> Batch:
    """Read each value by its datatype, then what concerns several fields; what is wrong or put right is an issue.

    Values of a field that has a list are first spelt as they are there.
    """
    missing = _missing_values(batch.entries, rules)
    entries, issues = batch.entries, [missing]
    for field in fields_of(entries):
        for read in (_read_categories, _read_field):
            entries, found = read(entries, field, rules)
            issues.append(found)
    for step in (_refuse_future, _read_coordinates, _complete_references, _shorten_wikipedia):
        entries, found = step(entries, rules)
        issues.append(found)
    return batch.with_entries(entries).with_issues(*issues)


def _read_categories(entries: pl.DataFrame, field: str, rules: Rules) -> tuple[pl.DataFrame, pl.DataFrame]:
    if field not in rules.categories:
        return entries, empty_issues()
    texts = distinct(entries[field])
    return _take_parsed(entries, field, texts, parse_column(texts, rules.categories[field]))


def _read_field(entries: pl.DataFrame, field: str, rules: Rules) -> tuple[pl.DataFrame, pl.DataFrame]:
    texts = distinct(entries[field])
    if texts.is_empty():
        return entries, empty_issues()
    parsed = FIELD_TYPES[rules.fields[field].datatype].parse_column(texts, today=rules.today)
    return _take_parsed(entries, field, texts, parsed)


def _take_parsed(
    entries: pl.DataFrame, field: str, texts: pl.Series, parsed: ParsedColumn
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Entries with what their texts were read as, and the problems met as issues."""
    issues = empty_issues()
    if parsed.problems.height:
        problems = parsed.problems.with_columns(texts.gather(parsed.problems["index"]).alias("#text"))
        problems = problems.with_columns(pl.col("message").str.replace_all("{field}", field, literal=True))
        at = entries.select("line", "entry", pl.col(field).alias("#text")).join(
            problems, on="#text", maintain_order="left"
        )
        issues = issues_at(at, field, pl.col("type"), pl.col("value"), pl.col("message"))
    if not parsed.values.equals(texts):
        changed = parsed.values.ne_missing(texts)
        values = entries[field].replace(texts.filter(changed), parsed.values.filter(changed))
        entries = entries.with_columns(values.alias(field))
    return entries, issues


def _missing_values(entries: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Fields that must not be blank, where the resource has them."""
    given = fields_of(entries)
    shapes = [field for field in ("geometry", "point") if field in given]
    no_shape = pl.all_horizontal(pl.col(shapes).is_null()) if shapes else pl.lit(value=False)
    found = []
    for field in given:
        if field in shapes:
            absent = no_shape
        elif field in rules.dataset.mandatory:
            absent = pl.col(field).is_null()
        else:
            continue
        found.append(issues_at(entries.filter(absent), field, "missing value", message=f"{field} missing"))
    return pl.concat(found) if found else empty_issues()


def _refuse_future(entries: pl.DataFrame, rules: Rules) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Nothing can have been recorded after today."""
    issues = []
    for field in (name for name in DATES_OF_RECORDING if name in entries.columns):
        future = pl.col(field) > rules.today.isoformat()
        message = f"{field} must not be after {rules.today.isoformat()}"
        issues.append(issues_at(entries.filter(future), field, "future entry-date", pl.col(field), message))
        entries = entries.with_columns(pl.when(future.fill_null(value=False).not_()).then(field))
    return entries, pl.concat([empty_issues(), *issues])


def _read_coordinates(entries: pl.DataFrame, rules: Rules) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A pair of coordinates is one place, whatever system it is given in."""
    if not set(COORDINATES) <= set(entries.columns):
        return entries, empty_issues()
    x, y, problems = parse_pairs(entries["GeoX"], entries["GeoY"])
    at = entries.select("line", "entry")[problems["index"]].hstack(problems.drop("index"))
    issues = issues_at(at, ",".join(COORDINATES), pl.col("type"), pl.col("value"), pl.col("message"))
    return entries.with_columns(x.alias("GeoX"), y.alias("GeoY")), issues


def _complete_references(entries: pl.DataFrame, rules: Rules) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A reference without a prefix is one of the dataset's own."""
    fields = [field for field in REFERENCE_FIELDS if field in entries.columns]
    bare = ~pl.col(fields).str.contains(":", literal=True)
    complete = pl.when(bare).then(pl.lit(f"{rules.dataset.dataset}:") + pl.col(fields)).otherwise(pl.col(fields))
    return entries.with_columns(complete) if fields else entries, empty_issues()


def _shorten_wikipedia(entries: pl.DataFrame, rules: Rules) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A page of Wikipedia is named by its title."""
    if "wikipedia" not in entries.columns:
        return entries, empty_issues()
    is_address = pl.col("wikipedia").str.starts_with("http")
    issues = issues_at(entries.filter(is_address), "wikipedia", "removed URI prefix", pl.col("wikipedia"))
    return entries.with_columns(pl.col("wikipedia").str.replace(WIKIPEDIA, "", literal=True)), issues
