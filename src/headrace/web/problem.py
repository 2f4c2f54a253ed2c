"""Problems: the one shape of an answer that is not what was asked for.

Source: RFC 9457, Problem Details for HTTP APIs. The member `errors` is an extension: what is wrong with each parameter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import orjson
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from headrace.web.lending import NoReleaseError
from headrace.web.page import render_page
from headrace.web.parameter_fault import ParameterFault, read_faults

PROBLEM_MEDIA_TYPE: Final = "application/problem+json"

_HEADINGS: Final = {
    404: "There is nothing here",
    410: "This has been removed",
    500: "Something went wrong here",
    503: "Nothing has been published yet",
}
"""Status → how the page begins, where the phrase of RFC 9110 would not tell a person enough."""


@dataclass(slots=True)
class ProblemError(Exception):
    """An answer that is not what was asked for.

    Attributes:
        status: the HTTP status.
        detail: what is wrong and what to do, in sentences.
        faults: what is wrong with each parameter, where parameters are to blame.
    """

    status: HTTPStatus
    detail: str
    faults: tuple[ParameterFault, ...] = ()


def not_found(detail: str) -> ProblemError:
    """There is no such thing."""
    return ProblemError(HTTPStatus.NOT_FOUND, detail)


def unusable(*faults: ParameterFault) -> ProblemError:
    """Parameters cannot be used."""
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(fault.sentence for fault in faults), faults)


def find_problem(error: Exception) -> ProblemError:
    """What an exception means for the one who asked: the only table of errors and statuses."""
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, RequestValidationError):
        return unusable(*read_faults(error))
    if isinstance(error, NoReleaseError):
        return ProblemError(
            HTTPStatus.SERVICE_UNAVAILABLE, "Nothing has been published yet. Ask again when the first release is live."
        )
    if isinstance(error, HTTPException):
        status = HTTPStatus(error.status_code)
        if status is HTTPStatus.NOT_FOUND:
            return not_found("There is no page or document at this address.")
        return ProblemError(status, str(error.detail))
    return ProblemError(
        HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here, not with what you asked for. It has been logged."
    )


def answer_problem(request: Request, error: Exception) -> Response:
    """The response to an exception: a page for people, `application/problem+json` for programs."""
    problem = find_problem(error)
    headers = dict(getattr(error, "headers", None) or {})
    headers["Cache-Control"] = "no-store"
    if problem.status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "60"
    if wants_page(request):
        response: Response = render_page(
            request, "problem.html", {"problem": problem, "headings": _HEADINGS}, status=problem.status
        )
    else:
        response = Response(orjson.dumps(_say(request, problem)), problem.status, media_type=PROBLEM_MEDIA_TYPE)
    response.headers.update(headers)
    return response


def wants_page(request: Request) -> bool:
    """Whether a page answers: the path asks for no format of its own, and a browser is asking."""
    last = request.url.path.rsplit("/", 1)[-1]
    return "." not in last and "text/html" in request.headers.get("accept", "")


def _say(request: Request, problem: ProblemError) -> Mapping[str, object]:
    said: dict[str, object] = {
        "type": "about:blank",
        "title": problem.status.phrase,
        "status": problem.status.value,
        "detail": problem.detail,
        "instance": request.url.path,
    }
    if problem.faults:
        said["errors"] = [fault.say() for fault in problem.faults]
    return said
