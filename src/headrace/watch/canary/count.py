"""How much each check found, organisation by organisation."""

from typing import Final

import polars as pl

from headrace.watch.canary.pair import AFFECTED, Pair
from headrace.watch.canary.registry import CHECKS, Check

COUNTED: Final = pl.Schema(
    {
        "dataset": pl.String(),
        "check": pl.String(),
        "field": pl.String(),
        "organisation": pl.String(),
        "rows": pl.Int64(),
        "of": pl.Int64(),
        "share": pl.Float64(),
    }
)
"""How many entities of an organisation a check found, and what share that is. `organisation` is null for all of them
together, whose share is of the whole dataset. `field` is null where the entity as a whole is meant."""


def find_affected(pair: Pair, checks: tuple[Check, ...] = CHECKS) -> dict[str, pl.DataFrame]:
    """What each check finds, by its name; `AFFECTED`."""
    return {check.name: check.find(pair).select(AFFECTED.names()).cast(AFFECTED) for check in checks}


def count_affected(pair: Pair, affected: dict[str, pl.DataFrame], checks: tuple[Check, ...] = CHECKS) -> pl.DataFrame:
    """What was found, counted; `COUNTED`."""
    counted = [pl.DataFrame(schema=COUNTED)]
    for check in checks:
        found = affected[check.name]
        per = found.group_by("field", "organisation").agg(rows=pl.len()).join(pair.sizes, on="organisation")
        whole = pair.size_after if check.of == "after" else pair.size_before
        total = found.group_by("field").agg(rows=pl.len()).with_columns(organisation=pl.lit(None, pl.String))
        counted.append(_finish(per, pair.dataset, check.name, pl.col(check.of)))
        counted.append(_finish(total, pair.dataset, check.name, pl.lit(whole)))
    return pl.concat(counted)


def _finish(frame: pl.DataFrame, dataset: str, check: str, of: pl.Expr) -> pl.DataFrame:
    named = frame.with_columns(dataset=pl.lit(dataset), check=pl.lit(check), of=of)
    shared = named.with_columns(share=pl.col("rows") / pl.max_horizontal(pl.col("of"), pl.lit(1)))
    return shared.select(COUNTED.names()).cast(COUNTED)
