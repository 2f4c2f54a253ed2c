"""Tables of the collection log."""

from datetime import date

from headrace.report.performance.log import endpoint_summaries, historic_endpoints, latest_endpoints

YESTERDAY, TODAY = date(2026, 11, 23), date(2026, 11, 24)


def outcome(endpoint, status, resource, last_on):
    """What asking an endpoint ended in, and on which night last."""
    return {"endpoint": endpoint, "status": status, "resource": resource, "last_on": last_on}


def test_history_has_each_outcome_once(make, source, endpoint):
    """For each dataset that the endpoint serves, under the name of the organisation."""
    material = make(
        sources=[source("A", "a", licence="ogl3"), source("A", "a", dataset="tree")],
        endpoints=[endpoint("a", entry_date="2026-01-01")],
        outcomes=[outcome("a", 200, "r", YESTERDAY), outcome("a", 404, None, TODAY)],
        publications=[{"dataset": "area", "resource": "r", "start_date": "2026-11-01"}],
    )
    rows = historic_endpoints(material)
    assert rows.select(
        "dataset", "name", "latest_status", "resource", "latest_log_entry_date", "resource_start_date"
    ).rows() == [
        ("area", "Council A", 200, "r", YESTERDAY, "2026-11-01"),
        ("area", "Council A", 404, None, TODAY, None),
        ("tree", "Council A", 200, "r", YESTERDAY, None),
        ("tree", "Council A", 404, None, TODAY, None),
    ]


def test_the_latest_is_the_endpoint_added_last_that_has_not_ended(make, source, endpoint):
    """With its last outcome, and the days since it answered well."""
    material = make(
        sources=[source("A", "old"), source("A", "new"), source("A", "over")],
        endpoints=[
            endpoint("old", entry_date="2024-01-01"),
            endpoint("new", entry_date="2025-01-01", succeeded_on=date(2026, 11, 20)),
            endpoint("over", entry_date="2026-01-01", end_date="2026-02-01"),
        ],
        outcomes=[outcome("new", 200, "r", date(2026, 11, 20)), outcome("new", 500, None, TODAY)],
    )
    assert latest_endpoints(material).select("endpoint", "latest_status", "days_since_200", "rn").rows() == [
        ("new", 500, 4, 1)
    ]


def test_the_summary_has_what_is_collected_with_its_last_attempt(make, source, endpoint):
    """Sources and endpoints that have ended are not in it."""
    material = make(
        sources=[source("A", "a"), source("B", "b", end_date="2026-01-01"), source("C", "c")],
        endpoints=[endpoint("a"), endpoint("b"), endpoint("c", end_date="2026-01-01")],
        outcomes=[outcome("a", 200, "r", YESTERDAY), outcome("a", 404, None, TODAY)],
    )
    rows = endpoint_summaries(material)
    assert rows.select("organisation", "latest_status", "latest_log_entry_date").rows() == [("A", 404, TODAY)]
