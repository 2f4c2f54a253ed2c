"""Routes of a search for entities."""

from datetime import UTC, date, datetime
from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request, Response

from headrace.web.answer import GeoJSONDocument, JSONDocument
from headrace.web.field_choice import read_field_choice
from headrace.web.lending import Lent
from headrace.web.page import render_page
from headrace.web.pagination import make_links
from headrace.web.parameters import SearchParameters
from headrace.web.query.entity_search import read_documents, read_features, search_entities
from headrace.web.query.vocabulary import read_vocabulary
from headrace.web.released import ReleasedRoute
from headrace.web.search_page import describe_search

router = APIRouter(route_class=ReleasedRoute)

Wanted = Annotated[SearchParameters, Query()]


@router.get("/entity.json", response_class=JSONDocument, tags=["entity"], summary="Search for entities, as JSON")
def answer_search_json(request: Request, wanted: Wanted, reader: Lent) -> Response:
    """A page of entities, the links to other pages, and how many entities there are on all of them."""
    choice = read_field_choice(wanted.field, wanted.exclude_field, read_vocabulary(reader))
    found = search_entities(reader, wanted, _today())
    documents = choice.choose_documents(read_documents(reader, found.entities))
    body = b'{"entities":[%b],"links":%b,"count":%d}' % (
        b",".join(documents),
        orjson.dumps(_links(request, wanted, found.count)),
        found.count,
    )
    return JSONDocument(body)


@router.get(
    "/entity.geojson", response_class=GeoJSONDocument, tags=["entity"], summary="Search for entities, as GeoJSON"
)
def answer_search_geojson(request: Request, wanted: Wanted, reader: Lent) -> Response:
    """A page of features; entities without a geometry are not searched, so that every page but the last is full."""
    choice = read_field_choice(wanted.field, wanted.exclude_field, read_vocabulary(reader))
    found = search_entities(reader, wanted, _today(), located=True)
    features = choice.choose_features(read_features(reader, found.entities))
    body = b'{"type":"FeatureCollection","features":[%b],"links":%b}' % (
        b",".join(features),
        orjson.dumps(_links(request, wanted, found.count)),
    )
    return GeoJSONDocument(body)


@router.get("/entity/", include_in_schema=False)
def show_search(request: Request, wanted: Wanted, reader: Lent) -> Response:
    """The search page: results, and how many there are of each kind."""
    found = search_entities(reader, wanted, _today())
    parameters = request.query_params.multi_items()
    return render_page(request, "search.html", {"search": describe_search(reader, wanted, parameters, found)})


def _links(request: Request, wanted: SearchParameters, count: int) -> dict[str, str]:
    address = str(request.url.replace(query="", fragment=""))
    return make_links(address, request.query_params.multi_items(), count, wanted.limit, wanted.offset)


def _today() -> date:
    return datetime.now(UTC).date()
