"""Changes of endpoint configuration, as events."""

from datetime import UTC, datetime

import polars as pl

from headrace.run.endpoint_change import build_change_events

A, B = "a" * 64, "b" * 64
NOBODY = pl.DataFrame(schema={"endpoint": pl.String, "dataset": pl.String, "organisation": pl.String})


def changes(*rows: tuple[str, str, str]) -> pl.DataFrame:
    """Rows of day in 2024, endpoint, change."""
    told = [(f"2024-{day}", "tree", endpoint, change, f"2023-{day}") for day, endpoint, change in rows]
    return pl.DataFrame(told, schema=["committed", "collection", "endpoint", "change", "entry-date"], orient="row")


def said(frame: pl.DataFrame) -> list[tuple[str, str, str]]:
    told: list[str] = []
    events = build_change_events(frame, NOBODY, told)
    assert told == []
    return [(at.strftime("%m-%d"), stage, kind) for at, stage, kind in events.select("at", "stage", "kind").iter_rows()]


def test_added_retired_and_reinstated() -> None:
    """Configured, given up at both stages where it may wait, and configured again."""
    rows = changes(("01-02", A, "added"), ("02-03", A, "retired"), ("03-04", A, "reinstated"))
    assert said(rows) == [
        ("01-02", "configure", "finished"),
        ("02-03", "collect", "abandoned"),
        ("02-03", "repair", "abandoned"),
        ("03-04", "configure", "finished"),
    ]


def test_what_changes_nothing_is_no_event() -> None:
    """An endpoint in several rows is retired once, and a day that contradicts itself says nothing."""
    rows = changes(
        *(("01-02", A, "added"), ("02-03", A, "retired"), ("02-04", A, "retired")),
        *(("02-05", A, "retired"), ("02-05", A, "reinstated"), ("02-06", A, "added")),
    )
    assert [("02-06", "configure", "finished")] == said(rows)[-1:]
    assert len(said(rows)) == 4


def test_whose_it_is_and_what_was_entered_is_kept() -> None:
    """Dataset and organisation come from the sources; collection and dates are in the detail."""
    owners = pl.DataFrame([(A, "tree", "local-authority:ALD")], schema=NOBODY.schema, orient="row")
    event = build_change_events(changes(("01-02", A, "added")), owners, []).row(0, named=True)
    assert (event["dataset"], event["organisation"]) == ("tree", "local-authority:ALD")
    assert event["detail"] == '{"collection":"tree","entry-date":"2023-01-02"}'
    assert event["at"] == datetime(2024, 1, 2, tzinfo=UTC)
    assert event["reason"] == "it was configured when the history began"


def test_dirty_rows_are_told() -> None:
    """What is no endpoint is no event; a date that is none is told, and the event is there."""
    told: list[str] = []
    frame = changes(("01-02", "=======", "added"), ("01-02", A, "added")).with_columns(
        pl.lit("Name&returnGeometry=false").alias("entry-date")
    )
    events = build_change_events(frame, NOBODY, told)
    assert events["item"].to_list() == [A]
    assert ["row 1", "row 2"] == [each[:5] for each in told]
