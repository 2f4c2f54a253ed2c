"""The status of provisions."""

from datetime import date

from headrace.report.quality.provision_status import REPORT

FAILING = {
    "succeeded_on": date(2026, 11, 1),
    "failing_since": date(2026, 11, 2),
    "failures": 20,
    "action": "tell the publisher",
}


def statuses(material):
    """Status by organisation."""
    return dict(REPORT.rows(material).select("organisation", "status").iter_rows())


def expect(*organisations, **more):
    """Provisions of the dataset `area`."""
    return [
        {"organisation": each, "dataset": "area", "provision_reason": "statutory", **more} for each in organisations
    ]


def test_each_status(make, source, endpoint):
    """A provision is not added, retired, or as its endpoint is."""
    material = make(
        provisions=expect("A", "B", "C"),
        sources=[source("B", "b", end_date="2026-01-31"), source("C", "c")],
        endpoints=[endpoint("b", end_date="2026-01-31"), endpoint("c")],
    )
    assert statuses(material) == {"A": "not added", "B": "retired", "C": "collected"}


def test_one_bad_night_is_no_failure(make, source, endpoint):
    """An endpoint falters until the night on which its publisher is told."""
    bad = {"failing_since": date(2026, 11, 24), "failures": 1, "action": "wait"}
    material = make(
        provisions=expect("A", "B"),
        sources=[source("A", "a"), source("B", "b")],
        endpoints=[endpoint("a", **bad), endpoint("b", **FAILING)],
    )
    assert statuses(material) == {"A": "faltering", "B": "failing"}


def test_the_endpoint_that_answers_speaks_for_the_provision(make, source, endpoint):
    """Of two endpoints one fails: the provision is collected, and one failing endpoint is told of."""
    material = make(
        provisions=expect("A"),
        sources=[source("A", "a"), source("A", "b")],
        endpoints=[endpoint("a", **FAILING), endpoint("b")],
    )
    row = REPORT.rows(material).row(0, named=True)
    assert (row["status"], row["endpoint"], row["endpoints"], row["failing_endpoints"]) == ("collected", "b", 2, 1)


def test_what_never_answered_is_told_apart_from_what_was_not_asked(make, source, endpoint):
    """One was asked in vain, the other never."""
    never = {"succeeded_on": None, "failing_since": date(2026, 11, 1), "failures": 24, "action": "propose retirement"}
    material = make(
        provisions=expect("A", "B"),
        sources=[source("A", "a"), source("B", "b")],
        endpoints=[endpoint("a", **never), {"endpoint": "b", "endpoint_url": "https://b.example"}],
    )
    assert statuses(material) == {"A": "never answered", "B": "not asked yet"}


def test_the_first_row_is_what_to_act_on_first(make, source, endpoint):
    """The strongest reason before others, the longest failing within it, what is collected last."""
    material = make(
        provisions=[*expect("A", "B"), *expect("C", provision_reason="encouraged")],
        sources=[source("A", "a"), source("B", "b"), source("C", "c")],
        endpoints=[endpoint("a"), endpoint("b", **FAILING), endpoint("c", **FAILING)],
    )
    rows = REPORT.rows(material)
    assert rows["organisation"].to_list() == ["B", "C", "A"]
    assert rows["next_action"].to_list() == ["tell the publisher", "tell the publisher", "nothing"]
    assert rows["failing_days"].to_list() == [22, 22, None]


def test_provisions_that_have_ended_or_are_of_other_datasets_are_not_expected(make):
    """Neither is in the report."""
    over = {"organisation": "A", "dataset": "area", "end_date": "2026-11-23"}
    material = make(provisions=[over, {"organisation": "B", "dataset": "other"}])
    assert REPORT.rows(material).is_empty()


def test_a_retired_provision_says_where_it_was(make, source, endpoint):
    """The documentation page of the source that it had last is where to look."""
    material = make(
        provisions=expect("A"),
        sources=[
            source("A", "new", end_date="2026-06-30", documentation_url="https://a.example/new"),
            source("A", "old", end_date="2024-06-30", documentation_url="https://a.example/old"),
        ],
        endpoints=[endpoint("new", end_date="2026-06-30"), endpoint("old", end_date="2024-06-30")],
    )
    row = REPORT.rows(material).row(0, named=True)
    assert (row["status"], row["endpoint"], row["documentation_url"]) == ("retired", "new", "https://a.example/new")
