"""The columns of the database `performance`, which services of others read by name."""

import pytest

from headrace.report.performance.registry import PERFORMANCE_TABLES

HISTORIC = (
    "organisation, name, organisation_name, dataset, collection, pipeline, endpoint, endpoint_url, documentation_url, "
    "licence, latest_status, latest_exception, resource, latest_log_entry_date, endpoint_entry_date, "
    "endpoint_end_date, resource_start_date, resource_end_date"
)
WHOSE = (
    "organisation, organisation_name, cohort, dataset, collection, pipeline, endpoint, endpoint_url, resource, "
    "resource_start_date, resource_end_date, latest_log_entry_date"
)
COLUMNS = {
    "reporting_historic_endpoints": HISTORIC,
    "reporting_latest_endpoints": f"{HISTORIC}, days_since_200, rn",
    "endpoint_dataset_summary": (
        "organisation, dataset, endpoint, endpoint_url, documentation_url, resource, latest_status, latest_exception, "
        "latest_log_entry_date, entry_date, end_date, latest_resource_start_date, resource_end_date"
    ),
    "endpoint_dataset_issue_type_summary": f"{WHOSE}, count_issues, date, issue_type, severity, responsibility, field",
    "endpoint_dataset_resource_summary": f"{WHOSE}, mapping_field, non_mapping_field",
    "provision_summary": (
        "organisation, organisation_name, dataset, provision_reason, provision_end_date, active_endpoint_count, "
        "error_endpoint_count, count_issue_error_internal, count_issue_error_external, count_issue_warning_internal, "
        "count_issue_warning_external, count_issue_notice_internal, count_issue_notice_external"
    ),
}


def test_there_are_the_tables_of_the_existing_platform():
    """And no others."""
    assert set(PERFORMANCE_TABLES) == set(COLUMNS)


@pytest.mark.parametrize("table", COLUMNS)
def test_columns_are_those_of_the_existing_platform(make, table):
    """In their order, with or without rows."""
    assert PERFORMANCE_TABLES[table](make()).columns == COLUMNS[table].split(", ")
