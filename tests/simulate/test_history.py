"""The invented past of the small England."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from headrace.collect.schedule import next_due
from headrace.flow.stream import passages
from headrace.flow.visits import WAITING
from headrace.model.attempt import ATTEMPT_SCHEMA, RECORDED_ELSEWHERE
from headrace.model.event import EVENT_SCHEMA
from headrace.model.stage import Streams
from headrace.run.endpoint_history import read_histories
from headrace.simulate.history.england_past import Past, invent_past
from headrace.simulate.history.nights import MISSED, NIGHTS
from headrace.simulate.history.tale import SIMULATED
from headrace.simulate.publications import PUBLICATIONS
from headrace.store.streams import read_streams

UNTIL = date(2026, 11, 22)
PUBLISHED = [(each, f"http://127.0.0.1:8099{each.path}") for each in PUBLICATIONS]


@pytest.fixture(scope="module")
def model() -> Streams:
    return read_streams()


@pytest.fixture(scope="module")
def past(model: Streams) -> Past:
    return invent_past(1, PUBLISHED, UNTIL, model)


def test_it_follows_from_the_seed(past: Past, model: Streams) -> None:
    """The same seed and day give the same past, another seed another."""
    again, other = invent_past(1, PUBLISHED, UNTIL, model), invent_past(2, PUBLISHED, UNTIL, model)
    assert past.events.equals(again.events)
    assert past.attempts.equals(again.attempts)
    assert not past.events.equals(other.events)


def test_it_says_that_it_is_invented(past: Past) -> None:
    """Actor and run of every event are simulated, and no attempt counts as one made here."""
    assert past.events.schema == EVENT_SCHEMA
    assert past.attempts.schema == ATTEMPT_SCHEMA
    assert past.events["actor"].unique().to_list() == [SIMULATED]
    assert past.events["run"].str.starts_with(f"{SIMULATED}-").all()
    assert past.attempts["due"].unique().to_list() == [RECORDED_ELSEWHERE]


def test_nothing_lies_in_the_future(past: Past) -> None:
    """The last night's work is done in the morning after it."""
    end = datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert past.events["at"].max() <= end  # type: ignore[operator]
    assert past.attempts["finished_at"].max() <= end  # type: ignore[operator]


def test_every_stream_has_something_to_show(past: Past, model: Streams) -> None:
    """At every stage but those of a long way something has happened, and in every stream of people something waits."""
    visits = passages(past.events).visits
    told = set(visits["stage"])
    for stream in model.streams:
        assert len(told & {stage.stage for stage in stream.stages}) >= 3, stream.stream
    waiting = visits.filter(WAITING)["stage"]
    for name in ("provision", "standards", "feedback"):
        assert waiting.is_in([stage.stage for stage in model.by_name[name].stages]).any(), name
    assert {"returned", "abandoned", "finished", "failed"} <= set(visits["outcome"])


def test_nights_were_missed(past: Past) -> None:
    """On three nights of the half year nobody was asked."""
    nights = [UNTIL - timedelta(days=number) for number in range(NIGHTS)]
    missed = {UNTIL - timedelta(days=number) for number in MISSED}
    assert missed == {night for night in nights if night.isoformat() not in set(past.attempts["night"])}


def test_every_endpoint_is_due_on_the_night_after(past: Past) -> None:
    """So that a demonstration asks as many as one without a past; those that fail have done so by their schedule."""
    histories = read_histories(past.attempts)
    night = UNTIL + timedelta(days=1)
    live = [url for each, url in PUBLISHED if not each.ended_on]
    attempts = past.attempts.select("endpoint", "url").unique()
    endpoints = dict(attempts.select("url", "endpoint").iter_rows())
    assert [url for url in live if next_due(histories[endpoints[url]], night).on > night] == []
    failing = [history for history in histories.values() if history.failing_since]
    assert max((UNTIL - history.failing_since).days for history in failing if history.failing_since) >= 14


def test_what_is_published_was_configured(past: Past) -> None:
    """Provisions with an endpoint are live, the others have not been configured."""
    finished = past.events.filter((pl.col("stage") == "first-release") & (pl.col("kind") == "finished"))["item"]
    expected = {f"{each.dataset}/{each.publisher.organisation}" for each, _ in PUBLISHED if each.publisher.kind}
    live = {item for item in expected if not item.endswith(":WDN")}
    assert live == set(finished)
    configured = past.events.filter((pl.col("stage") == "configure") & (pl.col("kind") == "finished"))["item"]
    assert live == set(configured)


def test_what_is_mended_on_the_second_day_has_only_begun_to_fail(past: Past) -> None:
    """Who fails for long is asked less often, and would not be asked on the night on which the answer comes."""
    mended = [url for each, url in PUBLISHED if each.fault_on(1) and not each.fault_on(2) and not each.ended_on]
    spells = (
        past.attempts.filter(pl.col("url").is_in(mended))
        .sort("night")
        .group_by("url")
        .agg(pl.col("resource").is_null().reverse().cum_prod().sum().alias("failing"))
    )
    assert set(mended) == set(spells["url"])
    assert spells["failing"].max() <= 3  # type: ignore[operator]
