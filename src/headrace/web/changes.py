"""Routes of changes: what became different from one release to another, as pages, JSON and feeds."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

import orjson
import polars as pl
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from headrace.model.error import ReleaseError
from headrace.report.release_changes import count_changes
from headrace.run.release_changes import Step, list_steps, read_changes
from headrace.store.lake import Lake
from headrace.web.answer import JSONDocument
from headrace.web.compression import CompressedRoute
from headrace.web.feed import ATOM_MEDIA_TYPE, JSON_FEED_MEDIA_TYPE, Feed, FeedEntry, write_atom, write_json_feed
from headrace.web.lending import Lent
from headrace.web.page import render_page
from headrace.web.pagination import make_links
from headrace.web.parameters import MOST_ENTITIES, Parameters, Text
from headrace.web.problem import not_found
from headrace.web.released import CACHE_CONTROL

router = APIRouter(route_class=CompressedRoute)

MOST_STEPS: Final = 30
"""How many steps from release to release are listed."""

TITLE: Final = "Changes to planning data"


class Change(StrEnum):
    """What became of an entity."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class ChangeParameters(Parameters):
    """Which changes are wanted."""

    since: Text | None = Field(None, description="The earlier release; by default the one that was live before.")
    until: Text | None = Field(None, description="The later release; by default the one that is live.")
    dataset: list[Text] = Field([], description="Only of these datasets.")
    change: list[Change] = Field([], description="Only what was `added`, `changed` or `removed`.")
    limit: int = Field(100, ge=1, le=MOST_ENTITIES, description="Changes on a page.")
    offset: int = Field(0, ge=0, description="Changes before the page.")


Wanted = Annotated[ChangeParameters, Query()]


@dataclass(frozen=True, slots=True)
class _Found:
    """The changes asked for, and the two releases between which they lie."""

    since: str
    until: str
    changes: pl.DataFrame


@router.get("/changes.json", tags=["changes"], summary="What became different since a release")
def answer_changes_json(request: Request, wanted: Wanted, reader: Lent) -> Response:
    """Entities that were added, changed or removed, by dataset and number, with the fields that differ."""
    found = _find(request, wanted, reader.release.id)
    page = found.changes.slice(wanted.offset, wanted.limit)
    said = {
        "since": found.since,
        "until": found.until,
        "count": found.changes.height,
        "counts": count_changes(found.changes).to_dicts(),
        "changes": page.rename({"organisation_entity": "organisation-entity"}).to_dicts(),
        "links": _links(request, wanted, found),
    }
    return JSONDocument(orjson.dumps(said), headers={"Cache-Control": CACHE_CONTROL})


@router.get("/changes.atom", tags=["changes"], summary="What each release changed, as an Atom feed")
def answer_atom(request: Request) -> Response:
    """One entry for each step from a release to the next."""
    return Response(write_atom(_feed(request, "changes.atom")), media_type=ATOM_MEDIA_TYPE)


@router.get("/changes/feed.json", tags=["changes"], summary="What each release changed, as a JSON feed")
def answer_json_feed(request: Request) -> Response:
    """One item for each step from a release to the next."""
    return Response(write_json_feed(_feed(request, "changes/feed.json")), media_type=JSON_FEED_MEDIA_TYPE)


@router.get("/changes", include_in_schema=False)
def show_changes(request: Request, wanted: Wanted, reader: Lent) -> Response:
    """The steps from release to release; with `since`, the changes one by one."""
    if wanted.since is None and wanted.until is None:
        return render_page(request, "changes.html", {"steps": _steps(request), "title": TITLE})
    found = _find(request, wanted, reader.release.id)
    return render_page(
        request,
        "release_changes.html",
        {
            "found": found,
            "wanted": wanted,
            "count": found.changes.height,
            "counts": count_changes(found.changes).to_dicts(),
            "changes": found.changes.slice(wanted.offset, wanted.limit).to_dicts(),
            "links": _links(request, wanted, found),
            "query": str(request.query_params),
        },
    )


def _find(request: Request, wanted: ChangeParameters, live: str) -> _Found:
    until = wanted.until or live
    since = wanted.since or next((step.since for step in _steps(request) if step.release == until), None)
    if since is None:
        raise not_found(f"No release is kept that was live before {until!r}; /changes lists those that are.")
    try:
        changes = read_changes(_lake(request).root, since, until)
    except ReleaseError:
        raise not_found(f"{since!r} or {until!r} is no release that is kept; /changes lists those that are.") from None
    if wanted.dataset:
        changes = changes.filter(pl.col("dataset").is_in(wanted.dataset))
    if wanted.change:
        changes = changes.filter(pl.col("change").is_in([each.value for each in wanted.change]))
    return _Found(since, until, changes)


def _feed(request: Request, name: str) -> Feed:
    origin = str(request.base_url)
    entries = [
        FeedEntry(
            address=f"{origin}changes?since={step.since}&until={step.release}",
            title=f"Release {step.release}",
            text=describe_step(step),
            at=step.live_at,
        )
        for step in _steps(request)
    ]
    return Feed(TITLE, f"{origin}changes", f"{origin}{name}", entries)


def describe_step(step: Step) -> str:
    """What a step changed, in a sentence for each dataset."""
    said = [
        f"{row['dataset']}: {row['added']:,} added, {row['changed']:,} changed, {row['removed']:,} removed."
        for row in step.counts.iter_rows(named=True)
    ]
    return " ".join(said) or "No entity changed."


def _links(request: Request, wanted: ChangeParameters, found: _Found) -> dict[str, str]:
    address = str(request.url.replace(query=""))
    return make_links(address, request.query_params.multi_items(), found.changes.height, wanted.limit, wanted.offset)


def _steps(request: Request) -> list[Step]:
    return list_steps(_lake(request), MOST_STEPS)


def _lake(request: Request) -> Lake:
    return Lake(request.app.state.lake_root)
