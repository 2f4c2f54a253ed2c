"""What is held for a dataset."""

from datetime import UTC, datetime

import polars as pl

from headrace.model.attempt import ATTEMPT_SCHEMA
from headrace.run.holding import Held, holdings
from headrace.store.configuration_files import Collection, Source

SOURCES = tuple(
    Source(endpoint, endpoint, "local-authority:ALD", ("brownfield-land",), "", "", "", "") for endpoint in "ef"
)
COLLECTION = Collection("brownfield-land", (), SOURCES, ())


def held(*answers: tuple[str, str, str | None]) -> dict[str, Held]:
    """What is held after these answers, a night each: endpoint, resource, content."""
    rows = [
        {
            "endpoint": endpoint,
            "resource": resource,
            "content": content,
            "night": f"2026-11-{day:02}",
            "finished_at": datetime(2026, 11, day, tzinfo=UTC),
        }
        for day, (endpoint, resource, content) in enumerate(answers, start=1)
    ]
    attempts = pl.DataFrame([dict.fromkeys(ATTEMPT_SCHEMA) | row for row in rows], schema=ATTEMPT_SCHEMA)
    return {each.provenance.resource: each for each in holdings(attempts, [COLLECTION], "brownfield-land")}


def test_bytes_that_say_the_same_stand_for_the_first() -> None:
    """An endpoint that stamps its answers holds one resource, seen first on the first night, and current."""
    found = held(("e", "A", "same"), ("e", "B", "same"), ("e", "C", "same"))
    assert list(found) == ["A"]
    assert (found["A"].provenance.entry_date, found["A"].ended_on) == ("2026-11-01", None)


def test_what_says_something_else_is_another() -> None:
    """The first has ended on the night it was last seen, which may have been under other bytes."""
    found = held(("e", "A", "one"), ("e", "B", "one"), ("e", "C", "two"))
    assert {name: each.ended_on for name, each in found.items()} == {"A": "2026-11-02", "C": None}


def test_going_back_is_a_change() -> None:
    """What an endpoint returns to is newer than what it returns from, and must win over it."""
    found = held(("e", "A", "one"), ("e", "B", "two"), ("e", "C", "one"))
    assert found["C"].provenance.entry_date == "2026-11-03"
    assert {name for name, each in found.items() if each.ended_on is None} == {"C"}


def test_only_answers_of_one_endpoint_stand_for_one_another() -> None:
    """Two endpoints that say the same are two sources of it."""
    assert list(held(("e", "A", "same"), ("f", "B", "same"))) == ["A", "B"]


def test_content_is_known_from_any_attempt() -> None:
    """An attempt of a time before content was recorded is of the content that its bytes have."""
    assert list(held(("e", "A", None), ("e", "A", "same"), ("e", "B", "same"))) == ["A"]


def test_what_has_no_content_is_known_by_its_bytes() -> None:
    """Two documents that cannot be read are not the same document."""
    assert list(held(("e", "A", None), ("e", "B", None))) == ["A", "B"]
