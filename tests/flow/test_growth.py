"""Passages of a record that grows."""

from collections.abc import Callable

import polars as pl

from headrace.flow.growth import extend
from headrace.flow.stream import Passages, passages

Tell = Callable[..., pl.DataFrame]

VISITS = ["stage", "item_type", "item", "visit"]
SPELLS = [*VISITS, "started_at"]


def same(one: Passages, other: Passages) -> bool:
    """Whether two tell the same, in whatever order and however they number places and rows."""
    events = [each.events.drop("place", "row").sort("id") for each in (one, other)]
    visits = [each.visits.sort(VISITS) for each in (one, other)]
    spells = [each.spells.sort(SPELLS) for each in (one, other)]
    pairs = (events, visits, spells)
    return all(left.equals(right) for left, right in pairs) and (one.run, one.recorded_at) == (
        other.run,
        other.recorded_at,
    )


def test_a_visit_goes_on(tell: Tell) -> None:
    """What was ready is begun and ended; the others are as they were."""
    before = tell({("collect", "a"): "09:00 ready", ("collect", "b"): "09:00 ready; 09:01 started; 09:02 finished"})
    more = tell({("collect", "a"): "10:00 started; 10:01 finished; day 2 09:00 ready"}, run="next")
    grown = extend(passages(before), more)
    assert same(passages(pl.concat([before, more])), grown)
    assert grown.run == "next"
    assert grown.visits.height == 3


def test_rows_are_numbered_and_places_hang_together(tell: Tell) -> None:
    """A grown record is in order, as measures that gather rows by their number need it."""
    before = tell({("collect", item): "09:00 ready; 09:05 started" for item in "abc"})
    more = tell({("collect", "b"): "09:10 failed: HTTP 404", ("assign", "new"): "09:10 ready"})
    events = extend(passages(before), more).events
    assert list(range(events.height)) == events["row"].to_list()
    assert events["place"].rle().len() == events["place"].n_unique() == 4
    assert (
        events.sort("place", "at", maintain_order=True)
        .drop("row")
        .equals(events.sort("place", maintain_order=True).drop("row"))
    )


def test_what_is_known_changes_nothing(tell: Tell) -> None:
    """The same events again give the same passages, as they are."""
    record = tell({("collect", "a"): "09:00 ready", ("collect", "b"): "09:00 ready"})
    before = passages(record)
    assert extend(before, record.head(1)) is before
    assert extend(before, record.clear()) is before


def test_one_item_at_two_stages_is_two_places(tell: Tell) -> None:
    """Only the place is read again of which more is said."""
    before = tell({("convert", "a"): "09:00 ready; 09:01 started", ("transform", "a"): "09:02 ready"})
    more = tell({("transform", "a"): "09:03 started"})
    assert same(passages(pl.concat([before, more])), extend(passages(before), more))


def test_an_empty_record_grows(tell: Tell) -> None:
    """As does one that more is added to than it had."""
    more = tell({("collect", "a"): "09:00 ready; 09:01 started"})
    assert same(passages(more), extend(passages(more.clear()), more))
