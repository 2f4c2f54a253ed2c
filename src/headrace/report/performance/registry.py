"""Every table of the existing platform's database `performance`, by its name."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import polars as pl

from headrace.report.performance.log import (
    HISTORIC,
    LATEST,
    SUMMARY,
    endpoint_summaries,
    historic_endpoints,
    latest_endpoints,
)
from headrace.report.performance.provision import PROVISIONS, provision_summaries
from headrace.report.performance.resource import COLUMNS, ISSUES, issue_type_summaries, resource_summaries
from headrace.report.quality.material import Material

PERFORMANCE_TABLES: Final[Mapping[str, Callable[[Material], pl.DataFrame]]] = {
    "endpoint_dataset_issue_type_summary": issue_type_summaries,
    "endpoint_dataset_resource_summary": resource_summaries,
    "endpoint_dataset_summary": endpoint_summaries,
    "provision_summary": provision_summaries,
    "reporting_historic_endpoints": historic_endpoints,
    "reporting_latest_endpoints": latest_endpoints,
}
"""Table → what makes it."""

PERFORMANCE_COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "endpoint_dataset_issue_type_summary": ISSUES,
    "endpoint_dataset_resource_summary": COLUMNS,
    "endpoint_dataset_summary": SUMMARY,
    "provision_summary": PROVISIONS,
    "reporting_historic_endpoints": HISTORIC,
    "reporting_latest_endpoints": LATEST,
}
"""Table → its columns, in order."""
