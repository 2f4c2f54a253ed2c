"""Whether numbers lie within ranges, and ranges apart from one another."""

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from headrace.watch.expectation.evidence import Evidence
from headrace.watch.expectation.judgement import Judgement, judge_rows
from headrace.watch.expectation.parameters import Parameters, UnjudgeableError
from headrace.watch.expectation.rows import LINE, column

ORGANISATION: Final = "organisation"

CONDITIONS: Final[Mapping[str, Callable[[pl.Expr, list[str]], pl.Expr]]] = {
    "=": lambda value, wanted: value == wanted[0],
    "==": lambda value, wanted: value == wanted[0],
    "!=": lambda value, wanted: value != wanted[0],
    "<>": lambda value, wanted: value != wanted[0],
    "in": lambda value, wanted: value.is_in(wanted),
    "not in": lambda value, wanted: ~value.is_in(wanted),
}
"""How a lookup rule can compare a field."""


def check_no_overlapping_ranges(evidence: Evidence, parameters: Parameters) -> Judgement:
    """Find rows whose range from `min_field` to `max_field`, both included, meets that of another."""
    low, high = parameters.text("min_field"), parameters.text("max_field")
    ranges = _ranges(evidence.rows, low, high).sort("low", "high")
    open_until = ranges["high"].cum_max().shift(1)
    if not (ranges["low"] <= open_until).any():
        pairs = []
    else:
        other = ranges.select(low_2="low", high_2="high", order_2="order")
        meets = (pl.col("low") <= pl.col("high_2")) & (pl.col("high") >= pl.col("low_2"))
        met = ranges.join_where(other, pl.col("order") < pl.col("order_2"), meets).sort("order", "order_2")
        pairs = met.select("low", "high", "low_2", "high_2").rows()
    overlaps = [{"range_1": [first[0], first[1]], "range_2": [first[2], first[3]]} for first in pairs]
    message = f"{len(overlaps):,} pairs of ranges overlap"
    return Judgement(not overlaps, message, {"min_field": low, "max_field": high, "overlaps": overlaps})


def check_fields_are_within_range(evidence: Evidence, parameters: Parameters) -> Judgement:
    """Find rows in which one of the fields of `field` is a number outside every range of `external_file`.

    `rules.lookup_rules` says which rows are looked at; values that are no numbers are not.
    """
    fields = parameters.texts("field")
    ranges = _external_ranges(evidence, parameters)
    rows = evidence.rows.filter(_chosen(evidence.rows, parameters))
    wrong = []
    for field in fields:
        numbers = rows.select(LINE, value=_number(column(rows, field))).drop_nulls()
        outside = _outside(numbers, ranges, by=[])
        wrong += [
            {"line_number": line, "value": value} | ({"field": field} if len(fields) > 1 else {})
            for line, value in outside.select(LINE, "value").iter_rows()
        ]
    return judge_rows(wrong, f"have a {' or '.join(fields)} outside the ranges")


def check_field_is_within_range_by_dataset_org(evidence: Evidence, parameters: Parameters) -> Judgement:
    """Find rows in which `field` is a number outside the ranges of their dataset and organisation in `external_file`.

    The dataset is the value of `lookup_dataset_field` in a row, and of `range_dataset_field` in a range.
    """
    field = parameters.text("field")
    named, own = parameters.text("lookup_dataset_field"), parameters.text("range_dataset_field")
    ranges = _external_ranges(evidence, parameters, dataset=own, organisation=ORGANISATION)
    rows = evidence.rows.filter(_chosen(evidence.rows, parameters))
    numbers = rows.select(
        LINE, value=_number(column(rows, field)), dataset=column(rows, named), organisation=column(rows, ORGANISATION)
    )
    asked = numbers.filter((pl.col("dataset") != "") & (pl.col("organisation") != "") & pl.col("value").is_not_null())
    outside = _outside(asked, ranges, by=["dataset", "organisation"])
    wrong = [
        {"line_number": line, field: value, named: dataset, ORGANISATION: organisation}
        for line, value, dataset, organisation in outside.iter_rows()
    ]
    return judge_rows(wrong, f"have a {field} outside the ranges of their dataset and organisation")


def _ranges(rows: pl.DataFrame, low: str, high: str, **keys: str) -> pl.DataFrame:
    """Ranges with `order`, and the columns that are asked for under another name; what is no range is left out."""
    more = {name: column(rows, field).fill_null("").str.strip_chars() for name, field in keys.items()}
    ranges = rows.select(low=_number(column(rows, low)), high=_number(column(rows, high)), **more)
    return ranges.drop_nulls().with_row_index("order")


def _external_ranges(evidence: Evidence, parameters: Parameters, **keys: str) -> pl.DataFrame:
    table = evidence.other(parameters.text("external_file").rpartition("/")[2])
    return _ranges(table, parameters.text("min_field"), parameters.text("max_field"), **keys)


def _outside(numbers: pl.DataFrame, ranges: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    within = [pl.col("value") >= pl.col("low"), pl.col("value") <= pl.col("high")]
    same = [pl.col(name) == pl.col(f"{name}_right") for name in by]
    right = ranges.drop("order").rename({name: f"{name}_right" for name in by})
    inside = numbers.join_where(right, *within, *same).select(LINE).unique()
    return numbers.join(inside, on=LINE, how="anti", maintain_order="left")


def _number(texts: pl.Series) -> pl.Series:
    return texts.cast(pl.String).str.strip_chars().str.to_integer(strict=False, dtype=pl.Int64)


def _chosen(rows: pl.DataFrame, parameters: Parameters) -> pl.Expr:
    """The rows that `rules.lookup_rules` means: all conditions of one object, of any object."""
    rules = parameters.given.get("rules") or {}
    groups = rules.get("lookup_rules") if isinstance(rules, dict) else None
    if not groups:
        return pl.lit(value=True)
    groups = groups if isinstance(groups, list) else [groups]
    return pl.any_horizontal(
        [pl.all_horizontal([_condition(rows, field, said) for field, said in group.items()]) for group in groups]
    )


def _condition(rows: pl.DataFrame, field: str, said: object) -> pl.Expr:
    column(rows, field)
    how, wanted = "=", said
    if isinstance(said, dict):
        how, wanted = str(said.get("op") or said.get("operation") or "").strip().lower(), said.get("value")
    if how not in CONDITIONS:
        raise UnjudgeableError(f"lookup_rules compares {field} by {how!r}; expected one of {', '.join(CONDITIONS)}")
    values = [str(each).strip() for each in (wanted if isinstance(wanted, list) else [wanted])]
    return CONDITIONS[how](pl.col(field), values)
