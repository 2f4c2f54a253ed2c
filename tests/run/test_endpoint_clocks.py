from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from headrace.model.attempt import ATTEMPT_SCHEMA
from headrace.run.endpoint_clocks import Clocks, Inside, read_clocks
from headrace.store.lake import Lake

NIGHT = datetime(2026, 11, 1, 1, tzinfo=UTC)
TODAY = date(2026, 11, 9)


def _attempts(*answers: tuple[str | None, str | None]) -> pl.DataFrame:
    """One a night: the resource, and what it says."""
    rows = [
        {"started_at": NIGHT + timedelta(days=day), "finished_at": NIGHT + timedelta(days=day)}
        | {"resource": resource, "content": content, "night": (NIGHT + timedelta(days=day)).date().isoformat()}
        for day, (resource, content) in enumerate(answers)
    ]
    return pl.DataFrame(rows, schema_overrides=ATTEMPT_SCHEMA)


def _keep(lake: Lake, dataset: str, resource: str, **dates: list[str]) -> None:
    """A result with these dates."""
    folder = lake.result_folder(dataset, resource, "rules") / "answers"
    folder.mkdir(parents=True)
    (folder / "result.json").write_text("{}", "utf-8")
    facts = [{"field": field, "value": value} for field, values in dates.items() for value in values]
    pl.DataFrame(facts).write_parquet(folder / "facts.0000.parquet")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path)


def test_the_three_clocks_differ(lake: Lake) -> None:
    """Asked every night, changed once, and nothing newer inside than three years: neither plans nor days of asking."""
    _keep(
        lake,
        "conservation-area",
        "b",
        **{"designation-date": ["1971-03-01", "2023-05-04", "2062-01-01"], "entry-date": ["2026-11-02", "2022-01-01"]},
    )
    attempts = _attempts(("a", None), ("b", None), ("b", None), (None, None))
    assert read_clocks(lake, attempts, TODAY) == Clocks(
        NIGHT + timedelta(days=3),
        NIGHT + timedelta(days=1),
        Inside(date(2023, 5, 4), "designation-date", "conservation-area"),
    )


def test_bytes_that_come_back_have_changed(lake: Lake) -> None:
    """Twice: from the first to the second, and back."""
    clocks = read_clocks(lake, _attempts(("a", None), ("b", None), ("a", None)), TODAY)
    assert clocks == Clocks(NIGHT + timedelta(days=2), NIGHT + timedelta(days=2))


def test_bytes_that_say_the_same_were_read_once(lake: Lake) -> None:
    """The date is inside the resource that was read in their place."""
    _keep(lake, "tree", "a", **{"start-date": ["2020-02-02"]})
    _keep(lake, "area", "a", **{"end-date": ["2021-02-02"], "start-date": ["not a date"]})
    clocks = read_clocks(lake, _attempts(("a", "same"), ("b", "same")), TODAY)
    assert clocks.changed_at == NIGHT + timedelta(days=1)
    assert clocks.inside == Inside(date(2021, 2, 2), "end-date", "area")


def test_an_endpoint_that_never_answered_has_one_clock(lake: Lake) -> None:
    """When it was asked."""
    assert read_clocks(lake, _attempts((None, None)), TODAY) == Clocks(NIGHT)
