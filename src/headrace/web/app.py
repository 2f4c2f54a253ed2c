"""The composition root of the web: knows every part, and nothing knows it.

To add pages: write a module with `router = APIRouter()`, import it here and add its router to `ROUTERS`. A route that
reads the live release takes an argument `reader: Lent` (headrace.web.lending); a page is made by
`headrace.web.page.render_page(request, "name.html", {...})` from a template that extends `layout.html`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware

from headrace import __version__
from headrace.settings import read_settings
from headrace.store.goals import read_goals
from headrace.web import (
    changes,
    communication,
    curie,
    dataset,
    dependency,
    download,
    endpoint,
    endpoint_errors,
    entity,
    entity_search,
    fact,
    front,
    goal,
    health,
    issue_guidance,
    note,
    organisation,
    provider_report,
    quality_report,
    release,
    report_index,
    stage_chart,
    stream,
    stream_map,
    weeknote,
    work_list,
)
from headrace.web.answer import PROBLEM_ANSWERS
from headrace.web.explorer import MOUNTED_AT, Explorer
from headrace.web.last_resort import LastResort
from headrace.web.lending import RELEASE_HEADER, Lending, NoReleaseError
from headrace.web.map_reading import map_at
from headrace.web.problem import ProblemError, answer_problem
from headrace.web.protection import Protection
from headrace.web.shelf import Shelf
from headrace.web.warm_up import start_to_warm_up

ROUTERS: Final[tuple[APIRouter, ...]] = (
    entity.router,
    entity_search.router,
    curie.router,
    dataset.router,
    organisation.router,
    provider_report.router,
    fact.router,
    download.router,
    changes.router,
    endpoint.router,
    stream_map.router,
    note.router,
    stream.router,
    stage_chart.router,
    dependency.router,
    goal.router,
    communication.router,
    issue_guidance.router,
    front.router,
    health.router,
    work_list.router,
    weeknote.router,
    report_index.router,
    endpoint_errors.router,
    quality_report.router,
    release.router,
)
"""Every router, in the order in which paths are tried: those asked most, first."""

_PROBLEMS: Final = (ProblemError, NoReleaseError, RequestValidationError, HTTPException)


def create_app(lake_root: Path, goals: Path | None = None, service_map: Path | None = None) -> FastAPI:
    """The web over the lake in `lake_root`, which need not hold a release yet, with the goals and the map of files.

    Raises:
        ConfigurationError: the goals or the service map cannot be used.
    """
    shelf = Shelf(lake_root)
    map_at(service_map)

    @asynccontextmanager
    async def live(_: FastAPI) -> AsyncIterator[None]:
        yield
        shelf.close()

    app = FastAPI(
        title="Headrace",
        summary="Planning data for England, and where it waits.",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        lifespan=live,
        responses=PROBLEM_ANSWERS,
    )
    app.state.lake_root = lake_root
    app.state.service_map = service_map
    app.state.goals = read_goals(goals)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    app.mount(MOUNTED_AT, Explorer(lake_root), name="datasette")
    for problem in _PROBLEMS:
        app.add_exception_handler(problem, answer_problem)
    app.add_middleware(Lending, shelf=shelf)
    app.add_middleware(LastResort)
    app.add_middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=["GET"], expose_headers=["ETag", RELEASE_HEADER]
    )
    app.add_middleware(Protection)
    return app


def from_environment() -> FastAPI:
    """The web over the lake that the environment names."""
    settings = read_settings()
    app = create_app(settings.lake, settings.goals, settings.service_map)
    start_to_warm_up(app)
    return app
