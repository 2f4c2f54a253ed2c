from collections.abc import Callable

import polars as pl
import pytest

from headrace.flow.spells import spells

ENDS = [
    ("09:00 started", [(None, None)]),
    ("09:00 started; 09:01 failed; 09:02 started; 09:05 finished", [("failed", 60), ("finished", 180)]),
    ("09:00 started; 10:00 started; 10:01 finished", [("lost", None), ("finished", 60)]),
    ("09:00 started; 09:01 ready; 09:02 blocked; 09:03 finished", [("finished", 180)]),
    ("09:00 started; 09:01 finished; 09:02 failed", [("finished", 60)]),
    ("09:00 ready; 09:01 failed; 09:02 finished", []),
]


@pytest.mark.parametrize(("told", "expected"), ENDS, ids=[told for told, _ in ENDS])
def test_every_start_is_a_spell(
    told: str, expected: list[tuple[str | None, int | None]], tell: Callable[..., pl.DataFrame]
) -> None:
    """A spell lasts until the next failure or end of the same visit; a second start means that the first was lost."""
    found = spells(tell({("transform", "a"): told}))
    lasted = (pl.col("ended_at") - pl.col("started_at")).dt.total_seconds()
    assert expected == found.select("outcome", lasted).rows()


def test_spells_of_two_items_do_not_mix(tell: Callable[..., pl.DataFrame]) -> None:
    """What happens to one item ends nothing of another."""
    found = spells(tell({("transform", "a"): "09:00 started", ("transform", "b"): "09:01 failed"}))
    assert found["ended_at"].to_list() == [None]
