"""Entities that are gone, have appeared, or are there under another reference."""

from typing import Final

import polars as pl

from headrace.watch.canary.pair import IDENTITY, SHAPE, Pair, tell_rows

_NONE: Final = pl.lit(None, pl.String)
_DATED: Final = "entry-date"
"""When the publisher wrote a row, which says nothing of what the row is about."""


def find_absent_providers(pair: Pair) -> pl.DataFrame:
    """Every entity of an organisation that has none any more."""
    absent = pair.sizes.filter((pl.col("before") > 0) & (pl.col("after") == 0))
    return tell_rows(pair.before.join(absent, on="organisation", how="semi"), None, pl.col("reference"), _NONE)


def find_lost(pair: Pair) -> pl.DataFrame:
    """Entities that are gone."""
    return tell_rows(pair.lost, None, pl.col("reference"), _NONE)


def find_appeared(pair: Pair) -> pl.DataFrame:
    """Entities that were not there, of organisations that were."""
    known = pair.sizes.filter(pl.col("before") > 0)
    return tell_rows(pair.appeared.join(known, on="organisation", how="semi"), None, _NONE, pl.col("reference"))


def find_renumbered(pair: Pair) -> pl.DataFrame:
    """Entities that are gone, while another appeared of the same organisation that says the same."""
    said = [name for name in content_fields(pair) if pair.lost[name].null_count() < pair.lost.height]
    if not said:
        return tell_rows(pair.lost.clear(), "reference", _NONE, _NONE)
    now = pair.appeared.select("organisation", *said, reference_now="reference")
    found = pair.lost.join(now.unique(["organisation", *said]), on=["organisation", *said], nulls_equal=True)
    return tell_rows(found.unique("entity"), "reference", pl.col("reference"), pl.col("reference_now"))


def find_copied(pair: Pair) -> pl.DataFrame:
    """Entities that appeared and say the same as another of the same organisation that was there."""
    said = [name for name in content_fields(pair) if pair.after[name].null_count() < pair.after.height]
    if not said:
        return tell_rows(pair.appeared.clear(), None, _NONE, _NONE)
    kept = pair.kept.select("organisation", *said, original="reference").unique(["organisation", *said])
    found = pair.appeared.join(kept, on=["organisation", *said], nulls_equal=True)
    return tell_rows(found, None, pl.col("original"), pl.col("reference"))


def content_fields(pair: Pair) -> list[str]:
    """What an entity says of the thing, whatever it is called and whenever it was written."""
    return [*(name for name in pair.fields if name not in (*IDENTITY, _DATED)), SHAPE]
