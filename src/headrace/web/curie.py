"""Routes that lead from a CURIE, `prefix:reference`, to the entity it names.

Source: the existing platform's addresses; CURIE Syntax 1.0 (W3C).
"""

from http import HTTPStatus
from urllib.parse import quote

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from headrace.web.lending import Lent
from headrace.web.problem import not_found
from headrace.web.query.entity import find_by_curie
from headrace.web.released import ReleasedRoute
from headrace.web.shelf import Reader

router = APIRouter(route_class=ReleasedRoute)

_EXTENSIONS = (".json", ".geojson")


@router.get("/curie/{prefix}:{reference:path}", tags=["entity"], summary="The entity that a CURIE names")
@router.get("/prefix/{prefix}:{reference:path}", include_in_schema=False)
@router.get("/curie/{prefix}/reference/{reference:path}", include_in_schema=False)
@router.get("/prefix/{prefix}/reference/{reference:path}", include_in_schema=False)
async def follow_curie(prefix: str, reference: str, reader: Lent) -> Response:
    """303 to the entity, or to a search when several share the CURIE; 404 when none has it.

    An extension, `.json` or `.geojson`, is kept.
    """
    prefix, _, reference = f"{prefix}:{reference}".partition(":")
    return (
        _lead(reader, prefix, reference, "")
        or _lead_with_extension(reader, prefix, reference)
        or _fail(prefix, reference)
    )


def _lead_with_extension(reader: Reader, prefix: str, reference: str) -> Response | None:
    for extension in _EXTENSIONS:
        if reference.endswith(extension):
            return _lead(reader, prefix, reference.removesuffix(extension), extension)
    return None


def _lead(reader: Reader, prefix: str, reference: str, extension: str) -> Response | None:
    entities = find_by_curie(reader, prefix, reference)
    if not entities:
        return None
    if len(entities) > 1:
        path = extension or "/"
        return RedirectResponse(f"/entity{path}?curie={quote(f'{prefix}:{reference}', safe=':')}", HTTPStatus.SEE_OTHER)
    return RedirectResponse(f"/entity/{entities[0]}{extension}", HTTPStatus.SEE_OTHER)


def _fail(prefix: str, reference: str) -> Response:
    raise not_found(f"No entity has the reference {reference!r} under the prefix {prefix!r}.")
