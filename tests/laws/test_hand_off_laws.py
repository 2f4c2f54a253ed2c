"""Laws of hand-offs: nothing is handed over twice, by nobody, or to nobody."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from headrace.flow.hand_off import by_month, by_stage, hand_offs, matrix, possible_lines, roles_of, used_lines
from headrace.flow.stream import passages
from headrace.model.event import EVENT_SCHEMA, Event, Kind
from headrace.store.streams import read_streams

FIRST = datetime(2026, 10, 1, tzinfo=UTC)
LAST = FIRST + timedelta(days=100)
MODEL = read_streams()

events = st.builds(
    Event,
    at=st.integers(0, 99).map(lambda day: FIRST + timedelta(days=day)),
    item_type=st.just("consideration"),
    item=st.sampled_from("ab"),
    stage=st.sampled_from(["research", "go-no-go", "prepare", "mandate", "assign", "collect", "unheard-of"]),
    kind=st.sampled_from(Kind),
    run=st.just("test"),
)
records = st.lists(events, max_size=30)


def _told(record: Sequence[Event]) -> pl.DataFrame:
    rows = [{name: getattr(event, name) for name in EVENT_SCHEMA} for event in record]
    return hand_offs(passages(pl.DataFrame(rows, schema=EVENT_SCHEMA)), MODEL)


@given(records)
def test_who_hands_over_is_who_had_it(record: list[Event]) -> None:
    """The hand-offs of one item are a chain: each begins where the one before it ended, and goes to somebody else."""
    for _, chain in _told(record).group_by("item", maintain_order=True):
        assert chain["from_role"].to_list()[1:] == chain["to_role"].to_list()[:-1]
        assert not (chain["from_role"] == chain["to_role"]).any()


@given(records)
def test_what_goes_in_comes_out_or_stays(record: list[Event]) -> None:
    """Per item and role, hand-offs received less those given are what it holds at the end less at the beginning."""
    for _, chain in _told(record).group_by("item", maintain_order=True):
        balance = Counter(chain["to_role"].to_list())
        balance.subtract(chain["from_role"].to_list())
        ends = Counter([chain["to_role"][-1]])
        ends.subtract([chain["from_role"][0]])
        assert {role: held for role, held in ends.items() if held} == {
            role: held for role, held in balance.items() if held
        }


@given(records)
def test_every_table_counts_every_hand_off_once(record: list[Event]) -> None:
    """The matrix, the stages and the months add up to the list; no more lines are used than there are."""
    handed = _told(record)
    start = FIRST - timedelta(days=1)
    assert {handed.height} == {
        int(table["count"].sum())
        for table in (matrix(handed, start, LAST), by_stage(handed, start, LAST), by_month(handed, LAST))
    }
    assert used_lines(handed) <= possible_lines(len(roles_of(MODEL)))
