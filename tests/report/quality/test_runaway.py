"""Runaway resources."""

from datetime import date, timedelta

import pytest

from headrace.report.quality.runaway import REPORT

TODAY = date(2026, 11, 24)


def versions(endpoint, days_ago, contents=None):
    """A resource that was given on one night only, for each of some numbers of days ago."""
    nights = [TODAY - timedelta(days=each) for each in days_ago]
    said = contents or [f"c{each}" for each in days_ago]
    return [
        {
            "endpoint": endpoint,
            "resource": f"{endpoint}{night}",
            "content": content,
            "first_on": night,
            "last_on": night,
        }
        for night, content in zip(nights, said, strict=True)
    ]


@pytest.mark.parametrize(
    ("days_ago", "runaway"),
    [
        (range(7), True),
        ((0, 1, 2, 3, 4, 5, 7), False),
        (range(8, 29), True),
        (range(9, 29), False),
    ],
    ids=["each of the last seven nights", "one of seven without", "21 in a month", "20 in a month"],
)
def test_what_runs_away(make, source, endpoint, days_ago, runaway):
    """A new version on each of the last seven nights, or more than twenty in thirty."""
    material = make(sources=[source("A", "a")], endpoints=[endpoint("a")], answers=versions("a", list(days_ago)))
    assert REPORT.rows(material)["runaway"].to_list() == [runaway]


def test_bytes_that_change_without_the_content_are_nothing_to_act_on(make, source, endpoint):
    """Seven versions that say the same are told apart from seven that do not."""
    answers = versions("a", range(7), ["same"] * 7) + versions("b", range(7))
    material = make(
        sources=[source("A", "a"), source("B", "b")], endpoints=[endpoint("a"), endpoint("b")], answers=answers
    )
    rows = REPORT.rows(material).sort("endpoint")
    assert rows["contents"].to_list() == [1, 7]
    assert rows["next_action"].str.starts_with("nothing").to_list() == [True, False]


def test_one_endpoint_of_several_datasets_is_one_row(make, source, endpoint):
    """Its datasets are joined, and it counts once."""
    sources = [source("A", "a"), source("A", "a", dataset="tree")]
    rows = REPORT.rows(make(sources=sources, endpoints=[endpoint("a")], answers=versions("a", range(7))))
    assert rows["dataset"].to_list() == ["area;tree"]
    assert rows.select(REPORT.measures[0].count).item() == 1
