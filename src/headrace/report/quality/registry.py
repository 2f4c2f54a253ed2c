"""Every report on quality, in the order in which they are listed."""

from typing import Final

from headrace.report.quality import (
    conformance,
    deleted_entity,
    documentation_gap,
    duplicate_entity,
    ended_organisation,
    flagged_failure,
    issue_summary,
    provision_status,
    quality_level,
    rows_against_entities,
    runaway,
    stale,
    unexpected_endpoint,
)
from headrace.report.quality.standing_report import StandingReport

REPORTS: Final[tuple[StandingReport, ...]] = (
    provision_status.REPORT,
    issue_summary.REPORT,
    conformance.REPORT,
    quality_level.REPORT,
    stale.REPORT,
    flagged_failure.REPORT,
    rows_against_entities.REPORT,
    deleted_entity.REPORT,
    duplicate_entity.REPORT,
    runaway.REPORT,
    documentation_gap.REPORT,
    unexpected_endpoint.REPORT,
    ended_organisation.REPORT,
)
"""Those about what should be there first, then about what is there, then about how it is configured."""
