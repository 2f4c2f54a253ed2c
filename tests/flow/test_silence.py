"""What should have happened and did not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from headrace.flow.silence import FINDINGS, silence
from headrace.flow.stillness import STOPPED
from headrace.flow.stream import passages
from headrace.model.stage import Streams
from headrace.store.streams import read_streams

Tell = Callable[..., pl.DataFrame]

COLLECT = ("collect", "a")


@pytest.fixture(scope="module")
def model() -> Streams:
    return read_streams()


def day(number: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, 1, hour, tzinfo=UTC) + timedelta(days=number - 1)


def findings(frame: pl.DataFrame) -> list[tuple[str, str | None]]:
    return list(frame.select("finding", "stage").iter_rows())


def nights(*days: int) -> str:
    return "; ".join(f"day {number} 02:00 started; day {number} 02:01 finished" for number in days)


def test_nothing_is_silent_while_all_goes_on(tell: Tell, model: Streams) -> None:
    """A run every night, and no findings; the frame has its columns."""
    found = silence(passages(tell({COLLECT: nights(1, 2, 3)})), day(3), model)
    assert found.is_empty()
    assert found.schema == FINDINGS


def test_nights_that_were_missed(tell: Tell, model: Streams) -> None:
    """One finding for those in a row, from the run before them to the one after."""
    found = silence(passages(tell({COLLECT: nights(1, 2, 5, 6)})), day(6), model)
    assert findings(found) == [("missed-night", "collect")]
    row = found.row(0, named=True)
    assert (row["stream"], row["since"], row["age_s"]) == ("data", day(2, 2), 3 * 86400.0)
    assert row["text"] == "No endpoint was asked on 2 nights, 2026-11-03 to 2026-11-04."
    assert row["evidence"] == "Asked last 2026-11-02 02:00, and next 2026-11-05 02:00."


def test_a_run_before_midnight_and_one_after_it_are_two_nights(tell: Tell, model: Streams) -> None:
    """The day between them is no missed night: a day and a bit lies between the runs."""
    told = "day 1 23:50 started; day 1 23:51 finished; day 3 00:10 started; day 3 00:11 finished"
    assert silence(passages(tell({COLLECT: told})), day(3), model).is_empty()


def test_nights_missed_long_ago_are_no_finding(tell: Tell, model: Streams) -> None:
    """They lie before the period; that they are told of is the matter of a report."""
    record = passages(tell({COLLECT: nights(1, 4, 5, 6)}))
    assert silence(record, day(6), model, period=timedelta(days=1)).is_empty()


def test_nights_that_are_missed_now(tell: Tell, model: Streams) -> None:
    """What is expected of collecting is 26 hours."""
    record = passages(tell({COLLECT: nights(1, 2)}))
    assert silence(record, day(3, 3), model).is_empty()
    found = silence(record, day(5), model)
    assert findings(found) == [("missed-night", "collect")]
    assert found["age_s"][0] == 3 * 86400 + 10 * 3600


def test_items_of_which_nothing_was_heard(tell: Tell, model: Streams) -> None:
    """Twice as long as is expected; what failed, was begun or has not waited so long was heard of or may yet be."""
    record = passages(
        tell(
            {
                ("transform", "a"): "day 1 00:00 ready",
                ("transform", "b"): "day 1 00:00 ready; day 1 00:05 started; day 1 00:06 failed: broken",
                ("transform", "c"): "day 3 00:00 ready",
                ("assign", "d"): "day 1 00:00 ready",
            }
        )
    )
    found = silence(record, day(4), model)
    assert findings(found) == [("nothing-heard", "transform")]
    row = found.row(0, named=True)
    assert (row["items"], row["since"], row["expected_s"], row["evidence"]) == (1, day(1, 0), 26 * 3600.0, "a")
    assert row["text"] == "Transform: 1 resource ready longer ago than 52 hours, and nothing has been heard since."


def test_work_that_has_no_end(tell: Tell, model: Streams) -> None:
    """Begun, expected to take an hour, and not heard of for three."""
    found = silence(passages(tell({("transform", "a"): "00:00 ready; 00:05 started"})), day(1, 3), model)
    assert findings(found) == [("no-end", "transform")]
    assert found["since"][0] == datetime(2026, 11, 1, 0, 5, tzinfo=UTC)


def test_a_stream_in_which_nothing_happens_any_more(tell: Tell, model: Streams) -> None:
    """Twice its longest pause so far, judged from six moments on."""
    told = "; ".join(f"day {number} 09:00 ready; day {number} 09:00 finished" for number in range(1, 7))
    record = passages(tell({("convert", "unimportant"): told}).with_columns(stage=pl.lit("triage")))
    assert silence(record, day(8, 8), model).is_empty()
    found = silence(record, day(9), model)
    assert [("stream-silent", None)] == findings(found)
    assert (found["stream"][0], found["since"][0]) == ("feedback", day(6, 9))


def test_inputs_that_stopped_changing(tell: Tell, model: Streams) -> None:
    """One by name, several by number; a kind is a stage or a stream."""
    still = [
        ("collect", "e" * 64, day(1), day(9), 8 * 86400.0, 86400.0, 6),
        ("collect", "f" * 64, day(2), day(9), 7 * 86400.0, 86400.0, 6),
        ("standards", "stage-counts.csv", day(3), day(9), 6 * 86400.0, 86400.0, 7),
    ]
    stopped = pl.DataFrame(still, schema=STOPPED, orient="row")
    found = silence(passages(tell({COLLECT: nights(9)})), day(9), model, stopped)
    assert [
        ("data", "collect", 2, "2 endpoints used to change and have stopped to, the longest still of them since "
         "2026-11-01 12:00."),
        ("standards", None, 1, "stage-counts.csv used to change, and is the same since 2026-11-03 12:00."),
    ] == list(found.select("stream", "stage", "items", "text").iter_rows())  # fmt: skip
    assert found["evidence"][0].startswith(f"{'e' * 12}…, {'f' * 12}…. ")


def test_the_gravest_comes_first(tell: Tell, model: Streams) -> None:
    """By how much longer it is silent than expected."""
    record = passages(tell({COLLECT: nights(1), ("convert", "a"): "day 1 00:00 ready"}))
    found = silence(record, day(20), model)
    ratio = found["age_s"] / found["expected_s"]
    assert found.height == 2
    assert ratio.to_list() == sorted(ratio.to_list(), reverse=True)


def test_what_is_blocked_was_heard_of(tell: Tell, model: Streams) -> None:
    """Whoever blocks it is asked: it is no silence, and is one again when it is free."""
    told = {("publish", "tree"): "day 1 09:00 ready; day 1 09:01 blocked", COLLECT: nights(1, 2, 3, 4, 5)}
    assert silence(passages(tell(told)), day(5), model).is_empty()
    told[("publish", "tree")] += "; day 2 09:00 unblocked"
    assert findings(silence(passages(tell(told)), day(5), model)) == [("nothing-heard", "publish")]
