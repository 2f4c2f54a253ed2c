"""Routes of organisations."""

from fastapi import APIRouter, Request, Response

from headrace.web.answer import JSONDocument
from headrace.web.lending import Lent
from headrace.web.page import render_page
from headrace.web.query.organisation import OrganisationRow, list_organisations, read_organisation_documents
from headrace.web.released import ReleasedRoute

router = APIRouter(route_class=ReleasedRoute)


@router.get(
    "/organisation.json", response_class=JSONDocument, tags=["organisation"], summary="Every organisation, as JSON"
)
def answer_organisations_json(reader: Lent) -> Response:
    """Organisations by type, which is what comes before the colon of their CURIE."""
    by_type: dict[str, list[bytes]] = {}
    for organisation, document in read_organisation_documents(reader):
        by_type.setdefault(organisation.partition(":")[0], []).append(document)
    members = b",".join(b'"%b":[%b]' % (kind.encode(), b",".join(said)) for kind, said in by_type.items())
    return JSONDocument(b'{"organisations":{%b}}' % members)


@router.get("/organisation/", include_in_schema=False)
def show_organisations(request: Request, reader: Lent) -> Response:
    """Organisations that the release holds something of, and the others."""
    by_type: dict[str, list[OrganisationRow]] = {}
    for organisation in list_organisations(reader):
        by_type.setdefault(organisation.organisation.partition(":")[0], []).append(organisation)
    return render_page(request, "organisations.html", {"by_type": dict(sorted(by_type.items()))})
