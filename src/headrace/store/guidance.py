"""The guidance that comes with Headrace."""

from collections.abc import Mapping
from functools import cache

from headrace.spec.issue_guidance import IssueGuidance, build_issue_guidance
from headrace.spec.specification import IssueType
from headrace.store.builtin import builtin_datasets
from headrace.store.configuration_files import read_specification
from headrace.store.csv_table import read_table


@cache
def read_issue_guidance() -> Mapping[str, IssueGuidance]:
    """What to know of each issue type, by code; read once in a process, because an installation does not change.

    Raises:
        ConfigurationError: the file is missing or malformed.
    """
    return build_issue_guidance(read_table(builtin_datasets() / "guidance" / "issue.csv", "guidance/issue.csv"))


@cache
def read_builtin_issue_types() -> Mapping[str, IssueType]:
    """The issue types of the built-in specification, by code; read once in a process.

    Raises:
        ConfigurationError: the specification is missing or malformed.
    """
    return read_specification(builtin_datasets() / "specification").issue_types
