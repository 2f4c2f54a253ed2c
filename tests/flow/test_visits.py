import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from headrace.flow.visits import visits
from headrace.model.event import EVENT_SCHEMA

CASES = list(csv.DictReader((Path(__file__).parent.parent / "cases/flow/visits.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("case", CASES, ids=[case["fact"] for case in CASES])
def test_what_is_recorded_makes_these_visits(case: dict[str, str], tell: Callable[..., pl.DataFrame]) -> None:
    """Every case of cases/flow/visits.csv holds."""
    events = tell({(case["stage"], "x"): case["events"].replace("|", ";")})
    assert case["visits"] == " + ".join(_worded(row) for row in visits(events).iter_rows(named=True))


def test_visits_are_numbered_within_a_place(tell: Callable[..., pl.DataFrame]) -> None:
    """Another item, or the same item at another stage, counts from 1."""
    events = tell(
        {
            ("transform", "a"): "09:00 finished; 10:00 finished",
            ("transform", "b"): "09:30 finished",
            ("convert", "a"): "08:00 finished",
        }
    )
    numbered = visits(events).select("stage", "item", "visit").rows()
    assert numbered == [("convert", "a", 1), ("transform", "a", 1), ("transform", "a", 2), ("transform", "b", 1)]


def test_what_an_item_belongs_to_is_what_was_said_last(tell: Callable[..., pl.DataFrame]) -> None:
    """An event that does not name the dataset leaves it as it was."""
    events = tell({("transform", "a"): "09:00 ready; 09:01 started; 09:02 finished"}).with_columns(
        dataset=pl.Series(["tree", "conservation-area", None])
    )
    assert visits(events)["dataset"].to_list() == ["conservation-area"]


def test_no_events_make_no_visits() -> None:
    """An empty record has the same columns as any other."""
    nothing = visits(pl.DataFrame(schema=EVENT_SCHEMA))
    assert nothing.shape == (0, 15)


def _worded(visit: dict[str, object]) -> str:
    moments = " / ".join(_clock(visit[name]) for name in ("ready_at", "started_at", "finished_at"))
    parts = [f"{moments} {visit['outcome']}"]
    if visit["waits_for"]:
        parts.append(f"waits for {visit['waits_for']}")
    if visit["reason"]:
        parts.append(f"because {visit['reason']}")
    if visit["failures"]:
        parts.append(f"failures {visit['failures']}")
    if visit["work_s"]:
        parts.append(f"worked {visit['work_s']:g} s")
    return "; ".join(parts)


def _clock(at: object) -> str:
    if not isinstance(at, datetime):
        return "-"
    return f"{at:%H:%M}" if at.day == 1 else f"day {at.day} {at:%H:%M}"
