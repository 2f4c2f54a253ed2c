from collections.abc import Callable
from datetime import datetime

import polars as pl

from headrace.flow.journey import journeys, lead_times, way
from headrace.flow.stream import measure, passages
from headrace.model.stage import Streams

Tell = Callable[..., pl.DataFrame]
Moment = Callable[..., datetime]


def test_the_way_of_the_data_leaves_out_what_lies_beside_it(model: Streams) -> None:
    """A reference that waits for a number holds up no file; a broken endpoint is no expected publication."""
    data = [stage.stage for stage in way(model.by_name["data"])]
    assert data == ["collect", "convert", "transform", "assemble", "publish", "release"]
    assert "repair" not in [stage.stage for stage in way(model.by_name["provision"])]
    assert len(model.by_name["standards"].stages) == len(way(model.by_name["standards"]))


def _night(tell: Tell, day: int, resource: str, brought: bool = True) -> pl.DataFrame:
    """One night in which an endpoint brings a file that is live at 03:00."""
    at = f"day {day} "
    events = tell(
        {
            ("collect", "e"): f"{at}01:00 ready; {at}01:10 started; {at}01:20 finished",
            ("convert", f"tree/{resource}"): f"{at}01:30 ready; {at}01:40 started; {at}01:50 finished",
            ("transform", f"tree/{resource}"): f"{at}01:50 ready; {at}01:50 started; {at}02:00 finished",
            ("assemble", "tree"): f"{at}02:00 ready; {at}02:00 started; {at}02:10 finished",
            ("publish", "tree"): f"{at}02:10 ready; {at}02:10 started; {at}02:20 finished",
            ("release", f"r{day}"): f"{at}02:20 ready; {at}02:50 started; {at}03:00 finished",
        },
        run=f"night {day}",
    )
    brings = (pl.col("stage") == "collect") & (pl.col("kind") == "finished") & pl.lit(brought)
    dataset = pl.when(pl.col("stage").is_in(["collect", "release"]).not_()).then(pl.lit("tree"))
    return events.with_columns(
        dataset=dataset, detail=pl.when(brings).then(pl.lit(f'{{"resource":"{resource}"}}'))
    )  # fmt: skip


def test_a_file_is_followed_from_its_endpoint_into_the_release(tell: Tell, moment: Moment, model: Streams) -> None:
    """Two hours, of which 10 + 10 + 10 + 10 + 10 + 10 minutes are work."""
    passed = passages(_night(tell, 1, "f"))
    found = journeys(passed.visits, passed.events, model.by_name["data"]).row(0, named=True)
    assert (found["item"], found["began_at"], found["ended_at"]) == ("tree/f", moment("01:00"), moment("03:00"))
    assert (found["work_s"], found["stage"]) == (3600.0, "release")


def test_a_file_that_nobody_says_was_brought_begins_where_it_is_first_known(
    tell: Tell, moment: Moment, model: Streams
) -> None:
    """Records from before the link was kept."""
    passed = passages(_night(tell, 1, "f", brought=False))
    found = journeys(passed.visits, passed.events, model.by_name["data"]).row(0, named=True)
    assert (found["began_at"], found["ended_at"]) == (moment("01:30"), moment("03:00"))


def test_what_is_done_after_the_dataset_was_made_goes_with_the_next(tell: Tell, moment: Moment, model: Streams) -> None:
    """A file read at 02:05 by hand is live the night after."""
    late = tell({("convert", "tree/g"): "02:03 started; 02:04 finished", ("transform", "tree/g"): "02:05 finished"})
    events = pl.concat([_night(tell, 1, "f"), late.with_columns(dataset=pl.lit("tree"))])
    data = model.by_name["data"]
    passed = passages(events)
    waiting = journeys(passed.visits, passed.events, data).filter(item="tree/g").row(0, named=True)
    assert (waiting["ended_at"], waiting["stage"]) == (None, "assemble")
    passed = passages(pl.concat([events, _night(tell, 2, "h")]))
    live = journeys(passed.visits, passed.events, data).filter(item="tree/g").row(0, named=True)
    assert (live["ended_at"], live["stage"]) == (moment("03:00", day=2), "release")


def test_an_item_that_comes_again_makes_another_journey(tell: Tell, moment: Moment, model: Streams) -> None:
    """What was answered and is asked again, and what was given up, begin anew; a return does not."""
    told = {
        ("triage", "a"): "09:00 ready; 10:00 finished; 14:00 ready",
        ("act", "a"): "10:00 ready; 11:00 returned; 11:30 ready; 12:00 finished",
        ("answer", "a"): "12:00 ready; 13:00 finished",
        ("triage", "b"): "09:00 ready; 10:00 abandoned; 15:00 ready",
    }
    passed = passages(tell(told))
    found = journeys(passed.visits, passed.events, model.by_name["feedback"])
    assert [
        ("a", 1, moment("09:00"), moment("13:00"), None), ("a", 2, moment("14:00"), None, None),
        ("b", 1, moment("09:00"), None, moment("10:00")), ("b", 2, moment("15:00"), None, None),
    ] == found.select("item", "journey", "began_at", "ended_at", "left_at").rows()  # fmt: skip
    durations = lead_times(found, moment("00:00"), moment("16:00")).sort("exit_s").rows()
    hour = 3600.0
    assert [(0.0, hour, False), (0.0, hour, False), (0.0, 2 * hour, False), (0.0, 4 * hour, True)] == durations


def test_a_stream_from_end_to_end(tell: Tell, moment: Moment, model: Streams) -> None:
    """One file took two hours, half of it work; the other waits."""
    events = pl.concat([_night(tell, 1, "f"), tell({("convert", "tree/g"): "02:00 ready"})])
    data = measure(passages(events), moment("04:00"), model).streams.row(0, named=True)
    assert (data["stream"], data["waiting"], data["lead_p50_s"], data["lead_p85_s"]) == ("data", 1, 7200.0, None)
    assert (data["flow_efficiency"], data["constraint"]) == (3600 / (2 * 7200), "convert")
