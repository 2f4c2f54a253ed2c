"""Routes of releases: which are kept, and whether each was as good as the one before, as pages, JSON and Markdown."""

from dataclasses import asdict
from typing import Annotated, Final

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from headrace.model.error import ReleaseError
from headrace.run.release_comparison import JudgedRelease, compare_releases, judge_releases
from headrace.store.lake import Lake
from headrace.watch.canary.text import SAID, describe_past, write_markdown
from headrace.watch.canary.verdict import Verdict
from headrace.web.answer import JSONDocument
from headrace.web.page import render_page
from headrace.web.parameters import Parameters, Text
from headrace.web.problem import not_found

router = APIRouter()

MOST_RELEASES: Final = 14
"""How many releases are judged on the page."""

MARKDOWN: Final = "text/markdown; charset=utf-8"

TAGS: Final = {"pass": "green", "hold": "orange", "fail": "red", "inconclusive": "grey"}
"""The colour of each verdict."""


class VerdictParameters(Parameters):
    """Which two releases are compared."""

    since: Text = Field(description="The earlier release.")
    until: Text = Field(description="The release that is judged against it.")


Wanted = Annotated[VerdictParameters, Query()]


@router.get("/releases.json", tags=["changes"], summary="The releases that are kept, and the verdict on each")
def answer_releases(request: Request) -> Response:
    """Each release with its state, and why it was as good as the one before or not."""
    said = [
        {
            "release": each.standing.release.id,
            "date": each.standing.release.date,
            "state": name_state(each),
            "live-at": each.standing.live_at,
            "taken-back-at": each.standing.taken_back_at,
            "reason": each.standing.reason,
            "verdict": None if each.verdict is None else asdict(each.verdict),
        }
        for each in judge_releases(_lake(request), MOST_RELEASES)
    ]
    return JSONDocument(orjson.dumps({"releases": said}))


@router.get("/releases", include_in_schema=False)
def show_releases(request: Request) -> Response:
    """The releases, the live one first."""
    judged = judge_releases(_lake(request), MOST_RELEASES)
    return render_page(request, "releases.html", {"judged": judged, "tags": TAGS, "state": name_state})


@router.get("/releases/verdict.json", tags=["changes"], summary="Whether a release is as good as another, and why")
def answer_verdict(request: Request, wanted: Wanted) -> Response:
    """The verdict on each dataset with its reasons, ranked, and rows that show them."""
    return JSONDocument(orjson.dumps(asdict(_judge(request, wanted))))


@router.get("/releases/verdict.md", tags=["changes"], summary="The same as Markdown", response_class=Response)
def answer_markdown(request: Request, wanted: Wanted) -> Response:
    """The verdict as a document."""
    return Response(write_markdown(_judge(request, wanted)), media_type=MARKDOWN)


@router.get("/releases/verdict", include_in_schema=False)
def show_verdict(request: Request, wanted: Wanted) -> Response:
    """The verdict as a page."""
    verdict = _judge(request, wanted)
    values = {"verdict": verdict, "tags": TAGS, "said": SAID, "past": describe_past(verdict)}
    return render_page(request, "release_verdict.html", {**values, "query": str(request.query_params)})


def name_state(judged: JudgedRelease) -> str:
    """What became of a release, in a word or two."""
    standing = judged.standing
    if standing.live:
        return "live"
    if standing.taken_back_at is not None:
        return "taken back"
    return "was live" if standing.live_at is not None else "never live"


def _judge(request: Request, wanted: VerdictParameters) -> Verdict:
    try:
        return compare_releases(_lake(request), wanted.since, wanted.until)
    except ReleaseError:
        raise not_found(
            f"{wanted.since!r} or {wanted.until!r} is no release that is kept; /releases lists those that are."
        ) from None


def _lake(request: Request) -> Lake:
    return Lake(request.app.state.lake_root)
