"""Pages: how a template becomes a response."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from headrace.web.wording import FILTERS


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One link of the main navigation.

    Attributes:
        text: what is read.
        address: path of the page; its sub-pages count as this item too.
    """

    text: str
    address: str


NAVIGATION: Final = (
    NavigationItem("Datasets", "/dataset/"),
    NavigationItem("Search", "/entity/"),
    NavigationItem("The stream", "/stream"),
    NavigationItem("Work list", "/work"),
    NavigationItem("Goals", "/goals"),
    NavigationItem("Reports", "/report/"),
    NavigationItem("Data explorer", "/datasette/"),
)
"""The main navigation, in order."""


def _make_templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment


_TEMPLATES: Final = _make_templates()


def render_page(
    request: Request, template: str, values: Mapping[str, object] | None = None, *, status: int = 200
) -> HTMLResponse:
    """The page made from a template of `templates/`, which extends `layout.html`.

    `values` are what the template names; `navigation`, `path` and `release` (None before the first release) are added.
    """
    reader = getattr(request.state, "reader", None)
    body = _TEMPLATES.get_template(template).render(
        {
            "navigation": NAVIGATION,
            "path": request.url.path,
            "release": None if reader is None else reader.release,
            **(values or {}),
        }
    )
    return HTMLResponse(body, status_code=status)
