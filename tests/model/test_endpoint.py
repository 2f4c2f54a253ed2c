"""Endpoints."""

import pytest

from headrace.model.endpoint import Endpoint, hash_url


@pytest.mark.parametrize(
    ("end_date", "ended"),
    [(None, False), ("2026-11-01", True), ("2026-11-02", False), ("2026-11-03", False), ("2026-11-01T15:11:53Z", True)],
)
def test_an_endpoint_has_ended_from_the_day_after_its_last(end_date: str | None, ended: bool) -> None:
    """On its last day it is still asked; a moment counts as its day."""
    url = "https://www.aldermere.example/register.csv"
    assert ended == Endpoint(hash_url(url), url, end_date=end_date).ended("2026-11-02")


def test_the_key_is_the_hash_of_the_url() -> None:
    """SHA-256 of the UTF-8 of the URL as it is configured, in hexadecimal."""
    expected = "100680ad546ce6a577f42f52df33b4cfdca756859e664b8d7de329b150d09ce9"
    assert expected == hash_url("https://example.com")
