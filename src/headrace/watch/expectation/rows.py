"""Whether the rows of a dataset are as they should be, whatever is in them."""

import polars as pl

from headrace.watch.expectation.evidence import Evidence
from headrace.watch.expectation.judgement import Judgement, judge_count, judge_rows
from headrace.watch.expectation.parameters import Parameters, UnjudgeableError

LINE = "#line"


def column(rows: pl.DataFrame, name: str) -> pl.Series:
    """A column of rows.

    Raises:
        UnjudgeableError: there is none of that name.
    """
    if name not in rows.columns or name == LINE:
        known = ", ".join(each for each in rows.columns if each != LINE)
        raise UnjudgeableError(f"there is no column {name!r}; expected one of {known}")
    return rows[name]


def count_rows(evidence: Evidence, parameters: Parameters) -> Judgement:
    """Count the rows."""
    return judge_count(evidence.rows.height, parameters, "greater_than", "rows")


def check_unique(evidence: Evidence, parameters: Parameters) -> Judgement:
    """Find values of `field` that more than one row has."""
    field = parameters.text("field")
    counts = column(evidence.rows, field).rename("value").value_counts(sort=True, name="count")
    repeated = counts.filter(pl.col("count") > 1).sort("count", "value", descending=[True, False])
    message = f"{repeated.height:,} values of {field} are in more than one row"
    return Judgement(repeated.is_empty(), message, {"field": field, "duplicates": repeated.to_dicts()})


def check_no_shared_values(evidence: Evidence, parameters: Parameters) -> Judgement:
    """Find values that both `field_1` and `field_2` have, in whichever rows."""
    first, second = parameters.text("field_1"), parameters.text("field_2")
    shared = sorted((set(column(evidence.rows, first)) & set(column(evidence.rows, second))) - {""})
    message = f"{len(shared):,} values are in both {first} and {second}"
    return Judgement(not shared, message, {"field_1": first, "field_2": second, "shared_values": shared})


def check_allowed_values(evidence: Evidence, parameters: Parameters) -> Judgement:
    """Find rows whose `field` is none of `allowed_values`; a blank is a value too."""
    field, allowed = parameters.text("field"), parameters.values("allowed_values")
    values = column(evidence.rows, field)
    wrong = evidence.rows.filter(~values.is_in(allowed)).select(line_number=LINE, value=field)
    return judge_rows(
        wrong.to_dicts(),
        f"have a {field} that is not allowed",
        field=field,
        allowed_values=sorted(set(allowed)),
        invalid_values=wrong["value"].unique().sort().to_list(),
    )


def check_no_blank_rows(evidence: Evidence, parameters: Parameters) -> Judgement:
    """Find rows in which nothing is said."""
    blank = evidence.rows.filter(pl.all_horizontal(pl.all().exclude(LINE) == "")).select(line_number=LINE)
    return judge_rows(blank.to_dicts(), "are blank")
