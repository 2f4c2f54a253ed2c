from collections.abc import Callable

import polars as pl

from headrace.flow.record import in_order


def test_a_record_in_order_is_returned_as_it_is(tell: Callable[..., pl.DataFrame]) -> None:
    """Ordering twice costs nothing and changes nothing."""
    ordered = in_order(tell({("collect", "a"): "09:00 ready; 09:01 started"}))
    assert ordered is in_order(ordered)


def test_an_event_told_twice_is_one_event(tell: Callable[..., pl.DataFrame]) -> None:
    """Rows with one id are kept once."""
    events = tell({("collect", "a"): "09:00 ready; 09:01 started"})
    assert in_order(pl.concat([events, events])).height == 2


def test_a_visit_ends_with_its_closing_event(tell: Callable[..., pl.DataFrame]) -> None:
    """The closing event belongs to the visit it ends, the next event to the next visit."""
    events = tell({("collect", "a"): "09:00 ready; 09:01 skipped; 09:02 blocked; 09:03 ready"})
    assert in_order(events)["visit"].to_list() == [1, 1, 2, 2]
