"""Routes of one entity."""

from http import HTTPStatus
from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from headrace.web.answer import GeoJSONDocument, JSONDocument
from headrace.web.entity_page import describe_entity
from headrace.web.lending import Lent
from headrace.web.page import render_page
from headrace.web.problem import ProblemError, not_found
from headrace.web.query.entity import find_document, find_feature, find_old_entity
from headrace.web.released import ReleasedRoute
from headrace.web.shelf import Reader

router = APIRouter(route_class=ReleasedRoute)

EntityNumber = Annotated[int, Path(ge=1, le=2**63 - 1, description="Number of the entity.")]


@router.get("/entity/{entity:int}.json", response_class=JSONDocument, tags=["entity"], summary="One entity as JSON")
async def answer_entity_json(entity: EntityNumber, reader: Lent) -> Response:
    """The document of an entity; 301 to the number it has become, 410 when it was removed."""
    moved = _follow(reader, entity, ".json")
    document = find_document(reader, entity) if moved is None else None
    return moved or JSONDocument(_found(document, entity))


@router.get(
    "/entity/{entity:int}.geojson",
    response_class=GeoJSONDocument,
    tags=["entity"],
    summary="One entity as a GeoJSON feature",
)
async def answer_entity_geojson(entity: EntityNumber, reader: Lent) -> Response:
    """The feature of an entity; 406 when it has no geometry."""
    moved = _follow(reader, entity, ".geojson")
    if moved is not None:
        return moved
    feature = find_feature(reader, entity)
    if feature is None:
        _found(find_document(reader, entity), entity)
        raise ProblemError(HTTPStatus.NOT_ACCEPTABLE, f"Entity {entity} has no geometry; ask for it as .json.")
    return GeoJSONDocument(feature)


@router.get("/entity/{entity:int}", include_in_schema=False)
def show_entity(request: Request, entity: EntityNumber, reader: Lent) -> Response:
    """The page of an entity: each value with where it comes from."""
    moved = _follow(reader, entity, "")
    if moved is not None:
        return moved
    document = orjson.loads(_found(find_document(reader, entity), entity))
    page: HTMLResponse = render_page(request, "entity.html", {"entity": describe_entity(reader, document)})
    return page


def _follow(reader: Reader, entity: int, extension: str) -> Response | None:
    """Where an old number leads; None for a number that is not old."""
    old = find_old_entity(reader, entity)
    if old is None:
        return None
    if old.status == HTTPStatus.GONE:
        raise ProblemError(HTTPStatus.GONE, f"Entity {entity} has been removed.")
    return RedirectResponse(f"/entity/{old.entity}{extension}", HTTPStatus.MOVED_PERMANENTLY)


def _found(document: bytes | None, entity: int) -> bytes:
    if document is None:
        raise not_found(f"There is no entity {entity}.")
    return document
