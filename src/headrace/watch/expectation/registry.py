"""Every operation that an expectation may name."""

from collections.abc import Callable, Mapping
from typing import Final

from headrace.watch.expectation.boundary import count_lpa_boundary
from headrace.watch.expectation.datatype import DATATYPES, expect_datatype, expect_pattern
from headrace.watch.expectation.deletion import count_deleted_entities
from headrace.watch.expectation.duplicate import check_duplicate_geometry
from headrace.watch.expectation.evidence import Evidence
from headrace.watch.expectation.judgement import Judgement
from headrace.watch.expectation.parameters import Parameters, UnjudgeableError
from headrace.watch.expectation.plan_event import check_fields_after_plan_event
from headrace.watch.expectation.ranges import (
    check_field_is_within_range_by_dataset_org,
    check_fields_are_within_range,
    check_no_overlapping_ranges,
)
from headrace.watch.expectation.rows import (
    check_allowed_values,
    check_no_blank_rows,
    check_no_shared_values,
    check_unique,
    count_rows,
)

Operation = Callable[[Evidence, Parameters], Judgement]
"""Judges; raises `UnjudgeableError` where that cannot be done."""

OPERATIONS: Final[Mapping[str, Operation]] = {
    "count_lpa_boundary": count_lpa_boundary,
    "count_deleted_entities": count_deleted_entities,
    "duplicate_geometry_check": check_duplicate_geometry,
    "check_fields_required_after_plan_event": check_fields_after_plan_event,
    "count_rows": count_rows,
    "check_unique": check_unique,
    "check_no_shared_values": check_no_shared_values,
    "check_no_overlapping_ranges": check_no_overlapping_ranges,
    "check_fields_are_within_range": check_fields_are_within_range,
    "check_field_is_within_range_by_dataset_org": check_field_is_within_range_by_dataset_org,
    "check_allowed_values": check_allowed_values,
    "check_no_blank_rows": check_no_blank_rows,
    "expect_column_to_match_pattern": expect_pattern,
    **{f"expect_column_to_be_{name.replace('-', '_')}": expect_datatype(name) for name in DATATYPES},
}
"""The names of the existing platform's configuration."""


def judge(operation: str, given: Mapping[str, object], evidence: Evidence) -> Judgement:
    """Judge by the operation of a name with some parameters; what cannot be judged is said, and is no error."""
    if operation not in OPERATIONS:
        return Judgement(None, f"not judged: no operation {operation!r} is known")
    try:
        return OPERATIONS[operation](evidence, Parameters(given))
    except UnjudgeableError as error:
        return Judgement(None, f"not judged: {error}")
