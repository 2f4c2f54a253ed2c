"""Values of fields: emptied, written otherwise, cut short, or of a kind that was not there."""

from typing import Final

import polars as pl

from headrace.watch.canary.pair import Pair, tell_rows

_MISREAD: Final = "[\ufffd\u0080-\u009f]|Ã[\u0080-\u00bf]|â€|Â[\u0080-\u00bf]"
"""What text looks like that was read in the wrong encoding."""

_ALL: Final = 0.95
"""Share of the values of a field that must be gone to call it emptied."""

_TEXT: Final = 10
"""Letters that a value has at least that can be cut short."""

_LETTERS: Final = "[A-Za-z]{2}"

_VARIED: Final = 0.8
"""Share of different values from which a field tells one entity from another."""

_FEWEST_FIELDS: Final = 3
_MOST: Final = 0.8
"""Share of its fields that must say something else for an entity to be replaced."""


def find_dropped_fields(pair: Pair) -> pl.DataFrame:
    """Rows that had a value of a field of which no entity of the dataset has any now."""
    found = [pair.changes.clear()]
    for name in pair.gone:
        rows = pair.before.filter(pl.col(name).is_not_null())
        found.append(tell_rows(rows, name, pl.col(name), pl.lit(None, pl.String)))
    return pl.concat(found)


def find_emptied(pair: Pair) -> pl.DataFrame:
    """Values that are gone from entities that are still there, of fields of which an organisation gives hardly any now.

    That some entities lose a value is a publisher at work.
    """
    by = ["organisation", "field"]
    emptied = pair.changes.filter(pl.col("after").is_null())
    lost = emptied.group_by(by).agg(lost=pl.len())
    owner = pl.col("organisation_before").alias("organisation")
    filled = pair.kept.group_by(owner).agg(pl.col(f"{name}_before").count().alias(name) for name in pair.fields)
    had = filled.unpivot(index="organisation", variable_name="field", value_name="had")
    wiped = lost.join(had, on=by).filter(pl.col("lost") >= pl.col("had") * _ALL)
    return emptied.join(wiped, on=by, how="semi")


def find_recased(pair: Pair) -> pl.DataFrame:
    """Texts that have lost the difference between capital and small letters, and nothing else.

    Of a field in which few values are used, those that are new say more.
    """
    before, after = pl.col("before"), pl.col("after")
    flat = (after == before.str.to_lowercase()) | (after == before.str.to_uppercase())
    texts = pair.changes.filter(~pl.col("field").is_in(pair.values["field"].implode()))
    return texts.filter((before != after) & flat)


def find_cut_short(pair: Pair) -> pl.DataFrame:
    """Texts of which only the beginning is left."""
    before, after = pl.col("before"), pl.col("after")
    shorter = before.str.starts_with(after) & (after.str.len_chars() < before.str.len_chars())
    return pair.changes.filter(shorter & (before.str.len_chars() >= _TEXT) & before.str.contains(_LETTERS))


def find_misread(pair: Pair) -> pl.DataFrame:
    """Values that look as if they had been read in the wrong encoding, and did not."""
    looks, looked = (pl.col(name).str.contains(_MISREAD) for name in ("after", "before"))
    return pair.changes.filter(looks & ~looked.fill_null(value=False))


def find_unfamiliar(pair: Pair) -> pl.DataFrame:
    """Values that no entity had before, of fields in which few are used, and no dates."""
    few = pair.changes.filter(pl.col("field").is_in(pair.values["field"].implode()) & pl.col("after").is_not_null())
    new = few.join(pair.values, left_on=["field", "after"], right_on=["field", "value"], how="anti")
    return new.filter(~pl.col("field").str.ends_with("-date"))


def find_rewritten(pair: Pair) -> pl.DataFrame:
    """Values that differ in whatever way; those that were empty do not count, nor those that are."""
    return pair.changes.filter(pl.col("before").is_not_null() & pl.col("after").is_not_null())


def find_exchanged(pair: Pair) -> pl.DataFrame:
    """Texts that another entity of the organisation had, of fields in which nearly every entity has its own."""
    differing = find_rewritten(pair).filter(pl.col("after").str.contains(_LETTERS))
    by = ["organisation", "field"]
    fields = differing.select(by).unique()
    found = [differing.clear()]
    for name in fields["field"].unique():
        column = f"{name}_before"
        own = pair.kept.select(pl.col("organisation_before").alias("organisation"), before=column).drop_nulls()
        varied = own.group_by("organisation").agg(varied=pl.col("before").n_unique() / pl.len())
        own = own.join(varied.filter(pl.col("varied") >= _VARIED), on="organisation", how="semi").unique()
        changed = differing.filter(pl.col("field") == name)
        found.append(
            changed.join(own, left_on=["organisation", "after"], right_on=["organisation", "before"], how="semi")
        )
    return pl.concat(found)


def find_replaced(pair: Pair) -> pl.DataFrame:
    """Entities of which nearly every field says something else, beyond when they were written."""
    said = [name for name in pair.fields if name != "entry-date"]
    had = pl.sum_horizontal(pl.col(f"{name}_before").is_not_null() for name in said)
    differs = pl.sum_horizontal((pl.col(name) != pl.col(f"{name}_before")).fill_null(value=False) for name in said)
    rows = pair.kept.filter((had >= _FEWEST_FIELDS) & (differs >= had * _MOST))
    return tell_rows(rows, None, pl.col("reference_before"), pl.col("reference"))
