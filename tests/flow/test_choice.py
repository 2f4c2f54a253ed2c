from collections.abc import Callable
from datetime import datetime

import polars as pl

from headrace.flow.choice import choose
from headrace.flow.past import past
from headrace.flow.queue import queues
from headrace.flow.stream import Passages, passages
from headrace.model.stage import Streams


def _record(tell: Callable[..., pl.DataFrame]) -> Passages:
    """Two endpoints of two councils and datasets, each first named with its owner; a release; a request."""
    owned = {"a": ("tree", "x:LBH"), "b": ("tree", "x:CMD"), "c": ("area", "x:LBH")}
    events = tell(
        {("collect", item): "09:00 ready; 09:05 started; 09:06 failed; 11:00 finished; 12:00 ready" for item in owned}
        | {("assemble", "tree"): "10:00 ready", ("assemble", "area"): "10:00 ready", ("release", "r"): "13:00 ready"}
    )
    said = pl.col("kind") == "ready"
    dataset = pl.col("item").replace_strict(
        {k: v[0] for k, v in owned.items()} | {"tree": "tree", "area": "area"}, default=None
    )
    owner = pl.col("item").replace_strict({k: v[1] for k, v in owned.items()}, default=None)
    return passages(events.with_columns(dataset=pl.when(said).then(dataset), organisation=pl.when(said).then(owner)))


def _items(passed: Passages) -> list[str]:
    return passed.visits.select("item", "stage").unique().sort("stage", "item")["item"].to_list()


def test_no_choice_is_everything(tell: Callable[..., pl.DataFrame]) -> None:
    """The same passages, not a copy."""
    passed = _record(tell)
    assert choose(passed) is passed


def test_a_dataset_goes_with_its_visits_and_the_releases(tell: Callable[..., pl.DataFrame]) -> None:
    """Its events are those of the visits, also where they do not name it."""
    chosen = choose(_record(tell), dataset="tree")
    assert ["tree", "a", "b", "r"] == _items(chosen)
    assert {"a": 5, "b": 5, "tree": 1, "r": 1} == dict(chosen.events.group_by("item").len().iter_rows())


def test_the_data_of_an_organisation_passes_with_that_of_others(tell: Callable[..., pl.DataFrame]) -> None:
    """Where datasets are made."""
    assert ["tree", "b", "r"] == _items(choose(_record(tell), organisation="x:CMD"))


def test_a_stream_and_a_beginning(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime], model: Streams
) -> None:
    """Visits that ended before it are left out; of provisions nothing is recorded."""
    passed = _record(tell)
    assert [] == _items(choose(passed, stream=model.by_name["provision"]))
    assert 3 == choose(passed, since=moment("11:30")).visits.filter(stage="collect").height


def test_the_past_of_a_choice_is_the_choice_of_the_past(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime], model: Streams
) -> None:
    """A chosen record can be read as any other."""
    told = past(choose(_record(tell), dataset="tree"), [moment("10:30"), moment("12:30")], model)
    collect = told.stages.filter(stage="collect")
    assert [(2, 2), (2, 0)] == collect.select("waiting", "failed").rows()
    assert 2 == queues(choose(_record(tell), dataset="tree").visits, moment("14:00"))["waiting"].max()
