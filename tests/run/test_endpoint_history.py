"""From the collection log to the history of each endpoint."""

from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from headrace.collect.schedule import History
from headrace.run.endpoint_history import read_histories

Attempts = list[tuple[str, int, bool, str]]

attempts = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(1, 20), st.booleans(), st.sampled_from(["404", "500"])), min_size=1
)


def one_by_one(told: Attempts) -> dict[str, History]:
    """What is said of each endpoint by going through its nights."""
    found = {}
    for endpoint in {each[0] for each in told}:
        own = [each for each in told if each[0] == endpoint]
        nights = {night: any(good for _, other, good, _ in own if other == night) for _, night, _, _ in own}
        good_nights = [night for night, good in nights.items() if good]
        last_good = max(good_nights, default=0)
        failed = sorted(night for night in nights if night > last_good)
        reasons = [reason for _, night, _, reason in own if night in failed]
        found[endpoint] = History(
            first_on=date(2026, 11, min(nights)),
            last_on=date(2026, 11, max(nights)),
            succeeded_on=date(2026, 11, last_good) if last_good else None,
            failing_since=date(2026, 11, failed[0]) if failed else None,
            failures=len(failed),
            reason=reasons[-1] if reasons else None,
        )
    return found


@given(attempts)
def test_columns_say_what_nights_say_one_by_one(told: Attempts) -> None:
    """A night is good when one of its attempts was; the reason is that of the last attempt that failed since."""
    in_time = sorted(told, key=lambda each: each[1])
    rows = [
        (endpoint, f"2026-11-{night:02}", "r" if good else None, None if good else reason)
        for endpoint, night, good, reason in in_time
    ]
    schema = dict.fromkeys(("endpoint", "night", "resource", "reason"), pl.String)
    assert read_histories(pl.DataFrame(rows, schema=schema, orient="row")) == one_by_one(in_time)
