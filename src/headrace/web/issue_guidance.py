"""Routes of guidance on issues: what each type means, and how to put it right."""

from typing import Final

from fastapi import APIRouter, Request, Response

from headrace.spec.issue_guidance import Raised
from headrace.store.guidance import read_builtin_issue_types, read_issue_guidance
from headrace.web.page import render_page
from headrace.web.problem import not_found

router = APIRouter()

SEVERITIES: Final = {
    "error": ("red", "The value is lost, or may mislead."),
    "warning": ("orange", "The value was put right, or read in another way than it was written."),
    "notice": ("blue", "Something is waited for."),
    "info": ("grey", "What was done on the way, for those who want to know."),
}
"""Severity → colour of its tag, and what it means; the gravest first."""

TASKS: Final = {"external": "for the publisher", "internal": "for us"}
"""Responsibility → whose task it is."""


@router.get("/guidance/issue/", include_in_schema=False)
def show_issue_types(request: Request) -> Response:
    """Every issue type by severity, the gravest first."""
    types, guidance = read_builtin_issue_types(), read_issue_guidance()
    by_severity = {
        severity: [(guide, types[code]) for code, guide in guidance.items() if types[code].severity == severity]
        for severity in SEVERITIES
    }
    return render_page(
        request,
        "issue_types.html",
        {"by_severity": by_severity, "severities": SEVERITIES, "tasks": TASKS, "not_raised": Raised.NO},
    )


@router.get("/guidance/issue/{code}", include_in_schema=False)
def show_issue_type(request: Request, code: str) -> Response:
    """What one issue type means, why it matters, how to fix it, and rows that are wrong and right."""
    guide = read_issue_guidance().get(code)
    if guide is None:
        raise not_found(f"There is no issue type {code!r}; all of them are at /guidance/issue/.")
    return render_page(
        request,
        "issue_type.html",
        {
            "guide": guide,
            "type": read_builtin_issue_types()[code],
            "severities": SEVERITIES,
            "tasks": TASKS,
            "raised": guide.raised is not Raised.NO,
        },
    )
