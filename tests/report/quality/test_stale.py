"""Stale data."""

from datetime import date, timedelta

from headrace.report.quality.stale import REPORT

TODAY = date(2026, 11, 24)


def answer(endpoint, resource, first_days_ago, last_days_ago=0):
    """A resource that an endpoint gave from one night to another."""
    nights = {"first_on": TODAY - timedelta(days=first_days_ago), "last_on": TODAY - timedelta(days=last_days_ago)}
    return {"endpoint": endpoint, "resource": resource, **nights}


def test_the_longer_of_two_ages_counts(make, source, endpoint):
    """Bytes that are new may hold old entries, and old bytes new ones."""
    entities = [
        {"dataset": "area", "entity": 1, "organisation_entity": 1, "entry_date": "2024-11-24"},
        {"dataset": "area", "entity": 2, "organisation_entity": 2, "entry_date": "2026-11-20"},
    ]
    material = make(
        sources=[source("A", "a"), source("B", "b")],
        endpoints=[endpoint("a"), endpoint("b")],
        answers=[answer("a", "r1", 3), answer("b", "r2", 400)],
        entities=entities,
    )
    assert REPORT.rows(material).select("organisation", "state", "days").rows() == [
        ("A", "stale", 730),
        ("B", "stale", 400),
    ]


def test_only_the_resource_given_last_matters(make, source, endpoint):
    """What was given before is not what is published."""
    answers = [answer("a", "old", 900, 10), answer("a", "new", 9)]
    assert REPORT.rows(make(sources=[source("A", "a")], endpoints=[endpoint("a")], answers=answers)).is_empty()


def test_an_endpoint_that_fails_is_to_be_mended_first(make, source, endpoint):
    """A newer file cannot be had from it."""
    failing = endpoint("a", failing_since=date(2026, 10, 1), succeeded_on=date(2026, 9, 30))
    material = make(sources=[source("A", "a")], endpoints=[failing], answers=[answer("a", "r", 500, 55)])
    assert REPORT.rows(material)["next_action"].to_list() == ["mend the endpoint first: it does not answer"]
