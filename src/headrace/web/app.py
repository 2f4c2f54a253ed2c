"""The composition root of the web: knows every part, and nothing knows it.

To add pages: write a module with `router = APIRouter()`, import it here and add its router to `ROUTERS`. A route that
reads the live release takes an argument `reader: Lent` (headrace.web.lending); a page is made by
`headrace.web.page.render_page(request, "name.html", {...})` from a template that extends `layout.html`.
"""

from pathlib import Path
from typing import Final

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

from headrace.settings import read_settings
from headrace.web.lending import Lending
from headrace.web.shelf import Shelf

ROUTERS: Final[tuple[APIRouter, ...]] = ()
"""Every router, in the order in which paths are tried."""


def create_app(lake_root: Path) -> FastAPI:
    """The web over the lake in `lake_root`, which need not hold a release yet."""
    app = FastAPI(title="Headrace", docs_url=None, redoc_url=None)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    app.add_middleware(Lending, shelf=Shelf(lake_root))
    return app


def from_environment() -> FastAPI:
    """The web over the lake that the environment names."""
    return create_app(read_settings().lake)
