"""The list of reports."""

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request, Response

from headrace.report.quality.registry import REPORTS
from headrace.web.compression import CompressedRoute
from headrace.web.page import render_page

router = APIRouter(route_class=CompressedRoute)


@dataclass(frozen=True, slots=True)
class ListedReport:
    """One report.

    Attributes:
        title: what it is called.
        address: path of its page.
        question, decision: what it answers, and what it helps to decide.
    """

    title: str
    address: str
    question: str
    decision: str


OF_THE_SERVICE: Final = (
    ListedReport(
        "Work list",
        "/work",
        "What waits for a person, and what comes first?",
        "What to do next, and who does it.",
    ),
    ListedReport(
        "Endpoints and errors",
        "/report/errors",
        "Do endpoints fail more than before, for how long, and are new ones added?",
        "Which to wait for, whose publisher to tell, which to retire.",
    ),
    ListedReport(
        "Weeknotes",
        "/weeknote/",
        "What moved in a week, what waits longest, and what is the constraint?",
        "What to talk about on Monday.",
    ),
)
"""Reports on how the service does its work, in the order in which they are listed."""

OF_QUALITY: Final = tuple(
    ListedReport(each.title, f"/report/{each.name}", each.question, each.decision) for each in REPORTS
)
"""Reports on the data that was published."""


@router.get("/report/", include_in_schema=False)
def show_reports(request: Request) -> Response:
    """Every report, with the question that it answers."""
    return render_page(request, "report_index.html", {"of_the_service": OF_THE_SERVICE, "of_quality": OF_QUALITY})
