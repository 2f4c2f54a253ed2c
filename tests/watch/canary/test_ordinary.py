"""What is learnt from past nights."""

import polars as pl

from canary_entities import areas
from headrace.watch.canary.count import count_affected, find_affected
from headrace.watch.canary.judge import judge_pair
from headrace.watch.canary.ordinary import NIGHTS_NEEDED, learn_ordinary
from headrace.watch.canary.pair import make_pair
from headrace.watch.canary.registry import CHECKS


def count(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    pair = make_pair("conservation-area", before, after)
    return count_affected(pair, find_affected(pair))


def test_what_happens_often_is_ordinary_and_what_breaks_data_never_is() -> None:
    """Half of a provider gone is held, until it has been seen on enough nights; a provider gone is held always."""
    before = areas()
    half = before.filter((pl.col("organisation") != "local-authority:BEC") | (pl.col("reference") > "CA3"))
    gone = before.filter(pl.col("organisation") != "local-authority:BEC")
    quiet = learn_ordinary([count(before, before)] * NIGHTS_NEEDED, CHECKS)
    busy = learn_ordinary([count(before, half), count(before, gone)] * NIGHTS_NEEDED, CHECKS)

    said = [
        judge_pair(make_pair("conservation-area", before, after), past).verdict
        for past in (quiet, busy)
        for after in (half, gone)
    ]

    assert ["hold", "hold", "pass", "hold"] == said


def test_with_a_past_what_lies_between_passes() -> None:
    """A third of a provider's areas gone is inconclusive without a past only."""
    before = areas()
    third = before.filter(
        (pl.col("organisation") != "local-authority:BEC") | ~pl.col("reference").is_in(["CA1", "CA2", "CA3", "CA4"])
    )
    pair = make_pair("conservation-area", before, third)

    said = [judge_pair(pair, learn_ordinary([count(before, before)] * nights, CHECKS)).verdict for nights in (0, 20)]

    assert ["inconclusive", "pass"] == said
